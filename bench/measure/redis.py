"""Questions to a Redis without a password, as its own protocol has them."""

import socket


class RedisFailed(OSError):
    """Redis answered with an error, or broke off in the middle of an answer."""


class Redis:
    """One connection; closed by leaving its with block. Raises OSError when Redis is away."""

    def __init__(self, port, timeout=5):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._stream = self._socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._stream.close()
        self._socket.close()

    def ask(self, *words):
        """The answer to one command: text, a number, None, or a list of these."""
        parts = [str(word).encode() for word in words]
        request = b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self._socket.sendall(request)
        return read(self._stream)


def read(stream):
    """One answer from a stream of bytes."""
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise RedisFailed("Redis closed the connection")
    kind, text = line[:1], line[1:-2].decode()
    if kind == b"+":
        return text
    if kind == b":":
        return int(text)
    if kind == b"-":
        raise RedisFailed(text)
    if int(text) < 0:
        return None
    if kind == b"*":
        return [read(stream) for _ in range(int(text))]
    payload = stream.read(int(text) + 2)
    if len(payload) < int(text) + 2:
        raise RedisFailed("Redis closed the connection")
    return payload[:-2].decode()

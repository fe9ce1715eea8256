"""One question at a time to the embedded MariaDB, whose user root has no password.

The embedded server ships no client that is ready to run, and starting a JVM for each question would
disturb what is being measured. This speaks just enough of the protocol: log in, ask, read text rows.
"""

import socket
import struct

_LONG_PASSWORD, _CONNECT_WITH_DB, _PROTOCOL_41, _SECURE, _PLUGIN_AUTH = 0x1, 0x8, 0x200, 0x8000, 0x80000
_UTF8MB4 = 45
_QUERY = b"\x03"


class QueryFailed(Exception):
    """The server's own words."""


class Connection:
    """Closed by leaving its with block."""

    def __init__(self, port, database="tuodui", timeout=60):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._stream = self._socket.makefile("rb")
        self._packet()  # the greeting: nothing in it matters to a user without a password
        flags = _LONG_PASSWORD | _CONNECT_WITH_DB | _PROTOCOL_41 | _SECURE | _PLUGIN_AUTH
        login = struct.pack("<IIB23x", flags, 1 << 24, _UTF8MB4) + b"root\0" + b"\0"
        self._send(1, login + database.encode() + b"\0" + b"mysql_native_password\0")
        self._packet()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._stream.close()
        self._socket.close()

    def _send(self, number, payload):
        self._socket.sendall(struct.pack("<I", len(payload))[:3] + bytes([number]) + payload)

    def _packet(self):
        header = self._stream.read(4)
        if len(header) < 4:
            raise QueryFailed("MySQL closed the connection")
        payload = self._stream.read(int.from_bytes(header[:3], "little"))
        if payload[:1] == b"\xff":
            raise QueryFailed(payload[9:].decode("utf-8", "replace"))
        return payload

    def rows(self, sql):
        """The rows as lists of strings, with None for NULL."""
        self._send(0, _QUERY + sql.encode())
        columns = self._packet()[0]
        for _ in range(columns):
            self._packet()
        self._packet()  # the end of the columns
        rows = []
        while True:
            payload = self._packet()
            if payload[:1] == b"\xfe" and len(payload) < 9:
                return rows
            rows.append(_values(payload))


def _values(payload):
    values, at = [], 0
    while at < len(payload):
        size = payload[at]
        at += 1
        if size == 0xFB:
            values.append(None)
            continue
        if size >= 0xFC:
            width = {0xFC: 2, 0xFD: 3, 0xFE: 8}[size]
            size = int.from_bytes(payload[at : at + width], "little")
            at += width
        values.append(payload[at : at + size].decode())
        at += size
    return values

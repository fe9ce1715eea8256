"""A door before a server, so that the server can be away, or another, behind one address."""

import socket
import threading


class Proxy:
    """Listens on 127.0.0.1 until it is closed; connections go to the target of their time."""

    def __init__(self, target):
        self.target = target
        self._away = False
        self._open = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self):
        """Drops all connections, and every new one at once."""
        self._away = True
        with self._lock:
            dropped, self._open = self._open, set()
        for end in dropped:
            _close(end)

    def restore(self):
        self._away = False

    def close(self):
        _close(self._door)
        self.cut()

    def _serve(self):
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        try:
            if self._away:
                raise ConnectionRefusedError
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            _close(client)
            return
        server.settimeout(None)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._open |= {client, server}
        threading.Thread(target=self._copy, args=(server, client), daemon=True).start()
        self._copy(client, server)

    def _copy(self, source, drain):
        try:
            while data := source.recv(65_536):
                drain.sendall(data)
        except OSError:
            pass  # either side ended, which closes the other
        for end in (source, drain):
            _close(end)
        with self._lock:
            self._open -= {source, drain}


def _close(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # not connected any more
    end.close()

"""The servers of a bed, as what they are to the nodes: something that can be killed, be away, and come back."""

import os
import signal
import time

from measure import proc
from measure.mysql import Connection, QueryFailed
from measure.program import ProgramFailed
from measure.proxy import Proxy
from measure.redis import Redis

_PATIENCE = 120


def await_up(what, question):
    """Waits until a server answers. Raises ProgramFailed when it does not."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            question()
            return
        except (OSError, QueryFailed):
            if time.monotonic() > deadline:
                raise ProgramFailed(f"{what} did not come back within {_PATIENCE} s") from None
            time.sleep(0.05)


class NativeServer:
    """A server that is a process among those of the bed's servers; started again with its own command on its own data."""

    def __init__(self, bed, name, question):
        found = [pid for pid in bed.servers.family() if (proc.name(pid) or "").startswith(name)]
        if len(found) != 1:
            raise ProgramFailed(f"{len(found)} processes are named {name}")
        self._bed, self._name, self._question = bed, name, question
        self._pid = found[0]
        self._folder = os.readlink(f"/proc/{self._pid}/cwd")
        with open(f"/proc/{self._pid}/cmdline", encoding="utf-8") as file:
            self.command = file.read().rstrip("\0").split("\0")

    def kill(self):
        """kill -9; returns when the process is gone."""
        known = proc.identity(self._pid)
        os.kill(self._pid, signal.SIGKILL)
        while known is not None and proc.identity(self._pid) == known:
            time.sleep(0.01)

    def start(self):
        """Starts it again; returns when it answers."""
        program = self._bed.start(f"{self._name}-again", self.command, folder=self._folder)
        self._pid = program.pid
        await_up(self._name, self._question)


def redis(bed):
    def answers():
        with Redis(bed.redis_port, timeout=2) as connection:
            connection.ask("PING")
            connection.ask("DBSIZE")  # refused while it loads its data

    return NativeServer(bed, "redis-server", answers)


def mysql(bed):
    def answers():
        with Connection(bed.mysql_port, timeout=2) as connection:
            connection.rows("SELECT 1")

    return NativeServer(bed, "mariadbd", answers)


class Mongo:
    """The MongoDB-compatible server in a JVM of its own, behind a door, because it takes another port at each start."""

    def __init__(self, bed):
        self._bed = bed
        self._program = None
        self.proxy = Proxy(0)
        self.start()

    @property
    def port(self):
        return self.proxy.port

    def kill(self):
        self._program.kill()

    def start(self):
        self._program, ports = self._bed.start_embedded("mongodb", "mongodb")
        self.proxy.target = ports["mongodb"]

    def close(self):
        self.proxy.close()

"""A program that a benchmark starts, and stops by its process id."""

import os
import select
import signal
import subprocess
import time

from measure import proc


class ProgramFailed(Exception):
    """A program ended, or did not get ready, when it should not have; the message quotes it."""


def _go_first():
    """Before other programs of this machine, where that is allowed."""
    try:
        os.nice(-10)
    except PermissionError:
        pass


class Program:
    """One process and all that it starts.

    Its standard error goes to a log; its standard output to a file, or to a pipe when it is to be read
    as it comes. One that goes first does not wait for a core while others are busy.
    """

    def __init__(self, label, command, folder, environment=None, live_output=False, keep_input=False, first=False):
        self.label = label
        self.folder = folder
        self.log = os.path.join(folder, f"{label}.log")
        self.output = os.path.join(folder, f"{label}.out")
        self.started_at = time.monotonic()
        with open(self.log, "ab") as log, open(self.output, "wb") as output:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE if keep_input else subprocess.DEVNULL,
                stdout=subprocess.PIPE if live_output else output,
                stderr=log,
                preexec_fn=_go_first if first else None,
            )
        self._seen = {proc.identity(self.pid)}

    @property
    def pid(self):
        return self._process.pid

    def running(self):
        return self._process.poll() is None

    def line(self, seconds):
        """The next line of a live output.

        Raises ProgramFailed when none comes in time, or the program ends.
        """
        deadline = time.monotonic() + seconds
        text = b""
        pipe = self._process.stdout.fileno()
        while not text.endswith(b"\n"):
            if not select.select([pipe], [], [], max(0, deadline - time.monotonic()))[0]:
                raise ProgramFailed(f"{self.label} said nothing for {seconds} s.{self.tail()}")
            byte = os.read(pipe, 1)
            if not byte:
                raise ProgramFailed(f"{self.label} ended.{self.tail()}")
            text += byte
        return text.decode().rstrip("\n")

    def wait(self, seconds):
        """Waits for the end; returns the exit code. Raises ProgramFailed when it does not come in time."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"{self.label} did not end within {seconds:.0f} s.{self.tail()}") from None

    def text(self):
        """What it has written to standard output so far."""
        with open(self.output, encoding="utf-8", errors="replace") as file:
            return file.read()

    def tail(self, lines=12):
        """The end of its log, to be quoted."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            last = file.read().splitlines()[-lines:]
        return "".join("\n  " + line for line in last)

    def family(self):
        """The ids of the process and of those it has started; they are remembered, for stop()."""
        pids = [self.pid] + proc.descendants(self.pid)
        self._seen.update(proc.identity(pid) for pid in pids)
        return pids

    def kill(self):
        """kill -9 of the process alone: what it has started is left to notice."""
        self.family()
        self._process.kill()
        self._process.wait()

    def terminate(self, seconds=60):
        """SIGTERM, as an operator would; returns the exit code. Raises ProgramFailed when it goes on running."""
        self.family()
        self._process.terminate()
        return self.wait(seconds)

    def stop(self, seconds=30):
        """Ends the process and what it started, gently first. Does nothing when all are gone."""
        if self.running():
            self.family()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.terminate()
        deadline = time.monotonic() + seconds
        while self._living() and time.monotonic() < deadline:
            time.sleep(0.1)
        for pid in self._living():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if self.running():
            self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _living(self):
        self._process.poll()
        return [seen[0] for seen in self._seen if seen is not None and proc.identity(seen[0]) == seen]

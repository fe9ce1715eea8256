"""Watches a run from outside: the simulator's counters, and CPU and memory of the processes."""

import json
import os
import threading
import time
import urllib.request

from measure import proc
from measure.timeline import Timeline

PROCESS_INTERVAL = 0.5
STATS_INTERVAL = 0.25

# A proxy of the environment must not get to see calls to this machine.
_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url, seconds=5):
    """(status, body) of a GET; raises OSError when there is no answer."""
    with _LOCAL.open(url, timeout=seconds) as reply:
        return reply.status, reply.read()


def stats(url):
    """The simulator's totals."""
    return json.loads(get(f"{url}/stats")[1])["totals"]


class Watch:
    """Samples from its start until it is left. Times are those of time.monotonic()."""

    def __init__(self, application, bed):
        self.application = application
        self._bed = bed
        self.accepted = Timeline()
        self.calls = Timeline()
        self.resident = Timeline()
        self.cpu = {"application": Timeline()}
        self.peak_memory = 0.0
        self.totals = {"accepted": 0, "calls": 0, "refused": {}, "maxCallsInAnySecond": 0}
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._watch_processes, daemon=True)]
        if bed.simulator_url:
            self._threads.append(threading.Thread(target=self._watch_stats, daemon=True))

    def __enter__(self):
        self._start = (time.monotonic(), proc.machine_busy_seconds())
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure):
        self._ended.set()
        for thread in self._threads:
            thread.join(10)
        if self._bed.simulator_url and self._bed.simulator.running():
            self._take_stats()
        self._end = (time.monotonic(), proc.machine_busy_seconds())

    def _watch_stats(self):
        while not self._ended.wait(STATS_INTERVAL):
            try:
                self._take_stats()
            except OSError:
                continue  # one answer missed is one point fewer on the line

    def _take_stats(self):
        self.totals = stats(self._bed.simulator_url)
        now = time.monotonic()
        self.accepted.add(now, self.totals["accepted"])
        self.calls.add(now, self.totals["calls"])

    def _watch_processes(self):
        pids = self._processes()
        while True:
            now = time.monotonic()
            for pid, label in pids.items():
                used = proc.cpu_seconds(pid)
                if used is not None:
                    self.cpu.setdefault(label, Timeline()).add(now, used)
            memory = proc.memory(self.application.pid)
            if memory is not None:
                self.resident.add(now, memory.resident)
                self.peak_memory = max(self.peak_memory, memory.peak)
            if self._ended.wait(PROCESS_INTERVAL):
                return

    def _processes(self):
        """The processes by id, each with a label of its own."""
        labels = {self.application.pid: "application", os.getpid(): "bench"}
        if self._bed.simulator is not None:
            labels[self._bed.simulator.pid] = "simulator"
        if self._bed.servers is not None:
            for pid in self._bed.servers.family():
                # The MongoDB-compatible server lives in the JVM that starts the other two.
                labels[pid] = "mongodb" if pid == self._bed.servers.pid else (proc.name(pid) or "gone").split("-")[0]
        return labels

    def refused(self):
        """Calls the simulator has refused, for whatever reason."""
        return sum(self.totals["refused"].values())

    def cpu_per_call(self, start, end):
        """Milliseconds of CPU a call between two times, by process."""
        calls = self.accepted.grown(start, end)
        if calls <= 0:
            return {}
        return {label: 1000 * line.grown(start, end) / calls for label, line in self.cpu.items() if len(line)}

    def others_busy(self):
        """Percent of one core that processes outside this benchmark used: noise in every figure.

        None while the application runs its own servers, which are not watched.
        """
        if self._bed.servers is None:
            return None
        used = sum(line.last - line.values[0] for line in self.cpu.values() if len(line))
        seconds = self._end[0] - self._start[0]
        return max(0.0, 100 * (self._end[1] - self._start[1] - used) / seconds)

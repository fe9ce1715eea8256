"""Nodes that share one job, and what happens to them."""

import os
import signal
import time

from measure import ledger

BATCHES, BATCH_SIZE = 8, 25
"""What one node may have in flight: the calls that its loss may cost twice."""

IN_FLIGHT = BATCHES * BATCH_SIZE


class Fleet:
    """Nodes by their places. A place keeps its folder and its inbox, whatever process is there."""

    def __init__(self, bed, accounts, nodes, lease, *settings, environments=None):
        self._bed, self._accounts = bed, accounts
        self._settings = [
            f"--tuodui.collect.lease={lease}s",
            f"--tuodui.collect.batches={BATCHES}",
            f"--tuodui.collect.batch-size={BATCH_SIZE}",
            *settings,
        ]
        self._environments = environments or [{}] * nodes
        self._running = {}
        self._starts = 0
        for place in range(nodes):
            self.start(place)

    def __getitem__(self, place):
        return self._running[place]

    def __len__(self):
        return len(self._running)

    def start(self, place):
        self._starts += 1
        self._running[place] = self._bed.application(
            "serve",
            *self._bed.node_settings(self._accounts, "item-get", data=f"data-{place}"),
            f"--tuodui.inbox.directory={self.inbox(place)}",
            *self._settings,
            label=f"node-{self._starts}",
            extra=self._environments[place],
        )

    def inbox(self, place):
        return os.path.join(self._bed.folder, f"inbox-{place}")

    def submit(self, ids):
        """Drops a list of the simulator's ids into the first inbox, as a user would; returns when its job is there."""
        ledger.wait_for("an inbox", 180, lambda: os.path.isdir(self.inbox(0)))
        os.rename(self._bed.write_ids(ids), os.path.join(self.inbox(0), "ids.txt"))
        ledger.wait_for("the job", 120 + ids / 2_000, lambda: ledger.row(self._bed, "SELECT 1 FROM job"))

    def ready(self, place):
        """Whether a node is up: it says so once."""
        return "Drop lists of ids into" in self._running[place].tail(1_000)

    def kill(self, place):
        """kill -9; returns (process id, when). Another process takes the place by start()."""
        program = self._running[place]
        program.kill()
        return program.pid, time.monotonic()

    def pause(self, place):
        """SIGSTOP: the node neither runs nor knows that time goes by; returns its process id."""
        os.kill(self._running[place].pid, signal.SIGSTOP)
        return self._running[place].pid

    def resume(self, place):
        os.kill(self._running[place].pid, signal.SIGCONT)

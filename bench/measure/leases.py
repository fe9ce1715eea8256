"""Who holds which task, as Redis has it, and how soon the tasks of a lost node run on another."""

import math
import threading
import time

from measure.redis import Redis

SHARDS = 8
POLL_SECONDS = 0.25
ENDED = ("succeeded", "gone", "dead")


def _keys(kind):
    return [f"tuodui:{{item-detail:{shard}}}:{kind}" for shard in range(SHARDS)]


def parse(lease):
    """(token, process id of the node, whether it was revoked) of `<token> <process id>-<word> …`, r before the token when revoked."""
    token, node = lease.split(" ")[:2]
    return int(token.lstrip("r")), int(node.split("-")[0]), token.startswith("r")


def held_by(redis, pid):
    """{item: token} of the tasks that the node with this process id holds."""
    held = {}
    for key in _keys("lease"):
        pairs = redis.ask("HGETALL", key)
        for item, lease in zip(pairs[::2], pairs[1::2]):
            token, holder, _ = parse(lease)
            if holder == pid:
                held[int(item)] = token
    return held


def runs_elsewhere(token, lease, status):
    """Whether a task that was held under a token was claimed anew since then, or has come to its end."""
    if lease is None:
        return status in ENDED
    newer, _, revoked = parse(lease)
    return newer > token and not revoked


def percentile(values, percent):
    """The smallest value that this share of the values does not exceed; None of nothing."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)] if values else None


class Recovery:
    """Waits for the tasks of lost nodes, in a thread of its own, until it is left. What is kept is one number a task."""

    def __init__(self, port):
        self._port = port
        self._waiting = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.seconds = []

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *failure):
        self._ended.set()
        self._thread.join(10)

    def lost(self, pid, when):
        """A node was lost at a time of time.monotonic(); returns how many tasks it held."""
        with Redis(self._port) as redis:
            held = held_by(redis, pid)
        with self._lock:
            for item, token in held.items():
                # What was taken up by a node that was lost in its turn is waited for from then on.
                if item in self._waiting:
                    del self._waiting[item]
                self._waiting[item] = (token, when)
        return len(held)

    @property
    def waiting(self):
        """Tasks that nobody has taken up yet."""
        with self._lock:
            return len(self._waiting)

    def _watch(self):
        while not self._ended.wait(POLL_SECONDS):
            try:
                self.look(time.monotonic())
            except OSError:
                continue  # Redis is away or busy: the next look finds what there is

    def look(self, now):
        """One look at all that is waited for."""
        with self._lock:
            waiting = dict(self._waiting)
        if not waiting:
            return
        found = []
        with Redis(self._port) as redis:
            for shard in range(SHARDS):
                items = [item for item in waiting if item % SHARDS == shard]
                if items:
                    leases = redis.ask("HMGET", _keys("lease")[shard], *items)
                    statuses = redis.ask("HMGET", _keys("status")[shard], *items)
                    found += [item for item, lease, status in zip(items, leases, statuses) if runs_elsewhere(waiting[item][0], lease, status)]
        with self._lock:
            for item in found:
                if self._waiting.get(item) == waiting[item]:
                    self.seconds.append(now - waiting[item][1])
                    del self._waiting[item]

"""Several nodes on one job, one of which is killed every few seconds: what is lost, and what it costs."""

import os
import random
import time

from measure.benchmarks.limits import refusals
from measure.figures import Figure, at_most, exactly
from measure.mysql import Connection, QueryFailed
from measure.program import ProgramFailed
from measure.watch import Watch

OPTIONS = {
    "ids": (30_000, 3_000, "ids to collect"),
    "nodes": (3, 2, "nodes at a time"),
    "kills": (8, 2, "kill -9 of a node chosen at random, which is started again"),
    "every": (12, 12, "seconds between two kills"),
    "lease": (10, 10, "seconds that a claimed task is its node's own"),
    "accounts": (40, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "seed": (1, 1, "of the choice of nodes"),
}

BATCHES, BATCH_SIZE = 8, 25
"""What one node may have in flight: the calls that one kill may cost twice."""


class _Nodes:
    def __init__(self, bed, options):
        self._bed, self._options = bed, options
        self._accounts = bed.write_accounts(options["accounts"], options["per-second"])
        self._running = {}
        self._starts = 0
        for place in range(options["nodes"]):
            self.start(place)

    def start(self, place):
        self._starts += 1
        self._running[place] = self._bed.application(
            "serve",
            *self._bed.node_settings(self._accounts, "item-get", data=f"data-{place}"),
            f"--tuodui.inbox.directory={self.inbox(place)}",
            f"--tuodui.collect.lease={self._options['lease']}s",
            f"--tuodui.collect.batches={BATCHES}",
            f"--tuodui.collect.batch-size={BATCH_SIZE}",
            label=f"node-{self._starts}",
        )

    def inbox(self, place):
        return os.path.join(self._bed.folder, f"inbox-{place}")

    def kill(self, place):
        self._running[place].kill()
        self.start(place)

    @property
    def first(self):
        return self._running[0]


def _one(bed, sql):
    try:
        with Connection(bed.mysql_port) as mysql:
            return mysql.rows(sql)[0]
    except (QueryFailed, IndexError, OSError):
        return None  # no table or no row yet


def _await(what, seconds, question):
    deadline = time.monotonic() + seconds
    answer = question()
    while not answer:
        if time.monotonic() > deadline:
            raise ProgramFailed(f"{what} was not seen within {seconds:.0f} s")
        time.sleep(0.5)
        answer = question()
    return answer


def _finished(bed):
    row = _one(bed, "SELECT state FROM job")
    return row is not None and row[0] == "finished"


def measure(bed, options):
    ids = options["ids"]
    chance = random.Random(options["seed"])
    bed.start_servers()
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"])
    nodes = _Nodes(bed, options)
    _await("an inbox", 120, lambda: os.path.isdir(nodes.inbox(0)))
    os.rename(bed.write_ids(ids), os.path.join(nodes.inbox(0), "ids.txt"))
    kills = 0
    with Watch(nodes.first, bed) as watch:
        _await("the first call", 120, lambda: watch.accepted.last if len(watch.accepted) else 0)
        started = time.monotonic()
        while kills < options["kills"] and not _finished(bed):
            time.sleep(options["every"])
            if not _finished(bed):
                nodes.kill(chance.randrange(options["nodes"]))
                kills += 1
        _await("the end of the job", 300 + ids / 50, lambda: _finished(bed))
        ended = time.monotonic()
    tasks = _one(bed, "SELECT COUNT(*), SUM(state <> 'open'), SUM(state = 'dead'), SUM(state = 'succeeded') FROM job_task")
    unstored = _one(
        bed,
        "SELECT COUNT(*) FROM job_task task LEFT JOIN item ON item.item_id = task.item_id"
        " WHERE task.state = 'succeeded' AND (item.item_id IS NULL OR item.parts_hash <> item.content_hash)",
    )
    in_flight = options["kills"] * BATCHES * BATCH_SIZE
    return [
        Figure("kills", "nodes killed", kills, "kills", exactly(options["kills"])),
        Figure("lost", "ids not explained", ids - int(tasks[1]), "ids", exactly(0)),
        Figure("dead", "ids given up", int(tasks[2]), "ids", exactly(0)),
        Figure("unstored", "ids that succeeded without all their rows", int(unstored[0]), "ids", exactly(0)),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls", at_most(in_flight)),
        *refusals(watch, options),
        Figure("seconds", "first call to the end of the job", ended - started, "s"),
        Figure("rate", "items a second over all", ids / (ended - started), "items/s"),
    ]

"""A node is stopped past its leases (SIGSTOP) and wakes up (SIGCONT): whether anything that it then writes is accepted."""

import random
import time

from measure import ledger
from measure.benchmarks.limits import refusals
from measure.figures import Figure, at_least, at_most, exactly
from measure.fleet import IN_FLIGHT, Fleet
from measure.leases import held_by
from measure.redis import Redis
from measure.watch import Watch

OPTIONS = {
    "ids": (120_000, 6_000, "ids to collect; the job must outlast the pauses"),
    "nodes": (3, 2, "nodes at a time"),
    "pauses": (20, 2, "pauses of a node chosen at random"),
    "lease": (6, 6, "seconds that a claimed task is its node's own"),
    "accounts": (20, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "minutes": (40, 10, "after which the run is given up"),
    "seed": (1, 1, "of the choice of nodes"),
}

WAKING_SECONDS = 10
"""In which a node that woke up has finished what it was about: its calls, its writes and their repetitions."""

ENDING_SECONDS = 20
"""In which others have called for nearly all that they took from it."""

# What is left of a command that was sent just before the pause reaches its server after it.
ON_THE_WIRE_SECONDS = 0.5


def _rows(bed, items, pid):
    """All that a late writer could change of these items, as {what: rows}."""
    among = f"item_id IN ({', '.join(map(str, items)) or 0})"
    return {
        "ledger": ledger.rows(bed, f"SELECT job_id, item_id, state, calls, account, closed_at FROM job_task WHERE {among} AND state <> 'open' ORDER BY 1, 2"),
        "item": ledger.rows(bed, f"SELECT item_id, fetched_at, raw_hash, parts_hash, updated_at FROM item WHERE {among} ORDER BY 1"),
        "history": ledger.rows(bed, f"SELECT item_id, token FROM task_attempt WHERE {among} AND node LIKE '{pid}-%' ORDER BY 1, 2"),
        "dead letters": ledger.rows(bed, f"SELECT dead_letter_id FROM dead_letter WHERE {among} ORDER BY 1"),
    }


def changed(before, after):
    """How many rows are there after that were not there before, as they are."""
    return sum(len({tuple(row) for row in after[what]} - {tuple(row) for row in rows}) for what, rows in before.items())


def _ended(bed, held):
    """Those of these that others have brought to their end: of the rest, others' writes could not be told from the sleeper's."""
    among = ", ".join(map(str, held))
    return [int(item) for [item] in ledger.rows(bed, f"SELECT item_id FROM job_task WHERE state <> 'open' AND item_id IN ({among})")]


def _pause(bed, fleet, place, lease):
    """One pause, of the length of a lease at least; returns (tasks that the node held, of these ended elsewhere, rows of them that it changed after it woke up)."""
    pid = fleet.pause(place)
    over = time.monotonic() + lease
    time.sleep(ON_THE_WIRE_SECONDS)
    with Redis(bed.redis_port) as redis:
        held = held_by(redis, pid)
        if not held:
            fleet.resume(place)
            return 0, 0, 0
        ledger.wait_for("the end of the paused node's leases", 120, lambda: time.monotonic() > over and not held_by(redis, pid))
    # What another took and could not call for, such as for want of a permit, is at the end of a long queue again.
    deadline = time.monotonic() + ENDING_SECONDS
    while len(_ended(bed, held)) < len(held) and time.monotonic() < deadline:
        time.sleep(0.5)
    ended = _ended(bed, held)
    time.sleep(ON_THE_WIRE_SECONDS)
    before = _rows(bed, ended, pid)
    fleet.resume(place)
    time.sleep(WAKING_SECONDS)
    return len(held), len(ended), changed(before, _rows(bed, ended, pid))


def measure(bed, options):
    ids, deadline = options["ids"], time.monotonic() + 60 * options["minutes"]
    chance = random.Random(options["seed"])
    bed.start_servers()
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"])
    fleet = Fleet(bed, bed.write_accounts(options["accounts"], options["per-second"]), options["nodes"], options["lease"])
    for place in range(options["nodes"]):
        ledger.wait_for("a node", 240, lambda: fleet.ready(place))
    fleet.submit(ids)
    pauses = held = ended = written = 0
    with Watch(fleet[0], bed) as watch:
        ledger.wait_for("the first call", 120, lambda: watch.accepted.last)
        # Who has just started sweeps nothing for half a lease.
        time.sleep(options["lease"])
        while pauses < options["pauses"] and not ledger.finished(bed) and time.monotonic() < deadline:
            tasks, judged, rows = _pause(bed, fleet, chance.randrange(options["nodes"]), options["lease"])
            pauses, held, ended, written = pauses + 1, held + tasks, ended + judged, written + rows
        ledger.wait_for("the end of the job", max(60, deadline - time.monotonic()), lambda: ledger.finished(bed))
    return [
        Figure("pauses", "pauses past the lease", pauses, "pauses", exactly(options["pauses"])),
        Figure("held", "tasks that the paused nodes held", held, "tasks"),
        Figure("ended", "of these, ended by others before it woke up", ended, "tasks", at_least(0.9 * held)),
        Figure("written", "rows that they changed after they woke up", written, "rows", exactly(0)),
        *ledger.effects(bed, ids),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls", at_most(pauses * IN_FLIGHT)),
        *refusals(watch, options),
    ]

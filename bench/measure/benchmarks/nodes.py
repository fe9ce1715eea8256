"""Several nodes on one job, one of which is killed every few seconds: what is lost, what it costs, how soon others go on."""

import random
import time

from measure import ledger
from measure.benchmarks.limits import refusals
from measure.figures import Figure, at_most, exactly
from measure.fleet import IN_FLIGHT, Fleet
from measure.leases import Recovery, percentile
from measure.program import ProgramFailed
from measure.watch import Watch

OPTIONS = {
    "ids": (1_000_000, 6_000, "ids to collect"),
    "nodes": (3, 2, "nodes at a time"),
    "kills": (200, 2, "kill -9 of a node chosen at random, which is started again; spread evenly over the ids"),
    "every": (4, 4, "seconds between two kills, at least"),
    "lease": (10, 10, "seconds that a claimed task is its node's own"),
    "accounts": (40, 20, "accounts to call with"),
    "per-second": (100, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "minutes": (150, 10, "after which the run is given up"),
    "seed": (1, 1, "of the choice of nodes"),
}

RECOVERY_SECONDS = 5
"""Within which, after its lease, a task of a dead node is to run on another."""


def _kill_all(bed, fleet, recovery, watch, options, deadline):
    """Kills as often as was asked for, but never the last node that is up; returns (kills, tasks that were held)."""
    chance = random.Random(options["seed"])
    step = options["ids"] / (options["kills"] + 1)
    held = 0
    for kill in range(options["kills"]):
        time.sleep(options["every"])
        while watch.accepted.last < (kill + 1) * step:
            if ledger.finished(bed):
                return kill, held
            if time.monotonic() > deadline:
                raise ProgramFailed(f"only {kill} kills, and {watch.accepted.last:,} calls, within the time.{fleet[0].tail()}")
            time.sleep(0.5)
        place = chance.randrange(options["nodes"])
        others = set(range(options["nodes"])) - {place}
        # Else nobody is there to whom its tasks could go, and what is measured is how long a start takes.
        ledger.wait_for("another node that is up", deadline - time.monotonic(), lambda: any(map(fleet.ready, others)))
        held += recovery.lost(*fleet.kill(place))
        fleet.start(place)
    return options["kills"], held


def measure(bed, options):
    ids = options["ids"]
    deadline = time.monotonic() + 60 * options["minutes"]
    bed.start_servers()
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"])
    fleet = Fleet(bed, bed.write_accounts(options["accounts"], options["per-second"]), options["nodes"], options["lease"])
    fleet.submit(ids)
    with Recovery(bed.redis_port) as recovery, Watch(fleet[0], bed) as watch:
        ledger.wait_for("the first call", 120, lambda: watch.accepted.last)
        started = time.monotonic()
        kills, held = _kill_all(bed, fleet, recovery, watch, options, deadline)
        ledger.wait_for("the end of the job", deadline - time.monotonic(), lambda: ledger.finished(bed))
        ended = time.monotonic()
        ledger.wait_for("the last task of a dead node", 60, lambda: recovery.waiting == 0)
    return [
        Figure("kills", "nodes killed", kills, "kills", exactly(options["kills"])),
        *ledger.effects(bed, ids),
        Figure("held", "tasks that the killed nodes held", held, "tasks"),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls", at_most(kills * IN_FLIGHT)),
        Figure("recovery_median", "kill to the task running elsewhere, median", percentile(recovery.seconds, 50), "s"),
        Figure(
            "recovery_p99",
            "kill to the task running elsewhere, 99 %",
            percentile(recovery.seconds, 99),
            "s",
            at_most(options["lease"] + RECOVERY_SECONDS),
        ),
        Figure("recovery_slowest", "kill to the task running elsewhere, slowest", percentile(recovery.seconds, 100), "s"),
        *refusals(watch, options),
        Figure("seconds", "first call to the end of the job", ended - started, "s"),
        Figure("rate", "items a second over all", ids / (ended - started), "items/s"),
    ]

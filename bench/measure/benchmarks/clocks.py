"""Many nodes with wrong clocks behind a network with jitter, two of them killed: quota used, and calls refused."""

import glob
import os
import time

from measure import ledger
from measure.benchmarks.limits import TAIL_SECONDS, refusals
from measure.figures import Figure, at_least
from measure.fleet import Fleet
from measure.program import ProgramFailed
from measure.timeline import quota_used
from measure.watch import Watch

OPTIONS = {
    "ids": (80_000, 3_000, "ids to collect"),
    "nodes": (8, 2, "nodes"),
    "minutes-off": (5, 5, "minutes by which the nodes' clocks are wrong: spread evenly from that far behind to that far ahead"),
    "kills": (2, 1, "kill -9 of a node, which is not started again"),
    "accounts": (20, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "arrival-jitter": (20, 20, "milliseconds by which the network varies, both ways"),
    "guard": (50, 50, "milliseconds by which the nodes stretch the platform's second at least: what arrivals vary by, and a fifth of it for late calls"),
    "lease": (10, 10, "seconds that a claimed task is its node's own"),
    "warm-up": (90, 5, "seconds of calling before the quota used counts"),
    "minutes": (30, 10, "after which the run is given up"),
}

# Eight nodes on two cores: a compiler that leaves some CPU to the calls.
FRUGAL_JVM = "-XX:TieredStopAtLevel=1"
LIBRARY = "/usr/lib/*/faketime/libfaketime.so.1"


# Only the time of day is wrong: a clock that is set moves no timer of a real machine, and the times of its files are its disk's.
# Without the last word, glibc makes libfaketime mend timed waits, by which the JVM's end at once: it does nothing else then.
FAKE = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}


def wrong_by(nodes, minutes):
    """Seconds by which each clock is wrong, spread evenly both ways, from the one furthest ahead to the one furthest behind."""
    return [0] if nodes == 1 else [round(60 * minutes * (1 - 2 * place / (nodes - 1))) for place in range(nodes)]


def _environments(nodes, minutes):
    found = glob.glob(LIBRARY)
    if not found:
        raise ProgramFailed("libfaketime is needed, to give processes a wrong clock: Debian's package faketime has it")
    return [{**FAKE, "LD_PRELOAD": found[0], "FAKETIME": f"{seconds:+d}", "TUODUI_JAVA_OPTS": FRUGAL_JVM} for seconds in wrong_by(nodes, minutes)]


def _tidy(fleet, places):
    """libfaketime keeps two files for each process, and does not remove them; one with the same id would not start."""
    for place in places:
        for path in (f"/dev/shm/faketime_shm_{fleet[place].pid}", f"/dev/shm/sem.faketime_sem_{fleet[place].pid}"):
            if os.path.exists(path):
                os.remove(path)


def measure(bed, options):
    ids, nodes, deadline = options["ids"], options["nodes"], time.monotonic() + 60 * options["minutes"]
    environments = _environments(nodes, options["minutes-off"])
    quota = options["accounts"] * options["per-second"]
    bed.start_servers()
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"], **{"arrival-jitter": options["arrival-jitter"]})
    guard = [f"--tuodui.limits.guard-minimum={options['guard']}ms", f"--tuodui.limits.guard-maximum={max(50, options['guard'])}ms"]
    fleet = Fleet(bed, bed.write_accounts(options["accounts"], options["per-second"]), nodes, options["lease"], *guard, environments=environments)
    try:
        for place in range(nodes):
            ledger.wait_for("a node", 400, lambda: fleet.ready(place))
        with Watch(fleet[0], bed) as watch:
            # Before it is submitted: calls may begin before its job is seen.
            fleet.submit(ids)
            ledger.wait_for("the first call", 180, lambda: watch.accepted.last)
            start = watch.accepted.leaves(0)
            time.sleep(options["warm-up"])
            for kill in range(options["kills"]):
                while watch.accepted.last < ids * (kill + 1) / (options["kills"] + 2) and time.monotonic() < deadline:
                    time.sleep(0.5)
                fleet.kill(nodes - 1 - kill)
            ledger.wait_for("the end of the job", max(1, deadline - time.monotonic()), lambda: ledger.finished(bed))
        end = watch.accepted.reaches(ids - options["lease"] * quota)
    finally:
        _tidy(fleet, range(nodes))
    return [
        Figure("quota_whole", "quota used, overall", quota_used(watch.accepted, start, end - TAIL_SECONDS, quota), "%"),
        Figure("quota_used", f"quota used, after {options['warm-up']} s of calling", quota_used(watch.accepted, start + options["warm-up"], end - TAIL_SECONDS, quota), "%", at_least(97)),
        *refusals(watch, options),
        *ledger.effects(bed, ids),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls"),
    ]

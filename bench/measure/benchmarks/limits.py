"""How much of the accounts' quota is used from a cold start, and whether any call is refused."""

from measure.figures import Figure, at_least, at_most, exactly
from measure.receipts import await_receipt, outcome
from measure.timeline import quota_used
from measure.watch import Watch

OPTIONS = {
    "ids": (30_000, 2_000, "ids to collect"),
    "accounts": (100, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "payload": ("item-get", "item-get", "item-get (small replies) or aop (full ones)"),
    "warm-up": (20, 5, "seconds of calling before the quota used counts as warm"),
}

# The last calls wait for nobody: fewer ids are left than the accounts could call for.
TAIL_SECONDS = 2


def run(bed, options):
    """Collects against limited accounts; returns (watch, receipt)."""
    ids, accounts, per_second = options["ids"], options["accounts"], options["per-second"]
    bed.start_servers()
    bed.start_simulator(accounts, per_second, options["latency"], options["jitter"])
    application = bed.collect(bed.write_ids(ids), bed.write_accounts(accounts, per_second), dialect=options["payload"])
    with Watch(application, bed) as watch:
        receipt = await_receipt(application, 120 + 4 * ids / (accounts * per_second))
    return watch, receipt


def refusals(watch, options):
    """The simulator's own word on who went over a limit."""
    limit = options["per-second"]
    return [
        Figure("refused_calls", "calls refused, by the simulator", watch.refused(), "calls", exactly(0)),
        Figure(
            "max_calls_in_any_second",
            "most calls of an account in any second",
            watch.totals["maxCallsInAnySecond"],
            "calls",
            at_most(limit),
        ),
    ]


def measure(bed, options):
    watch, receipt = run(bed, options)
    quota = options["accounts"] * options["per-second"]
    start = watch.accepted.leaves(0)
    end = watch.accepted.reaches(watch.accepted.last)
    warm, tail = start + options["warm-up"], end - TAIL_SECONDS
    return [
        Figure("quota_used_overall", "quota used, overall", quota_used(watch.accepted, start, end, quota), "%"),
        Figure(
            "quota_used_warm",
            f"quota used, after {options['warm-up']} s of calling",
            quota_used(watch.accepted, warm, tail, quota),
            "%",
            at_least(95),
        ),
        Figure("warm_seconds", "seconds that this was measured over", max(0.0, tail - warm), "s"),
        *refusals(watch, options),
        Figure("calling_seconds", "first call to last", end - start, "s"),
        Figure("first_call_seconds", "start of the process to first call", start - watch.application.started_at, "s"),
        Figure("peak_resident", "most memory of the application", watch.peak_memory, "MiB"),
        *outcome(receipt, options["ids"]),
        Figure("others_busy", "other programs on this machine", watch.others_busy(), "% of a core"),
    ]

"""How many items a second without limits, what of the application's CPU an item takes, and where the rest goes."""

from measure.figures import Figure, at_least, at_most
from measure.receipts import await_receipt, outcome
from measure.timeline import median
from measure.watch import Watch

OPTIONS = {
    "ids": (200_000, 10_000, "ids to collect"),
    "accounts": (100, 100, "accounts to call with"),
    "latency": (20, 20, "milliseconds an answer takes, without jitter"),
    "payload": ("item-get", "item-get", "item-get (small replies) or aop (full ones)"),
}

# The first half warms up; the last ids are called for by fewer and fewer batches.
WARM_FROM, WARM_TO = 0.5, 0.98


def _targets(options, java_major):
    """What was promised: for the small payload on JDK 25, and for nothing else."""
    promised = options["payload"] == "item-get" and java_major >= 25
    return (at_least(4_000), at_most(0.35)) if promised else (None, None)


def measure(bed, options):
    ids, accounts = options["ids"], options["accounts"]
    bed.start_servers()
    bed.start_simulator(accounts, 0, options["latency"], 0)
    application = bed.collect(bed.write_ids(ids), bed.write_accounts(accounts, 0), dialect=options["payload"])
    with Watch(application, bed) as watch:
        receipt = await_receipt(application, 120 + ids / 200)
    calls = watch.accepted.last
    start, end = watch.accepted.leaves(0), watch.accepted.reaches(calls)
    warm, tail = watch.accepted.reaches(WARM_FROM * calls), watch.accepted.reaches(WARM_TO * calls)
    per_call = watch.cpu_per_call(warm, tail)
    rate_target, cpu_target = _targets(options, bed.java_major)
    figures = [
        Figure("rate_warm", "items a second, warm", median(watch.accepted.rates(warm, tail)), "items/s", rate_target),
        Figure("rate_whole", "items a second, first call to last", calls / (end - start) if end > start else None, "items/s"),
        Figure("warm_seconds", "seconds that warm was measured over", tail - warm, "s"),
        Figure("cpu_application", "CPU an item, warm: application", per_call.pop("application", None), "ms", cpu_target),
    ]
    per_call.pop("bench", None)
    for label, value in sorted(per_call.items(), key=lambda item: -item[1]):
        key = "cpu_" + label.replace("-", "_")
        figures.append(Figure(key, f"CPU an item, warm: {label}", value, "ms"))
    return figures + [
        Figure("warm_resident", "memory of the application, warm", watch.resident.largest(warm, tail), "MiB"),
        Figure("peak_resident", "most memory of the application", watch.peak_memory, "MiB"),
        Figure("job_seconds", "job, from submission to finish", receipt["seconds"], "s"),
        *outcome(receipt, ids),
        Figure("others_busy", "other programs on this machine", watch.others_busy(), "% of a core"),
    ]

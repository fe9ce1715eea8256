"""The memory of the application while it collects 1,000 items a second."""

from measure.benchmarks import limits
from measure.figures import Figure, at_most
from measure.receipts import outcome
from measure.timeline import median

OPTIONS = {**limits.OPTIONS, "ids": (60_000, 2_000, "ids to collect")}
del OPTIONS["warm-up"]

SETTLED_SECONDS = 30
GIGABYTE = 1e9 / 2**20  # in MiB


def measure(bed, options):
    watch, receipt = limits.run(bed, options)
    start = watch.accepted.leaves(0)
    end = watch.accepted.reaches(watch.accepted.last)
    settled = start + SETTLED_SECONDS
    return [
        Figure("rate", "items a second, median", median(watch.accepted.rates(start, end)), "items/s"),
        Figure("peak_resident", "most memory", watch.peak_memory, "MiB", at_most(round(GIGABYTE))),
        Figure(
            "settled_resident",
            f"memory after {SETTLED_SECONDS} s of calling",
            watch.resident.at(settled) if settled < end else None,
            "MiB",
        ),
        Figure("last_resident", "memory at the last call", watch.resident.at(end), "MiB"),
        *limits.refusals(watch, options),
        *outcome(receipt, options["ids"]),
        Figure("others_busy", "other programs on this machine", watch.others_busy(), "% of a core"),
    ]

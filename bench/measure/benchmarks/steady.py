"""Two nodes use the whole quota for ten minutes: whether rate and memory stay what they are."""

import time

from measure import ledger, proc
from measure.benchmarks.limits import refusals
from measure.figures import Figure, at_least, at_most
from measure.fleet import Fleet
from measure.timeline import Timeline
from measure.watch import Watch

OPTIONS = {
    "seconds": (600, 20, "seconds that are measured"),
    "nodes": (2, 2, "nodes"),
    "accounts": (100, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "warm-up": (90, 10, "seconds of calling before it"),
}

LEAST_SHARE = 0.95
MINUTE = 60.0
GROWTH = 64
"""MiB by which a heap that is only used differently may seem to grow."""


class _Memory:
    """Of each node, over time."""

    def __init__(self, fleet):
        self._fleet = fleet
        self.lines = [Timeline() for _ in range(len(fleet))]

    def sample(self):
        for place, line in enumerate(self.lines):
            memory = proc.memory(self._fleet[place].pid)
            if memory is not None:
                line.add(time.monotonic(), memory.resident)

    def grown(self, start, end):
        """Of the node that grew most: its largest in the last third less its largest in the first."""
        third = (end - start) / 3
        return max(line.largest(end - third, end) - line.largest(start, start + third) for line in self.lines)


def measure(bed, options):
    quota = options["accounts"] * options["per-second"]
    ids = int(quota * (options["seconds"] + options["warm-up"] + 20))
    bed.start_servers()
    bed.start_simulator(options["accounts"], options["per-second"], options["latency"], options["jitter"])
    # As a user would run them: with the batches of the usual settings.
    fleet = Fleet(bed, bed.write_accounts(options["accounts"], options["per-second"]), options["nodes"], 30, "--tuodui.collect.batches=32", "--tuodui.collect.batch-size=100")
    for place in range(options["nodes"]):
        ledger.wait_for("a node", 240, lambda: fleet.ready(place))
    fleet.submit(ids)
    memory = _Memory(fleet)
    with Watch(fleet[0], bed) as watch:
        ledger.wait_for("the first call", 180, lambda: watch.accepted.last)
        time.sleep(options["warm-up"])
        early = watch.refused()
        start = time.monotonic()
        while time.monotonic() - start < options["seconds"]:
            memory.sample()
            time.sleep(1)
        end = time.monotonic()
    step = min(MINUTE, options["seconds"] / 2)
    rates = watch.accepted.rates(start, end, step)
    return [
        Figure("rate", "items a second over all", watch.accepted.grown(start, end) / (end - start), "items/s", at_least(LEAST_SHARE * quota)),
        Figure("worst_rate", f"items a second in the worst {step:.0f} s", min(rates), "items/s"),
        Figure("measured_seconds", "seconds that this was measured over", end - start, "s"),
        *refusals(watch, options),
        Figure("refused_early", "of these, in the warm-up", early, "calls"),
        Figure("memory_grown", "memory, last third less first, of the node that grew most", memory.grown(start, end), "MiB", at_most(GROWTH)),
        Figure("memory_last", "memory at the end, of the largest node", max(line.last for line in memory.lines), "MiB"),
        Figure("others_busy", "other programs on this machine, and the second node", watch.others_busy(), "% of a core"),
    ]

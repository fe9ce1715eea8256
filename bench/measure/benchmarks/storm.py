"""Whether a job ends well when every kind of fault strikes a tenth of the calls."""

import time

from measure.figures import Figure
from measure.receipts import await_receipt, outcome

OPTIONS = {
    "ids": (5_000, 300, "ids to collect"),
    "accounts": (20, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
}


def measure(bed, options):
    words = [f"--{name}={value}" for name, value in options.items()]
    demo = bed.application("demo", "--faults=storm", "--json", "--server.port=0", *words, label="demo")
    receipt = await_receipt(demo, 600 + 20 * options["ids"] / (options["accounts"] * options["per-second"]))
    return [
        *outcome(receipt, options["ids"]),
        Figure("calls", "calls made", receipt["calls"], "calls"),
        Figure("retried", "of these, tries after the first", receipt["retried"], "calls"),
        Figure("job_seconds", "job, from submission to finish", receipt["seconds"], "s"),
        Figure("wall_seconds", "the whole command", time.monotonic() - demo.started_at, "s"),
    ]

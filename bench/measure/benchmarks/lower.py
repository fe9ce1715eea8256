"""The platform lowers the accounts' limit in the middle of a job, and raises it again: how soon the calls follow."""

import time

from measure.figures import Figure, at_least, at_most
from measure.receipts import await_receipt, outcome
from measure.timeline import first_reached, median
from measure.watch import Watch, get

OPTIONS = {
    "ids": (30_000, 3_000, "ids to collect; the job must outlast the change"),
    "accounts": (20, 10, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account, and the accounts file says"),
    "lowered": (4, 4, "calls a second the simulator allows meanwhile"),
    "for": (60, 15, "seconds until it is raised again"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "warm-up": (20, 8, "seconds of calling before it is lowered"),
}

COMPLY_SECONDS, REGAIN_SECONDS, REGAINED = 2, 60, 95
STEP = 1.0


def _await_calls(watch, application, seconds):
    while not watch.accepted.last and application.running():
        time.sleep(0.1)
    time.sleep(seconds)


def measure(bed, options):
    ids, per_second, lowered = options["ids"], options["per-second"], options["lowered"]
    quota = options["accounts"] * per_second
    bed.start_servers()
    bed.start_simulator(options["accounts"], per_second, options["latency"], options["jitter"])
    application = bed.collect(bed.write_ids(ids), bed.write_accounts(options["accounts"], per_second), dialect="item-get")
    with Watch(application, bed) as watch:
        _await_calls(watch, application, options["warm-up"])
        get(f"{bed.simulator_url}/limits?per-second={lowered}")
        cut, refused_at_cut = time.monotonic(), watch.refused()
        time.sleep(options["for"])
        refused_meanwhile = watch.refused() - refused_at_cut
        get(f"{bed.simulator_url}/limits?per-second={per_second}")
        raised = time.monotonic()
        receipt = await_receipt(application, 300 + 4 * ids / quota)
    end = watch.accepted.reaches(watch.accepted.last)
    meanwhile = watch.calls.rates(cut + COMPLY_SECONDS, raised)
    regained = first_reached(watch.accepted.rates(raised, end - STEP), REGAINED / 100 * quota, STEP)
    complied = first_reached([-rate for rate in watch.calls.rates(cut, raised)], -lowered * options["accounts"], STEP)
    answered = sum(watch.accepted.rates(cut + COMPLY_SECONDS, raised)) / max(1, len(meanwhile)) / (lowered * options["accounts"])
    return [
        Figure("complied_seconds", "lowered to calls within the limit", complied, "s", at_most(COMPLY_SECONDS)),
        Figure("regained_seconds", f"raised to {REGAINED} % of the quota", regained, "s", at_most(REGAIN_SECONDS)),
        Figure("refused_meanwhile", "calls refused while it was lowered", refused_meanwhile, "calls"),
        Figure("refused_rest", "calls refused before and after", watch.refused() - refused_meanwhile, "calls", at_most(0)),
        Figure("rate_meanwhile", "calls a second while it was lowered, median", median(meanwhile), "calls/s"),
        Figure("used_meanwhile", "of the lowered quota used", 100 * answered, "%", at_least(70)),
        *[figure for figure in outcome(receipt, ids) if figure.key != "refused"],
        Figure("others_busy", "other programs on this machine", watch.others_busy(), "% of a core"),
    ]

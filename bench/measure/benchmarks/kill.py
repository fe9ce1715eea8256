"""What a kill -9 in the middle of a run costs: ids, calls, limits and time."""

import time

from measure.benchmarks.limits import refusals
from measure.figures import Figure
from measure.program import ProgramFailed
from measure.receipts import await_receipt, outcome
from measure.watch import Watch

OPTIONS = {
    "ids": (20_000, 2_000, "ids to collect"),
    "accounts": (100, 20, "accounts to call with"),
    "per-second": (10, 10, "calls a second the simulator allows each account"),
    "latency": (150, 150, "milliseconds an answer takes"),
    "jitter": (75, 75, "milliseconds by which that varies, both ways"),
    "servers": ("own", "own", "own (the application's child, which goes down with it) or apart (servers that live on)"),
}

KILL_AT = 1 / 3  # of the ids


def _await_calls(watch, application, calls, seconds):
    deadline = time.monotonic() + seconds
    while watch.accepted.last < calls:
        if not application.running() or time.monotonic() > deadline:
            raise ProgramFailed(f"the time to kill the application was missed.{application.tail()}")
        time.sleep(0.05)


def measure(bed, options):
    ids, accounts = options["ids"], options["accounts"]
    quota = accounts * options["per-second"]
    if options["servers"] == "apart":
        bed.start_servers()
    bed.start_simulator(accounts, options["per-second"], options["latency"], options["jitter"])
    ids_file, accounts_file = bed.write_ids(ids), bed.write_accounts(accounts, options["per-second"])
    patience = 180 + 4 * ids / quota

    first = bed.collect(ids_file, accounts_file)
    with Watch(first, bed) as watch:
        _await_calls(watch, first, KILL_AT * ids, patience)
        first.kill()
    before = watch.accepted.last

    again = bed.collect(ids_file, accounts_file, label="application-again")
    with Watch(again, bed) as watch:
        receipt = await_receipt(again, patience)
        ended = time.monotonic()
    calling = watch.accepted.leaves(before)
    last_call = watch.accepted.reaches(watch.accepted.last)
    return [
        Figure("calls_before", "calls before the kill", before, "calls"),
        *outcome(receipt, ids),
        Figure("calls_beyond", "calls beyond one an id", watch.totals["calls"] - ids, "calls"),
        *refusals(watch, options),
        Figure("first_call_seconds", "second start to first call", calling - again.started_at, "s"),
        Figure("last_call_seconds", "second start to last call", last_call - again.started_at, "s"),
        Figure("ended_seconds", "second start to end of the process", ended - again.started_at, "s"),
        Figure("ideal_seconds", "the calls that were left, at the full quota", (ids - before) / quota, "s"),
    ]

"""The receipt that the application prints, and what every benchmark wants of it."""

import json

from measure.figures import Figure, exactly
from measure.program import ProgramFailed


def await_receipt(application, seconds):
    """Waits for the end of a one-shot command; returns its receipt.

    Raises ProgramFailed when it does not end in time, or without a receipt.
    """
    code = application.wait(seconds)
    lines = [line for line in application.text().splitlines() if line.startswith("{")]
    if not lines:
        raise ProgramFailed(f"{application.label} ended with {code} and no receipt.{application.tail()}")
    return json.loads(lines[-1])


def outcome(receipt, ids):
    """That nothing was lost and nothing refused, as the application's own ledger has it."""
    explained = sum(receipt[key] for key in ("succeeded", "gone", "dead", "cancelled"))
    return [
        Figure("lost", "ids not explained", ids - explained, "ids", exactly(0)),
        Figure("dead", "ids given up", receipt["dead"], "ids", exactly(0)),
        Figure("refused", "calls refused, by the ledger", receipt["refused"], "calls", exactly(0)),
        Figure("complete", "job complete", receipt["complete"], "", exactly(True)),
    ]

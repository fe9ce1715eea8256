"""What the ledger in MySQL says of the job of a run, and what every benchmark of reliability wants of it."""

import time

from measure.figures import Figure, exactly
from measure.mysql import Connection, QueryFailed
from measure.program import ProgramFailed

# The calls that the history tells of, and one more for a success at the first try, which has no history.
_HISTORY = (
    " LEFT JOIN (SELECT item_id, SUM(calls) AS calls, SUM(reply_class IN ('succeeded', 'gone')) AS ends"
    " FROM task_attempt GROUP BY item_id) history ON history.item_id = task.item_id"
)
_TOLD = "COALESCE(history.calls, 0) + (task.state = 'succeeded' AND COALESCE(history.ends, 0) = 0)"


def row(bed, sql):
    """The first row of an answer; None while there is no table, no row, or no MySQL."""
    try:
        with Connection(bed.mysql_port) as mysql:
            return mysql.rows(sql)[0]
    except (QueryFailed, IndexError, OSError):
        return None


def rows(bed, sql):
    """All rows of an answer."""
    with Connection(bed.mysql_port) as mysql:
        return mysql.rows(sql)


def wait_for(what, seconds, question):
    """Asks twice a second until the answer is true, and returns it.

    Raises ProgramFailed when that takes too long.
    """
    deadline = time.monotonic() + seconds
    answer = question()
    while not answer:
        if time.monotonic() > deadline:
            raise ProgramFailed(f"{what} was not seen within {seconds:.0f} s")
        time.sleep(0.5)
        answer = question()
    return answer


def finished(bed):
    """Whether the only job is finished."""
    state = row(bed, "SELECT state FROM job")
    return state is not None and state[0] == "finished"


def explained(bed):
    """Ids that are closed; None while that is not known."""
    counts = row(bed, "SELECT COUNT(*) FROM job_task WHERE state <> 'open'")
    return None if counts is None else int(counts[0])


def effects(bed, ids):
    """That each id is explained, once, with all its rows."""
    [[tasks, closed, dead, twice]] = rows(
        bed,
        "SELECT COUNT(*), SUM(task.state <> 'open'), SUM(task.state = 'dead'),"
        f" SUM(COALESCE(history.ends, 0) > 1 OR task.calls > {_TOLD}) FROM job_task task{_HISTORY}",
    )
    [[accepted]] = rows(bed, "SELECT accepted FROM job")
    [[unstored]] = rows(
        bed,
        "SELECT COUNT(*) FROM job_task task LEFT JOIN item ON item.item_id = task.item_id"
        " WHERE task.state = 'succeeded' AND (item.item_id IS NULL OR item.parts_hash <> item.content_hash)",
    )
    [[letters, poison]] = rows(bed, "SELECT COUNT(*) - COUNT(DISTINCT item_id), SUM(reply_class = 'poison') FROM dead_letter")
    poison = int(poison or 0)
    return [
        Figure("lost", "ids not explained", ids - int(closed or 0), "ids", exactly(0)),
        Figure("unexplained", "ids accepted less ids explained", int(accepted) - int(closed or 0), "ids", exactly(0)),
        Figure("poison", "ids given up because two nodes died holding them", poison, "ids"),
        Figure("dead", "ids given up for any other reason", int(dead or 0) - poison, "ids", exactly(0)),
        Figure("unstored", "ids that succeeded without all their rows", int(unstored), "ids", exactly(0)),
        Figure("letters_twice", "dead letters that stand there twice", int(letters), "rows", exactly(0)),
        Figure("counted_twice", "results that are counted twice", int(twice or 0), "ids", exactly(0)),
        Figure("rows_of_tasks", "rows of tasks beyond one an id", int(tasks) - ids, "rows", exactly(0)),
    ]

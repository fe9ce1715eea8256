"""How long a list of a million ids takes until all of it is in the ledger and the queue."""

import os
import time

from measure import proc
from measure.figures import Figure, at_most, exactly
from measure.mysql import Connection
from measure.program import ProgramFailed
from measure.watch import Watch

OPTIONS = {
    "ids": (1_000_000, 20_000, "ids in the list"),
    "via": ("collect", "collect", "collect (a one-shot) or serve (a file dropped into the inbox of a running node)"),
}

# One account at one call a second: collection begins with the first chunk, and must not matter.
ACCOUNTS, PER_SECOND = 1, 1
JOB = "SELECT state, accepted, UNIX_TIMESTAMP(started_at) FROM job ORDER BY job_id DESC LIMIT 1"
TASKS = "SELECT COUNT(*) FROM job_task"
LOOK_SECONDS = 0.2


def _collect(bed, accounts, ids):
    return bed.collect(ids, accounts), None


def _serve(bed, accounts, ids):
    """A node that is ready, and then the file, moved in whole; returns (application, when it was dropped)."""
    inbox = os.path.join(bed.folder, "inbox")
    os.makedirs(inbox)
    settings = [f"--tuodui.inbox.directory={inbox}", *bed.node_settings(accounts)]
    application = bed.application("serve", *settings)
    deadline = time.monotonic() + 120
    # Said once the node is up.
    while "Drop lists of ids into" not in application.tail(40):
        if not application.running() or time.monotonic() > deadline:
            raise ProgramFailed(f"the node did not get ready.{application.tail()}")
        time.sleep(LOOK_SECONDS)
    os.rename(ids, os.path.join(inbox, "ids.txt"))
    return application, time.time()


def _await_open(bed, application, seconds):
    """Waits until the job is open; returns (ids accepted, when its intake began, when it was open), by the clock."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not application.running():
            raise ProgramFailed(f"the application ended.{application.tail()}")
        try:
            with Connection(bed.mysql_port) as mysql:
                rows = mysql.rows("SHOW TABLES LIKE 'job'") and mysql.rows(JOB)
        except OSError:
            rows = []
        if rows and rows[0][0] != "loading":
            return int(rows[0][1]), float(rows[0][2]), time.time()
        time.sleep(LOOK_SECONDS)
    raise ProgramFailed(f"the job was not open after {seconds:.0f} s.{application.tail()}")


def measure(bed, options):
    ids = options["ids"]
    bed.start_servers()
    bed.start_simulator(ACCOUNTS, PER_SECOND, 20, 0)
    begin = {"collect": _collect, "serve": _serve}[options["via"]]
    application, dropped = begin(bed, bed.write_accounts(ACCOUNTS, PER_SECOND), bed.write_ids(ids))
    with Watch(application, bed) as watch:
        accepted, started, opened = _await_open(bed, application, 180 + ids / 2_000)
        used = proc.cpu_seconds(application.pid)
    with Connection(bed.mysql_port) as mysql:
        rows = int(mysql.rows(TASKS)[0][0])
    seconds = opened - (dropped or started)
    what = "drop of the file" if dropped else "begin of the intake"
    return [
        Figure("intake_seconds", f"{what} to open job", seconds, "s", at_most(60)),
        Figure("rate", "ids a second", ids / seconds, "ids/s"),
        Figure("missing", "ids that the ledger lacks", ids - min(accepted, rows), "ids", exactly(0)),
        Figure("peak_resident", "most memory of the application", watch.peak_memory, "MiB"),
        Figure("cpu_application", "CPU of the application, with its start", used, "s"),
        Figure("others_busy", "other programs on this machine", watch.others_busy(), "% of a core"),
    ]

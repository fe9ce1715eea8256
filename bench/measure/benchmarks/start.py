"""How long a node takes to be ready, and the demo from its command line to its end."""

import glob
import os
import time

from measure.bed import DIST, free_port
from measure.figures import Figure, at_most, exactly
from measure.program import ProgramFailed
from measure.receipts import await_receipt
from measure.timeline import median
from measure.watch import get

OPTIONS = {
    "prepare": ("yes", "no", "yes: starts as ./tuodui prepare makes them, on Java 25 and newer; no: without its cache"),
    "starts": (5, 2, "starts of a node; the first has an empty database"),
    "demos": (3, 1, "runs of the demo, each in a folder of its own"),
    "demo-ids": (1000, 100, "ids of the demo"),
}

PLAIN_COMMANDS = (("version",), ("help",), ("simulator", "ids", "1000"), ("simulator", "accounts", "20"))
READY_SECONDS = 120
PREPARE_SECONDS = 300
LOOK_SECONDS = 0.02


def _forget_earlier_starts():
    """The launcher keeps what makes starts faster beside the jar."""
    for cache in glob.glob(os.path.join(DIST, "*.jsa")) + glob.glob(os.path.join(DIST, "*.aot")):
        os.remove(cache)


def _prepare(bed):
    """Seconds that it takes once after a build."""
    prepare = bed.application("prepare", label="prepare")
    if prepare.wait(PREPARE_SECONDS) != 0:
        raise ProgramFailed(f"no fast starts.{prepare.tail()}")
    return time.monotonic() - prepare.started_at


def _start(bed, accounts, number):
    """Seconds from the command to the readiness probe's yes."""
    port = free_port()
    settings = ["--tuodui.inbox.enabled=false", *bed.node_settings(accounts, port=port)]
    node = bed.application("serve", *settings, label=f"node-{number}")
    while time.monotonic() - node.started_at < READY_SECONDS:
        try:
            if get(f"http://127.0.0.1:{port}/actuator/health/readiness")[0] == 200:
                ready = time.monotonic() - node.started_at
                # Without a cache it also writes a class archive, which is why its end is waited for.
                node.terminate()
                return ready
        except OSError:
            pass  # not listening yet, or listening and not ready
        if not node.running():
            raise ProgramFailed(f"the node ended.{node.tail()}")
        time.sleep(LOOK_SECONDS)
    raise ProgramFailed(f"the node was not ready after {READY_SECONDS} s.{node.tail()}")


def _demo(bed, ids, number):
    """(seconds from the command to the end of the process, receipt)."""
    folder = os.path.join(bed.folder, f"demo-{number}")
    os.makedirs(folder)
    demo = bed.application("demo", f"--ids={ids}", "--json", "--server.port=0", folder=folder, label="demo")
    receipt = await_receipt(demo, 180)
    return time.monotonic() - demo.started_at, receipt


def _answer(bed, *words):
    """Seconds that a command without Spring takes."""
    command = bed.application(*words, label="command")
    if command.wait(READY_SECONDS) != 0:
        raise ProgramFailed(f"no answer to {' '.join(words)}.{command.tail()}")
    return time.monotonic() - command.started_at


def measure(bed, options):
    _forget_earlier_starts()
    prepared = []
    if options["prepare"] == "yes" and bed.java_major >= 25:
        prepared = [Figure("prepare_seconds", "preparing fast starts, once after a build", _prepare(bed), "s")]
    answers = [_answer(bed, *words) for words in PLAIN_COMMANDS for _ in range(options["starts"])]
    bed.start_servers()
    bed.start_simulator(1, 1, 0, 0)
    accounts = bed.write_accounts(1, 1)
    starts = [_start(bed, accounts, number) for number in range(options["starts"])]
    later = starts[1:]
    # The demo brings its own servers.
    bed.servers.stop()
    demos = [_demo(bed, options["demo-ids"], number) for number in range(options["demos"])]
    seconds = [took for took, _ in demos]
    incomplete = sum(not receipt["complete"] for _, receipt in demos)
    return [
        *prepared,
        Figure("plain_command_seconds", "commands that need no store, slowest", max(answers), "s", at_most(1)),
        Figure("first_start_seconds", "first start to ready", starts[0], "s", at_most(10)),
        Figure("start_seconds", "later starts to ready, median", median(later), "s", at_most(10) if later else None),
        Figure("slowest_start_seconds", "slowest of the later starts", max(later, default=None), "s"),
        Figure("demo_seconds", "demo, median", median(seconds), "s", at_most(45)),
        Figure("slowest_demo_seconds", "slowest demo", max(seconds), "s", at_most(45)),
        Figure("demo_job_seconds", "of that the job, median", median([receipt["seconds"] for _, receipt in demos]), "s"),
        Figure("demos_incomplete", "demos not complete", incomplete, "", exactly(0)),
        Figure("demo_refused", "calls refused", sum(receipt["refused"] for _, receipt in demos), "calls", exactly(0)),
    ]

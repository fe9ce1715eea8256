"""The command line."""

import argparse
import importlib
import os
import signal
import sys

from measure import figures as figures_of
from measure import java, page
from measure.bed import HOME, Bed, build
from measure.mysql import QueryFailed
from measure.program import ProgramFailed

NAMES = ("limits", "throughput", "intake", "memory", "kill", "start", "storm", "simulator", "nodes", "pause", "outages", "clocks", "lower", "steady")

# What `all` runs: each benchmark, throughput on both JDKs and with both payloads, and kill in both of its ways.
ALL = [
    ["limits"],
    ["limits", "--payload", "aop"],
    ["throughput"],
    ["throughput", "--java", "17"],
    ["throughput", "--payload", "aop"],
    ["throughput", "--java", "17", "--payload", "aop"],
    ["intake"],
    ["memory"],
    ["memory", "--payload", "aop"],
    ["kill"],
    ["kill", "--servers", "apart"],
    ["start"],
    ["storm"],
    ["simulator"],
]

# What `reliability` runs: hours, on a machine that does nothing else; clocks with arrivals that vary by 40 ms in all, and by 20 ms.
RELIABILITY = [
    ["nodes"],
    ["pause"],
    ["outages"],
    ["clocks"],
    ["clocks", "--arrival-jitter", "10", "--guard", "25"],
    ["lower"],
    ["steady"],
]

GROUPS = {"all": ALL, "reliability": RELIABILITY}
PAGES = [os.path.join(HOME, "docs", name) for name in ("benchmarks.md", "reliability.md")]
RESULTS = os.path.join(HOME, "bench", "results")


def _module(name):
    return importlib.import_module(f"measure.benchmarks.{name}")


def _common(parser):
    parser.add_argument("--quick", action="store_true", help="small numbers, to check the benchmark itself; no target is judged")
    parser.add_argument("--keep", action="store_true", help="leave the folder of the run, with its logs")
    parser.add_argument("--tmp", metavar="DIR", help="where to make that folder (default: the system's temporary folder)")
    parser.add_argument("--results", metavar="DIR", help="where to add the figures (default: bench/results)")


def _parser():
    parser = argparse.ArgumentParser(prog="bench/run", description="Benchmarks of Tuodui; bench/README.md says what each shows.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    _common(commands.add_parser("all", help="those of docs/benchmarks.md, one after the other"))
    _common(commands.add_parser("reliability", help="those of docs/reliability.md, one after the other"))
    tables = commands.add_parser("tables", help="write the newest results into docs/benchmarks.md and docs/reliability.md")
    tables.add_argument("--results", metavar="DIR", default=RESULTS, help="where the results are (default: bench/results)")
    tables.add_argument("--page", metavar="FILE", action="append", help="a page to write them into instead")
    for name in NAMES:
        module = _module(name)
        summary = module.__doc__.splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        _common(command)
        command.add_argument("--java", type=int, metavar="N", help="major version of the application's JDK (default: the newest found)")
        for option, (usual, quick, text) in module.OPTIONS.items():
            command.add_argument(f"--{option}", type=type(usual), metavar="N" if isinstance(usual, int) else "WORD", help=f"{text} (default: {usual}; quick: {quick})")
    return parser


def _options(module, arguments):
    given = {name: getattr(arguments, name.replace("-", "_")) for name in module.OPTIONS}
    column = 1 if arguments.quick else 0
    return {name: module.OPTIONS[name][column] if value is None else value for name, value in given.items()}


def _run(arguments):
    """Runs one benchmark; returns whether every target was met."""
    module = _module(arguments.name)
    options = _options(module, arguments)
    with Bed(arguments.java, arguments.keep, arguments.tmp) as bed:
        words = ", ".join(f"{name} {value}" for name, value in options.items())
        print(f"{arguments.name} on Java {bed.java_major}: {words}", flush=True)
        if arguments.keep:
            print(f"  in {bed.folder}", flush=True)
        figures = module.measure(bed, options)
        java_major = bed.java_major
    print(figures_of.table(figures, judged=not arguments.quick))
    folder = arguments.results or (os.path.join(RESULTS, "quick") if arguments.quick else RESULTS)
    line = figures_of.record(arguments.name, options, java_major, figures)
    print(f"  added to {os.path.relpath(figures_of.append(folder, arguments.name, line))}", flush=True)
    return arguments.quick or not figures_of.missed(figures)


def _shared(arguments):
    """The words of a group that go on to each benchmark."""
    words = [f"--{flag}" for flag in ("quick", "keep") if getattr(arguments, flag)]
    for name in ("tmp", "results"):
        value = getattr(arguments, name)
        words += [f"--{name}", value] if value else []
    return words


def _stop(number, frame):
    # As an exception, so that every with block is left and nothing that was started stays behind.
    sys.exit(128 + number)


def main(words):
    """Returns 0 when all was measured and every target met, 1 when one was missed, 2 when something failed."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    parser = _parser()
    arguments = parser.parse_args(words)
    if arguments.name == "tables":
        lacking = [mark for path in arguments.page or PAGES for mark in page.fill(path, arguments.results)]
        for marker in lacking:
            print(f"  no result for: {marker}", file=sys.stderr)
        return 2 if lacking else 0
    build()
    runs = [arguments]
    if arguments.name in GROUPS:
        runs = [parser.parse_args(run + _shared(arguments)) for run in GROUPS[arguments.name]]
    worst = 0
    for run in runs:
        try:
            worst = max(worst, 0 if _run(run) else 1)
        except (ProgramFailed, QueryFailed, java.NoJava, OSError) as failure:
            print(f"  NOT measured: {failure}", file=sys.stderr, flush=True)
            worst = 2
    return worst

"""Figures with their targets, as a table for people and as lines of JSON for programs."""

import glob
import json
import os
import subprocess
import time
from dataclasses import dataclass

from measure import proc
from measure.bed import DIST, HOME


@dataclass(frozen=True)
class Target:
    """What a figure is to be: at most, at least, or exactly a number."""

    sign: str  # "<=", ">=" or "="
    number: float

    def met(self, value):
        if value is None:
            return False
        return {"<=": value <= self.number, ">=": value >= self.number, "=": value == self.number}[self.sign]

    def __str__(self):
        return f"{self.sign} {self.number:,g}"


@dataclass(frozen=True)
class Figure:
    """One measured value; None says that it could not be measured."""

    key: str
    label: str
    value: object
    unit: str = ""
    target: Target = None


def at_most(number):
    return Target("<=", number)


def at_least(number):
    return Target(">=", number)


def exactly(number):
    return Target("=", number)


def shown(value):
    """A value as people read it: whole from 100 on, else three digits."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def table(figures, judged):
    """The figures, one a line; targets only where they are judged."""
    rows = []
    for figure in figures:
        verdict = ""
        if judged and figure.target is not None:
            verdict = f"{figure.target}  {'met' if figure.target.met(figure.value) else 'MISSED'}"
        rows.append((figure.label, shown(figure.value), figure.unit, verdict))
    label = max(len(row[0]) for row in rows)
    value = max(len(row[1]) for row in rows)
    unit = max(len(row[2]) for row in rows)
    return "\n".join(f"  {a:<{label}}  {b:>{value}} {c:<{unit}}  {d}".rstrip() for a, b, c, d in rows)


def missed(figures):
    """The figures that are not what they are to be."""
    return [figure for figure in figures if figure.target is not None and not figure.target.met(figure.value)]


def _git(*words):
    try:
        return subprocess.run(["git", "-C", HOME, *words], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def _fast_starts(java_major):
    """Whether the JVM begins with what it learned from ./tuodui prepare for this very build, as the launcher tells it."""
    built = os.path.join(DIST, "tuodui.jar")
    return java_major >= 25 and any(
        os.path.getmtime(cache) > os.path.getmtime(built) for cache in glob.glob(os.path.join(DIST, "tuodui-*.aot"))
    )


def record(benchmark, options, java_major, figures):
    """What is kept of a run."""
    return {
        "benchmark": benchmark,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        # Former results, and the pages that show them, change nothing of what was measured.
        "changed": bool(_git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results", ":!docs")),
        "java": java_major,
        "fastStarts": _fast_starts(java_major),
        "machine": proc.machine(),
        "options": options,
        "figures": {figure.key: _described(figure) for figure in figures},
    }


def _described(figure):
    value = round(figure.value, 4) if isinstance(figure.value, float) else figure.value
    described = {"label": figure.label, "value": value, "unit": figure.unit}
    if figure.target is not None:
        described |= {"target": str(figure.target), "met": figure.target.met(figure.value)}
    return described


def append(folder, name, line):
    """Adds a record to the file of its benchmark; returns the path."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"{name}.jsonl")
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path

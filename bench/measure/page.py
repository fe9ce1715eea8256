"""Writes results into a page of Markdown, between the marks that name them.

A table stands between `<!-- measured: NAME -->` and `<!-- end -->`. Words after the name choose among the
results of that benchmark: `java=17` and any option, as in `<!-- measured: throughput java=17 payload=aop -->`.
The newest result that fits is taken.
"""

import json
import os
import re

from measure.figures import shown

_MARK = re.compile(r"(<!-- measured: ([^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def _results(folder, name):
    try:
        with open(os.path.join(folder, f"{name}.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]
    except FileNotFoundError:
        return []


def _fits(result, wanted):
    have = {**result["options"], "java": result["java"]}
    return all(str(have.get(key)) == value for key, value in wanted.items())


def newest(folder, mark):
    """The newest result that fits the words of a mark; None when there is none."""
    name, *words = mark.split()
    wanted = dict(word.split("=", 1) for word in words)
    fitting = [result for result in _results(folder, name) if _fits(result, wanted)]
    return fitting[-1] if fitting else None


def markdown(result):
    """A result as a table, with all that it depends on below."""
    rows = ["| figure | measured | target |", "| --- | ---: | --- |"]
    for figure in result["figures"].values():
        measured = f"{shown(figure['value'])} {figure['unit']}".strip()
        target = "" if "target" not in figure else figure["target"] + ("" if figure["met"] else " **missed**")
        rows.append(f"| {figure['label']} | {measured} | {target} |")
    machine = result["machine"]
    options = ", ".join(f"{name} {value}" for name, value in result["options"].items())
    commit = f"{result['commit']}{' with changes' if result['changed'] else ''}"
    fast = " with fast starts" if result.get("fastStarts") else ""
    below = f"{result['at'][:10]}, commit {commit}, Java {result['java']}{fast}; {options}; {machine['cores']} cores of {machine['cpu']}, {machine['memoryGiB']} GiB."
    return "\n".join(rows) + f"\n\n{below}\n"


def fill(path, results):
    """Rewrites the tables of a page; returns the marks without a result, whose tables stay as they are."""
    lacking = []

    def table(match):
        result = newest(results, match.group(2))
        if result is None:
            lacking.append(match.group(2))
            return match.group(0)
        return match.group(1) + "\n" + markdown(result) + "\n" + match.group(3)

    with open(path, encoding="utf-8") as file:
        page = file.read()
    page = _MARK.sub(table, page)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)
    return lacking

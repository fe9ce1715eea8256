"""How many calls a second the simulator answers alone, so that it is known not to be the bottleneck."""

import os
import re
import subprocess

from measure import java
from measure.bed import HOME, environment
from measure.figures import Figure, at_least
from measure.program import ProgramFailed
from measure.timeline import median

OPTIONS = {
    "connections": (32, 32, "connections that call one after the other"),
    "warm-up": (10, 2, "seconds before it is measured"),
    "seconds": (10, 2, "seconds that it is measured for"),
}

_SECOND = re.compile(r"([\d,]+) calls/s, ([\d,]+) bytes a body, ([\d.]+) us")


def _class_path(bed):
    """Builds the load generator, which is among the tests; returns the class path to run it with."""
    path = os.path.join(bed.folder, "class-path.txt")
    command = ["mvn", "-q", "-B", "test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={path}"]
    built = subprocess.run(command, cwd=HOME, env=environment(java.home()[1]), capture_output=True, text=True, check=False)
    if built.returncode:
        raise ProgramFailed("the load generator was not built:\n" + built.stdout[-2000:] + built.stderr[-2000:])
    with open(path, encoding="utf-8") as file:
        libraries = file.read().strip()
    target = os.path.join(HOME, "target")
    return os.pathsep.join([f"{target}/test-classes", f"{target}/classes", libraries])


def _numbers(text):
    return [float(number.replace(",", "")) for number in text]


def measure(bed, options):
    java_home = java.home(bed.java_major)[1]
    classes = _class_path(bed)
    whole = options["warm-up"] + options["seconds"]
    figures = []
    for dialect in ("item-get", "aop"):
        words = ["io.tuodui.simulator.SimulatorLoad", dialect, str(whole), str(options["connections"])]
        load = bed.start(f"load-{dialect}", [f"{java_home}/bin/java", "-Xmx512m", "-cp", classes, *words])
        code = load.wait(60 + 3 * whole)
        seconds = [_numbers(found) for found in _SECOND.findall(load.text())][options["warm-up"] :]
        if code or not seconds:
            raise ProgramFailed(f"the load generator ended with {code}.{load.tail()}")
        rates, sizes, cpu = zip(*seconds)
        key = dialect.replace("-", "_")
        figures += [
            Figure(f"rate_{key}", f"{dialect}: calls a second, median", median(rates), "calls/s", at_least(5_000)),
            Figure(f"bytes_{key}", f"{dialect}: size of a reply", median(sizes), "bytes"),
            Figure(f"cpu_{key}", f"{dialect}: CPU of the simulator a call", median(cpu) / 1000, "ms"),
        ]
    return figures

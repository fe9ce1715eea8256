"""What Linux tells of processes and of the machine, read from /proc."""

import os
import platform
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Of one process, in MiB; peak is the kernel's own high-water mark, so no sample can miss it."""

    resident: float
    peak: float


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None


def _stat_fields(pid):
    text = _read(f"/proc/{pid}/stat")
    # The name, in parentheses, may hold spaces and parentheses of its own.
    return None if text is None else text[text.rindex(")") + 2 :].split()


def cpu_seconds(pid):
    """User and system time of a process with all its threads; None when it is gone."""
    fields = _stat_fields(pid)
    return None if fields is None else (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid):
    """None when the process is gone or a zombie."""
    text = _read(f"/proc/{pid}/status") or ""
    values = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    if "VmRSS" not in values:
        return None
    mib = lambda key: int(values[key].split()[0]) / 1024  # noqa: E731
    return Memory(mib("VmRSS"), mib("VmHWM"))


def name(pid):
    """The program's short name; None when it is gone."""
    text = _read(f"/proc/{pid}/comm")
    return None if text is None else text.strip()


def identity(pid):
    """Tells a process from a later one with the same id; None when it is gone or a zombie.

    One whose first thread has ended and others not is neither: its ports are still taken.
    """
    fields = _stat_fields(pid)
    return None if fields is None or (fields[0] == "Z" and int(fields[17]) <= 1) else (pid, int(fields[19]))


def descendants(pid):
    """The ids of a process's children, their children, and so on."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = _stat_fields(entry)
            if fields is not None:
                children.setdefault(int(fields[1]), []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


def machine_busy_seconds():
    """CPU time that anything on this machine has used since its start, over all cores."""
    # user nice system idle iowait irq softirq steal
    values = [int(value) for value in _read("/proc/stat").splitlines()[0].split()[1:9]]
    return (sum(values) - values[3] - values[4]) / TICKS


def machine():
    """What the figures depend on, for the record."""
    cpus = _read("/proc/cpuinfo") or ""
    models = [line.split(":", 1)[1].strip() for line in cpus.splitlines() if line.startswith("model name")]
    total = next(line for line in _read("/proc/meminfo").splitlines() if line.startswith("MemTotal"))
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memoryGiB": round(int(total.split()[1]) / 1024 / 1024, 1),
        "system": f"{platform.system()} {platform.release()}",
    }

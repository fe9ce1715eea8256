"""Arithmetic on what was sampled: no processes, no clock."""

import bisect
import statistics


class Timeline:
    """A counter or gauge over time. Points are added in the order of their times, in seconds."""

    def __init__(self, points=()):
        self.times = []
        self.values = []
        for time, value in points:
            self.add(time, value)

    def add(self, time, value):
        if self.times and time < self.times[-1]:
            raise ValueError("points must be added in the order of their times")
        self.times.append(time)
        self.values.append(value)

    def __len__(self):
        return len(self.times)

    @property
    def last(self):
        """The value at the end; 0 when nothing was sampled."""
        return self.values[-1] if self.values else 0

    def at(self, time):
        """The value at a time: on the line between the points around it, or that of the nearer end."""
        if not self.times:
            raise ValueError("nothing was sampled")
        after = bisect.bisect_right(self.times, time)
        if after == 0:
            return self.values[0]
        if after == len(self.times):
            return self.values[-1]
        before = after - 1
        share = (time - self.times[before]) / (self.times[after] - self.times[before])
        return self.values[before] + share * (self.values[after] - self.values[before])

    def reaches(self, value):
        """The time of the first point at or above a value; None when there is none."""
        for time, reached in zip(self.times, self.values):
            if reached >= value:
                return time
        return None

    def leaves(self, value):
        """The time of the last point at or below a value, before the first above it; None when there is none."""
        left = None
        for time, reached in zip(self.times, self.values):
            if reached > value:
                break
            left = time
        return left

    def grown(self, start, end):
        """By how much a counter grew between two times."""
        return self.at(end) - self.at(start)

    def rates(self, start, end, step=1.0):
        """Growth per second in each whole step between two times."""
        steps = int((end - start) / step)
        return [self.grown(start + i * step, start + (i + 1) * step) / step for i in range(steps)]

    def largest(self, start=float("-inf"), end=float("inf")):
        """The largest value sampled between two times; 0 when there is none."""
        return max((v for t, v in zip(self.times, self.values) if start <= t <= end), default=0)


def first_reached(rates, least, step):
    """After how long a rate first reached a value for good measure: in two steps, one after the other; None when it never did."""
    for index in range(len(rates) - 1):
        if rates[index] >= least and rates[index + 1] >= least:
            return index * step
    return None


def median(values):
    """The median, or None of nothing."""
    return statistics.median(values) if values else None


def quota_used(accepted, start, end, calls_per_second):
    """Percent of a quota of calls that was used between two times; None when no time passed.

    A lull counts as unused quota, whatever caused it: waiting for the first permits too.
    """
    if end <= start:
        return None
    return 100.0 * accepted.grown(start, end) / (calls_per_second * (end - start))

"""From what asv measured of two commits to a verdict: what changed, what seems slower, what is confirmed.

Counters and losses are exact: any difference counts. Times are not: on a shared machine a benchmark may take twice as
long for a minute, and asv's own statistics raise alarms then. So a time counts as slower only if both the fastest
sample and the lower quartile are (other work seldom hits three quarters of the samples of a side, and a slower commit
has no fast ones), and only if the same is found again when the suspects alone are measured once more.
"""

import math
import re
from dataclasses import dataclass
from statistics import quantiles

TIME_FACTOR = 1.10  # a slowdown of a fifth is well above it, what is left of the noise below
MEMORY_FACTOR = 1.05  # repeats to within one per cent

GOOD, OTHER_RESULTS, NOTHING_MEASURED, SLOWER = 0, 1, 2, 3  # exit statuses


@dataclass(frozen=True)
class Measured:
    """What asv has of one benchmark with one set of parameters on one commit."""

    value: float | None  # None: it failed, NaN: it was skipped, as younger than the commit
    samples: tuple[float, ...] = ()  # seconds, if it is a time

    @property
    def absent(self):
        """Whether there is nothing to compare."""
        return self.value is None or math.isnan(self.value)


def title(key):
    """Name of a benchmark as asv prints it, and as its option --bench reads it."""
    benchmark, parameters = key
    return f"{benchmark}({parameters})"


def selected(values, regexes):
    """Return what any of the regular expressions finds, as asv does; everything if there are none."""
    return {
        key: value
        for key, value in values.items()
        if not regexes or any(re.search(regex, title(key)) for regex in regexes)
    }


def pairs(before, after):
    """Yield (key, old, new) of what both commits have."""
    for key, new in sorted(after.items()):
        old = before.get(key)
        if old and not old.absent and not new.absent:
            yield key, old, new


def failures(after):
    """Sentences about benchmarks that fail now."""
    return [f"{title(key)} fails" for key, new in sorted(after.items()) if new.value is None]


def changes(before, after):
    """Sentences about counters and losses that are not the same."""
    return [
        f"{title(key)} was {old.value!r}, is {new.value!r}"
        for key, old, new in pairs(before, after)
        if ".track_" in key[0] and old.value != new.value
    ]


def low(measured):
    """Return the lower quartile and the least of the samples; for a memory, which has none, its value."""
    samples = measured.samples or (measured.value,)
    quartile = quantiles(samples, n=4, method="inclusive")[0] if len(samples) > 1 else samples[0]
    return quartile, min(samples)


def ratios(old, new):
    """Now / before: of the lower quartiles, and of the least samples."""
    return tuple(now / then for now, then in zip(low(new), low(old), strict=True))


def worse(before, after):
    """Keys of times and peak memories that have grown."""
    factors = {".time_": TIME_FACTOR, ".peakmem_": MEMORY_FACTOR}
    return [
        key
        for key, old, new in pairs(before, after)
        for kind, factor in factors.items()
        if kind in key[0] and min(ratios(old, new)) > factor
    ]


def selection(keys):
    """Regular expression for asv's option --bench that selects exactly these benchmarks."""
    return "^(" + "|".join(re.escape(title(key)) for key in keys) + ")$"


def table(before, after):
    """Lines with the times, in ms, and the peak memories, in MB, side by side."""
    yield f"{'':42}{'before':>10}{'now':>10}{'now/before':>12}{'of least':>10}"
    for key, old, new in pairs(before, after):
        if ".track_" in key[0]:
            continue
        unit, what = (1e3, "time in ms") if ".time_" in key[0] else (1e-6, "memory in MB")
        quartile, least = ratios(old, new)
        row = f"{unit * low(old)[0]:10.2f}{unit * low(new)[0]:10.2f}{quartile:12.2f}{least:10.2f}"
        yield f"{key[1] + ', ' + what:42}{row}"

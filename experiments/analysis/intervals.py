"""Every interval of the project: its level, its method, the observations it needs, and the reason where there is none.

There is one method. Observations come in independent series: runs in processes of their own and from another start,
or results from other seeds. A number is computed from the means of all series, and again without each series in turn.
The spread of these values gives a standard error (the jackknife), and Student's t, with one degree of freedom less than
there are series, an interval. For a single mean this is the usual t interval. For slopes, ratios and geometric means it
needs no further assumption, and a process that is slow as a whole widens it as it should.

Repetitions within a series make its mean more precise. They say nothing about another process or another start, so one
series has no interval. `interval_coverage`, beside the tests, simulates how often the intervals hold the truth.

Tukey, Bias and confidence in not-quite large samples (abstract), Ann. Math. Stat. 29 (1958); Miller, The jackknife: a
review, Biometrika 61 (1974).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

LEVEL = 0.95  # captions and the report name it, as "95 %"
SERIES_NEEDED = 3
POINTS_NEEDED = 3  # of a straight line


@dataclass(frozen=True)
class Interval:
    """The ends of the interval around an estimate, at `LEVEL`; None where there is no interval.

    `why_none` says why there is none, for the reader of the report: "one process, one start".
    """

    low: float | None
    high: float | None
    why_none: str = ""

    @classmethod
    def exact(cls, value: float) -> "Interval":
        """Return the interval of a number that does not vary: a counter, a share of all blocks."""
        return cls(value, value)

    @classmethod
    def none(cls, why: str) -> "Interval":
        """Return that there is none, and why."""
        return cls(None, None, why)

    def mapped(self, function: Callable[[float], float]) -> "Interval":
        """Return the interval of a monotonic function of the number."""
        if self.low is None or self.high is None:
            return self
        low, high = sorted(float(function(end)) for end in (self.low, self.high))
        return Interval(low, high)


# Given the means of the samples, shape (n_samples, n), it returns the number for each of the n columns.
Statistic = Callable[[np.ndarray], np.ndarray]


def first(means: np.ndarray) -> np.ndarray:
    """Return the mean of the first sample, the statistic of a single one."""
    return means[0]


def difference(means: np.ndarray) -> np.ndarray:
    """Return the mean of the first sample minus that of the second: of logarithms, a ratio."""
    return means[0] - means[1]


def of_means(
    samples: Sequence[np.ndarray],
    statistic: Statistic = first,
    *,
    fixed: Sequence[bool] = (),
    one: str = "one process, one start",
) -> tuple[float, Interval]:
    """Return a statistic of the means of one or more samples, and its interval.

    Each sample is an array with one value for each series. A sample that is `fixed`, or whose values are all equal,
    does not vary: another one would have the same mean. The shortest of the others decides how many series there are; a
    longer one is cut into as many groups. `one` says what a single value stands for.
    """
    means = np.array([np.mean(sample) for sample in samples])
    value = float(statistic(means[:, None])[0])
    still = fixed or [False] * len(samples)
    varying = [
        sample
        for sample, same in zip(samples, still, strict=True)
        if not same and (len(sample) == 1 or np.ptp(sample) > 0)
    ]
    if not varying:
        return value, Interval.exact(value)
    count = min(len(sample) for sample in varying)
    if count < SERIES_NEEDED:
        return value, Interval.none(one if count == 1 else f"{count} series, {SERIES_NEEDED} needed")
    without = statistic(
        np.array(
            [
                np.full(count, sample.mean()) if same else _without_each(sample, count)
                for sample, same in zip(samples, still, strict=True)
            ]
        )
    )
    spread = np.sqrt((count - 1) / count * np.sum((without - without.mean()) ** 2))
    half = float(special.stdtrit(count - 1, (1 + LEVEL) / 2) * spread)
    return value, Interval(value - half, value + half)


def _without_each(sample: np.ndarray, count: int) -> np.ndarray:
    """Return the mean of a sample without each of `count` groups of its values, shape (count,)."""
    if len(sample) < count:  # it does not vary
        return np.full(count, np.mean(sample))
    groups = np.array_split(sample, count)
    sizes, sums = np.array([len(group) for group in groups]), np.array([group.sum() for group in groups])
    return (sums.sum() - sums) / (sizes.sum() - sizes)


def slope_over(x: Sequence[float]) -> Statistic:
    """Return the statistic that is the slope of a least-squares line through the points (log(x), mean)."""
    logs = np.log(np.asarray(x, np.float64))
    weights = (logs - logs.mean()) / np.sum((logs - logs.mean()) ** 2)
    return lambda means: weights @ means

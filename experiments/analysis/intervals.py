"""Every interval of the project: its level, its method, the observations it needs, and the reason where there is none.

Two kinds of observations have intervals.

- Pairs of runs (`of_pairs`). The statistic is the median of the paired log-ratios, or is computed from several such
  medians. Pairs of one block in one run share two worker processes, so the bootstrap draws these series first and then
  the pairs within them (Kalibera & Jones, ISMM 2013): `median_replicates`.
- Independent values, of seeds or instances (`of_sample`): bias-corrected and accelerated bootstrap.

`of_replicates` makes an interval of bootstrap replicates of any statistic. The seed of the bootstrap is fixed, so the
same data always have the same interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

LEVEL = 0.95  # captions and the report name it, as "95 %"
REPLICATES = 2000
SEED = 20210501
PAIRS_NEEDED = 5  # even the full range of four pairs covers their median only 7 times in 8
VALUES_NEEDED = 3


@dataclass(frozen=True)
class Interval:
    """The ends of the interval around an estimate, at `LEVEL`; None where there is no interval.

    `why_none` says why there is none, for the reader of the report: "4 pairs, 5 needed".
    """

    low: float | None
    high: float | None
    why_none: str = ""

    def __bool__(self) -> bool:
        return self.low is not None and self.high is not None

    @classmethod
    def exact(cls, value: float) -> "Interval":
        """Return the interval of a number that does not vary: a counter, a share of all blocks."""
        return cls(value, value)

    @classmethod
    def none(cls, observations: int, needed: int, what: str, where: str = "") -> "Interval":
        """Return that there are too few observations: `what` is their name in the plural, `where` follows it."""
        noun = what.removesuffix("s") if observations == 1 else what
        return cls(None, None, f"{observations} {noun}{where}, {needed} needed")

    def mapped(self, function: Callable[[float], float]) -> "Interval":
        """Return the interval of a monotonic function of the number."""
        if self.low is None or self.high is None:
            return self
        low, high = sorted(float(function(end)) for end in (self.low, self.high))
        return Interval(low, high)

    def with_estimate(self, value: float) -> "Interval":
        """Widen the interval so that it holds the estimate, which resampling alone may miss."""
        if self.low is None or self.high is None:
            return self
        return Interval(min(self.low, value), max(self.high, value))


def of_replicates(replicates: np.ndarray, *, exponential: bool = False) -> Interval:
    """Return the percentile interval of bootstrap replicates; `exponential`: they are logarithms of the statistic."""
    ends = np.quantile(replicates, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = (np.exp(ends) if exponential else ends).tolist()
    return Interval(low, high)


def of_pairs(counts: Sequence[int], replicates: Callable[[], np.ndarray]) -> Interval:
    """Return the interval of a ratio that is computed from medians of paired log-ratios.

    `counts` are the pairs behind each median; each needs `PAIRS_NEEDED`. Only if there are enough, `replicates` is
    called; it returns replicates of the ratio's logarithm.
    """
    if min(counts) < PAIRS_NEEDED:
        return Interval.none(min(counts), PAIRS_NEEDED, "pairs", " in a problem" if len(counts) > 1 else "")
    return of_replicates(replicates(), exponential=True)


def of_sample(values: ArrayLike, statistic: Callable[..., float] = np.mean) -> Interval:
    """Return the interval of a statistic of an array of independent observations: instances or seeds."""
    sample = np.asarray(values, np.float64)
    if len(sample) < VALUES_NEEDED:
        return Interval.none(len(sample), VALUES_NEEDED, "observations")
    if np.ptp(sample) == 0:
        return Interval.exact(float(statistic(sample)))
    ends = stats.bootstrap(
        (sample,),
        statistic,
        confidence_level=LEVEL,
        n_resamples=REPLICATES,
        rng=np.random.default_rng(SEED),
        vectorized=statistic is np.mean,
    ).confidence_interval
    low, high = (float(end) if np.isfinite(end) else None for end in ends)
    return Interval(low, high, "" if None not in (low, high) else "the bootstrap's end is not finite")


def median_replicates(logs: np.ndarray, sizes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return bootstrap replicates, shape (REPLICATES,), of the median log-ratio of one problem.

    `logs` has one series after the other, `sizes` the number of pairs in each. Series are drawn first, then pairs in
    them.
    """
    first = np.cumsum(sizes) - sizes
    series = rng.integers(len(sizes), size=(REPLICATES, len(sizes)))
    drawn = sizes[series][:, :, None]
    place = np.floor(rng.random((REPLICATES, len(sizes), sizes.max())) * drawn).astype(np.int64)
    values = logs[first[series][:, :, None] + place]
    # Series differ in length: the places that a short one leaves empty sort behind all values.
    values[np.broadcast_to(np.arange(sizes.max()) >= drawn, values.shape)] = np.inf
    values = np.sort(values.reshape(REPLICATES, -1), axis=1)
    count = drawn.sum(axis=(1, 2))
    each = np.arange(REPLICATES)
    return (values[each, (count - 1) // 2] + values[each, count // 2]) / 2


def mean_replicates(sample: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return bootstrap replicates of the mean of independent values, shape (REPLICATES,)."""
    return sample[rng.integers(len(sample), size=(REPLICATES, len(sample)))].mean(axis=1)


def slope_interval(x: ArrayLike, y: ArrayLike, replicates: np.ndarray) -> tuple[float, Interval]:
    """Return the slope of a straight line through points (log(x), y), and its interval.

    `replicates` has one row of bootstrap replicates for every y. The interval also covers how far the points are from a
    straight line, by resampled residuals.
    """
    logs, y = np.log(np.asarray(x, np.float64)), np.asarray(y, np.float64)
    design = np.vstack([logs, np.ones_like(logs)]).T
    solve = np.linalg.pinv(design)
    coefficients = solve @ y
    value = float(coefficients[0])
    if len(logs) < VALUES_NEEDED:
        return value, Interval.none(len(logs), VALUES_NEEDED, "points")
    spread = np.sqrt(len(logs) / max(1, len(logs) - 2))  # residuals are smaller than the errors by this factor
    noise = np.random.default_rng(SEED).choice(y - design @ coefficients, size=replicates.shape) * spread
    return value, of_replicates((solve @ (replicates + noise))[0])


def of_means(
    samples: Sequence[np.ndarray], varying: Sequence[bool], statistic: Callable[[np.ndarray], np.ndarray]
) -> Interval:
    """Return the interval of a statistic of the means of several independent samples.

    `varying` says of each sample whether another one would have other values; one that would not counts with its mean,
    without error. `statistic` is given an array with one row for each sample and one column for each replicate, and
    returns one value for each column.
    """
    means = np.array([np.mean(sample) for sample in samples])
    value = float(statistic(means[:, None])[0])
    if not any(varying):
        return Interval.exact(value)
    fewest = min(len(sample) for sample, varies in zip(samples, varying, strict=True) if varies)
    if fewest < VALUES_NEEDED:
        return Interval.none(fewest, VALUES_NEEDED, "seeds")
    rng = np.random.default_rng(SEED)
    replicates = np.empty((len(samples), REPLICATES))
    for row, (sample, varies) in enumerate(zip(samples, varying, strict=True)):
        count = len(sample) if varies else 1
        drawn = rng.choice(sample, size=(count, REPLICATES)).mean(axis=0)
        # A resample varies less than a new sample would, by this factor.
        replicates[row] = means[row] + (drawn - means[row]) * np.sqrt(count / max(1, count - 1))
    # The largest of several means is larger in most resamples; the estimate itself is always possible.
    return of_replicates(statistic(replicates)).with_estimate(value)

"""Every interval of the project: its level, its method, the observations it needs, and the reason where there is none.

Two kinds of observations have intervals.

- Pairs of runs (`of_pairs`). The statistic is the median of the paired log-ratios, or is computed from several such
  medians. Pairs of one block in one run share two worker processes, so the bootstrap draws these series first and then
  the pairs within them (Kalibera & Jones, ISMM 2013): `median_replicates`.
- Independent values, of seeds, instances or cells (`of_sample`): bias-corrected and accelerated bootstrap.

`of_replicates` makes an interval of bootstrap replicates of any statistic. The seed of the bootstrap is fixed, so the
same data always have the same interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

LEVEL = 0.95
REPLICATES = 2000
SEED = 20210501
PAIRS_NEEDED = 5  # even the full range of four pairs covers their median only 7 times in 8
VALUES_NEEDED = 3


@dataclass(frozen=True)
class Interval:
    """The interval around an estimate, at `LEVEL`.

    Attributes
    ----------
    low, high : float or None
        Its ends; None where there is no interval.
    why_none : str
        Why there is none, for the reader of the report: "4 pairs, 5 needed".
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

    Parameters
    ----------
    counts : sequence of int
        Pairs behind each median; each needs `PAIRS_NEEDED`.
    replicates : callable
        Makes replicates of the ratio's logarithm; called only if there are enough pairs.
    """
    if min(counts) < PAIRS_NEEDED:
        return Interval.none(min(counts), PAIRS_NEEDED, "pairs", " in a cell" if len(counts) > 1 else "")
    return of_replicates(replicates(), exponential=True)


def of_sample(values: ArrayLike, statistic: Callable[..., float] = np.mean) -> Interval:
    """Return the interval of a statistic of an array of independent observations: instances, seeds, cells."""
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
    """Return bootstrap replicates of the median log-ratio of one cell: series are drawn first, then pairs in them.

    Parameters
    ----------
    logs : ndarray of float64, shape (pairs,)
        One series after the other.
    sizes : ndarray of int64, shape (series,)
        Pairs in each series.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (REPLICATES,)
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

    The interval also covers how far the points are from a straight line, by resampled residuals.

    Parameters
    ----------
    x, y : sequence of float, length m
    replicates : ndarray of float64, shape (m, any)
        Bootstrap replicates of every y.
    """
    logs = np.log(np.asarray(x, np.float64))
    design = np.vstack([logs, np.ones_like(logs)]).T
    solve = np.linalg.pinv(design)
    coefficients = solve @ np.asarray(y, np.float64)
    value = float(coefficients[0])
    if len(logs) < VALUES_NEEDED:
        return value, Interval.none(len(logs), VALUES_NEEDED, "points")
    residuals = np.asarray(y, np.float64) - design @ coefficients
    spread = np.sqrt(len(logs) / max(1, len(logs) - 2))  # residuals are smaller than the errors by this
    noise = np.random.default_rng(SEED).choice(residuals, size=replicates.shape) * spread
    return value, of_replicates((solve @ (replicates + noise))[0])


def of_means(
    samples: Sequence[np.ndarray], varying: Sequence[bool], statistic: Callable[[np.ndarray], np.ndarray]
) -> Interval:
    """Return the interval of a statistic of the means of several independent samples.

    Parameters
    ----------
    samples : sequence of ndarray
    varying : sequence of bool
        Whether another sample would have other values; one that would not counts with its mean, without error.
    statistic : callable
        Of an array with one line for each sample and one column for each replicate; one value for each column.
    """
    means = np.array([np.mean(sample) for sample in samples])
    value = float(statistic(means[:, None])[0])
    counts = [len(sample) if varies else 1 for sample, varies in zip(samples, varying, strict=True)]
    if not any(varying):
        return Interval.exact(value)
    fewest = min(count for count, varies in zip(counts, varying, strict=True) if varies)
    if fewest < VALUES_NEEDED:
        return Interval.none(fewest, VALUES_NEEDED, "seeds")
    rng = np.random.default_rng(SEED)
    replicates = np.empty((len(samples), REPLICATES))
    for line, (sample, count) in enumerate(zip(samples, counts, strict=True)):
        drawn = rng.choice(sample, size=(count, REPLICATES)).mean(axis=0)
        # A resample varies less than a new sample would, by this.
        replicates[line] = means[line] + (drawn - means[line]) * np.sqrt(count / max(1, count - 1))
    # The largest of several means is larger in most resamples; the estimate itself is always possible.
    return of_replicates(statistic(replicates)).with_estimate(value)

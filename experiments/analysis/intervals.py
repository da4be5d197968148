"""Every interval of the project: its level, how it is computed, how many observations it needs, and why there is none.

Two kinds of observations have intervals.

- Pairs of runs (`of_pairs`). The statistic is the median of the paired log-ratios, or something computed from several
  such medians. Pairs of one block in one run share two worker processes, so the bootstrap draws these series first and
  the pairs within them second (Kalibera & Jones, ISMM 2013): `median_replicates`.
- Independent values, of seeds, instances or cells (`of_sample`): bias-corrected and accelerated bootstrap.

`of_replicates` makes an interval of bootstrap replicates of any statistic. All are the same for the same data: the
bootstrap's seed is fixed.
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
        Its ends; None where there is none.
    why_none : str
        The reason, in words for the report; empty where there is one.
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
    def none(cls, observations: int, needed: int, what: str) -> "Interval":
        """Return that there is no interval, and why: "4 pairs, 5 needed"."""
        return cls(None, None, f"{observations} {what}, {needed} needed")

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
    """Return the percentile interval of bootstrap replicates.

    Parameters
    ----------
    replicates : ndarray of float64, shape (replicates,)
    exponential : bool
        The replicates are logarithms and the interval is of what they are the logarithms of.
    """
    ends = np.quantile(replicates, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = (np.exp(ends) if exponential else ends).tolist()
    return Interval(low, high)


def of_pairs(counts: Sequence[int], replicates: Callable[[], np.ndarray], needed: int = PAIRS_NEEDED) -> Interval:
    """Return the interval of a statistic of paired log-ratios, as a ratio.

    Parameters
    ----------
    counts : sequence of int
        Pairs in each of the cells that the statistic is computed from.
    replicates : callable
        Makes the replicates of its logarithm; called only if there are enough pairs.
    needed : int
        Pairs that every cell needs.
    """
    if min(counts) < needed:
        return Interval.none(min(counts), needed, "pairs")
    return of_replicates(replicates(), exponential=True)


def of_sample(values: ArrayLike, statistic: Callable[..., float] = np.mean) -> Interval:
    """Return the interval of a statistic over independent observations: instances, seeds, cells.

    Parameters
    ----------
    values : sequence of float
    statistic : callable
        Of an array; the mean by default.
    """
    sample = np.asarray(values, np.float64)
    if len(sample) < VALUES_NEEDED:
        return Interval.none(len(sample), VALUES_NEEDED, "observations")
    if np.ptp(sample) == 0:
        return Interval.exact(float(statistic(sample)))
    found = stats.bootstrap(
        (sample,),
        statistic,
        confidence_level=LEVEL,
        n_resamples=REPLICATES,
        rng=np.random.default_rng(SEED),
        vectorized=statistic is np.mean,
    ).confidence_interval
    low, high = (float(end) if np.isfinite(end) else None for end in found)
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
    # Series differ in length: what a short one did not draw sorts behind all others.
    values[np.broadcast_to(np.arange(sizes.max()) >= drawn, values.shape)] = np.inf
    values = np.sort(values.reshape(REPLICATES, -1), axis=1)
    count = drawn.sum(axis=(1, 2))
    each = np.arange(REPLICATES)
    return (values[each, (count - 1) // 2] + values[each, count // 2]) / 2


def slope_interval(x: ArrayLike, y: ArrayLike, replicates: np.ndarray) -> tuple[float, Interval]:
    """Return the slope of a straight line through points (log(x), y), and its interval.

    Parameters
    ----------
    x : sequence of float, length m
    y : sequence of float, length m
    replicates : ndarray of float64, shape (m, REPLICATES)
        Bootstrap replicates of every y.

    Returns
    -------
    float, Interval
        The interval also holds what a straight line leaves unexplained, as resampled residuals.
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


def mean_replicates(sample: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return bootstrap replicates of the mean of independent values, shape (REPLICATES,)."""
    return sample[rng.integers(len(sample), size=(REPLICATES, len(sample)))].mean(axis=1)

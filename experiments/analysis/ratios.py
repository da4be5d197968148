"""Speed-up ratios from paired runs.

A pair is one run of each contender in the same block, series and round: both had the same matrix, the same start and
the same minute of the machine. Pairs of one series share two worker processes and a start; `intervals` says how an
interval is made of several series. With one series there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import Interval, of_means
from kmedoids_bench.experiments.analysis.measure import WithInterval
from kmedoids_bench.experiments.rows.keys import MOMENT

# Columns of a table that shows ratios.
RATIO = ("estimate", "low", "high", "why_none", "n_pairs", "n_runs", "best")


@dataclass(frozen=True)
class Ratio(WithInterval):
    """How many times as fast as the baseline the challenger is: baseline time over challenger time.

    `estimate` is the geometric mean over the series of the median of the paired ratios, and over several problems the
    geometric mean of theirs.
    `n_runs` counts the independent series of pairs: other processes or another start. `best`, a second opinion, is
    the ratio of the two minima; over several series it is their median.
    """

    estimate: float
    interval: Interval
    n_pairs: int
    n_runs: int
    best: float

    def columns(self) -> dict:
        """Return the values of `RATIO` by name."""
        values = (self.estimate, self.low, self.high, self.why_none, self.n_pairs, self.n_runs, self.best)
        return dict(zip(RATIO, values, strict=True))


@dataclass(frozen=True)
class Pairs:
    """Paired runs of two contenders on one problem.

    `logs`, shape (n_pairs,), has the logarithms of baseline time over challenger time, one series after the other;
    `sizes`, shape (n_series,), the number of pairs in each. `best` is the ratio of the minima.
    """

    logs: np.ndarray
    sizes: np.ndarray
    best: float

    @cached_property
    def medians(self) -> np.ndarray:
        """Median log-ratio of each series, shape (n_series,): what intervals are made of."""
        return np.array([np.median(series) for series in np.split(self.logs, np.cumsum(self.sizes)[:-1])])

    @cached_property
    def ratio(self) -> Ratio:
        """Ratio with its interval."""
        value, interval = of_means([self.medians])
        return Ratio(float(np.exp(value)), interval.mapped(np.exp), len(self.logs), len(self.sizes), self.best)


def wide_seconds(rows: pd.DataFrame, clock: str = "seconds") -> pd.DataFrame:
    """Arrange the times of timed runs, by one of `CLOCKS`, so that one line holds everything that is paired.

    The index is `MOMENT`, in order. There is one column per contender, NaN where it was not timed.
    """
    timed = rows[(rows["status"] == "ok") & (rows[clock] > 0)]
    return timed.pivot_table(index=MOMENT, columns="contender", values=clock, aggfunc="median")


def pair_up(seconds: pd.DataFrame, challenger: str, baseline: str) -> Pairs | None:
    """Pair two contenders of `wide_seconds`; None when the two were never timed in the same round."""
    if challenger not in seconds or baseline not in seconds:
        return None
    fast, slow = seconds[challenger].to_numpy(), seconds[baseline].to_numpy()
    both = np.flatnonzero(~(np.isnan(fast) | np.isnan(slow)))
    if not len(both):
        return None
    fast, slow = fast[both], slow[both]
    of_series = [np.asarray(codes)[both] for codes in cast(pd.MultiIndex, seconds.index).codes[:-1]]
    series = np.flatnonzero(np.any([np.diff(codes, prepend=-1) != 0 for codes in of_series], axis=0))
    minima = np.minimum.reduceat(slow, series) / np.minimum.reduceat(fast, series)
    return Pairs(logs=np.log(slow / fast), sizes=np.diff(series, append=len(both)), best=float(np.median(minima)))


def geometric_mean(problems: Sequence[Pairs]) -> Ratio | None:
    """Return the geometric mean of the problems' median ratios, or None without problems.

    The problems are those that were measured, not a sample of others: the interval says how well their mean is known,
    not how another dataset would do.
    """
    if not problems:
        return None
    value, interval = of_means([one.medians for one in problems], lambda means: means.mean(axis=0))
    return Ratio(
        estimate=float(np.exp(value)),
        interval=interval.mapped(np.exp),
        n_pairs=sum(len(one.logs) for one in problems),
        n_runs=sum(len(one.sizes) for one in problems),
        best=float(np.exp(np.mean([np.log(one.best) for one in problems]))),
    )

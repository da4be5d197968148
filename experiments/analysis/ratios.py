"""Speed-up ratios from paired runs.

A pair is one run of each contender in the same block, run and round: both had the same matrix, the same start and the
same minute of the machine. The estimate is the median of the paired log-ratios; `intervals` says how its interval is
made. With a single series of pairs the interval is about that one pair of processes only; with two or three it is known
to be somewhat too narrow. Both counts are shown beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import SEED, Interval, median_replicates, of_pairs
from kmedoids_bench.experiments.analysis.measure import WithInterval
from kmedoids_bench.experiments.rows.keys import MOMENT

# Columns of a table that shows ratios.
RATIO = ("estimate", "low", "high", "why_none", "n_pairs", "n_runs", "best")


@dataclass(frozen=True)
class Ratio(WithInterval):
    """How many times as fast as the baseline the challenger is: baseline time over challenger time.

    `estimate` is the median of the paired ratios or, for several problems, the geometric mean of their medians.
    `n_runs` counts the independent series of pairs: other processes or another start. `best`, a second opinion, is
    the ratio of the two minima; over several blocks it is their median.
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

    @property
    def median(self) -> float:
        """Median ratio."""
        return float(np.exp(np.median(self.logs)))

    @cached_property
    def ratio(self) -> Ratio:
        """Median ratio with its interval."""
        interval = of_pairs([len(self.logs)], self.replicates)
        return Ratio(self.median, interval, len(self.logs), len(self.sizes), self.best)

    def replicates(self, *seed: int) -> np.ndarray:
        """Return bootstrap replicates of the median log-ratio.

        A statistic of several problems gives each of them a `seed` of its own, so that they vary independently.
        """
        return median_replicates(self.logs, self.sizes, np.random.default_rng([SEED, *seed] if seed else SEED))


def wide_seconds(rows: pd.DataFrame) -> pd.DataFrame:
    """Arrange the seconds of timed runs so that one line holds everything that is paired.

    The index is `MOMENT`, in order. There is one column per contender, NaN where it was not timed.
    """
    timed = rows[(rows["status"] == "ok") & (rows["seconds"] > 0)]
    return timed.pivot_table(index=MOMENT, columns="contender", values="seconds", aggfunc="median")


def pair_up(seconds: pd.DataFrame, challenger: str, baseline: str) -> Pairs | None:
    """Pair two contenders of `wide_seconds`; None when the two were never timed in the same round."""
    if challenger not in seconds or baseline not in seconds:
        return None
    fast, slow = seconds[challenger].to_numpy(), seconds[baseline].to_numpy()
    both = np.flatnonzero(~(np.isnan(fast) | np.isnan(slow)))
    if not len(both):
        return None
    fast, slow = fast[both], slow[both]
    block, run, part = (np.asarray(codes)[both] for codes in cast(pd.MultiIndex, seconds.index).codes[:3])
    new_block = np.diff(block, prepend=-1) != 0
    series = np.flatnonzero(new_block | (np.diff(run, prepend=-1) != 0) | (np.diff(part, prepend=-1) != 0))
    blocks = np.flatnonzero(new_block)
    minima = np.minimum.reduceat(slow, blocks) / np.minimum.reduceat(fast, blocks)
    return Pairs(logs=np.log(slow / fast), sizes=np.diff(series, append=len(both)), best=float(np.median(minima)))


def geometric_mean(problems: Sequence[Pairs]) -> Ratio | None:
    """Return the geometric mean of the problems' median ratios, or None without problems.

    The problems are those that were measured, not a sample of others: the interval says how well their mean is known,
    not how another dataset would do.
    """
    if not problems:
        return None
    return Ratio(
        estimate=float(np.exp(np.mean([np.log(one.median) for one in problems]))),
        interval=of_pairs(
            [len(one.logs) for one in problems],
            lambda: np.mean([one.replicates(i) for i, one in enumerate(problems)], axis=0),
        ),
        n_pairs=sum(len(one.logs) for one in problems),
        n_runs=sum(len(one.sizes) for one in problems),
        best=float(np.exp(np.mean([np.log(one.best) for one in problems]))),
    )

"""Speed-up ratios from paired runs, with intervals by a hierarchical bootstrap.

A pair is one run of each contender in the same block, run and round: both saw the same matrix, the same
start and the same minute of the machine. The estimate is the median of the paired log-ratios. Pairs of one
block in one run share two worker processes, so the bootstrap resamples these series first and the pairs
within them second (Kalibera & Jones, ISMM 2013). With one series the interval speaks of that one pair of
processes only; with two or three it is known to be somewhat too narrow. Both counts stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import pandas as pd

MIN_PAIRS = 5  # fewer pairs: no interval; even the full range of 4 pairs covers the median only 7 times in 8
REPLICATES = 2000
LEVEL = 0.95
SEED = 20210501

Array = np.ndarray


@dataclass(frozen=True)
class Ratio:
    """How many times as fast as the baseline the challenger is: baseline time over challenger time.

    Attributes
    ----------
    estimate : float
        Median of the paired ratios; for several cells the geometric mean of their medians.
    low, high : float or None
        95 % interval; None when there are fewer than `MIN_PAIRS` pairs.
    n_pairs : int
    n_runs : int
        Independent series of pairs (one block in one run of the driver).
    best : float
        Ratio of the two minima, a second opinion; over several blocks their median.
    """

    estimate: float
    low: float | None
    high: float | None
    n_pairs: int
    n_runs: int
    best: float


@dataclass(frozen=True)
class Pairs:
    """Paired runs of two contenders in one cell.

    Attributes
    ----------
    logs : ndarray of float64, shape (n_pairs,)
        Logarithm of baseline seconds over challenger seconds, one series after the other.
    sizes : ndarray of int64, shape (n_series,)
        Pairs in each series; they sum to n_pairs.
    best : float
        Ratio of the minima.
    """

    logs: Array
    sizes: Array
    best: float

    @property
    def median(self) -> float:
        """Median ratio."""
        return float(np.exp(np.median(self.logs)))


def wide_seconds(rows: pd.DataFrame) -> pd.DataFrame:
    """Arrange timed runs so that one line holds everything that is paired.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame of float64
        Seconds; index (block, run, round) in order, one column per contender, NaN where it was not timed.
    """
    timed = rows[(rows["status"] == "ok") & (rows["seconds"] > 0)]
    return timed.pivot_table(
        index=["block", "run", "round"], columns="contender", values="seconds", aggfunc="median"
    )


def pair_up(seconds: pd.DataFrame, challenger: str, baseline: str) -> Pairs | None:
    """Pair two contenders.

    Parameters
    ----------
    seconds : DataFrame
        As `wide_seconds` returns it.
    challenger, baseline : str
        Contenders.

    Returns
    -------
    Pairs or None
        None when the two were never timed in the same round.
    """
    if challenger not in seconds or baseline not in seconds:
        return None
    fast, slow = seconds[challenger].to_numpy(), seconds[baseline].to_numpy()
    both = np.flatnonzero(~(np.isnan(fast) | np.isnan(slow)))
    if not len(both):
        return None
    fast, slow = fast[both], slow[both]
    block, run = (np.asarray(codes)[both] for codes in cast(pd.MultiIndex, seconds.index).codes[:2])
    new_block = np.diff(block, prepend=-1) != 0
    series = np.flatnonzero(new_block | (np.diff(run, prepend=-1) != 0))
    blocks = np.flatnonzero(new_block)
    minima = np.minimum.reduceat(slow, blocks) / np.minimum.reduceat(fast, blocks)
    return Pairs(
        logs=np.log(slow / fast),
        sizes=np.diff(series, append=len(both)),
        best=float(np.median(minima)),
    )


def ratio(pairs: Pairs) -> Ratio:
    """Median ratio of one cell with its interval.

    Parameters
    ----------
    pairs : Pairs

    Returns
    -------
    Ratio
        The same for the same pairs: the bootstrap's seed is fixed.
    """
    return _ratio(pairs.logs.tobytes(), pairs.sizes.tobytes(), pairs.best)


@lru_cache(maxsize=100_000)
def _ratio(logs: bytes, sizes: bytes, best: float) -> Ratio:
    """Resample the same pairs once, however many tables and figures show their ratio."""
    pairs = Pairs(np.frombuffer(logs, np.float64), np.frombuffer(sizes, np.int64), best)
    low = high = None
    if len(pairs.logs) >= MIN_PAIRS:
        low, high = _interval(_medians(pairs, np.random.default_rng(SEED)))
    return Ratio(
        estimate=pairs.median,
        low=low,
        high=high,
        n_pairs=len(pairs.logs),
        n_runs=len(pairs.sizes),
        best=pairs.best,
    )


def geometric_mean(cells: Sequence[Pairs]) -> Ratio | None:
    """Geometric mean of the cells' median ratios.

    The cells are those that were measured, not a sample of others: the interval says how well their mean is
    known, not how another dataset would do.

    Parameters
    ----------
    cells : sequence of Pairs

    Returns
    -------
    Ratio or None
        None without cells; without interval when any cell has fewer than `MIN_PAIRS` pairs.
    """
    if not cells:
        return None
    low = high = None
    if all(len(cell.logs) >= MIN_PAIRS for cell in cells):
        replicates = [_medians(cell, np.random.default_rng([SEED, i])) for i, cell in enumerate(cells)]
        low, high = _interval(np.mean(replicates, axis=0))
    return Ratio(
        estimate=float(np.exp(np.mean([np.log(cell.median) for cell in cells]))),
        low=low,
        high=high,
        n_pairs=sum(len(cell.logs) for cell in cells),
        n_runs=sum(len(cell.sizes) for cell in cells),
        best=float(np.exp(np.mean([np.log(cell.best) for cell in cells]))),
    )


def log_replicates(pairs: Pairs, seed: int = 0) -> Array:
    """Bootstrap replicates of the median log-ratio of one cell, for whoever computes something from several cells.

    Parameters
    ----------
    pairs : Pairs
    seed : int
        A number of the cell's own, so that the cells vary independently.

    Returns
    -------
    ndarray of float64, shape (REPLICATES,)
    """
    return _medians(pairs, np.random.default_rng([SEED, seed]))


def _interval(replicates: Array) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low, high = np.exp(np.quantile(replicates, [tail, 1 - tail]))
    return float(low), float(high)


def _medians(pairs: Pairs, rng: np.random.Generator) -> Array:
    """Bootstrap replicates of the median log-ratio, shape (REPLICATES,)."""
    sizes, logs = pairs.sizes, pairs.logs
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

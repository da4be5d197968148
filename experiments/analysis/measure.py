"""A quantity as a study computes it, with its interval and the rows behind it: what claims are decided by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats

OURS = "kmedoids_bench"
LEVEL = 0.95
RESAMPLES = 2000
SEED = 20210501
LEAST = 3  # observations an interval needs


@dataclass(frozen=True)
class Measure:
    """One number, for one code base and one place.

    Attributes
    ----------
    value : float
    low, high : float or None
        95 % interval; equal to the value where it is exact (a counter, a share of all blocks), None where there are
        too few observations for one.
    n : int
        Observations behind it: pairs of runs, cells, instances or seeds.
    where : str
        What it was measured on, for people: "plants_texture, start BUILD, k = 10 to 200".
    code_base : str
        Implementation whose algorithms are compared with each other.
    evidence : DataFrame
        The lines it was computed from; with ``block`` where rows can be named.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    where: str
    code_base: str = OURS
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)

    @classmethod
    def exact(cls, value: float, n: int, where: str, **more) -> "Measure":
        """Make a measure of a number that does not vary: of counters, of results that are always the same."""
        return cls(float(value), float(value), float(value), n, where, **more)

    @classmethod
    def of_sample(
        cls,
        values: Sequence[float],
        where: str,
        statistic: Callable[..., float] = np.mean,
        **more,
    ) -> "Measure":
        """Make a measure of a statistic over independent observations: instances, seeds, cells.

        The interval is the bootstrap's (bias-corrected and accelerated); it is the same for the same values.
        """
        sample = np.asarray(values, np.float64)
        value = float(statistic(sample))
        low = high = None
        if len(sample) >= LEAST and np.ptp(sample) == 0:
            low = high = value
        elif len(sample) >= LEAST:
            found = stats.bootstrap(
                (sample,), statistic, confidence_level=LEVEL, n_resamples=RESAMPLES,
                rng=np.random.default_rng(SEED), vectorized=statistic is np.mean,
            ).confidence_interval  # fmt: skip
            low, high = (float(end) if np.isfinite(end) else None for end in found)
        return cls(value, low, high, len(sample), where, **more)


def slope(
    x: Sequence[float], replicates: np.ndarray, estimates: Sequence[float], n: int, where: str, **more
) -> Measure:
    """Slope of log(y) over log(x), with its interval from bootstrap replicates of every log(y).

    Parameters
    ----------
    x : sequence of float
    replicates : ndarray of shape (len(x), resamples)
        Of log(y), as `ratios.log_replicates` makes them.
    estimates : sequence of float
        log(y) itself.
    n : int
        Pairs of runs behind them.
    where : str

    Returns
    -------
    Measure
        The interval also holds what a straight line leaves unexplained, as resampled residuals.
    """
    logs = np.log(np.asarray(x, np.float64))
    design = np.vstack([logs, np.ones_like(logs)]).T
    solve = np.linalg.pinv(design)
    y = np.asarray(estimates, np.float64)
    coefficients = solve @ y
    residuals = y - design @ coefficients
    rng = np.random.default_rng(SEED)
    spread = np.sqrt(len(x) / max(1, len(x) - 2))  # residuals are smaller than the errors by this
    noise = rng.choice(residuals, size=replicates.shape) * spread
    slopes = (solve @ (replicates + noise))[0]
    low, high = np.quantile(slopes, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(x) >= LEAST else (None, None)
    value = float(coefficients[0])
    return Measure(
        value, None if low is None else float(low), None if high is None else float(high), n, where, **more
    )

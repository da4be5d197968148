"""A number that claims are decided by, with its interval and the lines behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kmedoids_bench.experiments.analysis.intervals import Interval, of_means
from kmedoids_bench.experiments.rows.keys import OURS

ROUNDING = 1e-12


class WithInterval:
    """What has an `interval`: its ends, and the reason where there is none, are within easy reach."""

    interval: Interval

    @property
    def low(self) -> float | None:
        """Lower end of the interval."""
        return self.interval.low

    @property
    def high(self) -> float | None:
        """Upper end of the interval."""
        return self.interval.high

    @property
    def why_none(self) -> str:
        """Why there is no interval; empty where there is one."""
        return self.interval.why_none


@dataclass(frozen=True)
class Measure(WithInterval):
    """One number, of one code base in one place.

    The interval has no width where the value is exact: a counter, a share of all blocks. `n` counts the observations
    behind it: pairs of runs, problems, instances or seeds. `where` says in words what was measured: "plants_texture
    (n = 1,599, euclidean), start BUILD, k = 10 to 200". `code_base` is the implementation whose runs these are.
    `evidence` has the lines it was computed from, with ``block`` where rows can be named.
    """

    value: float
    interval: Interval
    n: int
    where: str
    code_base: str = OURS
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)

    def mapped(self, function: Callable[[float], float]) -> "Measure":
        """Return the measure of a monotone function of the value."""
        return replace(self, value=function(self.value), interval=self.interval.mapped(function))

    def scaled(self, factor: float) -> "Measure":
        """Return the measure times a positive number."""
        return self.mapped(lambda end: factor * end)

    @classmethod
    def exact(cls, value: float, n: int, where: str, **more) -> "Measure":
        """Make a measure of a number that does not vary: of counters, of results that are always the same."""
        return cls(float(value), Interval.exact(float(value)), n, where, **more)

    @classmethod
    def of_sample(cls, values: ArrayLike, where: str, **more) -> "Measure":
        """Make a measure of the mean of independent observations: instances or seeds."""
        sample = np.asarray(values, np.float64)
        return cls(*of_means([sample], one="one observation"), len(sample), where, **more)

    @classmethod
    def mean_of(cls, values: ArrayLike, where: str = "", **more) -> "Measure":
        """Make a measure of a mean; values that are equal but for rounding do not vary."""
        sample = np.asarray(values, np.float64)
        if len(sample) and np.ptp(sample) <= ROUNDING * np.abs(sample).max():
            sample = np.full(len(sample), sample.mean())
        return cls.of_sample(sample.tolist(), where, **more)

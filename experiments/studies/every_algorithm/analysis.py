"""What every algorithm of ours costs on the same problem, in multiples of FasterPAM, and how good its result is."""

from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.speedups import problems_of, speedups
from kmedoids_bench.experiments.rows.keys import CONTENDER, OURS, PROBLEM

UNIT = "fasterpam"  # its time is 1


@dataclass(frozen=True)
class EveryAlgorithmResult:
    """The result of the study."""

    # One line per problem and algorithm: as `losses.excess_over_best`, with ``seconds``, ``note``, ``times`` with
    # ``low`` and ``high`` (how many times the time of `UNIT` it took), ``excess_percent``, ``lookups`` (over n²).
    compared: pd.DataFrame


def analyse(rows: pd.DataFrame) -> EveryAlgorithmResult:
    """Join speed and quality of our own implementations."""
    ours = rows[rows["implementation"] == OURS]
    problems = problems_of(ours)
    keys, ratios = [*PROBLEM, *CONTENDER], ["estimate", "low", "high"]
    table = frame_of((line for one in problems for line in one.times.values()), [*keys, "seconds", "note"])
    gains = speedups(problems, UNIT)[[*keys, *ratios]].astype(dict.fromkeys(ratios, "float64"))
    table = table.merge(excess_over_best(ours), on=keys, how="left").merge(gains, on=keys, how="left")
    table = table.assign(times=1 / table["estimate"], low=1 / table["high"], high=1 / table["low"])
    table.loc[(table["algorithm"] == UNIT) & table["seconds"].notna(), "times"] = 1.0
    lookups = table["n_lookups"] / table["n"].astype("float64") ** 2
    return EveryAlgorithmResult(table.assign(excess_percent=100 * table["excess"], lookups=lookups))

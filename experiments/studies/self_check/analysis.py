"""Ratios of equal contenders: how often they are called different, and how wide their intervals are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.ratios import pair_up, wide_seconds
from kmedoids_bench.experiments.rows.keys import CLOCKS, PROBLEM
from kmedoids_bench.experiments.rows.names import original

KEYS = [*PROBLEM, "implementation", "algorithm", "order"]


@dataclass(frozen=True)
class SelfCheckResult:
    """The result of the study."""

    # One line for each clock and pair of equal contenders: ``clock``, `KEYS`, ``seconds`` (median), ``estimate`` (time
    # of the copy over that of the original) with ``low``, ``high``, ``why_none``, ``n_pairs`` and ``n_runs``;
    # ``different``: the interval excludes 1; ``reach``: how far an interval of this width around 1 would reach.
    pairs: pd.DataFrame
    # By clock and implementation, and over all ("all"): ``pairs`` with an interval, ``different`` of them, the median
    # and the 95th percentile of ``reach``, and ``farthest``, the ratio farthest from 1, as a number of 1 or more.
    summary: pd.DataFrame


def analyse(rows: pd.DataFrame) -> SelfCheckResult:
    """Compare each contender with its copy, by both clocks."""
    lines = [
        line | {"clock": words}
        for key, group in rows.groupby(PROBLEM, dropna=False)
        for clock, words in CLOCKS.items()
        for line in _of_problem(dict(zip(PROBLEM, key, strict=True)), group, clock)
    ]
    numbers = ["seconds", "estimate", "low", "high", "reach"]
    pairs = pd.DataFrame(lines, columns=["clock", *KEYS, *numbers, "why_none", "n_pairs", "n_runs", "different"])
    pairs = pairs.astype(dict.fromkeys(numbers, "float64"))
    return SelfCheckResult(pairs, summary(pairs))


def _of_problem(problem: dict, rows: pd.DataFrame, clock: str) -> list[dict]:
    seconds = wide_seconds(rows, clock)
    facts = rows.drop_duplicates("contender").set_index("contender")[["implementation", "algorithm", "order"]]
    lines = []
    for copy in seconds.columns:
        first = original(str(copy))
        pairs = pair_up(seconds, first, copy) if first else None
        if pairs is None:
            continue
        ratio = pairs.ratio
        line = problem | facts.loc[copy].to_dict() | ratio.columns() | {"seconds": seconds[first].median()}
        if ratio.low is not None and ratio.high is not None:
            line |= {"different": not ratio.low <= 1 <= ratio.high, "reach": np.sqrt(ratio.high / ratio.low)}
        lines.append(line)
    return lines


def summary(pairs: pd.DataFrame) -> pd.DataFrame:
    """Summarise the pairs that have an interval, by clock and implementation and over all."""
    known = pairs.dropna(subset=["reach"])
    lines = []
    for clock, of_clock in known.groupby("clock"):
        for name, group in [("all", of_clock), *of_clock.groupby("implementation")]:
            farthest = float(np.exp(np.abs(np.log(group["estimate"])).max()))
            reach = group["reach"].quantile([0.5, 0.95]).tolist()
            lines.append((clock, name, len(group), int(group["different"].sum()), *reach, farthest))
    return frame_of(lines, ["clock", "implementation", "pairs", "different"], ["reach", "reach_95", "farthest"])

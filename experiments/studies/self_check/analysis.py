"""Ratios of equal contenders: how often they are called different, and how wide their intervals are."""

from collections.abc import Iterator, Mapping
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
    lines = []
    for key, group in rows.groupby(PROBLEM, dropna=False):
        facts = group.drop_duplicates("contender").set_index("contender")[["implementation", "algorithm", "order"]]
        originals = {name: first for name in facts.index.sort_values() if (first := original(name))}
        for line in of_copies(group, originals):
            lines.append(dict(zip(PROBLEM, key, strict=True)) | facts.loc[line["contender"]].to_dict() | line)
            if pd.notna(line["low"]):
                lines[-1] |= {"different": not line["low"] <= 1 <= line["high"]}
                lines[-1] |= {"reach": np.sqrt(line["high"] / line["low"])}
    numbers = ["seconds", "estimate", "low", "high", "reach"]
    pairs = frame_of(lines, ["clock", *KEYS, *numbers, "why_none", "n_pairs", "n_runs", "different"], numbers)
    return SelfCheckResult(pairs, summary(pairs))


def of_copies(rows: pd.DataFrame, originals: Mapping[str, str]) -> Iterator[dict]:
    """Compare the contenders of one problem with their originals, by both clocks.

    Yields ``contender``, ``clock``, ``seconds`` (of the original, median) and `RATIO`, the time of the contender over
    that of the original.
    """
    for clock, words in CLOCKS.items():
        seconds = wide_seconds(rows, clock)
        for name, first in originals.items():
            if pairs := pair_up(seconds, first, name):
                about = {"contender": name, "clock": words, "seconds": float(seconds[first].median())}
                yield about | pairs.ratio.columns()


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

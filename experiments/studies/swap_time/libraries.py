"""Every library against this project's plain kernel for the same algorithm."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.ratios import RATIO, Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, counterpart, ratio_columns
from kmedoids_bench.experiments.rows.keys import COMPARABLE, OURS, PROBLEM

WHO = ("algorithm", "implementation", "order", "faster_order")


@dataclass(frozen=True)
class Match:
    """A library's contender and ours in one cell: their lines of `times`, and their pairs if they were timed."""

    library: dict
    ours: dict
    pairs: Pairs | None


def match_libraries(problems: Sequence[Problem]) -> list[Match]:
    """Match every contender of a library with ours for the same algorithm and the same kind of call."""
    matches = []
    for problem in problems:
        for contender, line in problem.times.items():
            if line["implementation"] == OURS:
                continue
            same = {name: line[name] for name in ("algorithm", *COMPARABLE)}
            ours = counterpart(problem, {"implementation": OURS, "tier": "plain", "setting": "", **same})
            if ours is not None:
                matches.append(Match(line, problem.times[ours], pair_up(problem.seconds, ours, contender)))
    return matches


def versus(matches: Sequence[Match]) -> pd.DataFrame:
    """Put the library's time over ours on a line for each match: `PROBLEM`, `WHO`, `RATIO`, ``note``."""
    lines = [
        {name: one.library[name] for name in (*PROBLEM, *WHO)} | ratio_columns(one.pairs, one.library, one.ours)
        for one in matches
    ]
    return pd.DataFrame(lines, columns=[*PROBLEM, *WHO, *RATIO, "note"])


def versus_overall(matches: Sequence[Match]) -> pd.DataFrame:
    """Summarise the matches over all problems, each library at its faster memory order.

    The frame has one line per library and algorithm: `RATIO` (geometric mean over ``cells`` problems), ``orders`` (how
    often which order was the faster), ``lowest`` and ``highest`` (ratios of single problems).
    """
    groups: dict[tuple[str, str], list[tuple[str, Pairs]]] = {}
    for one in matches:
        line = one.library
        if one.pairs and line["faster_order"]:
            groups.setdefault((line["implementation"], line["algorithm"]), []).append((line["order"], one.pairs))
    lines = []
    for (implementation, algorithm), members in sorted(groups.items()):
        orders, pairs = zip(*members, strict=True)
        mean, medians = geometric_mean(pairs), [one.median for one in pairs]
        counts = pd.Series(orders).value_counts().sort_index()
        lines.append(
            {"implementation": implementation, "algorithm": algorithm, "cells": len(members)}
            | {"orders": ", ".join(f"{order} in {count}" for order, count in counts.items())}
            | (mean.columns() if mean else {})
            | {"lowest": min(medians), "highest": max(medians)}
        )
    return pd.DataFrame(lines, columns=["implementation", "algorithm", "cells", "orders", *RATIO, "lowest", "highest"])

"""Every library against this project's plain kernel for the same algorithm."""

from collections.abc import Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered
from kmedoids_bench.experiments.analysis.ratios import RATIO, Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, matched, ratio_columns
from kmedoids_bench.experiments.rows.keys import COMPARABLE, OURS, PROBLEM

# A library's contender and ours in one problem: their lines of `times`, and their pairs if they were timed.
Match = tuple[dict, dict, Pairs | None]


def match_libraries(problems: Sequence[Problem]) -> list[Match]:
    """Match every contender of a library with ours for the same algorithm and the same kind of call."""

    def ours(line: dict) -> dict | None:
        if line["implementation"] == OURS:
            return None
        plain = {"implementation": OURS, "tier": "plain", "setting": ""}
        return plain | {name: line[name] for name in ("algorithm", *COMPARABLE)}

    return [
        (library, plain, pair_up(problem.seconds, plain["contender"], library["contender"]))
        for problem, library, plain in matched(problems, ours)
    ]


def versus(matches: Sequence[Match]) -> pd.DataFrame:
    """Put the library's time over ours on a line for each match: `RATIO`, or a ``note`` why there is none."""
    lines = [library | ratio_columns(pairs, library, plain) for library, plain, pairs in matches]
    return frame_of(lines, [*PROBLEM, "algorithm", "implementation", "order", "faster_order", *RATIO, "note"])


def versus_overall(matches: Sequence[Match]) -> pd.DataFrame:
    """Summarise the matches over all problems, each library at its faster memory order.

    The frame has one line per library and algorithm: `RATIO` (geometric mean over ``cells`` problems), ``orders`` (how
    often which order was the faster), ``lowest`` and ``highest`` (ratios of single problems).
    """
    groups = gathered(
        ((library["implementation"], library["algorithm"]), (library["order"], pairs))
        for library, _, pairs in matches
        if pairs and library["faster_order"]
    )
    lines = []
    for (implementation, algorithm), members in sorted(groups.items(), key=lambda item: item[0]):
        orders, pairs = zip(*members, strict=True)
        mean, counts = geometric_mean(pairs), pd.Series(orders).value_counts()
        medians = [one.ratio.estimate for one in pairs]
        lines.append(
            {"implementation": implementation, "algorithm": algorithm, "cells": len(members)}
            | {"orders": ", ".join(f"{order} in {count}" for order, count in counts.sort_index().items())}
            | (mean.columns() if mean else {})
            | {"lowest": min(medians), "highest": max(medians)}
        )
    return frame_of(lines, ["implementation", "algorithm", "cells", "orders", *RATIO, "lowest", "highest"])

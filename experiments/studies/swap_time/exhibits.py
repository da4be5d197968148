"""The tables of the swap-time study; its figures and findings have files of their own."""

import pandas as pd

from kmedoids_bench.experiments.exhibits.columns import (
    ALGORITHM,
    DATA,
    IMPLEMENTATION,
    ORDER,
    PAIRS,
    SERIES,
    START,
    K,
    N,
    ratio,
)
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE, SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS
from kmedoids_bench.experiments.studies.swap_time.figures import HEADLINE, figures
from kmedoids_bench.experiments.studies.swap_time.findings import findings

__all__ = ["figures", "findings", "tables"]

PROBLEM = (DATA, N, START, K)
CONTENDER = (*PROBLEM, IMPLEMENTATION, ORDER, ALGORITHM)
LIBRARY = Column("library", "implementation")
BY_MINIMA = Column("by minima", "best", "ratio")
NO_LIBRARY = "No library was measured together with this project."


def tables(result: SwapTimeResult) -> dict[str, Table]:
    """Make the tables, those for a first look first."""
    versus = result.versus
    return {
        "overview": _overview(result.overview),
        "versus_overall": Table(
            in_reading_order(result.versus_overall),
            "Time of each library over the time of this project's plain kernel: geometric mean over the cells, with "
            "its 95 % interval, each library in the memory order that was faster in the cell. Above 1 this project is "
            "faster.",
            (
                LIBRARY,
                Column("algorithm", "algorithm_title"),
                Column("cells", "cells", "integer"),
                Column("faster order", "orders"),
                ratio("library time / our time"),
                Column("lowest cell", "lowest", "ratio"),
                Column("highest cell", "highest", "ratio"),
                BY_MINIMA,
                PAIRS,
            ),
            NO_LIBRARY,
        ),
        "versus": _versus(
            versus[versus["faster_order"].astype(bool)],
            "Time of each library over the time of this project's plain kernel for the same algorithm, with its 95 % "
            "interval; each library in its faster memory order, which is named. Above 1 this project is faster.",
        ),
        "decomposition": Table(
            in_reading_order(result.decomposition),
            "Where the speed-up over PAM comes from: time per candidate of PAM over that of the algorithm, times the "
            "candidates that PAM evaluates over those that the algorithm evaluates. A library's starts count only if "
            "its medoids are those of this project, whose counters are then the library's as well.",
            (
                *CONTENDER,
                *(ratio(what, factor, f"{factor}_") for factor, what in FACTORS.items()),
                PAIRS,
                Column("starts", "starts", "integer"),
            ),
            "Nothing was counted together with PAM.",
        ),
        "times": _times(result.times),
        "speedup_all": Table(
            in_reading_order(result.speedups),
            "Speed-up of the swap phase over PAM of the same implementation and memory order, with its 95 % interval, "
            "every implementation in every memory order.",
            (*CONTENDER, ratio("speed-up over PAM", instead="note"), BY_MINIMA, PAIRS, SERIES),
            "Nothing was measured together with PAM.",
        ),
        "versus_all": _versus(
            versus, "Time of each library over the time of this project's plain kernel, in every memory order."
        ),
    }


def _overview(frame: pd.DataFrame) -> Table:
    took_part = [name for name in HEADLINE if f"{name}_seconds" in frame]
    milliseconds = (
        Column(f"{algorithm_title(name)} (ms)", f"{name}_seconds", "milliseconds", instead=f"{name}_note")
        for name in took_part
    )
    gains = (
        ratio(f"{algorithm_title(name)} over PAM", f"{name}_estimate", f"{name}_", f"{name}_gain_note")
        for name in took_part
        if name != BASELINE and BASELINE in took_part
    )
    return Table(
        in_reading_order(frame),
        "Median time of the swap phase and speed-up over PAM of the same implementation and memory order, with its "
        "95 % interval; libraries in the memory order in which their FasterPAM is faster. Pairs: the fewest behind a "
        "ratio of the line. A number after > is a lower bound, because PAM was cut.",
        (*PROBLEM, IMPLEMENTATION, ORDER, *milliseconds, *gains, PAIRS),
        "Nothing was measured.",
    )


def _versus(frame: pd.DataFrame, caption: str) -> Table:
    times = ratio("library time / our time", instead="note")
    columns = (*PROBLEM, ALGORITHM, LIBRARY, ORDER, times, BY_MINIMA, PAIRS, SERIES)
    return Table(in_reading_order(frame), caption, columns, NO_LIBRARY)


def _times(frame: pd.DataFrame) -> Table:
    return Table(
        in_reading_order(frame),
        "Time of the swap phase on one thread, without the matrix and the start. The first call includes compilation "
        "and is made on a tiny problem. Counters are means over the starts; libraries that count otherwise are left "
        "out.",
        (
            *CONTENDER,
            Column("median (ms)", "seconds", "milliseconds", instead="note"),
            Column("fastest (ms)", "fastest", "milliseconds"),
            Column("slowest (ms)", "slowest", "milliseconds"),
            Column("runs", "runs", "integer"),
            Column("starts", "blocks", "integer"),
            Column("first call (ms)", "first_seconds", "milliseconds"),
            Column("swaps", "n_swaps", "ratio"),
            Column("passes", "n_passes", "ratio"),
            Column("evaluations", "n_evaluations", "integer"),
            Column("remark", "note"),
        ),
        "Nothing was measured.",
    )

"""Run time of the swap phase over k, speed-up over PAM, and every library against this project."""

import pandas as pd

from kmedoids_bench.experiments.analysis.code_bases import code_bases, counters
from kmedoids_bench.experiments.analysis.speedups import (
    cells,
    mark_faster_order,
    overview,
    speedups,
    versus,
    versus_overall,
)
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE
from kmedoids_bench.experiments.studies.swap_time.decomposition import decomposition
from kmedoids_bench.experiments.studies.swap_time.figures import HEADLINE, figures
from kmedoids_bench.experiments.studies.swap_time.findings import findings

__all__ = ["figures", "findings", "tables"]

# The last two are variants that only R's cluster has.
ALGORITHMS = ("pam", "reynolds", "fastpam1a", "fastpam1", "fastpam2", "fasterpam", "pam_o1", "fastpam2_f4")
SPLIT = ("fastpam2", "fasterpam")  # do other swaps than PAM, and evaluate fewer candidates
INTERVAL = ("low", "high")
WHERE = (
    Column("data", "dataset"),
    Column("n", "n", "integer"),
    Column("start", "start_title"),
    Column("k", "k", "integer"),
)
WHO = (Column("implementation", "implementation"), Column("order", "order"), Column("algorithm", "algorithm_title"))
COUNTS = (Column("pairs", "n_pairs", "integer"), Column("series", "n_runs", "integer"))


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    measured = cells(rows)
    gained = speedups(measured, BASELINE)
    against = versus(measured)
    return {
        "overview": _overview_table(overview(measured, gained, BASELINE, "fasterpam")),
        "versus_overall": _overall_table(versus_overall(measured)),
        "versus": _versus_table(
            against[against["faster_order"].astype(bool)],
            "Time of each library over the time of this project's plain kernel for the same algorithm, "
            "with its 95 % interval; each library at its faster memory order, which is named. Above 1 "
            "this project is faster.",
        ),
        "decomposition": _decomposition_table(decomposition(code_bases(measured), counters(rows), SPLIT, BASELINE)),
        "times": _times_table(rows),
        "speedup_all": _speedup_table(gained),
        "versus_all": _versus_table(
            against, "Time of each library over this project's plain kernel, in every memory order."
        ),
    }


def _overview_table(frame: pd.DataFrame) -> Table:
    took_part = [name for name in HEADLINE if f"{name}_seconds" in frame]
    milliseconds = (
        Column(f"{algorithm_title(name)} (ms)", f"{name}_seconds", "milliseconds", instead=f"{name}_note")
        for name in took_part
    )
    gains = (
        Column(
            f"{algorithm_title(name)} over PAM",
            f"{name}_estimate",
            "ratio",
            (f"{name}_low", f"{name}_high"),
            instead=f"{name}_gain_note",
        )
        for name in took_part
        if name != BASELINE and BASELINE in took_part
    )
    who = (Column("implementation", "implementation"), Column("order", "order"))
    columns = (*WHERE, *who, *milliseconds, *gains, Column("pairs", "n_pairs", "integer"))
    caption = (
        "Median time of the swap phase and speed-up over PAM of the same implementation and memory order, "
        "with its 95 % interval; libraries at the memory order in which their FasterPAM is faster. Pairs: "
        "the fewest behind a ratio of the line. A number after > is a lower bound, because PAM was cut."
    )
    return Table(in_reading_order(frame), caption, columns, "Nothing was measured.")


def _speedup_table(frame: pd.DataFrame) -> Table:
    caption = (
        "Speed-up of the swap phase over PAM of the same implementation and memory order, with its 95 % "
        "interval, every implementation in every memory order."
    )
    ratio = Column("speed-up over PAM", "estimate", "ratio", INTERVAL, instead="note")
    columns = (*WHERE, *WHO, ratio, Column("by minima", "best", "ratio"), *COUNTS)
    return Table(in_reading_order(frame), caption, columns, "Nothing was measured together with PAM.")


def _decomposition_table(frame: pd.DataFrame) -> Table:
    caption = (
        "Where the speed-up over PAM comes from: time per candidate of PAM over that of the algorithm, times the "
        "candidates that PAM evaluates over those that the algorithm does. Of a library only starts count from which "
        "its medoids are those of this project, whose counters then are the algorithm's."
    )
    columns = (
        *WHERE,
        *WHO,
        Column("speed-up over PAM", "speedup", "ratio", ("speedup_low", "speedup_high")),
        Column("cheaper candidates", "cheaper", "ratio", ("cheaper_low", "cheaper_high")),
        Column("fewer candidates", "fewer", "ratio", ("fewer_low", "fewer_high")),
        Column("pairs", "n_pairs", "integer"),
        Column("starts", "starts", "integer"),
    )
    return Table(in_reading_order(frame), caption, columns, "Nothing was counted together with PAM.")


def _versus_table(frame: pd.DataFrame, caption: str) -> Table:
    ratio = Column("library time / our time", "estimate", "ratio", INTERVAL, instead="note")
    who = (Column("algorithm", "algorithm_title"), Column("library", "implementation"), Column("order", "order"))
    columns = (*WHERE, *who, ratio, Column("by minima", "best", "ratio"), *COUNTS)
    return Table(in_reading_order(frame), caption, columns, "No library was measured together with this project.")


def _overall_table(frame: pd.DataFrame) -> Table:
    columns = (
        Column("library", "implementation"),
        Column("algorithm", "algorithm_title"),
        Column("cells", "cells", "integer"),
        Column("faster order", "orders"),
        Column("library time / our time", "estimate", "ratio", INTERVAL),
        Column("lowest cell", "lowest", "ratio"),
        Column("highest cell", "highest", "ratio"),
        Column("by minima", "best", "ratio"),
        Column("pairs", "n_pairs", "integer"),
    )
    caption = (
        "Library over this project's plain kernel: geometric mean of the cells' ratios, with its 95 % "
        "interval, each library at the memory order that was faster in the cell. Above 1 this project is "
        "faster."
    )
    return Table(in_reading_order(frame), caption, columns, "No library was measured together with this project.")


def _times_table(rows: pd.DataFrame) -> Table:
    columns = (
        *WHERE,
        *WHO,
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
    )
    caption = (
        "Time of the swap phase: matrix and start excluded, one thread. The first call includes "
        "compilation and is made on a tiny problem. Counters are means over the starts; libraries that "
        "count otherwise are left out."
    )
    return Table(in_reading_order(mark_faster_order(times(rows))), caption, columns, "Nothing was measured.")

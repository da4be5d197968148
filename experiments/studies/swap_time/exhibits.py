"""The tables of the swap-time study; its figures and findings have files of their own."""

import pandas as pd

from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.rows.keys import PROBLEM
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE, SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS
from kmedoids_bench.experiments.studies.swap_time.figures import HEADLINE, figures
from kmedoids_bench.experiments.studies.swap_time.findings import findings

__all__ = ["figures", "findings", "tables"]

CONTENDER = (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM)
LIBRARY = Column("library", "implementation")
COUNTS = (*c.ratios(best="by minima"), c.PAIRS)
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
                *(LIBRARY, c.ALGORITHM, *c.integers("cells"), *c.texts(orders="faster order")),
                c.ratio("library time / our time"),
                *(*c.ratios(lowest="lowest cell", highest="highest cell"), *COUNTS),
            ),
            NO_LIBRARY,
        ),
        "versus": _versus(
            versus[versus["faster_order"].astype(bool)],
            "Time of each library over the time of this project's plain kernel for the same algorithm, with its 95 % "
            "interval; each library in its faster memory order, which is named. Above 1 this project is faster.",
        ),
        "counted": Table(
            in_reading_order(result.counted),
            "Where a call of PAM takes minutes, its time is that of one pass times the passes that FastPAM1 counted "
            "from the same medoids. Here whole calls were timed as well.",
            (
                *(*c.PROBLEM, *c.milliseconds(seconds="timed (ms)", counted_seconds="counted (ms)")),
                *(c.ratio("counted / timed"), c.PAIRS, c.SERIES),
            ),
            "No call of PAM was both timed and counted.",
        ),
        "costs": Table(
            in_reading_order(result.costs),
            "What the innermost loop costs in each code base: nanoseconds for each object that it visits, once for "
            "every candidate, or for every slot and candidate in algorithms that try the slots one by one. Medians "
            "over all runs. Our kernels count the candidates; a library tries as many where it has the same result.",
            (
                *(*c.PROBLEM, c.ALGORITHM, *c.texts(visit="one for each")),
                *c.ratios(*(name for name in result.costs if name not in (*PROBLEM, "algorithm", "visit"))),
            ),
            "Nothing was counted.",
        ),
        "decomposition": Table(
            in_reading_order(result.decomposition),
            "Where the speed-up over PAM comes from: time per candidate of PAM over that of the algorithm, times the "
            "candidates that PAM evaluates over those that the algorithm evaluates. A library's starts count only if "
            "its medoids are those of this project, whose counters are then the library's as well.",
            (
                *CONTENDER,
                *(c.ratio(what, factor, f"{factor}_") for factor, what in FACTORS.items()),
                *(c.PAIRS, *c.integers("starts")),
            ),
            "Nothing was counted together with PAM.",
        ),
        "times": Table(
            in_reading_order(result.times),
            "Time of the swap phase on one thread, without the matrix and the start. The first call includes "
            "compilation and is made on a tiny problem. Counters are means over the starts; libraries that count "
            "otherwise are left out. A remark says where the time of PAM was counted.",
            (
                *(*CONTENDER, Column("median (ms)", "seconds", "milliseconds", instead="note")),
                *c.milliseconds(fastest="fastest (ms)", slowest="slowest (ms)"),
                *(*c.integers("runs", blocks="starts"), *c.milliseconds(first_seconds="first call (ms)")),
                *(*c.ratios(n_swaps="swaps", n_passes="passes"), *c.integers(n_evaluations="evaluations")),
                *c.texts(note="remark"),
            ),
        ),
        "speedup_all": Table(
            in_reading_order(result.speedups),
            "Speed-up of the swap phase over PAM of the same implementation and memory order, with its 95 % interval, "
            "every implementation in every memory order.",
            (*CONTENDER, c.ratio("speed-up over PAM", instead="note"), *COUNTS, c.SERIES),
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
        c.ratio(f"{algorithm_title(name)} over PAM", f"{name}_estimate", f"{name}_", f"{name}_gain_note")
        for name in took_part
        if name != BASELINE and BASELINE in took_part
    )
    return Table(
        in_reading_order(frame),
        "Median time of the swap phase and speed-up over PAM of the same implementation and memory order, with its "
        "95 % interval; libraries in the memory order in which their FasterPAM is faster. Pairs: the fewest behind a "
        "ratio of the line. A number after > is a lower bound, because PAM was cut.",
        (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, *milliseconds, *gains, c.PAIRS),
    )


def _versus(frame: pd.DataFrame, caption: str) -> Table:
    times = c.ratio("library time / our time", instead="note")
    columns = (*c.PROBLEM, c.ALGORITHM, LIBRARY, c.ORDER, times, *COUNTS, c.SERIES)
    return Table(in_reading_order(frame), caption, columns, NO_LIBRARY)

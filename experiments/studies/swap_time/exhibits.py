"""The tables of the swap-time study; its figures and findings have files of their own."""

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import PROBLEM
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE, SwapTimeResult
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS
from kmedoids_bench.experiments.studies.swap_time.figures import HEADLINE, figures
from kmedoids_bench.experiments.studies.swap_time.findings import findings

__all__ = ["figures", "findings", "tables"]

CONTENDER = (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM)
LIBRARY = Column("library", "implementation")
COUNTS = (*c.ratios(best="by minima"), c.PAIRS)
VERSUS = (
    *(*c.PROBLEM, c.ALGORITHM, LIBRARY, c.ORDER),
    *(c.ratio("library time / our time", instead="note"), *COUNTS, c.SERIES),
)


def tables(result: SwapTimeResult) -> dict[str, Table]:
    """Make the tables, those for a first look first."""
    versus = result.versus
    return {
        "overview": _overview(result.overview),
        "versus_overall": Table(
            in_reading_order(result.versus_overall),
            (
                *(LIBRARY, c.ALGORITHM, *c.integers("cells"), *c.texts(orders="faster order")),
                c.ratio("library time / our time"),
                *(*c.ratios(lowest="lowest cell", highest="highest cell"), *COUNTS),
            ),
        ),
        "versus": Table(in_reading_order(versus[versus["faster_order"].astype(bool)]), VERSUS),
        "counted": Table(
            in_reading_order(result.counted),
            (
                *(*c.PROBLEM, *c.milliseconds(seconds="timed (ms)", counted_seconds="counted (ms)")),
                *(c.ratio("counted / timed"), c.PAIRS, c.SERIES),
            ),
        ),
        "costs": Table(
            in_reading_order(result.costs),
            (
                *(*c.PROBLEM, c.ALGORITHM, *c.texts(visit="one for each")),
                *c.ratios(*(name for name in map(str, result.costs) if name not in (*PROBLEM, "algorithm", "visit"))),
            ),
        ),
        "decomposition": Table(
            in_reading_order(result.decomposition),
            (
                *CONTENDER,
                *(c.ratio(what, factor, f"{factor}_") for factor, what in FACTORS.items()),
                *(c.PAIRS, *c.integers("starts")),
            ),
        ),
        "times": Table(
            in_reading_order(result.times),
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
            (*CONTENDER, c.ratio("speed-up over PAM", instead="note"), *COUNTS, c.SERIES),
        ),
        "versus_all": Table(in_reading_order(versus), VERSUS),
    }


def _overview(frame: pd.DataFrame) -> Table:
    took_part = [name for name in HEADLINE if f"{name}_seconds" in frame]
    milliseconds = (
        Column(f"{title_of(name)} (ms)", f"{name}_seconds", "milliseconds", instead=f"{name}_note")
        for name in took_part
    )
    gains = (
        c.ratio(f"{title_of(name)} over PAM", f"{name}_estimate", f"{name}_", f"{name}_gain_note")
        for name in took_part
        if name != BASELINE and BASELINE in took_part
    )
    return Table(in_reading_order(frame), (*c.PROBLEM, c.IMPLEMENTATION, c.ORDER, *milliseconds, *gains, c.PAIRS))

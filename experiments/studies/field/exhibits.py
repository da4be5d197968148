"""Tables, figures and findings about all implementations side by side."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import losses_over_time
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.field import STUDY
from kmedoids_bench.experiments.studies.field.analysis import UNITS, FieldResult

PHASES = {
    "start": "start alone",
    "swap": "swaps from given start medoids",
    "total": "whole call from given start medoids",
}
CALL = Column("call", "phase_title")
RELATIVE = c.ratio("time / ours", "relative", instead="note")
OUTCOME = (c.EXCESS, c.GAP, *c.texts(promised="identical"), *c.ratios(mebibytes="memory, MiB"))


def phase_title(phase: str, own_start: str) -> str:
    """Say what a call does: "swaps from given start medoids", "whole call with its own start, BUILD"."""
    own = phase == "total" and own_start
    return f"whole call with its own start, {title_of(own_start)}" if own else PHASES[phase]


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """Add titles, percentages, mebibytes and the blocks in which a promise was kept."""
    calls = [phase_title(*pair) for pair in zip(table["phase"], table["own_start"], strict=True)]
    promised = [
        f"{int(same)} of {int(of)}" if pd.notna(of) and of else "no promise"
        for same, of in zip(table["identical"], table["compared"], strict=True)
    ]
    mebibytes = table["peak_memory"].astype("float64") / 2**20
    shown = {f"{name}_percent": 100 * table[name] for name in ("excess", "gap")}
    return with_titles(table.assign(**shown, phase_title=calls, promised=promised, mebibytes=mebibytes))


def tables(result: FieldResult) -> dict[str, Table]:
    """Make the tables: all problems together, each problem, and what the harness adds to a call."""
    return {
        "ranking": Table.of(
            readable(result.ranking.assign(note="")),
            (CALL, c.IMPLEMENTATION, c.ALGORITHM, RELATIVE, *OUTCOME, *c.integers("finished", tried="of")),
            c.texts(orders="fastest given as", could_not="could not"),
        ),
        "cells": Table.of(
            readable(result.by_problem),
            (*c.PROBLEM, CALL, *c.integers("rank"), c.IMPLEMENTATION, c.ALGORITHM, c.ORDER),
            (c.MILLISECONDS, RELATIVE, *OUTCOME),
        ),
        "overhead": Table.of(
            result.overhead,
            (c.IMPLEMENTATION, *c.integers("calls")),
            c.milliseconds(median="median (ms)", most="of 9 in 10 calls below (ms)"),
        ),
    }


def figures(result: FieldResult) -> dict[str, Figure]:
    """Draw loss against the time of calls that choose their start, one figure for each matrix, one panel for each k."""
    lines = readable(result.by_problem).dropna(subset=["seconds", "excess"])
    whole = lines[(lines["phase"] == "total") & (lines["own_start"] != "") | (lines["phase"] == "start")]
    return losses_over_time(whole, STUDY.words.figure)


def findings(result: FieldResult) -> Iterator[str]:
    """Name the fastest library in each kind of call, and those that did not keep a promise of identity."""
    table = readable(result.ranking)
    for phase, group in table.dropna(subset="relative").groupby("phase_title", sort=False):
        most = group[group["finished"] == group["finished"].max()]
        libraries = most[most["implementation"] != OURS].sort_values("relative")
        if len(libraries):
            best = libraries.iloc[0]
            yield (
                f"Of the libraries, in {phase}, the fastest that finished most is {best['implementation']} with "
                f"{title_of(best['algorithm'])}: {significant(best['relative'])} times the time of our "
                f"{title_of(UNITS[best['phase']])}."
            )
    broken = table[(table["compared"] > table["identical"]) & (table["implementation"] != OURS)]
    for line in broken.to_dict("records"):
        others, blocks = int(line["compared"] - line["identical"]), int(line["compared"])
        yield (
            f"{line['implementation']} with {title_of(line['algorithm'])} ({line['phase_title']}) returned "
            f"other medoids than promised in {others} of {blocks} blocks."
        )

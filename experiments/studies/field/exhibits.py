"""Tables, figures and findings about all implementations side by side."""

from collections.abc import Iterator, Mapping

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import call_title, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import losses_over_time
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Headline, Table
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
GOOD_PERCENT = 1.0  # a loss that is so little above the best on average is as good
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
            c.texts(orders="fastest form of the data", could_not="not finished"),
        ),
        "cells": Table.of(
            readable(result.by_problem),
            (*c.PROBLEM, CALL, *c.integers("rank"), c.IMPLEMENTATION, c.ALGORITHM, c.ORDER),
            (c.MILLISECONDS, RELATIVE, *OUTCOME),
        ),
        "overhead": Table.of(
            result.overhead,
            (c.IMPLEMENTATION, *c.integers("calls")),
            c.milliseconds(median="median (ms)", most="90th percentile (ms)"),
        ),
    }


def figures(result: FieldResult) -> dict[str, Figure]:
    """Draw loss against the time of calls that choose their start, one figure for each matrix, one panel for each k."""
    lines = readable(result.by_problem).dropna(subset=["seconds", "excess"])
    whole = lines[(lines["phase"] == "total") & (lines["own_start"] != "") | (lines["phase"] == "start")]
    return losses_over_time(whole, STUDY.words.figure)


def headlines(result: FieldResult) -> Iterator[Headline]:
    """Give the time of the fastest good library over ours, for swaps alone and for calls as users make them."""
    for phase, best in _fastest(readable(result.ranking)):
        if best["phase"] != "start" and best["own_start"] != "build" and best["good"]:
            yield Headline(
                f"{significant(best['relative'])} times",
                f"the time of our plain FasterPAM: {_call(best)}, the fastest library whose loss is at most "
                f"{GOOD_PERCENT:g} % above the best ({phase})",
            )


def findings(result: FieldResult) -> Iterator[str]:
    """Name the fastest libraries in each kind of call with their losses, and those that did not keep a promise."""
    table = readable(result.ranking)
    for phase, best in _fastest(table):
        which = f"whose loss is at most {GOOD_PERCENT:g} % above the best" if best["good"] else "of all"
        yield (
            f"{phase[0].upper()}{phase[1:]}: the fastest library {which} is {_call(best)}. It takes "
            f"{significant(best['relative'])} times as long as our plain {title_of(UNITS[best['phase']])}. On average, "
            f"its loss is {significant(best['excess_percent'])} % above the best."
        )
    broken = table[(table["compared"] > table["identical"]) & (table["implementation"] != OURS)]
    for line in broken.to_dict("records"):
        others, blocks = int(line["compared"] - line["identical"]), int(line["compared"])
        yield (
            f"{_call(line)} ({line['phase_title']}) returned other medoids than promised in {others} of {blocks} "
            "blocks."
        )


def _fastest(table: pd.DataFrame) -> Iterator[tuple[str, dict]]:
    """Find the fastest library in each kind of call, of those that finished most problems and, if there are, are good.

    A fast call with a high loss is no rival of one with a low loss.
    """
    table = table[table["implementation"] != OURS].dropna(subset="relative")
    for phase, group in table.groupby("phase_title", sort=False):
        most = group[group["finished"] == group["finished"].max()]
        good = most[most["excess_percent"] <= GOOD_PERCENT]
        chosen = most if good.empty else good
        yield str(phase), chosen.sort_values("relative").iloc[0].to_dict() | {"good": not good.empty}


def _call(line: Mapping) -> str:
    return call_title(line["implementation"], line["algorithm"])

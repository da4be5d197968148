"""The field: every implementation of every algorithm on common ground, with what each could not do."""

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.speedups import cells
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import time_and_loss
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.field.analysis import UNITS, field, overall

# Whatever a library offers, and our own sampling algorithms, which none has all of.
OFFERED = {name for reference in references().values() for name in reference.algorithms}
SAMPLING = [name for name, record in algorithms().items() if record.kind == "sampling"]
ALGORITHMS = tuple(
    [name for name in algorithms() if name in OFFERED or name in SAMPLING] + sorted(OFFERED - set(algorithms()))
)
PHASES = {"start": "start alone", "swap": "swaps from given start medoids"}


def phase_title(phase: str, own_start: str) -> str:
    """Say what a call does: "swaps from given start medoids", "whole call from BUILD"."""
    if phase != "total":
        return PHASES[phase]
    return (
        f"whole call with its own start, {start_title(own_start)}"
        if own_start
        else "whole call from given start medoids"
    )


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """Add what a reader wants to see instead of a number or a code."""
    phases = [phase_title(*pair) for pair in zip(table["phase"], table["own_start"], strict=True)]
    promised = [
        f"{int(same)} of {int(of)}" if pd.notna(of) and of else "no promise"
        for same, of in zip(table["identical"], table["compared"], strict=True)
    ]
    return with_titles(
        table.assign(
            phase_title=phases,
            promised=promised,
            excess_percent=100 * table["excess"],
            mebibytes=table["peak_memory"].astype("float64") / 2**20,
        )
    )


def protocol_overhead(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise what the pipe, the worker and the driver add to a call, in seconds, by implementation."""
    groups = rows[rows["overhead_seconds"].notna()].groupby("implementation")["overhead_seconds"]
    return groups.agg(calls="size", median="median", most=lambda seconds: seconds.quantile(0.9)).reset_index()


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    dict of str to Table
    """
    measured = cells(rows)
    table = field(rows, measured)
    unit = (
        "Time is given in multiples of our plain FasterPAM's for the same kind of call (BUILD's, for starts), on the "
        "same matrix and in the same minutes, with its 95 % interval; each library in the memory order in which it "
        "is faster. Loss: above the best that anybody reached for this k. Identical: blocks with exactly the medoids "
        "that our implementation of the promised algorithm returns. Memory: what a call took beyond the data it was "
        "given."
    )
    what = (Column("call", "phase_title"),)
    who = (Column("implementation", "implementation"), Column("algorithm", "algorithm_title"))
    outcome = (
        Column("loss above best, %", "excess_percent", "ratio"),
        Column("identical", "promised"),
        Column("memory, MiB", "mebibytes", "ratio"),
    )
    relative = Column("time / ours", "relative", "ratio", ("low", "high"), instead="note")
    return {
        "ranking": Table(
            readable(overall(table, measured).assign(note="")),
            "Everybody, ranked by time within each kind of call: geometric mean over the problems that were "
            "finished, which are fewer for the slow. " + unit,
            (
                *what,
                *who,
                relative,
                *outcome,
                Column("finished", "finished", "integer"),
                Column("of", "tried", "integer"),
                Column("fastest given as", "orders"),
                Column("could not", "could_not"),
            ),
            "Nothing was measured.",
        ),
        "cells": Table(
            readable(table),
            "The same, problem by problem. " + unit,
            (
                Column("data", "dataset"),
                Column("n", "n", "integer"),
                Column("start", "start_title"),
                Column("k", "k", "integer"),
                *what,
                Column("rank", "rank", "integer"),
                *who,
                Column("order", "order"),
                Column("time (ms)", "seconds", "milliseconds", instead="note"),
                relative,
                *outcome,
            ),
            "Nothing was measured.",
        ),
        "overhead": Table(
            protocol_overhead(rows),
            "What the harness adds to a call: time between sending a request and having its answer, less the library's "
            "own. It is in no other table.",
            (
                Column("implementation", "implementation"),
                Column("calls", "calls", "integer"),
                Column("median (ms)", "median", "milliseconds"),
                Column("of 9 in 10 calls below (ms)", "most", "milliseconds"),
            ),
            "Nothing was measured.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw loss against the time of whole calls, one figure for each dataset, one panel for each k.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    dict of str to Figure
    """
    table = readable(field(rows, cells(rows))).dropna(subset=["seconds", "excess"])
    drawn = {}
    whole = table[(table["phase"] == "total") & (table["own_start"] != "") | (table["phase"] == "start")]
    for key, group in whole.groupby(FACET):
        name = f"{key[0]}_{key[1]}"
        drawn[name] = Figure(
            time_and_loss({f"k = {k}": members for k, members in group.groupby("k")}, implementations=True),
            f"Loss above the best known over the time of a call that chooses its own start, {key[0]} "
            f"(n = {key[1]:,}). Left is faster, down is better; the colour is the implementation, the marker the "
            "algorithm.",
            f"Scatter of loss above the best against time for {group['contender'].nunique()} contenders on {key[0]}.",
        )
    return drawn


def findings(rows: pd.DataFrame) -> list[str]:
    """Say who is fastest in each kind of call, and who did not keep a promise of identity.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    list of str
    """
    measured = cells(rows)
    table = readable(overall(field(rows, measured), measured))
    said = []
    for phase, group in table.dropna(subset="relative").groupby("phase_title", sort=False):
        most = group[group["finished"] == group["finished"].max()]
        libraries = most[most["implementation"] != OURS].sort_values("relative")
        if len(libraries):
            best = libraries.iloc[0]
            said.append(
                f"Of the libraries, in {phase}, the fastest that finished most is {best['implementation']} with "
                f"{algorithm_title(best['algorithm'])}: {significant(best['relative'])} times the time of our "
                f"{algorithm_title(UNITS[best['phase']])}."
            )
    broken = table[(table["compared"] > table["identical"]) & (table["implementation"] != OURS)]
    said += [
        f"{line['implementation']} with {algorithm_title(line['algorithm'])} ({line['phase_title']}) returned other "
        f"medoids than promised in {int(line['compared'] - line['identical'])} of {int(line['compared'])} blocks."
        for line in broken.to_dict("records")
    ]
    return said

"""The tables, the figures and the findings of the study."""

from collections.abc import Iterator, Mapping

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import call_title, place
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import loss_over_time
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.plots import ABOVE_THE_BEST
from kmedoids_bench.experiments.exhibits.reading_order import by_matrix, in_reading_order, with_titles
from kmedoids_bench.experiments.studies.large_n import STUDY
from kmedoids_bench.experiments.studies.large_n.analysis import PERCENT, LargeNResult

KINDS = {True: ("gap_over_time", "above the optimum, at most"), False: ("loss_over_time", ABOVE_THE_BEST)}
CALL = (c.IMPLEMENTATION, c.ALGORITHM)


def tables(result: LargeNResult) -> dict[str, Table]:
    """Make the tables: the calls that no other beats, and all calls."""
    calls = readable(result.calls)
    outcome = (c.MILLISECONDS, c.EXCESS, c.GAP, *c.ratios(mebibytes="memory, MiB"))
    return {
        "front": Table(calls[calls["front"]], (c.DATA, c.N, c.K, *CALL, *outcome)),
        "calls": Table.of(
            calls,
            (*(c.DATA, c.N, c.K, *CALL), *outcome),
            c.integers(n_lookups="dissimilarities taken", blocks="seeds", runs="runs"),
        ),
    }


def readable(calls: pd.DataFrame) -> pd.DataFrame:
    """Add titles, percentages and mebibytes."""
    percent = {f"{name}_percent": 100 * calls[name] for name in ("excess", "gap")}
    return with_titles(calls.assign(**percent, mebibytes=calls["peak_memory"] / 2**20))


def figures(result: LargeNResult) -> dict[str, Figure]:
    """Draw loss against time: a figure for each number of objects, a panel for each k."""
    drawn = {}
    for name, facet, group in by_matrix(result.calls.dropna(subset=["seconds", "above"])):
        certified = bool(group["certified"].all())
        kind, label = KINDS[certified]
        # A figure has one axis for all k: the gap if it is known for all of them.
        lines = group.assign(excess_percent=100 * group["above" if certified else "excess"])
        words = STUDY.words.figure(kind, where=place(facet), contenders=group["contender"].nunique())
        drawn[f"{kind}_{name}"] = loss_over_time(words, lines, facet, implementations=True, kind=kind, label=label)
    return drawn


def headlines(result: LargeNResult) -> Iterator[Headline]:
    """Give the fastest good call for the most objects and medoids."""
    good = result.fastest.sort_values(["n", "k"])
    if len(good):
        line = good.iloc[-1].to_dict()
        yield Headline(
            f"{significant(line['seconds'])} s",
            f"the fastest call with a loss at most {PERCENT:g} % above the lowest on {place(line)}: {_call(line)}",
        )


def findings(result: LargeNResult) -> Iterator[str]:
    """Say for each place which call is good and fast, and what the fastest of all gives up."""
    for line in in_reading_order(result.fastest).to_dict("records"):
        text = (
            f"On {place(line)}, {line['finished']} of {line['tried']} calls have a result. The fastest with a loss at "
            f"most {PERCENT:g} % above the lowest is {_call(line)}, in {significant(line['seconds'])} s."
        )
        if line["first_seconds"] < line["seconds"]:
            text += (
                f" The fastest of all, {_call(line, 'first_')}, takes {significant(line['first_seconds'])} s and ends "
                f"{significant(100 * line['first_excess'])} % above the best."
            )
        yield text


def _call(line: Mapping, prefix: str = "") -> str:
    return call_title(line[f"{prefix}implementation"], line[f"{prefix}algorithm"])

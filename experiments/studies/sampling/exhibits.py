"""Tables, figures and findings about CLARA and CLARANS."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import curves
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.plots import seconds_axis, seconds_over_n
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.sampling import STUDY
from kmedoids_bench.experiments.studies.sampling.analysis import (
    CLARANS,
    LARGE,
    POINTS,
    SIZES,
    SMALL,
    USUAL,
    SamplingResult,
)

FAMILIES = {"CLARA": [*USUAL, "fasterpam"], "CLARANS": [*CLARANS, "fasterpam"]}


def tables(result: SamplingResult) -> dict[str, Table]:
    """Make the tables of measures, of ratios, and of the time and loss of every contender."""
    return {
        "answers": numbers_table(result.measures, STUDY.words.of_quantities),
        "ratios": Table(
            in_reading_order(result.ratios),
            (c.DATA, c.N, c.K, *c.texts("what"), c.IMPLEMENTATION, c.ratio("times", "times"), c.PAIRS),
        ),
        "all": Table(
            in_reading_order(result.compared),
            (
                *(c.DATA, c.N, c.K, c.ALGORITHM, *c.texts(sample="samples of")),
                *(c.IMPLEMENTATION, *c.texts(order="given as"), c.MILLISECONDS, c.EXCESS, c.GAP),
                *c.integers(n_evaluations="candidates evaluated", n_lookups="dissimilarities taken"),
                *c.integers(blocks="seeds", runs="runs"),
            ),
        ),
    }


def figures(result: SamplingResult) -> dict[str, Figure]:
    """Draw time over k on the matrix, and over n from points."""
    ours = result.compared[result.compared["implementation"] == OURS].dropna(subset="seconds")
    points = ours["order"] == POINTS
    drawn = {}
    for lines, over, axis, fixed in ((ours[~points], "k", seconds_axis, "n"), (ours[points], "n", seconds_over_n, "k")):
        for (dataset, number), group in lines.groupby(["dataset", fixed]):
            if group[over].nunique() > 1:
                choices, kind = {"dataset": dataset, fixed: number}, f"over_{over}"
                words = STUDY.words.figure(kind, **choices)
                drawn[f"time_{kind}_{dataset}_{number}"] = curves(
                    words, _panels(group), "seconds", "time of a call", axis, over=over, kind=kind, choices=choices
                )
    return drawn


def _panels(lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    # The papers recommend large samples: these are drawn as ours are, small ones as a library's.
    small = f"{OURS}, samples of {SIZES[SMALL]}"
    lines = lines.assign(implementation=lines["implementation"].mask(lines["setting"] == SMALL, small))
    lines = lines.sort_values(["algorithm", "setting"])
    panels = {title: lines[lines["algorithm"].isin(family)] for title, family in FAMILIES.items()}
    return {title: members for title, members in panels.items() if len(members)}


def findings(result: SamplingResult) -> Iterator[str]:
    """Write the measures, and rank the algorithms by the mean loss of their results on the matrix."""
    yield from sentences(result.measures, STUDY.words.of_quantities)
    table = result.compared
    table = table[(table["implementation"] == OURS) & (table["order"] != POINTS) & (table["setting"] != SMALL)]
    table = table.dropna(subset="excess")
    if len(table):
        mean = table.groupby("algorithm")["excess_percent"].mean().sort_values()
        listed = ", ".join(f"{title_of(name)} {percent:.2f} %" for name, percent in mean.items())
        yield f"Mean loss above the lowest measured, with samples of {SIZES[LARGE]}: {listed}."

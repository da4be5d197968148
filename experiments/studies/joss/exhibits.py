"""The companion paper's table as measured here, and findings beside the printed numbers."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.joss import STUDY
from kmedoids_bench.experiments.studies.joss.analysis import CompanionResult


def tables(result: CompanionResult) -> dict[str, Table]:
    """Make the table of the companion, and that of the measures."""
    return {
        "companion": Table.of(
            in_reading_order(result.table),
            (c.DATA, c.N, c.K, c.IMPLEMENTATION, c.ALGORITHM, c.START, *c.texts("order", "call")),
            (Column("ns / n²", "ns", "ratio", instead="note"), *c.ratios(printed_ns="printed ns / n²")),
            c.integers(mean_loss="mean loss", printed_mean="printed mean loss"),
            c.integers(best_loss="best loss", printed_best="printed best loss"),
            (c.GAP, *c.ratios(n_passes="passes", printed_passes="printed passes")),
            (*c.integers(seeds="starts"), *c.texts(there="printed for")),
        ),
        "answers": numbers_table(result.measures, STUDY.words.of_quantities),
    }


def findings(result: CompanionResult) -> Iterator[str]:
    """Compare the measured numbers with the printed ones; add ours, for which nothing is printed."""
    yield from sentences(result.measures, STUDY.words.of_quantities)
    table = in_reading_order(result.table)
    table = table[table["ns"].notna()]
    for line in table[table["printed_ns"].notna()].to_dict("records"):
        text = (
            f"{line['implementation']}, {title_of(line['algorithm'])}: {significant(line['ns'])} ns per n² "
            f"(printed {significant(line['printed_ns'])})"
        )
        if line["runs"] == 1:
            text += ", from one call"
        if pd.notna(line["mean_loss"]) and pd.notna(line["printed_mean"]):
            apart = 100 * (line["mean_loss"] / line["printed_mean"] - 1)
            text += f", mean loss {line['mean_loss']:,.0f}, {apart:+z.2f} % from the printed one"
        yield text + "."
    ours = table[table["printed_ns"].isna() & (table["implementation"] == OURS)]
    for line in ours.to_dict("records"):
        yield (
            f"{line['implementation']}, {title_of(line['algorithm'])} on {line['dataset']} "
            f"(n = {int(line['n']):,}), k = {line['k']}, start {title_of(line['start'])}: "
            f"{significant(line['ns'])} ns per n²."
        )

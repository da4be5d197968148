"""The measures of a study as a table and as sentences."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import written
from kmedoids_bench.experiments.rows.keys import OURS

COLUMNS = (
    Column("quantity", "quantity"),
    Column("implementation", "code_base"),
    Column("measured on", "where"),
    Column("value [95 %]", "value", "ratio", ("low", "high"), why_none="why_none"),
    Column("observations", "n", "integer"),
)


def numbers_table(measures: Mapping[str, Sequence[Measure]], words: Mapping[str, str], caption: str) -> Table:
    """Put every measure on a line; `words` says in words what each name measures, in the order of the lines."""
    lines = [
        (what, one.code_base, one.where, one.value, one.low, one.high, one.n, one.why_none)
        for name, what in words.items()
        for one in measures.get(name, ())
    ]
    names = ["quantity", "code_base", "where", "value", "low", "high", "n", "why_none"]
    return Table(pd.DataFrame(lines, columns=names), caption, COLUMNS)


def sentences(measures: Mapping[str, Sequence[Measure]], words: Mapping[str, str]) -> list[str]:
    """Write one sentence for each name: our measures, or those of the libraries where there are none of ours."""
    findings = []
    for name, what in words.items():
        everyone = measures.get(name, ())
        ours = [one for one in everyone if one.code_base == OURS]
        cases = [f"{written(one)} on {one.where}" + ("" if ours else f" ({one.code_base})") for one in ours or everyone]
        if cases:
            findings.append(f"{what}: {'; '.join(cases)}.")
    return findings

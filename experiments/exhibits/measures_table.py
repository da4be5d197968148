"""Measures as a table and as sentences, for studies whose answers are numbers of their own."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.report.claims_section import written
from kmedoids_bench.experiments.rows.keys import OURS

COLUMNS = ("quantity", "code_base", "where", "value", "low", "high", "n", "written")


def numbers_table(found: Mapping[str, Sequence[Measure]], words: Mapping[str, str], caption: str) -> Table:
    """Put every measure on a line.

    Parameters
    ----------
    found : mapping
        Name to measures.
    words : mapping
        Name to what is measured, in words; in the order of the lines.
    caption : str

    Returns
    -------
    Table
    """
    lines = [
        {"quantity": what, "code_base": one.code_base, "where": one.where, "value": one.value, "low": one.low}
        | {"high": one.high, "n": one.n, "written": written(one)}
        for name, what in words.items()
        for one in found.get(name, ())
    ]
    shown = (
        Column("quantity", "quantity"),
        Column("implementation", "code_base"),
        Column("measured on", "where"),
        Column("value [95 %]", "written"),
        Column("observations", "n", "integer"),
    )
    return Table(pd.DataFrame(lines, columns=list(COLUMNS)), caption, shown, "Nothing was measured.")


def sentences(found: Mapping[str, Sequence[Measure]], words: Mapping[str, str]) -> list[str]:
    """Say each measure of ours in one sentence, or a library's where there is none of ours.

    Parameters
    ----------
    found : mapping
        Name to measures.
    words : mapping
        Name to what is measured, in words.

    Returns
    -------
    list of str
    """
    said = []
    for name, what in words.items():
        every = list(found.get(name, ()))
        ours = [one for one in every if one.code_base == OURS]
        cases = [f"{written(one)} on {one.where}" + ("" if ours else f" ({one.code_base})") for one in ours or every]
        if cases:
            said.append(f"{what}: {'; '.join(cases)}.")
    return said

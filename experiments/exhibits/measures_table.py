"""The measures of a study as a table and as sentences."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import written
from kmedoids_bench.experiments.rows.keys import OURS

FIELDS = ["code_base", "where", "value", "low", "high", "n", "why_none"]  # of a measure
FEW = 2
COLUMNS = (
    *c.texts("quantity", code_base="implementation", where="measured on"),
    *(c.ratio("value [95 %]", "value"), *c.integers(n="observations")),
)


def numbers_table(measures: Mapping[str, Sequence[Measure]], words: Mapping[str, str]) -> Table:
    """Put every measure on a line; `words` says in words what each name measures, in the order of the lines."""
    lines = [
        (what, *(getattr(one, field) for field in FIELDS))
        for name, what in words.items()
        for one in measures.get(name, ())
    ]
    return Table(pd.DataFrame(lines, columns=["quantity", *FIELDS]), COLUMNS)


def sentences(measures: Mapping[str, Sequence[Measure]], words: Mapping[str, str]) -> Iterator[str]:
    """Write one sentence for each name: our measures, or those of the libraries where there are none of ours.

    Of more than `FEW` only the lowest and the highest are given, and where they do not differ that number alone; the
    table has them all.
    """
    for name, what in words.items():
        everyone = measures.get(name, ())
        ours = [one for one in everyone if one.code_base == OURS]
        ordered = sorted(ours or everyone, key=lambda one: one.value)
        cases = [f"{written(one)} on {one.where}" + ("" if ours else f" ({one.code_base})") for one in ordered]
        if len(cases) > FEW and written(ordered[0]) == written(ordered[-1]):
            yield f"{what}: {written(ordered[0])} in all {len(cases)} cases."
        elif len(cases) > FEW:
            yield f"{what}: from {cases[0]} to {cases[-1]} ({len(cases)} cases)."
        elif cases:
            yield f"{what}: {'; '.join(cases)}."

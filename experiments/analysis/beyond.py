"""What is newer than the papers, in the place of what they know: the same questions once more, asked of other rows."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.keys import OURS


def in_place(rows: pd.DataFrame, beyond: Mapping[str, str]) -> pd.DataFrame:
    """Put newer algorithms in the place of the papers': `beyond` maps an algorithm of the papers to the newer one.

    What remains of a study's rows are those of our code base, since no library has the newer algorithms. The rows of
    the older ones are gone, and those of the newer bear their names.
    """
    ours = rows[(rows["implementation"] == OURS) & ~rows["algorithm"].isin(list(beyond))]
    older = {newer: algorithm for algorithm, newer in beyond.items()}
    renamed = ours["algorithm"].map(older)
    contender = [
        name if pd.isna(now) else name.replace(f"/{was}", f"/{now}", 1)
        for name, was, now in zip(ours["contender"], ours["algorithm"], renamed, strict=True)
    ]
    return ours.assign(algorithm=renamed.fillna(ours["algorithm"]), contender=contender).reset_index(drop=True)


def changed(before: Mapping[str, Sequence[Measure]], after: Mapping[str, Sequence[Measure]]) -> set[str]:
    """Names of the measures that have other values after than before, rounding apart."""
    return {
        name
        for name, found in after.items()
        if not _same(found, [one for one in before.get(name, ()) if one.code_base == OURS])
    }


def _same(one: Sequence[Measure], other: Sequence[Measure]) -> bool:
    return len(one) == len(other) and all(
        mine.where == theirs.where and math.isclose(mine.value, theirs.value, rel_tol=1e-9, abs_tol=1e-12)
        for mine, theirs in zip(one, other, strict=True)
    )

"""Beyond the papers: studies and claims with PAM and BUILD replaced by newer forms that find the same medoids.

A study names the newer algorithms (`Study.beyond`). Their rows take the place of the papers' algorithms, and the study
is answered again, apart from the reproduction.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.claims.reading import Claim
from kmedoids_bench.experiments.claims.verdicts import Verdict, decide
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import written
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.outputs import Outputs
from kmedoids_bench.experiments.report.sections import rows_of, section
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.answer import answer
from kmedoids_bench.experiments.studies.study import Study


def beyond_the_papers(
    rows: pd.DataFrame,
    studies: Sequence[Study],
    claims: Sequence[Claim],
    measures: Mapping[str, Sequence[Measure]],
    context: ReportContext,
    outputs: Outputs,
) -> dict[str, Any] | None:
    """Answer the studies again with the newer algorithms, and decide the claims that this changes.

    `rows` are all rows of the report; `measures` maps "study.quantity" to its measures in the reproduction. Returns the
    ``sections`` of the page and the table ``verdicts``, or None without rows of newer algorithms.
    """
    sections, newer = [], {}
    for study in (study for study in studies if study.beyond):
        own = replaced(rows_of(study, (*study.measured, *study.beyond.values()), rows, context), study.beyond)
        if set(study.beyond).isdisjoint(own["algorithm"]):
            continue
        again = answer(study, own, draw=False)
        again = replace(again, tables={name: table for name, table in again.tables.items() if len(table.frame)})
        pairs = [f"{title_of(new)} instead of {title_of(old)}" for old, new in study.beyond.items()]
        repeated = section(study, own, again, context, outputs, prefix="beyond_")
        sections.append(repeated | {"title": f"{study.words.title}: {' and '.join(pairs)}"})
        newer |= {f"{study.name}.{name}": those for name, those in again.measures.items()}
    if not sections:
        return None
    shown = outputs.write_tables("claims_beyond", {"verdicts": verdicts_table(claims, measures, newer)})
    return {"sections": sections, "verdicts": shown[0]}


def replaced(rows: pd.DataFrame, beyond: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of our code base with newer algorithms in the place of the papers'.

    `rows` are those of a study and of the newer algorithms, `beyond` maps an algorithm of the papers to the newer one,
    which takes its name. The rows of the papers' algorithms are left out, and those of libraries, which do not have the
    newer ones.
    """
    ours = rows[(rows["implementation"] == OURS) & ~rows["algorithm"].isin(list(beyond))]
    papers = {newer: algorithm for algorithm, newer in beyond.items()}
    renamed = ours["algorithm"].map(papers)
    contender = [
        name if pd.isna(now) else name.replace(f"/{was}", f"/{now}", 1)
        for name, was, now in zip(ours["contender"], ours["algorithm"], renamed, strict=True)
    ]
    return ours.assign(algorithm=renamed.fillna(ours["algorithm"]), contender=contender).reset_index(drop=True)


def changed(before: Mapping[str, Sequence[Measure]], after: Mapping[str, Sequence[Measure]]) -> set[str]:
    """Return the names in `after` whose values differ from ours in `before` by more than rounding."""
    return {
        name
        for name, measures in after.items()
        if not _same(measures, [one for one in before.get(name, ()) if one.code_base == OURS])
    }


def _same(one: Sequence[Measure], other: Sequence[Measure]) -> bool:
    return len(one) == len(other) and all(
        mine.where == theirs.where and math.isclose(mine.value, theirs.value, rel_tol=1e-9, abs_tol=1e-12)
        for mine, theirs in zip(one, other, strict=True)
    )


def verdicts_table(
    claims: Sequence[Claim], before: Mapping[str, Sequence[Measure]], after: Mapping[str, Sequence[Measure]]
) -> Table:
    """Return the claims whose measures change: verdict and values with the papers' algorithms and with the newer ones.

    `before` maps "study.quantity" to its measures in the reproduction, `after` does so for the repeated studies.
    """
    names = changed(before, after)
    lines = []
    for claim in claims:
        if names.isdisjoint(criterion.measure for criterion in claim.criteria):
            continue
        papers, newer = (decide(claim, measures)[0] for measures in (before, {**before, **after}))
        verdicts = (papers.verdict, _values(papers, names), newer.verdict, _values(newer, names))
        lines.append((claim.id, claim.statement, *verdicts))
    columns = (
        *(*c.integers("claim"), *c.texts("statement", papers_verdict="as in the papers", papers_measured="measured")),
        *c.texts(newer_verdict="with maintained gains", newer_measured="measured"),
    )
    caption = (
        f"Claims decided again in {OURS}, by the same criteria, with the newer algorithms instead of the papers'. Only "
        "quantities that differ are shown."
    )
    frame = pd.DataFrame(lines, columns=[column.source for column in columns])
    return Table(frame, columns, caption, "No claim is decided by a quantity that differs.")


def _values(verdict: Verdict, names: set[str]) -> str:
    """Write the measured values of these quantities, those of one criterion together."""
    decisions = [one for one in verdict.decisions if one.criterion.measure in names]
    return "; ".join(
        f"{words}: {', '.join(written(one.measure) for one in members)}"
        for words, members in groupby(decisions, key=lambda one: one.criterion.words)
    )

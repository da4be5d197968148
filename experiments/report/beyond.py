"""The report beyond the papers: the same studies and claims, with newer algorithms in the place of theirs."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.beyond import changed
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.verdicts import Claim, Verdict, decide
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import written
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.study import Study


def title_beyond(study: Study) -> str:
    """Return the title of a study that is repeated with newer algorithms in the place of the papers'."""
    places = " and ".join(
        f"{algorithm_title(newer)} in the place of {algorithm_title(older)}" for older, newer in study.beyond.items()
    )
    return f"{study.title}: {places}"


def verdicts_beyond(
    claims: Sequence[Claim], before: Mapping[str, Sequence[Measure]], after: Mapping[str, Sequence[Measure]]
) -> Table:
    """Make the table of claims whose measures change: verdict and values with the papers' algorithms, and without.

    Parameters
    ----------
    claims : sequence of Claim
    before : mapping
        "study.name" to the measures of the reproduction.
    after : mapping
        The same for the studies that were repeated.
    """
    other = changed(before, after)
    lines = []
    for claim in claims:
        if not other & {criterion.measure for criterion in claim.criteria}:
            continue
        papers, newer = (decide(claim, measures)[0] for measures in (before, {**before, **after}))
        lines.append(
            {
                "claim": claim.id,
                "statement": claim.statement,
                "papers_verdict": papers.verdict,
                "papers_measured": _values(papers, other),
                "newer_verdict": newer.verdict,
                "newer_measured": _values(newer, other),
            }
        )
    columns = (
        Column("claim", "claim", "integer"),
        Column("statement", "statement"),
        Column("as in the papers", "papers_verdict"),
        Column("measured", "papers_measured"),
        Column("with maintained gains", "newer_verdict"),
        Column("measured", "newer_measured"),
    )
    caption = (
        f"Claims decided once more in {OURS}, by the same criteria, with the newer algorithms in the place of the "
        "papers'. Only quantities are shown that are not the same in both."
    )
    frame = pd.DataFrame(lines, columns=[column.source for column in columns])
    return Table(frame, caption, columns, "No claim is decided otherwise.")


def _values(verdict: Verdict, wanted: set[str]) -> str:
    """Write the measured values, those of one criterion together."""
    said: dict[str, list[str]] = {}
    for one in verdict.decisions:
        if one.criterion.measure in wanted:
            said.setdefault(one.criterion.measure, []).append(written(one.measure))
    return "; ".join(
        f"{name.partition('.')[2].replace('_', ' ')}: {', '.join(values)}" for name, values in said.items()
    )

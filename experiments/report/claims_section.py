"""The claims on the page: the verdict, the measured values beside the criteria, and a file with the evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pandas as pd

from kmedoids_bench.datasets.trouble import reading
from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.reading import Bounds, Claim, Source, in_words, quantities
from kmedoids_bench.experiments.claims.verdicts import (
    DIRECTION,
    FAILED,
    FAILS,
    STRADDLES,
    UNDECIDED,
    UNTESTABLE,
    VERDICTS,
    Verdict,
    decide,
)
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import in_short, with_interval, without_interval, written
from kmedoids_bench.experiments.report.outputs import Outputs

SHOWN = ("source", "words_in", "statement", "printed", "printed_in")
PAPERS = {"A": "SISAP 2019", "B": "Inf. Syst. 2021", "C": "JOSS 2022", "D": "SISAP 2022", "E": "Inf. Syst. 2024"}


@dataclass(frozen=True)
class DecidedClaim:
    """A claim with its verdicts, and the name of the file with the evidence, empty if nothing was measured."""

    claim: Claim
    ours: Verdict
    others: list[Verdict]
    file: str

    @property
    def papers(self) -> str:
        """The papers that make the claim."""
        return ", ".join(PAPERS.get(paper, paper) for paper in self.claim.papers)

    @property
    def why(self) -> str:
        """Why our verdict is not "reproduced": the first value that decided so, and what the criterion asks for."""
        if self.ours.verdict == UNTESTABLE:
            return self.ours.explanation
        parts = self.ours.decisions
        decisive = {
            FAILED: [one for one in parts if FAILS in (one.outcome, one.in_direction or one.outcome)],
            DIRECTION: [one for one in parts if one.outcome == FAILS],
            UNDECIDED: [one for one in parts if STRADDLES in (one.outcome, one.in_direction)],
        }.get(self.ours.verdict)
        if not decisive:
            return ""
        part = next((one for one in decisive if one.in_direction in (None, FAILS)), decisive[0])
        asked, value = Bounds.__str__(part.criterion), written(part.measure)
        if self.ours.verdict == UNDECIDED:
            more = f"; {self.ours.explanation}" if self.ours.explanation else ""
            return f"the interval of {value} ({part.measure.where}) contains a bound of the criterion, {asked}{more}"
        also = " The direction is as claimed." if self.ours.verdict == DIRECTION else ""
        return f"{value} ({part.measure.where}); the criterion is {asked}.{also}"

    @property
    def remark(self) -> str:
        """In which other code bases the claim was decided, and whether they agree with ours."""
        decided = [one for one in self.others if one.verdict != UNTESTABLE]
        if self.ours.verdict == UNTESTABLE:
            verdicts = "; ".join(f"{one.code_base}: {one.verdict}" for one in decided)
            return f"Decided in libraries only: {verdicts}." if verdicts else ""
        if not decided:
            return "Decided in our code base only."
        agree = [one.code_base for one in decided if one.verdict == self.ours.verdict]
        differ = [f"{one.verdict} in {one.code_base}" for one in decided if one.verdict != self.ours.verdict]
        remark = f"Same verdict in {', '.join(agree)}." if agree else "No library has the same verdict."
        return remark + (f" Different verdicts: {'; '.join(differ)}." if differ else "")


def measured_in_words(verdict: Verdict, *, criteria: bool = False) -> str:
    """Say what was measured, a phrase for each criterion: the quantity, its values, and with `criteria` the bounds."""
    declared, values = quantities(), gathered((one.criterion, one.measure) for one in verdict.decisions)
    return "; ".join(
        f"{declared[criterion.measure].words}: {in_short(measures)}"
        + (f" (criterion: {Bounds.__str__(criterion)})" if criteria else "")
        for criterion, measures in values.items()
    )


def decide_claims(
    claims: Sequence[Claim], measures: Mapping[str, Sequence[Measure]], outputs: Outputs
) -> list[DecidedClaim]:
    """Decide all claims and write ``tables/claim_<id>.csv``, the lines behind the measures, for each.

    `measures` maps "study.quantity" to its measures.
    """
    decided = []
    for claim in claims:
        ours, *others = decide(claim, measures)
        decided.append(DecidedClaim(claim, ours, others, _write_evidence(claim, measures, outputs)))
    return decided


def on_the_page(decided: Sequence[DecidedClaim]) -> dict[str, list[tuple]]:
    """Return ``groups`` of claims, in the order of their first claims, and how many have which of our verdicts.

    ``counts`` has the verdicts and their numbers, ``sources`` the numbers for each source of the words of a claim.
    """
    of_source = Counter((one.claim.source, one.ours.verdict) for one in decided)
    sources = [(source, [of_source[source, verdict] for verdict in VERDICTS]) for source in get_args(Source)]
    counts = [(verdict, sum(one.ours.verdict == verdict for one in decided)) for verdict in VERDICTS]
    groups = gathered((one.claim.group, one) for one in decided)
    return {"groups": list(groups.items()), "counts": counts, "sources": sources}


def claims_tables(decided: Sequence[DecidedClaim]) -> dict[str, Table]:
    """Return ``verdicts``, a line for each claim and code base, and ``measures``, a line for each measured value."""
    declared = quantities()
    each = [(one, verdict) for one in decided for verdict in (one.ours, *one.others)]
    verdicts = [
        {
            "claim": one.claim.id,
            "paper": one.papers,
            **{name: getattr(one.claim, name) for name in SHOWN},
            "former_verdict": one.claim.former[-1].verdict if one.claim.former and verdict is one.ours else "",
            "code_base": verdict.code_base,
            "verdict": verdict.verdict,
            "measured": "; ".join(
                f"{part.criterion.words} {written(part.measure)} ({part.measure.where})" for part in verdict.decisions
            ),
            "explanation": verdict.explanation,
        }
        for one, verdict in each
    ]
    measures = [
        {
            "claim": one.claim.id,
            "code_base": verdict.code_base,
            "quantity": part.criterion.measure,
            "unit": declared[part.criterion.measure].unit,
            **{name: getattr(part.measure, name) for name in ("where", "value", "low", "high", "why_none", "n")},
            "criterion": str(part.criterion),
            "outcome": part.outcome,
        }
        for one, verdict in each
        for part in verdict.decisions
    ]
    return {
        "verdicts": _table(
            verdicts,
            "The claims of the papers and what became of them.",
            *(*c.integers("claim"), *c.texts("paper", "source", "statement", "printed")),
            *(*c.texts(code_base="code base"), *c.texts("verdict", "measured")),
        ),
        "measures": _table(
            measures,
            "The measured values that the claims were decided by.",
            *(*c.integers("claim"), *c.texts(code_base="code base"), *c.texts("quantity", "unit", "where")),
            *(c.ratio("value [95 %]", "value"), c.N, *c.texts("criterion", "outcome")),
        ),
    }


def read_verdicts(results: Path) -> pd.DataFrame:
    """Read the table ``verdicts`` of a report, with its numbers in short as a further column ``values``.

    Of several values of a quantity only the lowest and the highest are given. A folder without such tables raises
    FileNotFoundError.
    """
    with reading(results / "tables", "a folder of tables of this version", "make the report again"):
        verdicts, measures = (
            pd.read_csv(results / "tables" / f"claims_{name}.csv", keep_default_na=False, na_values=[""])
            for name in ("verdicts", "measures")
        )
        keys = ["claim", "code_base"]
        texts = {key: _in_short(lines) for key, lines in measures.groupby(keys)}
        return verdicts.assign(values=[texts.get(key, "") for key in verdicts[keys].itertuples(index=False, name=None)])


def _in_short(measures: pd.DataFrame) -> str:
    texts = []
    for quantity, lines in measures.groupby("quantity", sort=False):
        ordered = lines.sort_values("value", kind="stable")[["value", "low", "high"]]
        lowest, highest = (tuple(ordered.iloc[place]) for place in (0, -1))
        if len(lines) == 1:
            text = with_interval(*lowest)
        else:  # equal numbers may differ in digits
            ends = (lowest, highest) if lowest[0] < highest[0] else (lowest,)
            text = " to ".join(dict.fromkeys(without_interval(*end) for end in ends))
        texts.append(f"{in_words(str(quantity))} {text}")
    return "; ".join(texts)


def _table(lines: list[dict], caption: str, *columns: Column) -> Table:
    names = list(lines[0]) if lines else [column.source for column in columns]
    return Table(pd.DataFrame(lines, columns=names), columns, caption)


def _write_evidence(claim: Claim, measures: Mapping[str, Sequence[Measure]], outputs: Outputs) -> str:
    frames = [
        one.evidence.assign(measure=criterion.measure, code_base=one.code_base, where=one.where)
        for criterion in claim.criteria
        for one in measures.get(criterion.measure, ())
    ]
    if not frames:
        return ""
    name = f"tables/claim_{claim.id:02d}.csv"
    evidence = pd.concat(frames, ignore_index=True)
    first = ["measure", "code_base", "where"]
    evidence = evidence[[*first, *evidence.columns.drop(first)]]
    # For reading: the rows have every digit.
    outputs.write(name, evidence.to_csv(index=False, lineterminator="\n", float_format="%.7g").encode())
    return name

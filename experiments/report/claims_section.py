"""The claims as a reader sees them: verdict, measured value beside the criterion, and a file with what is behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.verdicts import UNDECIDED, UNTESTABLE, VERDICTS, Claim, Decision, Verdict, decide
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import written

PAPERS = {"A": "SISAP 2019", "B": "Inf. Syst. 2021", "C": "JOSS 2022"}


@dataclass(frozen=True)
class ShownMeasure:
    """One measured value beside what it has to be."""

    name: str
    where: str
    value: str
    criterion: str
    outcome: str
    n: int


@dataclass(frozen=True)
class ShownVerdict:
    """What became of a claim in one code base."""

    code_base: str
    verdict: str
    explanation: str
    measures: list[ShownMeasure]


@dataclass(frozen=True)
class ShownClaim:
    """A claim as the template needs it; `file` holds the lines behind its measures."""

    claim: Claim
    papers: str
    ours: ShownVerdict
    others: list[ShownVerdict]
    remark: str
    file: str


@dataclass(frozen=True)
class ShownClaims:
    """All claims by group, and how many got which verdict."""

    groups: list[tuple[str, list[ShownClaim]]]
    counts: list[tuple[str, int]]

    @property
    def tested(self) -> int:
        """How many could be tested under this profile."""
        return sum(count for verdict, count in self.counts if verdict != UNTESTABLE)


def show_claims(claims: Sequence[Claim], measures: Mapping[str, Sequence[Measure]], tables: Path) -> ShownClaims:
    """Decide all claims and write the files behind them.

    Parameters
    ----------
    claims : sequence of Claim
    measures : mapping
        "study.name" to the measures of that name.
    tables : Path
        Folder that receives ``claim_<id>.csv`` for every claim that something was measured for.

    Returns
    -------
    ShownClaims
    """
    shown = []
    for claim in claims:
        verdicts = decide(claim, measures)
        ours, others = verdicts[0], verdicts[1:]
        file = _write_evidence(claim, measures, tables)
        shown.append(
            ShownClaim(
                claim,
                ", ".join(PAPERS.get(paper, paper) for paper in claim.papers),
                _shown(ours),
                [_shown(one) for one in others],
                _remark(ours, others),
                file,
            )
        )
    counted = Counter(one.ours.verdict for one in shown)
    groups = [(name, list(members)) for name, members in groupby(shown, key=lambda one: one.claim.group)]
    return ShownClaims(groups, [(verdict, counted[verdict]) for verdict in VERDICTS])


def claims_table(shown: ShownClaims) -> Table:
    """One line for every claim and code base, for programs and for papers."""
    lines = [
        {
            "claim": one.claim.id,
            "paper": one.papers,
            "statement": one.claim.statement,
            "printed": one.claim.printed,
            "code_base": verdict.code_base,
            "verdict": verdict.verdict,
            "measured": "; ".join(f"{m.name} {m.value} ({m.where})" for m in verdict.measures),
            "explanation": verdict.explanation,
            "values_only": brief(verdict.measures),
        }
        for _, members in shown.groups
        for one in members
        for verdict in (one.ours, *one.others)
    ]
    columns = ("claim", "paper", "statement", "printed", "code_base", "verdict", "measured")
    frame = pd.DataFrame(lines, columns=[*columns, "explanation", "values_only"])
    return Table(
        frame,
        "The claims of the papers and what became of them.",
        tuple(Column(name.replace("_", " "), name, "integer" if name == "claim" else "text") for name in columns),
    )


def brief(measures: Sequence[ShownMeasure]) -> str:
    """Write the values without where they were measured; of many of one name the lowest and the highest."""
    said = []
    for name, group in groupby(measures, key=lambda one: one.name):
        found = list(group)
        ends = [min(found, key=_value), max(found, key=_value)]
        values = [one.value.partition(" [")[0] for one in ends] if len(found) > 1 else [found[0].value]
        said.append(f"{name} {' to '.join(dict.fromkeys(values))}")
    return "; ".join(said)


def _value(shown: ShownMeasure) -> float:
    return float(shown.value.split()[0].replace(",", ""))


def _shown(verdict: Verdict) -> ShownVerdict:
    return ShownVerdict(
        verdict.code_base, verdict.verdict, _explanation(verdict), [_shown_measure(one) for one in verdict.decisions]
    )


def _shown_measure(decision: Decision) -> ShownMeasure:
    measure = decision.measure
    bounds = str(decision.criterion.bounds)
    if decision.criterion.direction is not None:
        bounds += f" (direction: {decision.criterion.direction})"
    name = decision.criterion.measure.partition(".")[2].replace("_", " ")
    return ShownMeasure(name, measure.where, written(measure), bounds, decision.outcome, measure.n)


def _explanation(verdict: Verdict) -> str:
    if verdict.verdict == UNTESTABLE:
        return verdict.reason
    if verdict.verdict != UNDECIDED:
        return ""
    if verdict.repetitions is None:
        return "there are too few runs for an interval"
    if verdict.repetitions > 1000:
        return "the value lies on the bound; more repetitions would hardly decide it"
    return f"about {max(2, round(verdict.repetitions + 0.5))} times as many repetitions would decide it"


def _remark(ours: Verdict, others: Sequence[Verdict]) -> str:
    """Say where else a claim about algorithms was decided, and whether that agrees."""
    decided = [one for one in others if one.verdict != UNTESTABLE]
    if ours.verdict == UNTESTABLE:
        said = "; ".join(f"{one.code_base}: {one.verdict}" for one in decided)
        return f"Decided in libraries only: {said}." if said else ""
    if not decided:
        return "Decided in our code base only."
    agree = [one.code_base for one in decided if one.verdict == ours.verdict]
    differ = [f"{one.code_base}: {one.verdict}" for one in decided if one.verdict != ours.verdict]
    said = f"The same in {', '.join(agree)}." if agree else "Not the same in any library."
    return said + (f" Elsewhere: {'; '.join(differ)}." if differ else "")


def _write_evidence(claim: Claim, measures: Mapping[str, Sequence[Measure]], tables: Path) -> str:
    """Write the lines behind a claim's measures; the name of the file beside the page, or "" if there are none."""
    name = f"claim_{claim.id:02d}.csv"
    frames = [
        one.evidence.assign(measure=criterion.measure, code_base=one.code_base, where=one.where)
        for criterion in claim.criteria
        for one in measures.get(criterion.measure, ())
    ]
    path = tables / name
    if not frames:
        path.unlink(missing_ok=True)
        return ""
    everything = pd.concat(frames, ignore_index=True)
    first = ["measure", "code_base", "where"]
    everything = everything[[*first, *(column for column in everything if column not in first)]]
    write_whole(path, everything.to_csv(index=False, lineterminator="\n").encode())
    return f"tables/{name}"

"""Published runs of several machines side by side, `kmedoids-bench merge`: never one estimate from two machines.

The rows of one machine are analysed together, those of another by themselves. What stands side by side are verdicts,
and ratios with the interval of each machine. Nothing is pooled: no rule says what the mean of two machines would mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.analysis.frames import frame_of, gathered
from kmedoids_bench.experiments.claims.reading import Claim, claims, claims_about, in_words, quantities
from kmedoids_bench.experiments.claims.verdicts import UNTESTABLE, Verdict, decide
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.forest_plot import forest
from kmedoids_bench.experiments.exhibits.numbers import counted, in_short
from kmedoids_bench.experiments.publishing.published import check_sums, read_run
from kmedoids_bench.experiments.report.about_rows import machine_facts
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.outputs import TEMPLATES, Outputs, ShownFigure, editions_of
from kmedoids_bench.experiments.report.sections import rows_of
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer

PAGE, OWNER = "merged.html", "merged"  # the page, and the first word of the names of tables and figures
RATIO = ["where", "machine", "value", "low", "high"]


@dataclass(frozen=True)
class Machine:
    """One machine: all published rows of it, and what its own rows decide."""

    identity: str  # as in the column ``machine``
    name: str  # as the tables show it
    runs: tuple[str, ...]  # what was published of it
    rows: pd.DataFrame
    context: ReportContext

    @cached_property
    def verdicts(self) -> dict[int, Verdict]:
        """What our plain kernels say of each claim here, by the number of the claim."""
        rows = self.rows.assign(
            result_class=self.rows["contender"].map(dict(self.context.result_classes)).astype("str")
        )
        measures = {}
        for study in (studies()[name] for name in self.context.config["studies"]):
            found = answer(study, rows_of(study, study.measured, rows, self.context), draw=False).measures
            measures |= {f"{study.name}.{quantity}": those for quantity, those in found.items()}
        return {claim.id: decide(claim, measures)[0] for claim in claims()}


def merge(folders: Sequence[Path], results: Path) -> Path:
    """Write a page, tables and figures about published runs into the folder `results`; return the page.

    Raises Trouble if a run is damaged or was altered, has rows of several machines, or if two runs of one machine have
    measured a contender with different code.
    """
    if results.resolve() in {folder.resolve() for folder in folders}:
        raise Trouble(f"{results} is one of the runs", "name another folder with --to")
    machines, outputs = _machines(folders), Outputs(results)
    tables = {"verdicts": _verdicts(machines), "ratios": _ratios(machines)}
    shown = dict(zip(tables, outputs.write_tables(OWNER, tables), strict=True))
    figures = [_written(outputs, name, figure) for name, figure in _figures(machines).items()]
    page = TEMPLATES.get_template("merged.html.j2").render(
        machines=machines,
        facts=_facts(machines),
        summary=_summary(machines),
        claims=[(claim, [machine.verdicts[claim.id] for machine in machines]) for claim in _claims(machines)],
        measured=_measured,
        shown=shown,
        figures=figures,
    )
    outputs.remove_leftovers([OWNER])
    outputs.write(PAGE, page.encode())
    return results / PAGE


def _machines(folders: Sequence[Path]) -> list[Machine]:
    """Read the runs and put those of one machine together, machines in the order of their first runs."""
    read = []
    for folder in folders:
        check_sums(folder)
        rows, context = read_run(folder)
        if (number := rows["machine"].nunique()) != 1:
            raise Trouble(f"{folder} has rows of {number} machines, and a published run is of one")
        read.append((rows["machine"].iloc[0], (folder, rows, context)))
    by_machine = gathered(read)
    names = {identity: _name(runs[0][1]) for identity, runs in by_machine.items()}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    return [
        _machine(identity, f"{name} ({identity})" if name in twice else name, by_machine[identity])
        for identity, name in names.items()
    ]


def _name(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    return f"{first['cpu'] or 'unknown processor'}, {counted(int(first['cores']), 'core')}"


def _machine(identity: str, name: str, runs: Sequence[tuple[Path, pd.DataFrame, ReportContext]]) -> Machine:
    every = pd.concat([rows for _, rows, _ in runs], ignore_index=True)
    rows, codes = every.drop_duplicates("id", ignore_index=True), every.groupby("contender")["source"].nunique()
    where, advice = ", ".join(str(folder) for folder, *_ in runs), "merge one of these runs only"
    if len(several := sorted(codes.index[codes > 1])):
        number = counted(len(several), "contender")
        raise Trouble(f"{where}: one machine, but {number} with different code, {several[0]} for one", advice)
    if len(every.drop_duplicates(["id", "seconds", "loss"])) > len(rows):
        raise Trouble(f"{where}: rows of one identity, but with different numbers", advice)
    contexts = [context for *_, context in runs]
    asked: dict[str, dict[str, Sequence[str]]] | None = {}
    for context in contexts:
        if asked is None or context.asked is None:
            asked = None  # not recorded: the studies see all rows of their algorithms
            continue
        for study, blocks in context.asked.items():
            known = asked.setdefault(study, {})
            known |= {block: sorted({*known.get(block, ()), *names}) for block, names in blocks.items()}
    together = replace(
        contexts[0],
        config={"studies": {name: None for context in contexts for name in context.config["studies"]}},
        result_classes={name: kept for context in contexts for name, kept in context.result_classes.items()},
        asked=asked,
    )
    about = tuple(f"{one.title} ({folder}, commit {one.commit[:12] or 'unknown'})" for folder, _, one in runs)
    return Machine(identity, name, about, rows, together)


def _facts(machines: Sequence[Machine]) -> list[tuple[str, list[str]]]:
    """Describe the machines: a heading, and what stands below each machine."""
    facts = [dict(machine_facts(machine.rows)) for machine in machines]
    rows = ("runs", [f"{len(machine.rows):,}" for machine in machines])
    return [*((what, [each[what] for each in facts]) for what in facts[0]), rows]


def _summary(machines: Sequence[Machine]) -> list[str]:
    """Say where the machines agree, where not, and what else differs between them."""
    tested = {claim.id: _tested(claim, machines) for claim in _claims(machines)}
    several = {number: verdicts for number, verdicts in tested.items() if len(verdicts) > 1}
    differ = [number for number, verdicts in several.items() if len(set(verdicts)) > 1]
    lines = [
        f"{counted(len(machines), 'machine')}. {counted(len(several), 'claim')} could be tested on more than one; "
        f"{len(several) - len(differ)} have the same verdict on all of them."
    ]
    if differ:
        lines.append(f"The verdicts differ on claims {', '.join(map(str, differ))}.")
    codes = pd.concat(machine.rows[["contender", "source"]] for machine in machines).drop_duplicates()
    others = codes.groupby("contender")["source"].nunique()
    if count := int((others > 1).sum()):
        lines.append(
            f"{counted(count, 'contender')} of {len(others)} were measured with other code or other versions on "
            "different machines. What differs there may be due to that."
        )
    return lines


def _claims(machines: Sequence[Machine]) -> tuple[Claim, ...]:
    """Return the claims that the studies of these machines are about."""
    return claims_about({name for machine in machines for name in machine.context.config["studies"]})


def _tested(claim: Claim, machines: Sequence[Machine]) -> list[str]:
    """Return the verdicts of the machines that could test a claim."""
    verdicts = [machine.verdicts[claim.id].verdict for machine in machines]
    return [verdict for verdict in verdicts if verdict != UNTESTABLE]


def _measured(verdict: Verdict) -> str:
    """Write the values behind a verdict in short, or why there are none."""
    values = gathered((one.criterion.measure, one.measure) for one in verdict.decisions)
    texts = [f"{in_words(name)} {in_short(measures)}" for name, measures in values.items()]
    return "; ".join(texts) or verdict.explanation


def _verdicts(machines: Sequence[Machine]) -> Table:
    lines = []
    for claim in _claims(machines):
        verdicts, tested = [machine.verdicts[claim.id] for machine in machines], _tested(claim, machines)
        same = "" if len(tested) < 2 else "yes" if len(set(tested)) == 1 else "no"
        each = [text for verdict in verdicts for text in (verdict.verdict, _measured(verdict))]
        lines.append((claim.id, claim.statement, claim.printed, same, *each))
    names = [name for machine in machines for name in (machine.name, f"{machine.name}: measured")]
    frame = frame_of(lines, ["claim", "statement", "printed", "same", *names])
    caption = "One claim, several machines: the verdict of our plain kernels on each, and what was measured there."
    return Table.of(frame, c.integers("claim"), c.texts("statement", "printed", "same", *names), caption=caption)


def _ratios(machines: Sequence[Machine]) -> Table:
    """List every ratio that a claim is decided by, with its interval on each machine."""
    lines = _lines(machines)
    keys, wide = ["claim", "quantity", "where"], {}
    for line in lines.to_dict("records"):
        entry = wide.setdefault(tuple(line[key] for key in keys), {key: line[key] for key in keys})
        entry |= {f"{line['machine']}{suffix}": line[name] for suffix, name in _SUFFIXES.items()}
    numbers = [f"{machine.name}{suffix}" for machine in machines for suffix in _SUFFIXES]
    frame = frame_of(wide.values(), keys, numbers)
    each = [c.ratio(machine.name, machine.name, f"{machine.name} ") for machine in machines]
    caption = "The ratios that claims are decided by, with the 95 % interval of each machine's own rows."
    return Table.of(frame, c.integers("claim"), c.texts("quantity", "where"), each, caption=caption)


_SUFFIXES = {"": "value", " low": "low", " high": "high"}


def _lines(machines: Sequence[Machine]) -> pd.DataFrame:
    """List the ratios behind the verdicts: what was measured, where, on which machine, and its interval."""
    declared = quantities()
    lines = [
        (claim.id, part.criterion.measure, part.measure.where, machine.name)
        + (part.measure.value, part.measure.low, part.measure.high)
        for claim in _claims(machines)
        for machine in machines
        for part in machine.verdicts[claim.id].decisions
        if declared[part.criterion.measure].unit == "ratio"
    ]
    return frame_of(lines, ["claim", "quantity", *RATIO], ["value", "low", "high"])


def _figures(machines: Sequence[Machine]) -> dict[str, Figure]:
    """Draw each quantity that two machines have; first those of claims for which the papers print a number."""
    lines, names, figures = _lines(machines), [machine.name for machine in machines], {}
    for claim in sorted(_claims(machines), key=lambda claim: not claim.printed):
        for criterion in claim.criteria:
            of_claim = lines[(lines["claim"] == claim.id) & (lines["quantity"] == criterion.measure)]
            if of_claim["machine"].nunique() < 2:
                continue
            printed = f" Printed: {claim.printed}." if claim.printed else ""
            words = f"Claim {claim.id}: {claim.statement}{printed} {quantities()[criterion.measure].words}"
            alt = (
                f"{in_words(criterion.measure)} with its interval on each machine; the table of ratios has the numbers"
            )
            bounds = [bound for bound in criterion.finite if bound > 0]
            drawing = forest(of_claim, names, in_words(criterion.measure), bounds)
            figures[f"{claim.id:02d}_{criterion.measure.replace('.', '_')}"] = Figure(drawing, words, alt)
    return figures


def _written(outputs: Outputs, name: str, figure: Figure) -> ShownFigure:
    name = f"{OWNER}_{name}"
    return outputs.write_figure(name, figure, editions_of(name, figure, pgf=False))

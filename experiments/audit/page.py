"""The page of the audit, and its tables: who was asked what, every answer, and every failure with its instance."""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import jinja2
import pandas as pd

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.audit.audit import FAIL, NOT_PROMISED, PASS, UNAVAILABLE
from kmedoids_bench.experiments.audit.catalogue import QUESTIONS
from kmedoids_bench.experiments.audit.evidence import COMMAND
from kmedoids_bench.experiments.audit.instances import FAMILIES
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.exhibits.tables import csv_text, markdown_text
from kmedoids_bench.experiments.harness.machine import checkout
from kmedoids_bench.experiments.report.files import replace_outputs

SHOWN = {PASS: "pass", FAIL: "fail", NOT_PROMISED: "–", UNAVAILABLE: "n/a"}
FORMS = {"C": "matrix, C", "F": "matrix, F", "dist": "R's dist", "points": "points"}


@dataclass(frozen=True)
class Failure:
    """One failure as the page shows it; `anchor` is its place on the page."""

    anchor: str
    implementation: str
    algorithm: str
    form: str
    question: str
    failed: int
    tried: int
    finding: dict
    command: str


def write_page(records: list[dict], results: Path) -> Path:
    """Write `audit.html` and the tables `tables/audit_*`.

    Parameters
    ----------
    records : list of dict
        What `audit` returned for each implementation, in the order of the page.
    results : Path
        Folder of the report.

    Returns
    -------
    Path
        The page. The same records give the same bytes.
    """
    found = failures(records)
    tables = {"answers": answers_table(records), "failures": failures_table(found)}
    contents = {f"{name}.csv": csv_text(table).encode() for name, table in tables.items()}
    contents |= {f"{name}.md": markdown_text(table).encode() for name, table in tables.items()}
    replace_outputs(results / "tables", "audit", contents)
    page = results / "audit.html"
    write_whole(page, _page(records, found).encode())
    return page


def failures(records: list[dict]) -> list[Failure]:
    """List all failures."""
    found = []
    for record, subject, answer in _all_answers(records):
        for number, finding in enumerate(answer["findings"]):
            found.append(
                Failure(
                    anchor=_anchor(record, subject, answer) + (f"-{number + 1}" if number else ""),
                    implementation=record["title"],
                    algorithm=subject["title"],
                    form=FORMS[subject["order"]],
                    question=QUESTIONS[answer["question"]].title,
                    failed=answer["failed"],
                    tried=answer["tried"],
                    finding=finding,
                    command=f"{COMMAND} {finding['file']}",
                )
            )
    return found


def answers_table(records: list[dict]) -> Table:
    """One line per subject and question."""
    lines = [
        {
            "implementation": record["implementation"],
            "version": version(record),
            "algorithm": subject["algorithm"],
            "form": subject["order"],
            "question": answer["question"],
            "verdict": answer["verdict"],
            "tried": answer["tried"],
            "failed": answer["failed"],
            "reason": answer["reason"],
        }
        for record, subject, answer in _all_answers(records)
    ]
    columns = tuple(Column(name, name) for name in ("implementation", "algorithm", "form", "question", "verdict"))
    columns += (Column("cases", "tried", "integer"), Column("failed", "failed", "integer"), Column("reason", "reason"))
    return Table(pd.DataFrame(lines), "Answers to the questions of the audit.", columns)


def failures_table(found: list[Failure]) -> Table:
    """One line per failure."""
    names = ("implementation", "algorithm", "form", "question")
    lines = [
        {name: getattr(failure, name) for name in names}
        | {name: failure.finding[name] for name in ("kind", "n", "k", "input", "returned", "expected", "file")}
        | {"command": failure.command}
        for failure in found
    ]
    shown = (*names, "input", "returned", "expected", "command")
    frame = pd.DataFrame(lines, columns=[*names, "kind", "n", "k", "input", "returned", "expected", "file", "command"])
    columns = tuple(Column(name, name) for name in shown)
    return Table(frame, "Failures, each with the smallest instance found.", columns, "No question failed.")


def version(record: dict) -> str:
    """Versions of an implementation and what it stands on, in one line."""
    return ", ".join(f"{name} {number}" for name, number in record["versions"].items())


def verdicts(record: dict) -> str:
    """Count the answers of an implementation, in words."""
    if record["unavailable"]:
        return "unavailable"
    counts = Counter(answer["verdict"] for _, _, answer in _all_answers([record]))
    said = [f"{counts[verdict]} {verdict}" for verdict in (PASS, FAIL, NOT_PROMISED) if counts[verdict]]
    cases = sum(answer["tried"] for _, _, answer in _all_answers([record]))
    return f"{', '.join(said)}; {counted(cases, 'case')}"


def _all_answers(records: list[dict]):
    for record in records:
        for subject in record["subjects"]:
            for answer in subject["answers"]:
                yield record, subject, answer


def _anchor(record: dict, subject: dict, answer: dict) -> str:
    return "-".join((record["implementation"], subject["algorithm"], subject["order"], answer["question"]))


def _cell(record: dict, subject: dict, answer: dict) -> dict:
    """Return what a cell of the matrix shows: word, class, what is said when pointed at, link."""
    about = answer["reason"] or f"{answer['tried']} cases, {answer['failed']} failed"
    link = "#" + _anchor(record, subject, answer) if answer["findings"] else ""
    css = answer["verdict"].replace(" ", "-")
    return {"text": SHOWN[answer["verdict"]], "class": css, "about": f"{answer['verdict']}: {about}", "link": link}


def _page(records: list[dict], found: list[Failure]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    state = checkout()
    lines = [
        (record, subject, [_cell(record, subject, answer) for answer in subject["answers"]])
        for record in records
        for subject in record["subjects"]
    ]
    cases = sum(answer["tried"] for _, _, answer in _all_answers(records))
    return environment.get_template("audit.html.j2").render(
        records=records,
        lines=lines,
        failures=[(r, [f for f in found if f.implementation == r["title"]]) for r in records],
        questions=list(QUESTIONS.values()),
        families=[(family.name, (family.make.__doc__ or "").strip()) for family in FAMILIES],
        forms=FORMS,
        cases=f"{cases:,}",
        subjects=len(lines),
        total=len(found),
        version=version,
        verdicts=verdicts,
        commit=state["commit"] or "",
        dirty=bool(state["dirty"]),
    )


def _template(name: str) -> str:
    return files("kmedoids_bench.experiments.report").joinpath("templates", name).read_text(encoding="utf-8")

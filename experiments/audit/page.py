"""The page of the audit, and its tables: who was asked what, every answer, and every failure with its instance."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd

from kmedoids_bench.datasets.trouble import reading
from kmedoids_bench.experiments.audit.audit import FAIL, NOT_PROMISED, PASS, UNAVAILABLE
from kmedoids_bench.experiments.audit.evidence import COMMAND
from kmedoids_bench.experiments.audit.instances import FAMILIES
from kmedoids_bench.experiments.audit.questions import QUESTIONS
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.report.outputs import TEMPLATES, Outputs

SHOWN = {PASS: "pass", FAIL: "fail", NOT_PROMISED: "–", UNAVAILABLE: "n/a"}
FORMS = {"C": "matrix, C", "F": "matrix, F", "dist": "R's dist", "points": "points"}

WHO = ["implementation", "algorithm", "form", "question"]
ANSWERS = ["implementation", "version", "algorithm", "form", "question", "verdict", "tried", "failed", "reason"]
FAILURES = [*WHO, "kind", "n", "k", "input", "returned", "expected", "file", "command"]


def write_page(records: list[dict], results: Path, home: tuple[str, str] = ("report.html", "Report")) -> Path:
    """Write `audit.html` and the tables `tables/audit_*` into the report's folder, and return the page.

    `records` are what `audit` returned for each implementation, in the order of the page. `home` is the page that this
    one leads back to: its address and its name. The same records give the same bytes.
    """
    answers = all_answers(records)
    failures = all_failures(answers)
    outputs = Outputs(results)
    answers_table = Table(
        pd.DataFrame(answers, columns=ANSWERS),
        (*c.texts(*WHO, "verdict"), *c.integers(tried="cases", failed="failed"), *c.texts("reason")),
        "Answers to the questions of the audit.",
    )
    failures_table = Table(
        pd.DataFrame(failures, columns=FAILURES),
        c.texts(*WHO, "input", "returned", "expected", "command"),
        "Failures, each with the smallest instance found.",
        "No question failed.",
    )
    outputs.write_tables("audit", {"answers": answers_table, "failures": failures_table})
    outputs.remove_leftovers(["audit"])
    text = TEMPLATES.get_template("audit.html.j2").render(
        home=home,
        records=records,
        subjects=[(record, subject) for record in records for subject in record["subjects"]],
        failures=[(r, [f for f in failures if f["implementation"] == r["title"]]) for r in records],
        questions=QUESTIONS.values(),
        families=FAMILIES,
        forms=FORMS,
        shown=SHOWN,
        anchor=anchor,
        cases=sum(answer["tried"] for answer in answers),
        version=version,
        verdicts=verdicts,
        commits=sorted({record["commit"][:12] for record in records if record.get("commit")}),
        dirty=any(record.get("dirty") for record in records),
    )
    outputs.write("audit.html", text.encode())
    return results / "audit.html"


def read_answers(path: Path) -> dict:
    """Read the file that the command `audit` wrote; raise Trouble if it is another file."""
    with reading(path, "a record of `audit`", "make it again: make audit"):
        record = json.loads(path.read_bytes())
        all_failures(all_answers([record]))
        return record


def all_answers(records: list[dict]) -> list[dict]:
    """List all answers, each with its implementation and its subject."""
    return [
        answer
        | {"implementation": record["implementation"], "title": record["title"], "version": version(record)}
        | {"algorithm": subject["algorithm"], "algorithm_title": subject["title"], "form": subject["order"]}
        | {"anchor": anchor(record, subject, answer)}
        for record in records
        for subject in record["subjects"]
        for answer in subject["answers"]
    ]


def all_failures(answers: list[dict]) -> list[dict]:
    """List all failures with the words of the page; `anchor` is the place on the page."""
    return [
        finding
        | {"failed": answer["failed"], "tried": answer["tried"], "command": f"{COMMAND} {finding['file']}"}
        | {"implementation": answer["title"], "algorithm": answer["algorithm_title"], "form": FORMS[answer["form"]]}
        | {"question": QUESTIONS[answer["question"]].title}
        | {"anchor": answer["anchor"] + (f"-{number}" if number > 1 else "")}
        for answer in answers
        for number, finding in enumerate(answer["findings"], start=1)
    ]


def version(record: dict) -> str:
    """Versions of an implementation and what it stands on, in one line."""
    return ", ".join(f"{name} {number}" for name, number in record["versions"].items())


def verdicts(record: dict) -> str:
    """Count the answers of an implementation, in words."""
    if record["unavailable"]:
        return "unavailable"
    answers = [answer for subject in record["subjects"] for answer in subject["answers"]]
    counts = Counter(answer["verdict"] for answer in answers)
    numbers = [f"{counts[verdict]} {verdict}" for verdict in (PASS, FAIL, NOT_PROMISED) if counts[verdict]]
    return f"{', '.join(numbers)}; {counted(sum(answer['tried'] for answer in answers), 'case')}"


def anchor(record: dict, subject: dict, answer: dict) -> str:
    """Return the name of the place on the page where the failures of an answer begin."""
    return "-".join((record["implementation"], subject["algorithm"], subject["order"], answer["question"]))

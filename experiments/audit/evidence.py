"""Files of failing cases, with everything needed to run them again, and the rerun itself."""

import json
import tempfile
import textwrap
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from kmedoids_bench.experiments.audit.ask_worker import Asker, Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.questions import QUESTIONS, SKIP, Question
from kmedoids_bench.experiments.audit.subject import Subject, subjects
from kmedoids_bench.experiments.harness.workers.pool import new_worker

COMMAND = "python -m kmedoids_bench.experiments audit --show"


@dataclass(frozen=True)
class Evidence:
    """One failure: subject, question and case."""

    subject: Subject
    question: Question
    case: Case


def as_asked(evidence: Evidence, interview: Interview) -> Case:
    """Return the case as it was sent: where the question makes it invalid, the invalid one."""
    return interview.last if evidence.question.kind == "bad input" and interview.last is not None else evidence.case


def write(path: Path, evidence: Evidence, asked: Case, complaint: Complaint) -> None:
    """Write a failure to a .npz file: `data`, `asked` (the data as they were sent) and everything else as JSON."""
    subject, fields = evidence.subject, vars(evidence.case)
    about = {
        "implementation": subject.implementation,
        "algorithm": subject.algorithm,
        "order": subject.order,
        "question": evidence.question.name,
        "case": {name: value for name, value in fields.items() if name != "data"},
        "complaint": asdict(complaint),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, data=evidence.case.data, asked=asked.data, about=np.array(json.dumps(about)))


def load(path: Path) -> tuple[dict, Case]:
    """Read a file: the description of the failure, and the case."""
    with np.load(path, allow_pickle=False) as file:
        data, about = file["data"], json.loads(str(file["about"]))
    start = about["case"].pop("start")
    return about, Case(data, start=None if start is None else tuple(start), **about["case"])


def read(path: Path) -> Evidence:
    """Read a failure; raise ValueError if its algorithm, form of data or question no longer exists."""
    about, case = load(path)
    names = {(s.algorithm, s.order): s for s in subjects(about["implementation"])}
    key = about["algorithm"], about["order"]
    if key not in names or about["question"] not in QUESTIONS:
        raise ValueError(f"{path}: {key} or the question {about['question']!r} no longer exists: run the audit again")
    return Evidence(names[key], QUESTIONS[about["question"]], case)


def show(path: Path) -> str:
    """Ask the question of a file again; return question, input, answer and expected answer as text."""
    evidence = read(path)
    subject, question, case = evidence.subject, evidence.question, evidence.case
    with tempfile.TemporaryDirectory() as folder:
        asker = Asker(new_worker(subject.implementation, Path(folder) / "worker.log"), Path(folder))
        try:
            versions = asker.versions()
            interview = Interview(subject, asker)
            finding = question.ask(case, interview)
        finally:
            asker.close()
    asked = as_asked(evidence, interview)
    if isinstance(finding, Complaint):
        result = f"it {finding.returned}\nbut {finding.expected}"
    else:
        result = "this time the answer is correct" if finding is None else f"this case decides nothing: {SKIP}"
    who = f"{subject.name} ({', '.join(f'{name} {version}' for name, version in versions.items())})"
    about = textwrap.indent(question.about, "  ", lambda line: True)
    return f"{who}\n\nquestion: {question.title}\n{about}\n\n{description(asked)}\n{picture(asked)}\n\n{result}"


def description(case: Case) -> str:
    """Say in one line what is asked for."""
    if case.start is not None:
        start = f"start medoids {list(case.start)}"
    else:
        start = f"its own start {case.own_start}" if case.own_start else "no start"
    settings = "".join(f", {name}={value}" for name, value in case.parameters.items())
    what = f"{case.metric} distances of these {case.n} points" if case.metric else f"this {case.n} x {case.n} matrix"
    return f"k = {case.k}, {start}, seed {case.seed}{settings}, {case.data.dtype}; {what} ({case.family}):"


def picture(case: Case) -> str:
    """Write the data out; of many objects the first."""
    shown = case.data[:12] if case.n > 16 else case.data
    text = np.array2string(shown, separator=", ", max_line_width=160, threshold=10_000)
    return f"{text}\n(the first 12 of {case.n} rows; the file has all)" if case.n > 16 else text

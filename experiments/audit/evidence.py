"""Files of failing cases, with everything needed to run them again, and the rerun itself."""

import json
import tempfile
import textwrap
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.audit.ask_worker import Asker, Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.questions import QUESTIONS, SKIP, Question
from kmedoids_bench.experiments.audit.subject import Subject, subjects
from kmedoids_bench.experiments.harness.workers.pool import new_worker

COMMAND = "python -m kmedoids_bench.experiments audit --show"


def as_asked(question: Question, case: Case, interview: Interview) -> Case:
    """Return the case as it was sent: where the question makes it invalid, the invalid one."""
    return interview.last if question.kind == "bad input" and interview.last is not None else case


def write(path: Path, subject: Subject, question: Question, case: Case, asked: Case, complaint: Complaint) -> None:
    """Write a failure to a .npz file: `data`, `asked` (the data as they were sent) and everything else as JSON."""
    about = {
        **{name: getattr(subject, name) for name in ("implementation", "algorithm", "order")},
        "question": question.name,
        "case": {name: value for name, value in vars(case).items() if name != "data"},
        "complaint": asdict(complaint),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, data=case.data, asked=asked.data, about=np.array(json.dumps(about)))


def load(path: Path) -> tuple[dict, Case]:
    """Read a file: the description of the failure, and the case."""
    with np.load(path, allow_pickle=False) as file:
        data, about = file["data"], json.loads(str(file["about"]))
    start = about["case"].pop("start")
    return about, Case(data, start=None if start is None else tuple(start), **about["case"])


def show(path: Path) -> str:
    """Ask the question of a file again; return question, input, answer and expected answer as text.

    Raises Trouble if the algorithm, the form of data or the question no longer exists.
    """
    about, case = load(path)
    names = {(one.algorithm, one.order): one for one in subjects(about["implementation"])}
    subject, question = names.get((about["algorithm"], about["order"])), QUESTIONS.get(about["question"])
    if subject is None or question is None:
        raise Trouble(f"{path}: its algorithm, form of data or question no longer exists", "run the audit again")
    with tempfile.TemporaryDirectory() as folder:
        with closing(new_worker(subject.implementation, Path(folder) / "worker.log")) as worker:
            interview = Interview(subject, Asker(worker, Path(folder)))
            finding = question.ask(case, interview)
        versions = worker.hello["versions"]
    asked = as_asked(question, case, interview)
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

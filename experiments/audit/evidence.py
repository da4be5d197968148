"""What becomes of a failing case: it is made as small as it goes, stored with all that is needed, and run again."""

import json
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from itertools import takewhile
from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.trouble import Trouble, reading
from kmedoids_bench.experiments.audit.ask_worker import Asker, Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.question import SKIP, Question
from kmedoids_bench.experiments.audit.questions import QUESTIONS
from kmedoids_bench.experiments.audit.subject import Subject, subjects
from kmedoids_bench.experiments.harness.workers.pool import new_worker

SHRINK_SECONDS = 2.5  # for one case; what is smallest by then is kept
COMMAND = "kmedoids-bench audit --show"


def shrink(case: Case, fails: Callable[[Case], bool], seconds: float = SHRINK_SECONDS) -> Case:
    """Return the smallest case found that still fails, greedily: fewer objects, fewer medoids, simpler numbers."""
    deadline = time.monotonic() + seconds
    while True:
        in_time = takewhile(lambda _: time.monotonic() <= deadline, simpler(case))
        smaller = next(filter(fails, in_time), None)
        if smaller is None:
            return case
        case = smaller


def simpler(case: Case) -> Iterator[Case]:
    """Yield cases that are one step simpler, the largest steps first."""
    yield from fewer_objects(case)
    yield from fewer_medoids(case)
    yield from simpler_numbers(case)
    if case.start is not None and list(case.start) != sorted(case.start):
        yield replace(case, start=tuple(sorted(case.start)))
    for seed in (0, 1, 2):
        if seed < case.seed:
            yield replace(case, seed=seed)


def fewer_objects(case: Case) -> Iterator[Case]:
    """Leave objects out: half of them, a quarter, ... one. At k = n the number of medoids follows."""
    size = case.n // 2
    while size >= 1:
        for first in range(0, case.n, size):
            kept = [o for o in range(case.n) if not first <= o < first + size]
            smaller = case.of(kept)
            if case.k == case.n:
                smaller = replace(smaller, k=smaller.n)
            if smaller.n >= 2 and 1 <= smaller.k <= smaller.n:
                yield smaller
        size //= 2


def fewer_medoids(case: Case) -> Iterator[Case]:
    """Ask for fewer medoids."""
    if case.start is None:
        for k in sorted({1, 2, case.k // 2, case.k - 1}):
            if 1 <= k < case.k:
                yield replace(case, k=k)
        return
    for i in range(case.k if case.k > 1 else 0):
        yield replace(case, k=case.k - 1, start=case.start[:i] + case.start[i + 1 :])


def simpler_numbers(case: Case) -> Iterator[Case]:
    """Small integers in place of the numbers: ranks, rounded values, then each number less."""
    data = case.data.astype(np.float64)
    if case.metric and data.shape[1] > 1:
        for j in range(data.shape[1]):
            yield replace(case, data=np.delete(case.data, j, axis=1))
    candidates = []
    small = (data == np.round(data)).all() and np.abs(data).max() < 1000
    if not small:
        largest = float(np.abs(data).max()) or 1.0
        values = np.unique(data)
        ranks = np.searchsorted(values, data).astype(np.float64)
        candidates += [np.round(data * (scale / largest)) for scale in (3, 9, 30, 99)] + [ranks]
    elif case.n <= 12:
        candidates += less(data, bool(case.metric))
    for simple in candidates:
        if not np.array_equal(simple, data):
            yield replace(case, data=simple.astype(case.data.dtype))
    if case.metric == "euclidean" and small:
        yield replace(case, metric="manhattan")


def less(data: np.ndarray, points: bool) -> Iterator[np.ndarray]:
    """Yield copies with one number less: zero, half of it, one less."""
    for i, j in np.argwhere(data != 0):
        for value in dict.fromkeys((0.0, float(data[i, j] // 2), data[i, j] - 1.0)) if points or i < j else ():
            if abs(value) < abs(data[i, j]):
                copy = data.copy()
                copy[i, j] = value
                if not points:
                    copy[j, i] = value
                yield copy


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
    """Read a file: the description of the failure, and the case; raise Trouble if it is another file."""
    with reading(path, "a failure that `audit` has stored"), np.load(path, allow_pickle=False) as file:
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

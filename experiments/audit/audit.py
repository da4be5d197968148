"""Asks one implementation all questions and returns the answers as a record."""

import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kmedoids_bench.experiments.audit import evidence
from kmedoids_bench.experiments.audit.ask_worker import Asker, Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.instances import COUNTS, cases
from kmedoids_bench.experiments.audit.question import SKIP, Question
from kmedoids_bench.experiments.audit.questions import QUESTIONS
from kmedoids_bench.experiments.audit.subject import Subject, subjects, title_of
from kmedoids_bench.experiments.harness.machine import checkout
from kmedoids_bench.experiments.harness.workers.pool import new_worker
from kmedoids_bench.experiments.harness.workers.process import Failure

PASS, FAIL, NOT_PROMISED, UNAVAILABLE = "pass", "fail", "not promised", "unavailable"

ENOUGH = 5  # failures after which a question is settled and not asked again
LOSSES = 2  # processes that a question, or the cases of one family, may cost; restarting one takes seconds
LOST = ("crash", "hang", "memory", "garbage")
LOST_SECONDS = 1.5  # for shrinking a case that costs a process at every step

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """The answer to one question for one subject."""

    question: str
    verdict: str
    reason: str = ""  # why it was not asked
    tried: int = 0  # cases that could decide it
    failed: int = 0
    findings: tuple[dict, ...] = ()  # one for each kind of failure, as `minimise` returns it


@dataclass
class Tally:
    """The results of one question for one subject."""

    tried: int = 0  # cases that could decide it
    failed: int = 0
    lost: int = 0  # cases that cost a process
    first: dict[str, Case] = field(default_factory=dict)  # kind of complaint -> the first case


def audit(implementation: str, folder: Path, logs: Path) -> dict:
    """Ask an implementation, ours or a reference library, all questions.

    Each failure is stored as `<folder>/<implementation>/<algorithm>-<order>-<question>-<kind>.npz`; what the worker
    prints goes to a file in `logs`. The record has `versions`, `unavailable` (reason and advice, or None), `seconds`,
    the `commit` that asked and whether it was `dirty`, and for each subject the answers.
    """
    began = time.monotonic()
    record = {"implementation": implementation, "title": title_of(implementation), "versions": {}, "unavailable": None}
    record |= checkout()
    for old in sorted((folder / implementation).glob("*.npz")):
        old.unlink()
    try:
        worker = new_worker(implementation, logs / f"{implementation}.log")
        worker.start()
    except Failure as failure:
        record["unavailable"] = {"reason": failure.reason, "advice": failure.advice}
        unasked = [Answer(name, UNAVAILABLE) for name in QUESTIONS]
        record["subjects"] = [_record(subject, unasked) for subject in subjects(implementation)]
        return record | {"seconds": 0.0}
    with tempfile.TemporaryDirectory() as scratch, closing(worker):
        record["versions"] = dict(worker.hello["versions"])
        asker = Asker(worker, Path(scratch))
        record["subjects"] = [examine(subject, asker, folder) for subject in subjects(implementation)]
    return record | {"seconds": time.monotonic() - began}


def examine(
    subject: Subject,
    asker: Asker,
    folder: Path,
    questions: Mapping[str, Question] = QUESTIONS,
    counts: dict[str, int] | None = None,
) -> dict:
    """Ask one subject all questions; `counts` overrides the number of cases of each kind."""
    began, lost_before = time.monotonic(), asker.lost
    reasons = {name: question.why_not(subject) for name, question in questions.items()}
    tallies = {name: Tally() for name, reason in reasons.items() if reason is None}
    for kind in COUNTS:
        selected = [questions[name] for name in tallies if questions[name].kind == kind]
        if selected:
            ask_all(subject, asker, cases(subject, kind, counts), selected, tallies)
    answers = [
        conclude(subject, asker, question, tallies[name], folder)
        if name in tallies
        else Answer(name, NOT_PROMISED, reasons[name] or "")
        for name, question in questions.items()
    ]
    seconds = time.monotonic() - began
    failed = [answer.question for answer in answers if answer.verdict == FAIL]
    logger.info("%s: %.0f s, %s", subject.name, seconds, "fails " + ", ".join(failed) if failed else "passes")
    return _record(subject, answers, seconds, asker.lost - lost_before)


def ask_all(
    subject: Subject, asker: Asker, made: Iterable[Case], questions: list[Question], tallies: dict[str, Tally]
) -> None:
    """Ask all questions of one kind, case by case, so that calls are shared between questions."""
    losses: Counter[str] = Counter()
    for case in made:
        if losses[case.family] >= LOSSES:
            continue
        interview, lost_before = Interview(subject, asker), asker.lost
        for question in questions:
            tally = tallies[question.name]
            if tally.failed < ENOUGH and tally.lost < LOSSES:
                lost = asker.lost
                finding = question.ask(case, interview)
                tally.tried += finding != SKIP
                if isinstance(finding, Complaint):
                    tally.failed += 1
                    tally.first.setdefault(finding.kind, case)
                tally.lost += asker.lost > lost
        losses[case.family] += asker.lost > lost_before


def conclude(subject: Subject, asker: Asker, question: Question, tally: Tally, folder: Path) -> Answer:
    """Return the verdict on a question; shrink and store one case of each kind of failure."""
    if not tally.tried:
        return Answer(question.name, NOT_PROMISED, "no answer contained what this question checks")
    findings = tuple(minimise(subject, asker, question, kind, case, folder) for kind, case in tally.first.items())
    return Answer(question.name, FAIL if tally.failed else PASS, "", tally.tried, tally.failed, findings)


def minimise(subject: Subject, asker: Asker, question: Question, kind: str, case: Case, folder: Path) -> dict:
    """Make a failing case as small as possible, store it, and return what the page shows of it."""

    def fails(smaller: Case) -> bool:
        if question.kind != "edge" and not 2 <= smaller.k < smaller.n:  # these have a question of their own
            return False
        finding = question.ask(smaller, Interview(subject, asker))
        return isinstance(finding, Complaint) and finding.kind == kind

    smallest = evidence.shrink(case, fails, LOST_SECONDS if kind in LOST else evidence.SHRINK_SECONDS)
    interview = Interview(subject, asker)
    complaint = question.ask(smallest, interview)
    if not isinstance(complaint, Complaint):
        complaint = Complaint(kind, "failed once", "did not fail again: its answers differ from call to call")
    path = folder / subject.implementation / f"{subject.algorithm}-{subject.order}-{question.name}-{kind}.npz"
    sent = evidence.as_asked(question, smallest, interview)
    evidence.write(path, subject, question, smallest, sent, complaint)
    about = {"file": str(path), "kind": kind, "n": smallest.n, "k": sent.k, "family": case.family}
    shown = {"input": evidence.description(sent), "data": evidence.picture(sent)}
    return about | shown | {"returned": complaint.returned, "expected": complaint.expected}


def _record(subject: Subject, answers: list[Answer], seconds: float = 0.0, processes_lost: int = 0) -> dict:
    return {
        "algorithm": subject.algorithm,
        "title": subject.title,
        "order": subject.order,
        "answers": [asdict(answer) for answer in answers],
        "seconds": seconds,
        "processes_lost": processes_lost,
    }

"""Asks one implementation all questions and returns the answers as a record."""

import logging
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kmedoids_bench.experiments.audit import evidence
from kmedoids_bench.experiments.audit.ask_worker import Asker, Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.catalogue import QUESTIONS
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.instances import COUNTS, cases
from kmedoids_bench.experiments.audit.question import SKIP, Question
from kmedoids_bench.experiments.audit.shrink import SECONDS, shrink
from kmedoids_bench.experiments.audit.subject import Subject, subjects, title_of
from kmedoids_bench.experiments.harness.workers.pool import new_worker
from kmedoids_bench.experiments.harness.workers.process import Failure

PASS, FAIL, NOT_PROMISED, UNAVAILABLE = "pass", "fail", "not promised", "unavailable"

ENOUGH = 5  # failures after which a question is settled and not asked again
LOSSES = 2  # processes that a question, or the cases of one family, may cost; restarting one takes seconds
LOST = ("crash", "hang", "memory", "garbage")
LOST_SECONDS = 1.5  # for shrinking a case that costs a process at every step

logger = logging.getLogger(__name__)


@dataclass
class Tally:
    """The results of one question for one subject."""

    tried: int = 0  # cases that could decide it
    failed: int = 0
    lost: int = 0  # cases that cost a process
    first: dict[str, Case] = field(default_factory=dict)  # kind of complaint -> the first case

    @property
    def open(self) -> bool:
        """Whether the question is still asked."""
        return self.failed < ENOUGH and self.lost < LOSSES

    def count(self, case: Case, found: Complaint | str | None) -> None:
        """Count a finding."""
        if found == SKIP:
            return
        self.tried += 1
        if isinstance(found, Complaint):
            self.failed += 1
            self.first.setdefault(found.kind, case)


def audit(implementation: str, folder: Path, logs: Path) -> dict:
    """Ask an implementation all questions.

    Parameters
    ----------
    implementation : str
        Ours, or the name of a reference library.
    folder : Path
        Receives a file for each failure, `<implementation>/<algorithm>-<order>-<question>-<kind>.npz`.
    logs : Path
        Folder for what the worker prints.

    Returns
    -------
    dict
        `versions`, `unavailable` (reason and advice, or None), `seconds`, and for each subject the answers.
    """
    began = time.monotonic()
    record = {"implementation": implementation, "title": title_of(implementation), "versions": {}, "unavailable": None}
    listed = subjects(implementation)
    for old in sorted((folder / implementation).glob("*.npz")):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        try:
            asker = Asker(new_worker(implementation, logs / f"{implementation}.log"), Path(scratch))
            record["versions"] = asker.versions()
        except Failure as failure:
            record["unavailable"] = {"reason": failure.reason, "advice": failure.advice or ""}
            return record | {"subjects": [unasked(subject) for subject in listed], "seconds": 0.0}
        try:
            asked = [examine(subject, asker, folder) for subject in listed]
        finally:
            asker.close()
    return record | {"subjects": asked, "seconds": time.monotonic() - began}


def unasked(subject: Subject) -> dict:
    """Return the record of a subject that is not available."""
    answers = [_answer(question, UNAVAILABLE) for question in QUESTIONS.values()]
    return _subject(subject) | {"answers": answers, "seconds": 0.0}


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
        wanted = [questions[name] for name in tallies if questions[name].kind == kind]
        if wanted:
            ask_all(subject, asker, cases(subject, kind, counts), wanted, tallies)
    answers = []
    for name, question in questions.items():
        if name not in tallies:
            answers.append(_answer(question, NOT_PROMISED, reason=reasons[name] or ""))
        else:
            answers.append(conclude(subject, asker, question, tallies[name], folder))
    seconds = time.monotonic() - began
    failed = [answer["question"] for answer in answers if answer["verdict"] == FAIL]
    logger.info("%s: %.0f s, %s", subject.name, seconds, "fails " + ", ".join(failed) if failed else "passes")
    return _subject(subject) | {"answers": answers, "seconds": seconds, "processes_lost": asker.lost - lost_before}


def ask_all(
    subject: Subject, asker: Asker, made: Iterable[Case], questions: list[Question], tallies: dict[str, Tally]
) -> None:
    """Ask all questions of one kind, case by case, so that calls are shared between questions."""
    losses: dict[str, int] = {}
    for case in made:
        if losses.get(case.family, 0) >= LOSSES:
            continue
        interview = Interview(subject, asker)
        for question in questions:
            tally = tallies[question.name]
            if tally.open:
                lost = asker.lost
                tally.count(case, question.ask(case, interview))
                tally.lost += asker.lost > lost
        losses[case.family] = losses.get(case.family, 0) + interview.lost


def conclude(subject: Subject, asker: Asker, question: Question, tally: Tally, folder: Path) -> dict:
    """Return the verdict on a question; shrink and store one case of each kind of failure."""
    if not tally.tried:
        return _answer(question, NOT_PROMISED, reason="no answer contained what this question checks")
    findings = []
    for kind, case in tally.first.items():

        def fails(case: Case, kind: str = kind) -> bool:
            if question.kind != "edge" and not 2 <= case.k < case.n:  # these have a question of their own
                return False
            found = question.ask(case, Interview(subject, asker))
            return isinstance(found, Complaint) and found.kind == kind

        smallest = shrink(case, fails, LOST_SECONDS if kind in LOST else SECONDS)
        interview = Interview(subject, asker)
        complaint = question.ask(smallest, interview)
        if not isinstance(complaint, Complaint):
            complaint = Complaint(kind, "failed once", "did not fail again: its answers differ from call to call")
        name = f"{subject.algorithm}-{subject.order}-{question.name}-{kind}.npz"
        path = folder / subject.implementation / name
        kept = evidence.Evidence(subject, question, smallest)
        asked = evidence.as_asked(kept, interview)
        evidence.write(path, kept, asked, complaint)
        findings.append(
            {
                "file": str(path),
                "kind": kind,
                "n": smallest.n,
                "k": asked.k,
                "family": case.family,
                "input": evidence.description(asked),
                "data": evidence.picture(asked),
                "returned": complaint.returned,
                "expected": complaint.expected,
            }
        )
    verdict = FAIL if tally.failed else PASS
    return _answer(question, verdict, tried=tally.tried, failed=tally.failed, findings=findings)


def _answer(question: Question, verdict: str, **more) -> dict:
    return {"question": question.name, "verdict": verdict, "reason": "", "tried": 0, "failed": 0, "findings": []} | more


def _subject(subject: Subject) -> dict:
    return {"algorithm": subject.algorithm, "title": subject.title, "order": subject.order}

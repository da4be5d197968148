"""What a question of the audit is: who is asked, how a case is judged, and when a case decides nothing."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import TypeVar

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.audit.ask_worker import Interview, Outcome
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.definitions import DEFINED, IN_ANY_ORDER
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.rows.keys import GPU, OURS, TUNED

SKIP = "skip"  # the case says nothing about the question and does not count

# What a question finds in one case: None (correct), a complaint, or SKIP.
Finding = Complaint | str | None
Value = TypeVar("Value")


class Undecided(Exception):
    """Raised by a question about which the case says nothing."""


def promises_result(subject: Subject) -> bool:
    """Whether it promises a result that can be compared: by definition, or with another algorithm of ours."""
    promise = subject.same_result_as
    # Algorithms of the other tiers promise the result of the plain one of the same name.
    another = subject.implementation in (TUNED, GPU) or (
        subject.implementation == OURS and promise != subject.algorithm
    )
    return promise in DEFINED or another


def repeats(subject: Subject) -> bool:
    """Whether repeated calls must agree: not if the subject draws at random and takes no seed."""
    seeded = {name for name, algorithm in algorithms().items() if algorithm.seeded}
    drawn = subject.makes_start and seeded.issuperset(subject.makes_start)
    return not drawn or subject.takes_seed or subject.takes_start


class Need(Enum):
    """What a subject must take or promise to be asked a question, and why one that does not is not asked."""

    START = attrgetter("takes_start"), "takes no start medoids"
    OPTIMUM = attrgetter("local_optimum"), "does not promise a local optimum"
    RESULT = promises_result, "promises no other algorithm's result"
    ANY_ORDER = (
        lambda subject: subject.same_result_as in IN_ANY_ORDER,
        "its result may depend on the order of the objects",
    )
    SAMPLES = attrgetter("samples"), "promises no best of samples or restarts"
    REPEATS = repeats, "draws at random and takes no seed"
    ARRAY = (lambda subject: subject.order in ("C", "F"), "takes no matrix as an array")
    DISSIMILARITIES = (lambda subject: subject.order != "points", "takes points")


@dataclass(frozen=True)
class Question:
    """A question of the audit."""

    name: str  # of the function; in names of files
    title: str  # heading of the column
    kind: str  # which cases it uses: a key of `instances.COUNTS`
    judge: Callable[[Case, Interview], Complaint | None]
    needs: tuple[Need, ...]

    @property
    def about(self) -> str:
        """What is asked, who is asked, and how the answer is judged."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    def why_not(self, subject: Subject) -> str | None:
        """Return the reason why the question does not apply to a subject; None if it does."""
        return next((reason for met, reason in (need.value for need in self.needs) if not met(subject)), None)

    def ask(self, case: Case, interview: Interview) -> Finding:
        """Ask the question about one case."""
        try:
            return self.judge(case, interview)
        except Undecided:
            return SKIP


def question(title: str, kind: str = "ordinary", *needs: Need):
    """Make a question of a function that judges a case; it has the function's name and docstring."""
    return lambda judge: Question(judge.__name__, title, kind, judge, needs)


def questions_in(module: Mapping[str, object]) -> dict[str, Question]:
    """Return the questions among the names of a module, in the order of their definitions."""
    return {name: value for name, value in module.items() if isinstance(value, Question)}


def decide_only_if(condition: bool) -> None:
    """Leave the question undecided unless this holds."""
    if not condition:
        raise Undecided


def known(value: Value | None) -> Value:
    """Return a value without which the question is undecided."""
    if value is None:
        raise Undecided
    return value


def answered(case: Case, interview: Interview) -> Outcome:
    """Return the answer, valid or not."""
    outcome = interview.answer(case)
    decide_only_if(outcome.kind == "answer")
    return outcome

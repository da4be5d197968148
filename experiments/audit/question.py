"""The record of a question, and the line that makes a function one."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from kmedoids_bench.experiments.audit.ask_worker import Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.subject import Subject

SKIP = "skip"  # this case cannot decide this question, and does not count

# A question's answer to one case: nothing to complain of, a complaint, or the case cannot decide.
Finding = Complaint | str | None


@dataclass(frozen=True)
class Question:
    """A question of the audit."""

    name: str  # of the function; in names of files
    title: str  # heading of the column
    kind: str  # of the cases it is asked with: a key of `instances.COUNTS`
    ask: Callable[[Case, Interview], Finding]
    why_not: Callable[[Subject], str | None]  # a reason why it is not asked of a subject

    @property
    def about(self) -> str:
        """What is asked, of whom, and how it is decided."""
        return inspect.cleandoc(self.ask.__doc__ or "")


REGISTERED: dict[str, Question] = {}


def everybody(subject: Subject) -> str | None:
    """Give no reason: it is asked of all."""
    return None


def question(title: str, kind: str = "ordinary", why_not: Callable[[Subject], str | None] = everybody):
    """Register a function as a question; they are asked, and shown, in the order they are written in."""

    def register(ask):
        REGISTERED[ask.__name__] = Question(ask.__name__, title, kind, ask, why_not)
        return ask

    return register

"""The record of a question, and the decorator that makes a function a question."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from kmedoids_bench.experiments.audit.ask_worker import Interview
from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.checks import Complaint
from kmedoids_bench.experiments.audit.subject import Subject

SKIP = "skip"  # the case says nothing about the question and does not count

# What a question finds in one case: None (correct), a complaint, or SKIP.
Finding = Complaint | str | None


@dataclass(frozen=True)
class Question:
    """A question of the audit."""

    name: str  # of the function; in names of files
    title: str  # heading of the column
    kind: str  # which cases it uses: a key of `instances.COUNTS`
    ask: Callable[[Case, Interview], Finding]
    why_not: Callable[[Subject], str | None]  # the reason why it does not apply to a subject; None if it does

    @property
    def about(self) -> str:
        """What is asked, who is asked, and how the answer is judged."""
        return inspect.cleandoc(self.ask.__doc__ or "")


REGISTERED: dict[str, Question] = {}


def everybody(subject: Subject) -> str | None:
    """Every subject is asked."""
    return None


def question(title: str, kind: str = "ordinary", why_not: Callable[[Subject], str | None] = everybody):
    """Register a function as a question. Questions are asked and shown in the order of their definitions."""

    def register(ask):
        REGISTERED[ask.__name__] = Question(ask.__name__, title, kind, ask, why_not)
        return ask

    return register

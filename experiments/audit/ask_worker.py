"""Sends cases to a worker process. Crashes and hangs come back as outcomes, like answers."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kmedoids_bench.experiments.audit.case import Case
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.harness.cell import Data
from kmedoids_bench.experiments.harness.workers import process
from kmedoids_bench.experiments.harness.workers.pool import loading
from kmedoids_bench.experiments.harness.workers.process import Disturbed, Failure, Limits, WorkerProcess

SECONDS = 3.0  # a hundred objects take milliseconds, so this is a hang
MEMORY_BYTES = 2 * 2**30

# What a failure in the harness means here. An exception leaves the process alive.
KINDS = {"timeout": "hang", "memory": "memory", "crash": "crash"}


@dataclass(frozen=True)
class Outcome:
    """What a call gave. `kind` is "answer", "exception", "crash", "hang", "memory" or "garbage"."""

    kind: str
    reason: str = ""  # of anything but an answer
    medoids: tuple = ()
    reported_loss: float | None = None
    labels: tuple | None = None
    untouched: bool = True

    def __str__(self) -> str:
        if self.kind != "answer":
            words = {"exception": "raised", "hang": "gave no answer:", "garbage": "answered nonsense:"}
            return f"{words.get(self.kind, 'ended:')} {self.reason}"
        loss = "" if self.reported_loss is None else f", loss {self.reported_loss:.12g}"
        return f"returned medoids {list(self.medoids)}{loss}"


class Asker:
    """Asks one implementation, in one worker process that is kept from case to case.

    Data reach the worker through files in `folder`. A call that exceeds the limits ends the worker and gives an outcome
    of its own.
    """

    def __init__(
        self, worker: WorkerProcess, folder: Path, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self.worker, self.folder = worker, folder
        self.limits = Limits(seconds, memory_bytes)
        self.patience = Limits(process.START_SECONDS, memory_bytes)  # for loading and compiling
        self.lost = 0  # processes
        self._held: tuple | None = None  # what the worker has loaded
        self._warm: set[tuple] = set()  # what this process has compiled
        self._files = 0

    def ask(self, subject: Subject, case: Case, order: str | None = None, *, again: bool = False) -> Outcome:
        """Let a subject solve a case, with its own form of the data or with that of `order`.

        If its process is killed by somebody else, that says nothing about the subject: it is asked again, once.
        """
        order = order or subject.order
        try:
            self._load(case, order)
            request = {
                "op": "run",
                "algorithm": subject.algorithm,
                "k": case.k,
                "seed": case.seed,
                "medoids": None if case.start is None else list(case.start),
                "start": case.own_start,
                "parameters": case.parameters,
                "details": True,
            }
            self._warm_up(request, (subject.algorithm, str(case.data.dtype), order, case.own_start))
            answer = self.worker.ask(request, self.limits)
        except Failure as failure:
            if isinstance(failure, Disturbed) and not again:
                return self.ask(subject, case, order, again=True)
            return self._outcome(failure)
        if not answer["untouched"]:
            self._held = None  # load the original data again for the next call
        medoids, labels = answer["medoids"], answer.get("labels")
        return Outcome(
            "answer",
            medoids=tuple(medoids) if isinstance(medoids, list) else (medoids,),
            reported_loss=answer.get("reported_loss"),
            labels=None if labels is None else tuple(labels),
            untouched=answer["untouched"],
        )

    def _load(self, case: Case, order: str) -> None:
        if not self.worker.running:
            self.worker.start()
            self._held, self._warm = None, set()
        requested = (*case.data_key, order)
        if self._held == requested:
            return
        self._held = None
        # A new name each time: the worker maps the file, so one in use must not be written to.
        self._files += 1
        path = self.folder / f"{self._files}.npy"
        np.save(path, case.data)
        data = Data(path, path, case.metric)
        try:
            self.worker.ask(loading(order, data), Limits(4 * self.limits.seconds, self.limits.memory_bytes))
        finally:
            path.unlink()
        self._held = requested

    def _warm_up(self, request: dict, what: tuple) -> None:
        """Let the worker import and compile on a valid problem, so that this time does not count as a hang."""
        if what in self._warm:
            return
        small = {"k": 2, "medoids": None if request["medoids"] is None else [0, 1], "tiny": True, "details": False}
        try:
            self.worker.ask(request | small, self.patience)
        except Failure:
            if not self.worker.running:
                raise
        self._warm.add(what)  # the real call raises the same exception, and that one is judged

    def _outcome(self, failure: Failure) -> Outcome:
        if failure.status == "unavailable":
            raise failure
        kind = KINDS.get(failure.status) or ("exception" if self.worker.running else "garbage")
        if kind == "exception":
            return Outcome(kind, failure.reason)
        self.lost += 1
        # The line in which a crashed worker named its error, or else its last line.
        lines = failure.advice.partition(process.LAST_WORDS)[2].strip().splitlines()
        named = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
        return Outcome(kind, "; ".join([failure.reason, *(named or lines)[-1:]]))


class Interview:
    """One subject, one case and all calls made for them. A call that several questions need is made once."""

    def __init__(self, subject: Subject, asker: Asker) -> None:
        self.subject, self.asker = subject, asker
        self.known: dict[tuple, Outcome] = {}
        self.last: Case | None = None  # the last problem that was sent, valid or not

    def answer(self, case: Case, order: str | None = None, repeat: int = 0, algorithm: str | None = None) -> Outcome:
        """Return the subject's answer; `repeat` counts further calls with the same problem.

        `algorithm` is another one of the same implementation.
        """
        problem = (case.k, case.start, case.own_start, case.seed, tuple(sorted(case.parameters.items())))
        key = (*case.data_key, *problem, order, repeat, algorithm)
        self.last = case
        if key not in self.known:
            subject = replace(self.subject, algorithm=algorithm) if algorithm else self.subject
            self.known[key] = self.asker.ask(subject, case, order)
        return self.known[key]

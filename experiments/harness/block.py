"""Measures one block: rounds in which every contender runs once, in random order, then in the reverse of it.

So any two contenders alternate A-B-B-A and are paired by round. A call that is short enough to depend on what the
caches hold is preceded by an untimed one, because another process has just used them.
"""

import logging
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from kmedoids_bench.experiments.harness.cell import GIVEN, Block, Cell, Contender, Lane
from kmedoids_bench.experiments.harness.neighbours import Neighbours
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.workers.pool import Workers, check_capability
from kmedoids_bench.experiments.harness.workers.process import MORE_TIME, Disturbed, Failure, Limits
from kmedoids_bench.experiments.rows.keys import TIERS

# Calls below this get an untimed call first. Another process has just used the caches; to fill them again with a
# matrix of 10 MB takes about a millisecond, a hundredth of a longer call.
SHORT_SECONDS = 0.1
LEAST_SECONDS = 0.05  # shorter calls are repeated until a sample takes this long
COMPILE_SECONDS = 300.0  # limit on the first call, on a tiny problem
MOST_DISTURBED = 3  # runs of a lane that are tried again; then the reason is outside, but lasts
TIMED, UNTIMED = "timed runs", "untimed runs before timed ones"  # where the time goes

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Budget:
    """What the runs of a lane may take."""

    seconds: float  # of all timed runs together; at least one is always made
    limits: Limits  # on a single call

    def is_final(self, row: dict) -> bool:
        """Whether a failed run need not be tried again: it would fail again."""
        if row["status"] == "timeout":
            return row["limit_seconds"] >= self.limits.seconds
        if row["status"] == "memory":
            return row["limit_bytes"] >= self.limits.memory_bytes
        return row["status"] in ("crash", "error")


@dataclass
class LaneState:
    """What has been done in a lane, in this run of the driver and in earlier ones."""

    lane: Lane
    done: list[dict] = field(default_factory=list)  # its current rows
    warm: int | None = None  # process that has compiled what this lane runs
    call_seconds: float = 0.0  # of the last call
    disturbed: int = 0  # runs that were killed or stopped from outside

    @property
    def lacks_facts(self) -> bool:
        """Whether a run of it must still be checked swap by swap."""
        return self.lane.facts and all(row.get("facts") is None for row in self.done)

    @property
    def rounds(self) -> set[tuple[str, int]]:
        """The rounds in which it was timed: what runs in the same one is paired."""
        timed = (row for row in self.done if row["status"] == "ok" and row["seconds"] is not None)
        return {(row["run"], row["round"]) for row in timed}

    def failed(self, budget: Budget) -> bool:
        """Whether it need not be run again, because it would fail again."""
        return any(budget.is_final(row) for row in self.done)

    def finished(self, budget: Budget) -> bool:
        """Whether its rows are all that the lane requires."""
        if self.failed(budget):
            return True
        good = [row for row in self.done if row["status"] == "ok"]
        if self.lane.rounds:
            good = [row for row in good if row["seconds"] is not None]
        if self.lacks_facts or not good:
            return False
        enough = max(budget.seconds, self.lane.seconds)
        return len(good) >= self.lane.rounds or sum(row["seconds"] * row["loops"] for row in good) >= enough


class BlockRunner:
    """Runs blocks one after the other with the same workers.

    `recorder` makes rows and knows those of earlier runs. `progress` is called with the lane after each of its runs and
    whether it is finished. `spent` has the seconds that the driver spent, by what they were spent on.
    """

    def __init__(
        self,
        workers: Workers,
        recorder: Recorder,
        budget: Budget,
        progress: Callable[[Block, Lane, bool], None] = lambda block, lane, finished: None,
    ) -> None:
        self.workers, self.recorder, self.budget, self.progress = workers, recorder, budget, progress
        self.neighbours = Neighbours()
        self.spent: defaultdict[str, float] = defaultdict(float)
        # The least k at which a contender was cut: with more medoids it is not tried again.
        self.cut: defaultdict[tuple, float] = defaultdict(lambda: math.inf)

    def run(self, block: Block) -> None:
        """Measure what is missing of a block."""
        states = [LaneState(lane, self.recorder.rows_of(block, lane.contender)) for lane in block.lanes]
        for state in states:
            if any(row["status"] == "timeout" and self.budget.is_final(row) for row in state.done):
                self._cut(block.cell, state.lane.contender)
        open_lanes = [state for state in states if not state.finished(self.budget)]
        for state in states:
            if state not in open_lanes:
                self.progress(block, state.lane, True)
        # The order of the runs is random, but the same for the same block and series.
        rng = np.random.default_rng([int(block.cell.block, 16), block.series])
        number = self.recorder.next_round[block.cell.block]
        while open_lanes:
            forwards = rng.permutation(len(states)).tolist()
            for order in (forwards, forwards[::-1]):
                for position, index in enumerate(order):
                    if states[index] in open_lanes and self._run_lane(block, states[index], number, position):
                        open_lanes.remove(states[index])
                number += 1
        alone = _never_paired(state for state in states if not state.failed(self.budget))
        for position, index in enumerate(rng.permutation(len(alone)).tolist()):
            self._run_lane(block, alone[index], number, position)

    def _run_lane(self, block: Block, state: LaneState, number: int, position: int) -> bool:
        """Run a contender once and write the row; return whether its lane is finished."""
        contender = state.lane.contender
        where = {"round": number, "position": position}
        try:
            if (k := self.cut[line_of(block.cell, contender)]) < block.cell.k:
                raise Failure("skipped", f"not tried: did not finish in time at k = {k} already", MORE_TIME)
            answer = self._answer(block, state)
            with self._clock("checking results"):
                state.done.append(self.recorder.measured(block, contender, answer, where))
            finished = state.finished(self.budget)
        except Failure as failure:
            if isinstance(failure, Disturbed) and state.disturbed < MOST_DISTURBED:
                state.disturbed += 1
                logger.warning("%s: %s: it is run again", contender.name, failure.reason)
                return False
            if failure.status == "timeout":
                self._cut(block.cell, contender)
            if not any(row["reason"] == failure.reason for row in state.done if row["status"] == "skipped"):
                state.done.append(self.recorder.failed(block, contender, failure, self.budget.limits, where))
            finished = True
        self.progress(block, state.lane, finished)
        return finished

    def _answer(self, block: Block, state: LaneState) -> dict:
        """Run a contender once, on a warm worker; `timed` in the answer says whether its seconds count."""
        contender, limits = state.lane.contender, self.budget.limits
        check_capability(contender, block.cell)
        with self._clock("starting workers"), _before_the_call():
            worker = self.workers.ready(contender, self.recorder.files[block.cell.matrix_sha256])
        request = request_of(block.cell, contender) | ({"facts": True} if state.lacks_facts else {})
        first_seconds = None
        if state.warm != worker.hello["pid"]:
            with self._clock("compiling"), _before_the_call():
                tiny = worker.ask(request | {"tiny": True}, Limits(COMPILE_SECONDS, limits.memory_bytes))
            first_seconds, state.warm = tiny["seconds"], worker.hello["pid"]

        def run(purpose: str, loops: int = 1) -> dict:
            self.neighbours.look()  # what came before the call is not part of it
            began = time.perf_counter()
            with self._clock(purpose):
                answer = worker.ask(request | {"loops": loops}, limits)
            if worker.stopped:
                raise Disturbed("error", "it was stopped during a call, or the clock was set")
            outside = time.perf_counter() - began - answer["all_seconds"]
            return answer | {"loops": loops, "overhead_seconds": outside, "others_share": self.neighbours.look()}

        if state.lane.rounds == 0:
            answer = run("runs for their results only")
        elif state.call_seconds >= SHORT_SECONDS:
            answer = run(TIMED)
        else:
            answer = run(UNTIMED)
            seconds = answer["seconds"]
            if seconds < SHORT_SECONDS:
                loops = max(1, math.ceil(LEAST_SECONDS / max(seconds, 1e-9)))
                answer = run(TIMED, loops) | {"memory": answer["memory"]}
            else:  # the first call turned out to be long: it counts
                self.spent[UNTIMED] -= seconds
                self.spent[TIMED] += seconds
        state.call_seconds = answer["seconds"]
        timed = bool(state.lane.rounds)
        circumstances = {"versions": worker.hello["versions"]} | worker.place.columns()
        return answer | {"timed": timed, "first_seconds": first_seconds} | circumstances

    def _cut(self, cell: Cell, contender: Contender) -> None:
        key = line_of(cell, contender)
        self.cut[key] = min(self.cut[key], cell.k)

    @contextmanager
    def _clock(self, what: str) -> Iterator[None]:
        """Add the time that this takes to `what`; if it fails, to the runs that gave no result."""
        began = time.perf_counter()
        try:
            yield
        except Failure:
            what = "runs without a result (cut, crashed)"
            raise
        finally:
            self.spent[what] += time.perf_counter() - began


@contextmanager
def _before_the_call() -> Iterator[None]:
    """Tell a worker that was not ready in time from a call that took too long: another time it may be ready."""
    try:
        yield
    except Failure as failure:
        if failure.status != "timeout" or isinstance(failure, Disturbed):
            raise
        reason = f"its worker was not ready for the call: {failure.reason}"
        raise Failure("skipped", reason, "run the same command again, on a machine that is less busy") from failure


def _never_paired(states: Iterable[LaneState]) -> list[LaneState]:
    """Return the lanes that were timed, but never in one round with each other lane.

    So it is with what was measured later than the rest: after an edit, or because the run was killed in between.
    """
    timed = [state for state in states if state.rounds]
    return [state for state in timed if any(state.rounds.isdisjoint(other.rounds) for other in timed)]


def line_of(cell: Cell, contender: Contender) -> tuple:
    """Return what a contender's runs have in common over all k."""
    return contender.name, cell.dataset, cell.n, cell.dtype, cell.start.name


def request_of(cell: Cell, contender: Contender) -> dict:
    """Return the request for one run of a contender in a cell."""
    # A library's call is always the whole one; ours must be requested: the public call on an unchecked matrix.
    given = GIVEN if contender.whole_call and contender.implementation in TIERS else None
    return {
        "op": "run",
        "algorithm": contender.algorithm,
        "k": cell.k,
        "medoids": list(cell.start.medoids) if contender.takes_start else None,
        "seed": cell.start.seed,
        "parameters": dict(contender.parameters),
        "start": contender.own_start or given,
    }

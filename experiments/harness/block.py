"""Measures one block: rounds in which every contender runs once, in random order, then in the reverse of it.

So any two contenders alternate A-B-B-A and are paired by round. A call that is short enough to depend on what the
caches hold is preceded by an untimed one, because another process has just used them.
"""

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from kmedoids_bench.experiments.harness.cell import GIVEN, Block, Contender, Lane
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.workers.pool import Workers, check_capability
from kmedoids_bench.experiments.harness.workers.process import MORE_TIME, Failure, Limits
from kmedoids_bench.experiments.rows.keys import TIERS

T = TypeVar("T")

# Calls below this get an untimed call first. Another process has just used the caches; to fill them again with a
# matrix of 10 MB takes about a millisecond, a hundredth of a longer call.
SHORT_SECONDS = 0.1
LEAST_SECONDS = 0.010  # shorter calls are looped until a sample takes this long
COMPILE_SECONDS = 300.0  # limit on the first call, on a tiny problem
# Where the time goes.
TIMED, UNTIMED, RESULT = "timed runs", "untimed runs before timed ones", "runs for their results only"
CHECKING = "checking results"
FINAL = ("crash", "error")  # the same code on the same cell would fail again


@dataclass(frozen=True)
class Budget:
    """What the timed runs of a lane may take together, and what a single call may take."""

    seconds: float  # of all timed runs of a lane; at least one is always made
    call_seconds: float
    memory_bytes: int

    @property
    def limits(self) -> Limits:
        """The limits on one call."""
        return Limits(self.call_seconds, self.memory_bytes)


@dataclass
class LaneState:
    """What has been done in a lane, in this run of the driver and in earlier ones."""

    lane: Lane
    done: list[dict] = field(default_factory=list)  # its current rows
    warm: int | None = None  # process that has compiled what this lane runs
    call_seconds: float | None = None  # of the last call, once there was one

    @property
    def lacks_facts(self) -> bool:
        """Whether a run of it must still be checked swap by swap."""
        return self.lane.facts and all(row.get("facts") is None for row in self.done)

    def finished(self, budget: Budget) -> bool:
        """Whether its rows are all that the lane requires."""
        if any(is_final(row, budget) for row in self.done):
            return True
        good = [row for row in self.done if row["status"] == "ok"]
        if self.lacks_facts:
            return False
        timed = [row for row in good if row["seconds"] is not None]
        if self.lane.rounds == 0:
            return bool(good)
        spent = sum(row["seconds"] * row["loops"] for row in timed)
        return len(timed) >= self.lane.rounds or (bool(timed) and spent >= max(budget.seconds, self.lane.seconds))


def is_final(row: dict, budget: Budget) -> bool:
    """Whether a failed run need not be tried again: it would fail again."""
    if row["status"] == "timeout":
        return row["limit_seconds"] >= budget.call_seconds
    if row["status"] == "memory":
        return row["limit_bytes"] >= budget.memory_bytes
    return row["status"] in FINAL


class Cuts:
    """Which contenders were cut: with more medoids they are not tried again."""

    def __init__(self) -> None:
        self.least: dict[tuple, int] = {}

    def add(self, block: Block, contender: Contender) -> None:
        """Note that a contender did not finish in time."""
        key = self._key(block, contender)
        self.least[key] = min(block.cell.k, self.least.get(key, block.cell.k))

    def reason(self, block: Block, contender: Contender) -> str | None:
        """Why a contender need not be tried in this block, or None."""
        k = self.least.get(self._key(block, contender))
        return f"not tried: did not finish in time at k = {k} already" if k is not None and k < block.cell.k else None

    @staticmethod
    def _key(block: Block, contender: Contender) -> tuple:
        cell = block.cell
        return contender.name, cell.dataset, cell.n, cell.dtype, cell.start.name


class Stopwatch:
    """Adds up where the driver's time goes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, what: str, call: Callable[[], T]) -> T:
        """Run `call` and add its time to `what`; a call that fails goes to the runs that gave no result."""
        began = time.perf_counter()
        try:
            return call()
        except Failure:
            what = "runs without a result (cut, crashed)"
            raise
        finally:
            self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - began

    def move(self, seconds: float, source: str, target: str) -> None:
        """Count time that was added to `source` as time of `target`."""
        self.seconds[source] -= seconds
        self.seconds[target] = self.seconds.get(target, 0.0) + seconds


class BlockRunner:
    """Runs blocks one after the other with the same workers.

    `recorder` makes rows and knows those of earlier runs. `progress` is called with the lane after each of its runs and
    whether it is finished.
    """

    def __init__(
        self,
        workers: Workers,
        recorder: Recorder,
        budget: Budget,
        progress: Callable[[Block, Lane, bool], None] = lambda block, lane, finished: None,
    ) -> None:
        self.workers, self.recorder, self.budget, self.progress = workers, recorder, budget, progress
        self.cuts = Cuts()
        self.stopwatch = Stopwatch()

    def run(self, block: Block) -> None:
        """Measure what is missing of a block."""
        states = [LaneState(lane, self.recorder.rows_of(block, lane.contender)) for lane in block.lanes]
        for state in states:
            if any(row["status"] == "timeout" and is_final(row, self.budget) for row in state.done):
                self.cuts.add(block, state.lane.contender)
        open_lanes = [state for state in states if not state.finished(self.budget)]
        for state in states:
            if state not in open_lanes:
                self.progress(block, state.lane, True)
        # The order of the runs is random, but the same for the same block.
        rng = np.random.default_rng(int(hashlib.sha256(block.cell.block.encode()).hexdigest()[:8], 16))
        number = self.recorder.next_round(block)
        while open_lanes:
            forwards = rng.permutation(len(states)).tolist()
            for order in (forwards, forwards[::-1]):
                for position, index in enumerate(order):
                    if states[index] in open_lanes and self._run_lane(block, states[index], number, position):
                        open_lanes.remove(states[index])
                number += 1

    def _run_lane(self, block: Block, state: LaneState, number: int, position: int) -> bool:
        """Run a contender once and write the row; return whether its lane is finished."""
        contender = state.lane.contender
        where = {"round": number, "position": position}
        try:
            if (reason := self.cuts.reason(block, contender)) is not None:
                raise Failure("skipped", reason, MORE_TIME)
            answer = self._answer(block, state)
            row = self.stopwatch.timed(CHECKING, lambda: self.recorder.measured(block, contender, answer, where))
            state.done.append(row)
            finished = state.finished(self.budget)
        except Failure as failure:
            if failure.status == "timeout":
                self.cuts.add(block, contender)
            if not any(row["reason"] == failure.reason for row in state.done if row["status"] == "skipped"):
                self.recorder.failed(block, contender, failure, self.budget.limits, where)
            finished = True
        self.progress(block, state.lane, finished)
        return finished

    def _answer(self, block: Block, state: LaneState) -> dict:
        """Run a contender once, on a warm worker; `timed` in the answer says whether its seconds count."""
        contender = state.lane.contender
        check_capability(contender, block.cell)
        data = self.recorder.data(block)
        worker = self.stopwatch.timed("starting workers", lambda: self.workers.ready(contender, data))
        request = request_of(block, contender) | ({"facts": True} if state.lacks_facts else {})
        limits = self.budget.limits
        first_seconds = None
        if state.warm != worker.hello["pid"]:
            limit = Limits(COMPILE_SECONDS, self.budget.memory_bytes)
            tiny = self.stopwatch.timed("compiling", lambda: worker.ask({**request, "tiny": True}, limit))
            first_seconds, state.warm = tiny["seconds"], worker.hello["pid"]

        def run(purpose: str, loops: int = 1) -> dict:
            began = time.perf_counter()
            answer = self.stopwatch.timed(purpose, lambda: worker.ask({**request, "loops": loops}, limits))
            outside = time.perf_counter() - began - loops * answer["seconds"]
            return answer | {"loops": loops, "overhead_seconds": outside}

        if state.lane.rounds == 0:
            answer = run(RESULT)
        elif state.call_seconds is not None and state.call_seconds >= SHORT_SECONDS:
            answer = run(TIMED)
        else:
            answer = run(UNTIMED)
            seconds = answer["seconds"]
            if seconds < SHORT_SECONDS:
                loops = max(1, math.ceil(LEAST_SECONDS / max(seconds, 1e-9)))
                answer = run(TIMED, loops) | {"memory": answer["memory"]}
            else:  # the first call turned out to be long: it counts
                self.stopwatch.move(seconds, UNTIMED, TIMED)
        state.call_seconds = answer["seconds"]
        answer["timed"] = bool(state.lane.rounds)
        return {**answer, "first_seconds": first_seconds, "versions": worker.hello["versions"]}


def request_of(block: Block, contender: Contender) -> dict:
    """Return the request for one run of a contender in a block."""
    cell = block.cell
    request = {
        "op": "run",
        "algorithm": contender.algorithm,
        "k": cell.k,
        "medoids": list(cell.start.medoids) if contender.takes_start else None,
        "seed": cell.start.seed,
        "parameters": dict(contender.parameters),
    }
    if contender.own_start:
        request["start"] = contender.own_start
    # A library's call is always the whole one; ours must be requested: the public call on an unchecked matrix.
    if contender.whole_call and contender.implementation in TIERS:
        request["start"] = GIVEN
    return request

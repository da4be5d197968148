"""The step that measures: everything a profile needs of one dataset, with start medoids of our own."""

import time
from functools import partial
from pathlib import Path

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.experiments.harness.block import Budget
from kmedoids_bench.experiments.harness.cell import Contender, Data
from kmedoids_bench.experiments.harness.cost import expected_seconds
from kmedoids_bench.experiments.harness.driver import measure
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers.pool import Workers
from kmedoids_bench.experiments.harness.workers.process import Limits
from kmedoids_bench.experiments.planning.plan import plan
from kmedoids_bench.experiments.planning.profile import Profile
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.workflow.prepare import prepare_dataset
from kmedoids_bench.experiments.workflow.records import Measured, Prepared

START_LIMIT_SECONDS = 3600.0  # BUILD on a large matrix takes long, and belongs to no measurement


def measure_dataset(profile: Profile, prepared: Prepared, store: Path, logs: Path) -> Measured:
    """Measure everything a profile needs of one dataset.

    Rows are appended to the file `store`; what the workers print goes to the folder `logs`.
    """
    began = time.perf_counter()
    if prepared.unavailable:
        return Measured(dataset=prepared.dataset, requested={}, seconds={})
    if not all(one.matrix.path.exists() for one in prepared.matrices):  # deleted since then
        prepared = prepare_dataset(profile, prepared.dataset, prepared.matrices[0].matrix.path.parent)
    matrices = {one.request: one.matrix for one in prepared.matrices}
    data = {
        one.matrix.sha256: Data(one.matrix.path, one.points, one.matrix.metric, one.matrix.seconds)
        for one in prepared.matrices
    }
    limits, seconds = profile.limits, profile.repetitions.seconds
    workers = Workers(logs, limits.memory_bytes)
    try:
        with Store(store) as rows:
            starts = Starts(workers, limits.memory_bytes)
            planned = plan(profile, prepared.dataset, matrices, starts.choose)
            choosing = time.perf_counter() - began
            budget = Budget(seconds, limits.call_seconds, limits.memory_bytes)
            expected = partial(expected_seconds, call_limit=limits.call_seconds, budget=seconds)
            spent = measure(prepared.dataset, planned.blocks, rows, data, workers, budget, expected)
    finally:
        workers.close()
    spent["choosing start medoids"] = choosing
    spent["bookkeeping"] = time.perf_counter() - began - sum(spent.values())
    return Measured(dataset=prepared.dataset, requested=planned.requested, seconds=spent)


class Starts:
    """Chooses start medoids with our own algorithms, in a worker, each once."""

    def __init__(self, workers: Workers, memory_bytes: int) -> None:
        self.workers = workers
        self.limits = Limits(START_LIMIT_SECONDS, memory_bytes)
        self.chosen: dict[tuple, tuple[int, ...]] = {}

    def choose(self, matrix: Matrix, name: str, k: int, seed: int | None) -> tuple[int, ...]:
        """Return the ids of the start medoids."""
        key = matrix.sha256, name, k, seed
        if key not in self.chosen:
            ours = Contender(implementation=OURS, algorithm=name, order="C", tier="plain")
            worker = self.workers.ready(ours, Data(matrix.path))
            answer = worker.ask({"op": "run", "algorithm": name, "k": k, "seed": seed}, self.limits)
            self.chosen[key] = tuple(answer["medoids"])
        return self.chosen[key]

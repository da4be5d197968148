"""The step that measures: everything a profile needs of one dataset, with start medoids of our own."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from kmedoids_bench.datasets import Matrix
from kmedoids_bench.experiments.harness.block import BlockRunner, Budget
from kmedoids_bench.experiments.harness.cell import Contender, Data
from kmedoids_bench.experiments.harness.cost import expected_seconds
from kmedoids_bench.experiments.harness.progress import Progress
from kmedoids_bench.experiments.harness.record import Recorder
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers.pool import Workers
from kmedoids_bench.experiments.harness.workers.process import Limits
from kmedoids_bench.experiments.planning.plan import plan
from kmedoids_bench.experiments.planning.profile import Profile
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.workflow.prepare import prepare_dataset
from kmedoids_bench.experiments.workflow.records import Measured, Prepared

START_LIMIT_SECONDS = 3600.0  # BUILD on a large matrix takes long, and belongs to no measurement


def measure_dataset(
    profile: Profile,
    prepared: Prepared,
    store: Path,
    logs: Path,
    progress: Callable[..., Any] = Progress,
    bound: bool = False,
) -> Measured:
    """Measure everything a profile needs of one dataset and what is not measured yet.

    Rows are appended to the file `store`; what the workers print goes to the folder `logs`. `progress` is called as
    `Progress` is, and shows how far it is. With `bound` the workers are bound to processors, see `placement`.
    """
    began = time.perf_counter()
    dataset = prepared.dataset
    if not prepared.unavailable:  # the files may have been deleted or damaged since then
        prepared = prepare_dataset(profile, dataset, prepared.matrices[0].matrix.path.parent)
    if prepared.unavailable:
        return Measured(dataset=dataset, requested={}, seconds={}, unavailable=prepared.unavailable)
    matrices = {one.request: one.matrix for one in prepared.matrices}
    files = {
        one.matrix.sha256: (
            Data(None, one.points, one.matrix.metric)
            if one.request.points_alone
            else Data(one.matrix.path, one.points, one.matrix.metric, one.matrix.seconds)
        )
        for one in prepared.matrices
    }
    limits = Limits(profile.limits.call_seconds, profile.limits.memory_bytes)
    budget = Budget(profile.repetitions.seconds, limits)
    expected = partial(expected_seconds, call_limit=limits.seconds, budget=budget.seconds)
    with closing(Workers(logs, limits.memory_bytes, bound)) as workers, Store(store) as rows:

        @cache
        def choose(matrix: Matrix, name: str, k: int, seed: int | None) -> tuple[int, ...]:
            """Choose start medoids with our own algorithm of that name, in a worker."""
            ours = Contender(implementation=OURS, algorithm=name, order="C", tier="plain")
            request = {"op": "run", "algorithm": name, "k": k, "seed": seed}
            answer = workers.ready(ours, Data(matrix.path)).ask(request, replace(limits, seconds=START_LIMIT_SECONDS))
            return tuple(answer["medoids"])

        planned = plan(profile, dataset, matrices, choose)
        choosing = time.perf_counter() - began
        with progress(dataset, planned.blocks, expected) as shown:
            runner = BlockRunner(workers, Recorder(rows, files), budget, shown.advance)
            for _, blocks in groupby(planned.blocks, key=lambda block: block.series):
                workers.close()  # every series has processes of its own
                for block in blocks:
                    runner.run(block)
    spent = runner.spent | {"choosing start medoids": choosing}
    spent["bookkeeping"] = time.perf_counter() - began - sum(spent.values())
    return Measured(dataset=dataset, requested=planned.requested, seconds=spent)

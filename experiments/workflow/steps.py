"""The steps of a run, each a function that a command of `__main__` and so a rule of the workflow calls.

A step that cannot do its work for a reason outside the project (no network, no library) writes that reason instead of
a result and succeeds: the report shows it, and the rest of the run goes on.
"""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets import DatasetUnavailable, Matrix, datasets, write_matrix, write_points
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.harness.block import Budget
from kmedoids_bench.experiments.harness.cell import Contender, Data
from kmedoids_bench.experiments.harness.driver import measure
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.pool import Workers
from kmedoids_bench.experiments.harness.workers.process import Limits
from kmedoids_bench.experiments.planning.configuration import Configuration, Grid
from kmedoids_bench.experiments.planning.plan import plan
from kmedoids_bench.experiments.rows.keys import OURS

START_LIMIT_SECONDS = 3600.0  # BUILD on a large matrix takes its time, and is nobody's measurement


def write_json(path: Path, content: dict) -> None:
    """Write a file whole or not at all."""
    write_whole(path, json.dumps(content, indent=1) + "\n")


def this_run() -> str:
    """Name of the invocation of make that this step belongs to; a name of its own outside of make."""
    return os.environ.get("KMEDOIDS_BENCH_RUN", f"alone-{os.getpid()}")


def matrix_key(grid: Grid) -> tuple[int | None, str | None, str]:
    """Which matrix of its dataset a grid is about."""
    return grid.n, grid.metric, grid.dtype


def make_matrices(configuration: Configuration, dataset: str, folder: Path) -> dict:
    """Fetch a dataset and compute all matrices that a configuration asks for.

    Returns
    -------
    dict
        `matrices`, a list of records, or `unavailable`: reason and advice; `seconds`; `run`.
    """
    began = time.perf_counter()
    outcome: dict = {"dataset": dataset, "matrices": [], "unavailable": None, "run": this_run()}
    record = datasets()[dataset]
    try:
        for asked in sorted({matrix_key(grid) for _, grid in configuration.grids(dataset)}, key=str):
            n, metric, dtype = asked
            size = None if n is None else min(n, record.n)
            matrix = write_matrix(record, folder, n=size, metric=metric, dtype=dtype)
            points = write_points(record, folder, n=matrix.n, anew=not matrix.reused)
            outcome["matrices"].append(
                asdict(matrix)
                | {"path": str(matrix.path), "points": None if points is None else str(points), "asked": asked}
            )
    except DatasetUnavailable as error:
        outcome["unavailable"] = {"reason": "; ".join(error.reasons), "advice": error.advice}
    return outcome | {"seconds": time.perf_counter() - began}


def make_environment(library: str) -> dict:
    """Build the environment of a library, or find out why it cannot be had."""
    began = time.perf_counter()
    outcome: dict = {"environment": library, "unavailable": None, "run": this_run()}
    try:
        runtimes.command(references()[library])
    except runtimes.Unavailable as error:
        outcome["unavailable"] = {"reason": error.reason, "advice": error.advice}
    return outcome | {"seconds": time.perf_counter() - began}


def measure_dataset(configuration: Configuration, made: dict, store: Path, logs: Path) -> dict:
    """Measure everything a configuration asks of one dataset.

    Parameters
    ----------
    configuration : Configuration
    made : dict
        What `make_matrices` returned.
    store : Path
        File of rows.
    logs : Path
        Folder for what workers print.

    Returns
    -------
    dict
        Which study asked for which contenders in which blocks, and where the time went.
    """
    began = time.perf_counter()
    outcome = {"dataset": made["dataset"], "unavailable": made["unavailable"], "run": this_run(), "asked": {}}
    if made["unavailable"]:
        return outcome | {"seconds": {}}
    if not all(Path(record["path"]).exists() for record in made["matrices"]):  # somebody has tidied up
        made = make_matrices(configuration, made["dataset"], Path(made["matrices"][0]["path"]).parent)
    matrices = {tuple(record["asked"]): _matrix(record) for record in made["matrices"]}
    files = {record["sha256"]: _data(record) for record in made["matrices"]}
    workers = Workers(logs, configuration.memory_bytes)
    budget = Budget(configuration.seconds, configuration.call_seconds, configuration.memory_bytes)
    try:
        with Store(store) as rows:
            starts = Starts(workers, configuration.memory_bytes)
            planned = plan(configuration, made["dataset"], lambda grid: matrices[matrix_key(grid)], starts.choose)
            planned_seconds = time.perf_counter() - began
            spent = measure(made["dataset"], planned.blocks, rows, files, workers, budget)
    finally:
        workers.close()
    spent["choosing start medoids"] = planned_seconds
    spent["bookkeeping"] = time.perf_counter() - began - sum(spent.values())
    return outcome | {"asked": planned.asked, "seconds": spent}


def _matrix(record: dict) -> Matrix:
    fields: dict[str, Any] = {key: value for key, value in record.items() if key not in ("asked", "points")}
    fields["path"] = Path(fields["path"])
    return Matrix(**fields)


def _data(record: dict) -> Data:
    points = None if record["points"] is None else Path(record["points"])
    return Data(Path(record["path"]), points, record["metric"], record["seconds"])


class Starts:
    """Chooses start medoids with our own algorithms, in a worker. BUILD for k medoids begins with BUILD for fewer."""

    def __init__(self, workers: Workers, memory_bytes: int) -> None:
        self.workers = workers
        self.limits = Limits(START_LIMIT_SECONDS, memory_bytes)
        self.known: dict[tuple, tuple[int, ...]] = {}

    def choose(self, matrix: Matrix, name: str, k: int, seed: int | None) -> tuple[int, ...]:
        """Return the ids of the start medoids."""
        key = matrix.sha256, name, k, seed
        if key not in self.known:
            ours = Contender(implementation=OURS, algorithm=name, order="C", tier="plain")
            worker = self.workers.ready(ours, Data(matrix.path))
            answer = worker.ask({"op": "run", "algorithm": name, "k": k, "seed": seed}, self.limits)
            self.known[key] = tuple(answer["medoids"])
        return self.known[key]


def rows_in(folder: Path) -> Sequence[Path]:
    """All files of rows."""
    return sorted(folder.glob("*.jsonl"))

"""The worker processes of one run of the driver, started when needed.

One for each implementation, memory order, number of threads and copy.
"""

from pathlib import Path

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Data
from kmedoids_bench.experiments.harness.source import ADAPTERS, cache_environment
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import (
    START_SECONDS,
    Failure,
    Limits,
    WorkerProcess,
    python_worker,
)


class Workers:
    """Keeps workers alive from cell to cell: starting and compiling takes longer than most cells.

    `logs` is the folder for what the workers print, one file each.
    """

    def __init__(self, logs: Path, memory_bytes: int) -> None:
        self.logs, self.loading_limits = logs, Limits(START_SECONDS, memory_bytes)
        self.processes: dict[str, WorkerProcess] = {}
        self.loaded: dict[str, tuple[int, Data]] = {}  # which process holds which data

    def ready(self, contender: Contender, data: Data) -> WorkerProcess:
        """Return the worker of a contender, with the data loaded.

        Raises Failure: unavailable, if the library cannot be installed here; skipped, if it cannot take these data; or
        whatever goes wrong while loading.
        """
        threads = "" if contender.threads == 1 else f"-{contender.threads}-threads"
        copy = "" if contender.copy == 1 else f"-copy-{contender.copy}"
        key = f"{contender.implementation}-{contender.order}{threads}{copy}"
        if key not in self.processes:
            self.processes[key] = new_worker(contender.implementation, self.logs / f"{key}.log", contender.threads)
        worker = self.processes[key]
        if not worker.running:
            worker.start()
        held = worker.hello["pid"], data
        if self.loaded.get(key) != held:
            worker.ask(loading(contender.order, data), self.loading_limits)
            self.loaded[key] = held
        return worker

    def close(self) -> None:
        """End all worker processes."""
        for worker in self.processes.values():
            worker.kill()


def loading(order: str, data: Data) -> dict:
    """Return the request that hands the data over."""
    if order != "points":
        return {"op": "matrix", "path": str(data.matrix.resolve()), "order": order}
    if data.points is None:
        raise Failure("skipped", "it takes points only, and these objects have no coordinates")
    return {"op": "points", "path": str(data.points.resolve()), "metric": data.metric}


def check_capability(contender: Contender, cell: Cell) -> None:
    """Raise Failure if the library declares that it cannot take the cell's matrix as it is."""
    reference = references().get(contender.implementation)
    if reference and cell.dtype not in reference.dtypes:
        dtypes = " and ".join(reference.dtypes)
        raise Failure("skipped", f"{reference.title} would round {cell.dtype}: it computes in {dtypes}")
    if reference and reference.largest_n is not None and cell.n > reference.largest_n:
        raise Failure("skipped", f"{reference.title} takes at most {reference.largest_n:,} objects")


def new_worker(implementation: str, log: Path, threads: int = 1) -> WorkerProcess:
    """Return the worker process, not started yet; raise Unavailable if the library cannot be run here."""
    if implementation in ADAPTERS:
        return WorkerProcess(python_worker(ADAPTERS[implementation]), log, cache_environment(), threads)
    return WorkerProcess(runtimes.command(references()[implementation]), log, threads=threads)

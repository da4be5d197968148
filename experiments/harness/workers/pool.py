"""The worker processes of one run of the driver, started when needed.

One for each implementation, memory order, number of threads and copy.
"""

from pathlib import Path

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Data
from kmedoids_bench.experiments.harness.source import ADAPTERS, cache_environment
from kmedoids_bench.experiments.harness.workers import process, runtimes
from kmedoids_bench.experiments.harness.workers.placement import ANYWHERE, Place, allowed, place_for
from kmedoids_bench.experiments.harness.workers.process import Failure, Limits, Unavailable, WorkerProcess
from kmedoids_bench.experiments.rows.keys import GPU

LOADED_BYTES = 2e8  # in a second at least, when a matrix is read from disk and checked


class Workers:
    """Keeps workers alive from cell to cell: starting and compiling takes longer than most cells.

    `logs` is the folder for what the workers print, one file each. With `bound` each runs where `placement`
    says; two runs at once on a machine would be in each other's way.
    """

    def __init__(self, logs: Path, memory_bytes: int, bound: bool = False) -> None:
        self.logs, self.memory_bytes, self.bound = logs, memory_bytes, bound
        self.processes: dict[str, WorkerProcess] = {}
        self.loaded: dict[str, tuple[int, Data]] = {}  # which process holds which data

    def ready(self, contender: Contender, data: Data) -> WorkerProcess:
        """Return the worker of a contender, with the data loaded.

        Raises Failure: unavailable, if the library cannot be installed here; skipped, if it cannot take these data; or
        whatever goes wrong while loading.
        """
        key = self.key(contender)
        if key not in self.processes:
            self.processes[key] = self.new(contender, self.logs / f"{key}.log")
        worker = self.processes[key]
        if contender.implementation == GPU:
            self._let_go_of_the_card(key)
        if not worker.running:
            worker.start()
        held = worker.hello["pid"], data
        if self.loaded.get(key) != held:
            request = loading(contender.order, data)
            seconds = process.START_SECONDS + Path(request["path"]).stat().st_size / LOADED_BYTES
            worker.ask(request, Limits(seconds, self.memory_bytes))
            self.loaded[key] = held
        return worker

    def _let_go_of_the_card(self, key: str) -> None:
        """End the other processes with something on the card: it may be too small for two matrices."""
        for other, worker in self.processes.items():
            if other != key and other.startswith(f"{GPU}-") and worker.running:
                worker.close()

    def key(self, contender: Contender) -> str:
        """Return the name of the process, which contenders with the same name share."""
        threads = "" if contender.threads == 1 else f"-{contender.threads}-threads"
        copy = "-copy" if contender.copy else ""
        return f"{contender.implementation}-{contender.order}{threads}{copy}"

    def new(self, contender: Contender, log: Path) -> WorkerProcess:
        """Return a worker process for a contender; raise Unavailable if its library cannot be run here."""
        wanted = place_for(contender.threads) if self.bound else ANYWHERE
        return new_worker(contender.implementation, log, contender.threads, wanted)

    def close(self) -> None:
        """End all worker processes."""
        for worker in self.processes.values():
            worker.close()


def loading(order: str, data: Data) -> dict:
    """Return the request that hands the data over."""
    if order != "points":
        if data.matrix is None:
            raise Failure("skipped", "it takes a matrix, and there is none of so many objects")
        return {"op": "matrix", "path": str(data.matrix.resolve()), "order": order}
    if data.points is None:
        raise Failure("skipped", "it takes points only, and these objects have no coordinates")
    return {"op": "points", "path": str(data.points.resolve()), "metric": data.metric}


def check_capability(contender: Contender, cell: Cell) -> None:
    """Raise Failure if the library cannot take the cell's matrix as it is, or if there are too few processors."""
    if contender.threads > 1 and contender.threads > (usable := len(allowed())):
        reason = f"{contender.threads} threads, but {usable} processors are allowed here"
        raise Failure("skipped", reason, "measure on a whole node")
    reference = references().get(contender.implementation)
    if reference and cell.dtype not in reference.dtypes:
        dtypes = " and ".join(reference.dtypes)
        raise Failure("skipped", f"{reference.title} would round {cell.dtype}: it computes in {dtypes}")
    if reference and reference.largest_n is not None and cell.n > reference.largest_n:
        raise Failure("skipped", f"{reference.title} takes at most {reference.largest_n:,} objects")


def no_card() -> str:
    """Return why nothing can be measured on a card here; empty if it can."""
    from kmedoids_bench.algorithms.gpu import device  # loads numba

    if device.SIMULATED:
        return "a simulator is no CUDA device"
    return "" if device.cuda.is_available() else "no CUDA device"


def new_worker(implementation: str, log: Path, threads: int = 1, wanted: Place = ANYWHERE) -> WorkerProcess:
    """Return the worker process, not started yet; raise Unavailable if the library cannot be run here."""
    if implementation == GPU and (reason := no_card()):
        raise Unavailable(reason)
    if implementation in ADAPTERS:
        return WorkerProcess(process.python_worker(ADAPTERS[implementation]), log, cache_environment(), threads, wanted)
    return WorkerProcess(runtimes.command(references()[implementation]), log, threads=threads, wanted=wanted)

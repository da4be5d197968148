"""The worker processes of one run of the driver: one per implementation and memory order, started when needed."""

from pathlib import Path

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness import environments, own
from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.harness.source import (
    OWN,
    cache_environment,
    source_of_own,
    source_of_reference,
)
from kmedoids_bench.experiments.harness.worker_process import START_SECONDS, Failure, Limits, WorkerProcess


class Workers:
    """Keeps workers alive from cell to cell: starting and compiling takes longer than most cells.

    Parameters
    ----------
    logs : Path
        Folder for what the workers print, one file each.
    memory_bytes : int
        Limit on the resident memory of one worker.
    """

    def __init__(self, logs: Path, memory_bytes: int) -> None:
        self.logs = logs
        self.memory_bytes = memory_bytes
        self.processes: dict[tuple[str, str], WorkerProcess] = {}
        self.loaded: dict[tuple[str, str], tuple[int | None, Path]] = {}  # which process holds which matrix

    def ready(self, contender: Contender, matrix: Path) -> WorkerProcess:
        """Return the worker of a contender, with the matrix loaded.

        Raises
        ------
        Failure
            unavailable, if the library's environment cannot be had; or whatever goes wrong while loading.
        """
        key = contender.implementation, contender.order
        if key not in self.processes:
            self.processes[key] = self._new(contender)
        worker = self.processes[key]
        if not worker.running:
            worker.start()
        held = worker.hello["pid"], matrix
        if self.loaded.get(key) != held:
            request = {"op": "matrix", "path": str(matrix.resolve()), "order": contender.order}
            worker.ask(request, Limits(START_SECONDS, self.memory_bytes))
            self.loaded[key] = held
        return worker

    def _new(self, contender: Contender) -> WorkerProcess:
        log = self.logs / f"{contender.implementation}-{contender.order}.log"
        if contender.implementation == OWN:
            return WorkerProcess.of_adapter(Path(own.__file__), log, environment=cache_environment())
        reference = references()[contender.implementation]
        try:
            environment = environments.ensure(reference.environment)
        except environments.EnvironmentUnavailable as error:
            raise Failure("unavailable", error.reason, error.advice) from error
        return WorkerProcess.of_adapter(reference.adapter, log, python=str(environment.python))

    def close(self) -> None:
        """End all worker processes."""
        for worker in self.processes.values():
            worker.kill()


def source_of(contender: Contender) -> str:
    """Hash of the code that a contender's rows are measured with."""
    if contender.implementation == OWN:
        return source_of_own(contender.algorithm)
    return source_of_reference(references()[contender.implementation])

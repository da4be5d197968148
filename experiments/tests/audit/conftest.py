"""A worker with the defective adapter."""

from pathlib import Path

import pytest

from kmedoids_bench.experiments.audit.ask_worker import Asker
from kmedoids_bench.experiments.audit.subject import Subject
from kmedoids_bench.experiments.harness.workers.process import WorkerProcess, python_worker

ADAPTER = Path(__file__).with_name("defective_adapter.py")


@pytest.fixture(scope="session")
def asker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    worker = WorkerProcess(python_worker(ADAPTER), folder / "worker.log")
    asker = Asker(worker, folder, seconds=1.0, memory_bytes=400 * 2**20)
    yield asker
    worker.close()


@pytest.fixture
def subject():
    """Make a subject of the defective adapter that promises everything."""

    def make(algorithm, **fields):
        promises = {"takes_start": True, "local_optimum": True, "same_result_as": "pam"}
        return Subject(
            implementation="defective", algorithm=algorithm, title=algorithm, order="C", **(promises | fields)
        )

    return make


@pytest.fixture
def sampler(subject):
    """Make a subject that draws samples."""
    fields = {"takes_start": False, "makes_start": ("random",), "takes_seed": True, "samples": "n_samples"}
    return lambda algorithm: subject(algorithm, **fields, local_optimum=False, same_result_as=None)

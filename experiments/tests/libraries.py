"""Fixtures of the tests of the reference libraries: each library in its environment behind a real worker process."""

import numpy as np
import pytest

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.verify import verify
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import Limits, WorkerProcess

GENEROUS = Limits(60.0, 2**33)


class Library:
    """Asks one library, and checks what holds for every answer."""

    def __init__(self, command, folder):
        self.folder = folder
        self.worker = WorkerProcess(command, folder / "worker.log")

    def load(self, matrix, order="C"):
        np.save(self.folder / "data.npy", matrix)
        return self.ask(op="matrix", order=order, path=str(self.folder / "data.npy"))

    def load_points(self, points, metric="euclidean"):
        np.save(self.folder / "data.npy", points)
        return self.ask(op="points", metric=metric, path=str(self.folder / "data.npy"))

    def run(self, algorithm, k, medoids=None, **fields):
        medoids = None if medoids is None else [int(m) for m in medoids]
        return self.ask(op="run", algorithm=algorithm, k=k, medoids=medoids, details=True, **fields)

    def ask(self, **request):
        return self.worker.ask(request, GENEROUS)

    @staticmethod
    def check(answer, distances, k, rel=1e-6):
        """Verify an answer from its medoids, and compare what the library reports."""
        verified = verify(distances, answer["medoids"], k)
        if answer.get("reported_loss") is not None:
            assert answer["reported_loss"] == pytest.approx(verified.loss, rel=rel)
        if answer["labels"] is not None:
            own = distances[np.array(answer["medoids"])[answer["labels"]], np.arange(len(distances))]
            assert own.sum() == pytest.approx(verified.loss, rel=rel)
        assert answer["untouched"]
        assert answer["seconds"] > 0
        return verified


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Return the function that opens a library by the name of its record, or skips the test if it is unavailable."""
    opened = {}

    def open_library(name):
        if name not in opened:
            try:
                command = runtimes.command(references()[name])
            except runtimes.Unavailable as error:
                pytest.skip(str(error))
            opened[name] = Library(command, tmp_path_factory.mktemp(name))
        return opened[name]

    yield open_library
    for library in opened.values():
        library.worker.close()


@pytest.fixture(scope="session")
def plane():
    """Sixty points of a plane."""
    return np.random.default_rng(0).normal(size=(60, 2))


@pytest.fixture(scope="session")
def distances(plane):
    """Distances of the points."""
    return np.linalg.norm(plane[:, None] - plane[None], axis=-1)


def symmetric(n, entries, upper):
    matrix = np.zeros((n, n))
    matrix[np.triu_indices(n, 1) if upper else np.tril_indices(n, -1)] = entries
    return matrix + matrix.T


@pytest.fixture(scope="session")
def packed():
    """Small expectation: from [0, 1] to loss 4; from [1] to 14."""
    return symmetric(5, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], upper=False)


@pytest.fixture(scope="session")
def ladder():
    """Small expectation: the best losses for one, two and three medoids are 14, 9 and 5."""
    return symmetric(5, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11], upper=True)

"""The adapter of our algorithms on a card: the matrix, or the points, are brought there once, not timed.

The yardstick reads every entry of the matrix on the card once and adds it up. Filling the tables of a search reads it
once as well. Both return the medoids they were given, and so does the certificate, which is that of these medoids.
"""

import numpy as np

from kmedoids_bench.algorithms import Points
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.gpu import Matrix, certify, distances
from kmedoids_bench.algorithms.gpu.device import BUSY, THREADS, cuda
from kmedoids_bench.algorithms.gpu.matrix import zeros
from kmedoids_bench.algorithms.gpu.search import Search
from kmedoids_bench.algorithms.gpu.state import LOSS
from kmedoids_bench.experiments.harness.workers import own_adapter, tuned_adapter
from kmedoids_bench.experiments.harness.workers.tuned_adapter import Certified, Streamed
from kmedoids_bench.experiments.rows.keys import CARD_RATE, CERTIFICATE, CERTIFICATE_SECONDS, FILLING, YARDSTICK


def versions() -> dict[str, str]:
    """Versions of all that decides how fast the kernels are, the name of the card and the rate of its memory."""
    card = cuda.get_current_device()
    name = card.name.decode() if isinstance(card.name, bytes) else str(card.name)
    found = own_adapter.versions() | {"numba-cuda": getattr(cuda, "__version__", "of numba"), "card": name}
    # In kHz and bits; two transfers in a cycle. Drivers need not know them.
    clock, width = (getattr(card, attribute, 0) for attribute in ("MEMORY_CLOCK_RATE", "GLOBAL_MEMORY_BUS_WIDTH"))
    return found | ({CARD_RATE: f"{2 * clock * width / 8 / 1e6:.0f}"} if clock * width else {})


def prepare(matrix: np.ndarray) -> Matrix:
    """Check the matrix and bring it to the card, not timed."""
    return Matrix.of(matrix)


def prepare_points(points: np.ndarray, metric: str) -> Points:
    """Check the points, not timed; they are sent to the card in the timed call."""
    return Points(points, metric=metric)


def call(algorithm, problem, k, medoids, seed, parameters, start=None):
    """Return the call that is timed; parameters are those of `own_adapter.call`.

    With `start` it is the call that chooses its start, from the points if these were prepared.
    """
    if algorithm == YARDSTICK:
        return lambda: Streamed(medoids, streamed(problem))
    if algorithm == FILLING:
        return lambda: Streamed(medoids, filled(problem, medoids))
    if algorithm == CERTIFICATE:
        return lambda: Certified(medoids, certify(problem, medoids, seconds=CERTIFICATE_SECONDS))
    record = algorithms("gpu")[algorithm]
    if record.kind == "start":
        return lambda: record.call(problem, k, **parameters)
    if medoids is not None:
        return lambda: record.call(problem, medoids, **parameters)
    more = {"k": k, "start": start, "seed": seed or 0} | parameters
    if isinstance(problem, Points):
        return lambda: record.call(distances(problem.coordinates, str(problem.metric)), **more)
    return lambda: record.call(problem, **more)


def streamed(matrix: Matrix) -> int:
    """Return the sum of all entries, int64."""
    total = zeros(1)
    add_up[BUSY, THREADS](matrix.fixed, total)
    return int(total.copy_to_host()[0])


def filled(matrix: Matrix, medoids) -> int:
    """Fill the tables of a search; return the loss in fixed point, for which the host waits."""
    return int(Search(matrix, medoids, 0, eager=False).state.copy_to_host()[LOSS])


@cuda.jit
def add_up(matrix, total):
    """Add all entries of a matrix (n, n)."""
    part = np.int64(0)
    for row in range(cuda.blockIdx.x, matrix.shape[0], cuda.gridDim.x):
        for column in range(cuda.threadIdx.x, matrix.shape[1], cuda.blockDim.x):
            part += matrix[row, column]
    cuda.atomic.add(total, 0, part)


def read(result) -> dict:
    """Return what a row needs of the result; the entries read are not counted on a card."""
    return tuned_adapter.read(result) | {"n_lookups": None}

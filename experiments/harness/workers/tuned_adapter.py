"""The adapter of our tuned kernels: as `own_adapter`, with the threads that the worker has; a yardstick, a certificate.

The yardstick reads every entry of the matrix once and adds it up, in the order in which it lies in memory, as STREAM
does: no evaluation of all candidates that looks at every entry can be faster. It returns the medoids it was given, and
so does the certificate, which is that of these medoids.
"""

from functools import partial

import numba
import numpy as np

from kmedoids_bench.algorithms import Points, Problem
from kmedoids_bench.algorithms.bounds import certify
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.tuned import threads as tuned_threads
from kmedoids_bench.experiments.harness.workers import own_adapter
from kmedoids_bench.experiments.harness.workers.own_adapter import facts, prepare_points, versions
from kmedoids_bench.experiments.harness.workers.worker import TINY
from kmedoids_bench.experiments.rows.keys import CERTIFICATE, CERTIFICATE_SECONDS, YARDSTICK

__all__ = ["call", "facts", "prepare", "prepare_points", "read", "versions"]


class Streamed:
    """What the yardstick returns: the medoids it was given, and the sum, without which nothing would be read."""

    def __init__(self, medoids, total) -> None:
        self.medoids, self.total = medoids, total


class Certified:
    """The medoids that a certificate was given, and the `bounds.certificate.Bound`."""

    def __init__(self, medoids, bound) -> None:
        self.medoids, self.bound = medoids, bound


# The sum may be made in any order: as many entries at a time as a vector register holds.
@numba.njit(cache=True, nogil=True, fastmath=True)
def sum_of(matrix):
    """Add all entries of a matrix (n, n), row by row, in its own dtype."""
    total = 0.0
    for row in range(matrix.shape[0]):
        of_row = matrix[row, 0] - matrix[row, 0]
        for column in range(matrix.shape[1]):
            of_row += matrix[row, column]
        total += of_row
    return total


@numba.njit(cache=True, nogil=True, fastmath=True, parallel=True)
def sum_of_by_threads(matrix):
    """Do the same with all threads, each of which takes its share of the rows."""
    total = 0.0
    for row in numba.prange(matrix.shape[0]):
        of_row = matrix[row, 0] - matrix[row, 0]
        for column in range(matrix.shape[1]):
            of_row += matrix[row, column]
        total += of_row
    return total


def prepare(matrix: np.ndarray) -> Problem:
    """Check the matrix, and whether it is symmetric, not timed: a kernel that is given the Problem need not check."""
    problem = own_adapter.prepare(matrix)
    _ = problem.by_object
    return problem


def call(algorithm, problem, k, medoids, seed, parameters, start=None):
    """Return the call that is timed; parameters are those of `own_adapter.call`."""
    threads = numba.get_num_threads()
    if algorithm == YARDSTICK:
        stream = sum_of if threads == 1 else sum_of_by_threads
        return lambda: Streamed(np.array(medoids), stream(problem.distances))
    if algorithm == CERTIFICATE:
        timed = partial(certified, problem, medoids, threads)
    else:
        record = algorithms("tuned")[algorithm]
        if record.threads:
            parameters = {**parameters, "threads": threads}
        if record.kind == "swap" and isinstance(problem, Points):  # the matrix is computed within the call
            return lambda: record.call(problem, k=k, start=start, seed=seed or 0, **parameters)
        timed = own_adapter.call_of(record, problem, k, medoids, seed, parameters, start)
    # What is compiled on the worker's tiny problem has to be what is timed: the form for one thread where there are few
    # objects, else that for several.
    return timed if threads == 1 or problem.n > TINY else lambda: in_both_forms(timed)


def certified(problem, medoids, threads) -> Certified:
    """Certify medoids."""
    return Certified(medoids, certify(problem, medoids, seconds=CERTIFICATE_SECONDS, threads=threads))


def in_both_forms(timed):
    """Call with one thread, and with all, however few objects there are."""
    timed()
    least, tuned_threads.LEAST_FOR_THREADS = tuned_threads.LEAST_FOR_THREADS, 0
    try:
        return timed()
    finally:
        tuned_threads.LEAST_FOR_THREADS = least


def read(result) -> dict:
    """Return what a row needs of the result."""
    if isinstance(result, Streamed):
        return {"medoids": result.medoids.tolist(), "reported_loss": None}
    if isinstance(result, Certified):
        bound = result.bound
        row = {"reported_loss": bound.loss, "lower_bound": bound.bound, "n_passes": bound.n_passes}
        return {"medoids": result.medoids.tolist()} | row
    return own_adapter.read(result)

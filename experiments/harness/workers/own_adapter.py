"""The adapter of our own algorithms, with the functions of an adapter of a reference library.

The matrix is checked once, when it is loaded; the timed call is the public one, from start medoids to the complete
result.
"""

import hashlib
import math
import platform
import re
from fractions import Fraction

import numba
import numpy as np

from kmedoids_bench.algorithms import Points, Problem
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.harness.cell import GIVEN
from kmedoids_bench.experiments.harness.workers.swap_checks import facts_of
from kmedoids_bench.experiments.rows.keys import COUNTERS


def versions() -> dict[str, str]:
    """Versions of all that decides how fast the kernels are."""
    return {"python": platform.python_version(), "numpy": np.__version__, "numba": numba.__version__}


def prepare(matrix: np.ndarray) -> Problem:
    """Check the matrix, not timed."""
    return Problem.of(matrix)


def prepare_points(points: np.ndarray, metric: str) -> Points:
    """Check the points, not timed."""
    return Points(points, metric=metric)


def call(algorithm, problem, k, medoids, seed, parameters, start=None):
    """Return the call that is timed.

    With `start` it is a whole call, the check of the matrix included: from the given start medoids (`GIVEN`), or from a
    start of that name.
    """
    return call_of(algorithms()[algorithm], problem, k, medoids, seed, parameters, start)


def call_of(record, problem, k, medoids, seed, parameters, start=None):
    """Return the call of a record of any tier; the other parameters are those of `call`."""
    parameters = {name: resolved(value, problem.n, k) for name, value in parameters.items()}
    # An algorithm that draws at random repeats the same choices in every round, also from a start without a seed.
    arguments = {"seed": seed or 0} if record.seeded else {}
    if record.kind == "start":
        return lambda: record.call(problem, k, **arguments, **parameters)
    if record.kind == "sampling":
        return lambda: record.call(problem, k=k, **arguments, **parameters)
    if start == GIVEN:
        return lambda: record.call(problem.distances, medoids, **parameters)
    if start is not None:
        return lambda: record.call(problem.distances, k=k, start=start, seed=seed or 0, **parameters)
    return lambda: record.call(problem, medoids, **parameters)


def resolved(value, n: int, k: int):
    """Work out a parameter that grows with n or k, as the papers write it, rounded up.

    "80+4k" is 120 for k = 10 and "10+1sqrt(n)" is 20 for n = 100. For n = 100 and k = 20, "2.5% of n-k" is 2 and
    "1.25% of k(n-k)" is 20.
    """
    if not isinstance(value, str):
        return value
    if match := re.fullmatch(r"(\d+)\+(\d+)(k|sqrt\(n\))", value):
        return int(match[1]) + math.ceil(int(match[2]) * (k if match[3] == "k" else math.sqrt(n)))
    if match := re.fullmatch(r"([\d.]+)% of (n-k|k\(n-k\))", value):
        return max(1, math.ceil(Fraction(match[1]) / 100 * (n - k) * (1 if match[2] == "n-k" else k)))
    return value


def read(result) -> dict:
    """Return what a row needs of the result."""
    return {name: getattr(result, name) for name in ("labels", *COUNTERS)} | {
        "medoids": result.medoids.tolist(),
        "reported_loss": result.loss,
        "swaps_digest": hashlib.sha256(result.swaps.tobytes()).hexdigest()[:16],
    }


def facts(algorithm, problem, medoids, result) -> dict:
    """Return the facts that a check of every swap finds, for a run from given start medoids; not timed."""
    return facts_of(algorithms()[algorithm], problem.distances, medoids, result)

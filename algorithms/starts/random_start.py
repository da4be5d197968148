"""Random start: k distinct objects, all sets equally likely. What [SR21] recommends for FasterPAM."""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, generator


def random_start(distances, k, seed=None) -> Clustering:
    """Choose k medoids at random.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem
        As for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.
    seed : int or numpy.random.Generator, optional
        The same seed gives the same medoids.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.
    """
    problem = Problem.of(distances)
    medoids = generator(seed).choice(problem.n, checked_k(k, problem.n), replace=False)
    return clustering_of(problem, start_outcome(medoids.astype(np.int64), 0, 0))


ALGORITHM = Algorithm(
    __name__, title="random", paper="schubert2021", cost="O(k)", memory="O(k)", local_optimum=False, seeded=True
)

"""Park & Jun's start: the k objects that lie most centrally, all chosen at once. O(n^2).

Park & Jun, "A simple and fast algorithm for k-medoids clustering" (2009) [PJ09]. They compete with each other for
nothing, so they tend to lie all in the middle of the data; together with `alternating` this is their algorithm.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k


def park_jun(distances, k) -> Clustering:
    """Choose k medoids by Park & Jun's rule, the most central first. Parameters and errors are those of `build`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 3.0, 6.0, 20.0])
    >>> park_jun(np.abs(x[:, None] - x), 2).medoids.tolist()
    [2, 1]
    """
    problem = Problem.of(distances)
    n, k = problem.n, checked_k(k, problem.n)
    medoids = np.argsort(run(centrality, problem.distances), kind="stable")[:k]  # ties: lowest index
    return clustering_of(problem, start_outcome(medoids.astype(np.int64), n, 2 * n * n))


@kernel
def centrality(dist):
    """v_j = sum over all i of d(i, j) / sum over all l of d(i, l); the less, the more central. O(n^2)  [PJ09]."""
    n = dist.shape[0]
    to_all = np.zeros(n)
    for j in range(n):
        if interrupted(j):
            break
        for i in range(n):
            to_all[i] += np.float64(dist[j, i])
    v = np.zeros(n)
    for j in range(n):
        if interrupted(j):
            break
        for i in range(n):
            d = np.float64(dist[j, i])
            if d > 0:  # or else 0 / 0, if i is at distance 0 from all
                v[j] += d / to_all[i]
    return v


ALGORITHM = Algorithm(__name__, title="Park & Jun", paper="park2009", cost="O(n²)", memory="O(n)", local_optimum=False)

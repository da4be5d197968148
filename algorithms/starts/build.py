"""BUILD: PAM's greedy start; each new medoid is the one that lowers the loss most. O(kn^2).

Kaufman & Rousseeuw, "Finding Groups in Data" (1990), ch. 2 [KR90].
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import addition_change
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k
from kmedoids_bench.algorithms.core.single_medoid import most_central


def build(distances, k) -> Clustering:
    """Choose k medoids with BUILD. The medoids for fewer than k are the first of them.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem
        As for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> build(np.abs(x[:, None] - x), 2).medoids.tolist()
    [2, 4]
    """
    problem = Problem.of(distances)
    return clustering_of(problem, start_outcome(*run(build_medoids, problem.distances, checked_k(k, problem.n))))


@kernel
def build_medoids(dist, k):
    """BUILD  [KR90, ch. 2]."""
    n = dist.shape[0]
    medoids = np.empty(k, np.int64)
    chosen = np.zeros(n, np.bool_)
    medoids[0], _ = most_central(dist)
    chosen[medoids[0]] = True
    d_first = dist[medoids[0]].astype(np.float64)
    for t in range(1, k):
        medoids[t] = best_addition(dist, chosen, d_first)
        chosen[medoids[t]] = True
        for o in range(n):
            d_first[o] = min(d_first[o], np.float64(dist[medoids[t], o]))
    n_evaluations = k * n - k * (k - 1) // 2  # n - t for each t
    return medoids, n_evaluations, (n_evaluations + k) * n


@kernel
def best_addition(dist, chosen, d_first):
    """Of all objects not chosen yet the one that lowers the loss most; ties: lowest index. O(n^2)."""
    best, addition = np.inf, -1
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        if chosen[c]:
            continue
        change = addition_change(dist, d_first, c)
        if change < best:
            best, addition = change, c
    return addition


ALGORITHM = Algorithm(__name__, title="BUILD", paper="kaufman1990", cost="O(kn²)", memory="O(n)", local_optimum=False)

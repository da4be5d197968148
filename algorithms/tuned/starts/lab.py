"""LAB, engineered for the machine. Specification: `lab`, to the bit, with the same draws.

Layout. The distance of every object to its nearest medoid is kept, with one row of the matrix read from end to end for
each medoid, where the plain kernel looks up every sampled object under every medoid.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, generator
from kmedoids_bench.algorithms.starts.lab import objects_in_sample


def lab(distances, k, seed=None, *, sample_size=None) -> Clustering:
    """Choose k medoids with LAB. Parameters, errors and medoids are those of the plain `lab`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> lab(np.abs(x[:, None] - x), 2, seed=0).medoids.tolist()
    [2, 4]
    """
    problem = Problem.of(distances)
    n, k = problem.n, checked_k(k, problem.n)
    rng, size = generator(seed), objects_in_sample(sample_size, n)
    medoids, others, d_first = np.empty(k, np.int64), np.arange(n), np.full(n, np.inf)
    n_evaluations, n_lookups = 0, 0
    for t in range(k):
        sample = np.sort(rng.choice(others, min(size, n - t), replace=False))
        medoids[t] = add_best_of_sample(problem.distances, sample, d_first)
        others = others[others != medoids[t]]
        n_evaluations += len(sample)
        n_lookups += len(sample) ** 2 + n
    return clustering_of(problem, start_outcome(medoids, n_evaluations, n_lookups))


@kernel
def add_best_of_sample(dist, sample, d_first):
    """Return the member that leaves the sample the least loss, ties: the first, and update `d_first`. O(s^2 + n)."""
    nearest = d_first[sample]
    best, addition = np.inf, -1
    for c in sample:
        loss = 0.0
        for j in range(len(sample)):
            loss += min(np.float64(dist[c, sample[j]]), nearest[j])
        if loss < best:
            best, addition = loss, c
    row = dist[addition]
    for o in range(len(row)):
        d_first[o] = min(d_first[o], np.float64(row[o]))
    return addition


ALGORITHM = Algorithm(
    __name__,
    title="LAB (tuned)",
    paper="schubert2019",
    cost="O(kn)",
    memory="O(n)",
    local_optimum=False,
    seeded=True,
    same_result_as="lab",
)

"""LAB (linear approximative BUILD): BUILD's greedy choice, on a sample of about sqrt(n) objects. O(kn + k^2 sqrt(n)).

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19], Algorithm 3. Every medoid is chosen from a
fresh uniform sample of 10 + ceil(sqrt(n)) of the objects that are no medoids yet, and its gain is counted on that
sample alone. The printed algorithm seems to leave out what the candidate itself gains; ELKI, by the paper's
author, counts it, as BUILD does, and so does this one.
"""

import math

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_count, checked_k, generator


def lab(distances, k, seed=None, *, sample_size=None) -> Clustering:
    """Choose k medoids with LAB.

    Parameters and errors are those of `random_start`, with one more:

    Parameters
    ----------
    sample_size : int, optional
        Objects in a sample, at least 1, by default 10 + ceil(sqrt(n)); as many as are left are all of them.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> lab(np.abs(x[:, None] - x), 2, seed=0).medoids.tolist()  # so few objects are all in the sample: BUILD
    [2, 4]
    """
    problem = Problem.of(distances)
    n, k = problem.n, checked_k(k, problem.n)
    rng = generator(seed)
    medoids, others = np.empty(k, np.int64), np.arange(n)
    sizes = np.minimum(objects_in_sample(sample_size, n), n - np.arange(k))
    for t in range(k):
        sample = np.sort(rng.choice(others, sizes[t], replace=False))
        medoids[t] = best_addition_in_sample(problem.distances, sample, medoids[:t])
        others = others[others != medoids[t]]
    n_lookups = np.sum(sizes * (sizes + np.arange(k)))
    return clustering_of(problem, start_outcome(medoids, int(np.sum(sizes)), int(n_lookups)))


def objects_in_sample(sample_size, n: int) -> int:
    """Return how many objects a sample has; for None, so many that their pairs are O(n)."""
    return 10 + math.ceil(math.sqrt(n)) if sample_size is None else checked_count(sample_size, "sample_size")


@kernel
def best_addition_in_sample(dist, sample, medoids):
    """Member of the sample that leaves the sample the least loss; ties: the first. O(s^2 + sk)  [SR19, Algorithm 3].

    Of the loss, not of its change: the first medoid is then no special case.
    """
    d_first = np.full(len(sample), np.inf)
    for m in medoids:
        for j in range(len(sample)):
            d_first[j] = min(d_first[j], np.float64(dist[m, sample[j]]))
    best, addition = np.inf, -1
    for c in sample:
        loss = 0.0
        for j in range(len(sample)):
            loss += min(np.float64(dist[c, sample[j]]), d_first[j])
        if loss < best:
            best, addition = loss, c
    return addition


ALGORITHM = Algorithm(
    __name__, title="LAB", paper="schubert2019", cost="O(kn + k²√n)", memory="O(n)", local_optimum=False, seeded=True
)

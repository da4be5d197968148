"""PAM: the best of all k(n-k) swaps, until none lowers the loss. O(k(n-k)n) a pass.

Kaufman & Rousseeuw, "Clustering by means of medoids" (1987) and "Finding Groups in Data" (1990), ch. 2 [KR90].
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, swap_if_better
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import loss_change
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome


def pam(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> Clustering:
    """Cluster with PAM: steepest descent from the given start medoids, or from a start of its own.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem
        Dissimilarities, not negative, finite, zero on the diagonal; `distances[c, o]` is d(o, c). float32,
        float64 or integers. A condensed vector or a DataFrame will do, see `Problem`.
    medoids : array_like of int, shape (k,), optional
        Start medoids, distinct, in 0 .. n-1.
    k : int, optional
        Number of medoids, 1 <= k <= n, if no start medoids are given.
    start : str
        Name of the start that chooses k medoids: "build", "random" or another of the registered starts.
    seed : int or numpy.random.Generator, optional
        Decides every random choice of the start.
    max_passes : int, optional
        Stop after so many passes; by default at a local optimum.

    Returns
    -------
    Clustering
        A single-swap local optimum: no exchange of one medoid lowers the loss.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = pam(np.abs(x[:, None] - x), k=2)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    return local_search(swap_pam, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_pam(dist, medoids, max_passes):
    """SWAP of PAM from the given medoids (at least two)  [KR90, ch. 2]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    n_passes, improved = 0, True
    while improved and n_passes < max_passes:
        n_passes += 1
        change, slot, candidate = best_swap(dist, medoids, near)
        log, improved = swap_if_better(dist, medoids, near, log, change, slot, candidate)
    return outcome(medoids, log, n_passes, n_passes * (n - k), near.lookups[0])


@kernel
def best_swap(dist, medoids, near):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O(k(n-k)n)."""
    best, slot, candidate = np.inf, -1, -1
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        if is_medoid(medoids, near.first, c):
            continue
        for i in range(len(medoids)):
            near.lookups[0] += dist.shape[0]
            change = loss_change(dist, near, i, c)
            if change < best:
                best, slot, candidate = change, i, c
    return best, slot, candidate


ALGORITHM = Algorithm(
    __name__, title="PAM", paper="kaufman1990", cost="O(k(n-k)n) a pass", memory="O(n)", local_optimum=True
)

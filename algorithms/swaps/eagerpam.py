"""EagerPAM: take the first improving swap met, medoid by medoid. O(k(n-k)n) a pass.

The plain form of eager swapping, after Whitaker, "A fast algorithm for the greedy interchange" (1983) [W83]: each
pair of medoid and candidate is evaluated for itself in O(n), and after a swap all objects are assigned anew in
O(nk). What FasterPAM is compared with: the same idea without any of its savings.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap, loss_change, total_deviation
from kmedoids_bench.algorithms.core.nearest import is_medoid, nearest_medoids
from kmedoids_bench.algorithms.core.outcome import Search, append, new_log


def eagerpam(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None) -> Clustering:
    """Cluster with EagerPAM: first-improvement swaps from the given start medoids, or from a start of its own.

    Parameters and errors are those of `pam`.

    Returns
    -------
    Clustering
        A single-swap local optimum. It depends on the order of the data.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = eagerpam(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    return local_search(swap_eagerpam, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_eagerpam(dist, medoids, max_passes):
    """First-improvement SWAP from the given medoids (at least two)  [W83].

    It ends, like FasterPAM, when a full circle of candidates has brought no swap.
    """
    n, k = dist.shape[0], len(medoids)
    medoids, log = medoids.copy(), new_log()
    near = nearest_medoids(dist, medoids)
    loss = total_deviation(near)
    n_passes, n_evaluations, n_lookups = 0, 0, n * k
    c, since_swap = n - 1, 0  # candidate before the first one; candidates passed since the last swap
    while since_swap < n:
        c = (c + 1) % n
        if c == 0:
            if n_passes == max_passes:
                break
            n_passes += 1
        since_swap += 1
        if is_medoid(medoids, near, c):
            continue
        slot, new_loss, lookups = first_improvement(dist, near, c, loss, k)
        n_evaluations += 1
        n_lookups += lookups
        if slot < 0:
            continue
        log = append(log, medoids[slot], c, new_loss)
        medoids[slot] = c
        near = nearest_medoids(dist, medoids)
        n_lookups += n * k
        loss = new_loss
        since_swap = 0
    return Search(medoids, log, n_passes, n_evaluations, n_lookups)


@kernel
def first_improvement(dist, near, candidate, loss, k):
    """First slot whose medoid the candidate may replace (-1: none), the loss after that, the look-ups made; O(kn)."""
    lookups = 0
    for i in range(k):
        lookups += dist.shape[0]
        if loss_change(dist, near, i, candidate) < 0:
            lookups += dist.shape[0]
            new_loss = loss_after_swap(dist, near, i, candidate)
            if improves(new_loss, loss):
                return i, new_loss, lookups
    return -1, loss, lookups


ALGORITHM = Algorithm(
    __name__, title="EagerPAM", paper="whitaker1983", cost="O(k(n-k)n) a pass", memory="O(n)", local_optimum=True
)

"""EagerPAM: take the first improving swap met, medoid by medoid. O(k(n-k)n) a pass.

The plain form of eager swapping, after Whitaker, "A fast algorithm for the greedy interchange" (1983) [W83]: each
pair of medoid and candidate is evaluated for itself in O(n), and after a swap all objects are assigned anew in
O(nk). What FasterPAM is compared with: the same idea without any of its savings.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, candidate_limit, n_passes_of
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap, loss_change
from kmedoids_bench.algorithms.core.nearest import assign_all, is_medoid
from kmedoids_bench.algorithms.core.outcome import append, outcome


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
    medoids, near, log = begin(dist, medoids)
    tried, end = 0, n  # candidates tried; where a full circle without a swap is complete
    limit, n_evaluations = candidate_limit(n, max_passes), 0
    while tried < min(end, limit):
        if interrupted(tried):
            break
        c = tried % n
        tried += 1
        if is_medoid(medoids, near.first, c):
            continue
        n_evaluations += 1
        slot, new_loss = first_improvement(dist, near, log.loss, c, k)
        if new_loss < log.loss:
            log = append(log, medoids[slot], c, new_loss)
            medoids[slot] = c
            assign_all(dist, medoids, near)
            end = tried + n
    return outcome(medoids, log, n_passes_of(tried, n), n_evaluations, near.lookups[0])


@kernel
def first_improvement(dist, near, loss, candidate, k):
    """First slot whose medoid the candidate may replace, and the loss after that; if there is none, -1 and `loss`."""
    for i in range(k):
        near.lookups[0] += dist.shape[0]
        if loss_change(dist, near, i, candidate) < 0:
            new_loss = loss_after_swap(dist, near, i, candidate)
            if improves(new_loss, loss):
                return i, new_loss
    return -1, loss


ALGORITHM = Algorithm(
    __name__, title="EagerPAM", paper="whitaker1983", cost="O(k(n-k)n) a pass", memory="O(n)", local_optimum=True
)

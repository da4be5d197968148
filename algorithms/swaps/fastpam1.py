"""FastPAM1: PAM's swaps, for all k medoids in one scan of a candidate's row. O(n^2) a pass.

Schubert & Rousseeuw, "Fast and eager k-medoids clustering", Information Systems 101 (2021) [SR21], Algorithm 3
("form B"): the sum over all objects is split into R_i, the loss of removing medoid i, A_c, the gain of adding
candidate c, and B_ic, what the objects of medoid i correct. `loss.loss_changes` is that scan.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, swap_if_better
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome


def fastpam1(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> Clustering:
    """Cluster with FastPAM1: the same sequence of swaps as `pam`, about k times faster.

    Parameters and errors are those of `pam`.

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Where two swaps are equally good up to rounding, PAM and
        FastPAM1 may take different ones, since they add the same numbers in another order.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastpam1(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), result.n_swaps, result.n_passes
    ([1, 4], 1, 2)
    """
    return local_search(swap_fastpam1, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_fastpam1(dist, medoids, max_passes):
    """SWAP of FastPAM1 from the given medoids (at least two)  [SR21, Algorithm 3]."""
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
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O((n-k)(n+k))."""
    removal = removal_loss(near, len(medoids))
    changes = np.empty(len(medoids))
    best, slot, candidate = np.inf, -1, -1
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        if is_medoid(medoids, near.first, c):
            continue
        shared = loss_changes(dist, near, removal, c, changes)
        i = np.argmin(changes)
        if changes[i] + shared < best:
            best, slot, candidate = changes[i] + shared, i, c
    return best, slot, candidate


ALGORITHM = Algorithm(
    __name__,
    title="FastPAM1",
    paper="schubert2021",
    cost="O(n²) a pass",
    memory="O(n + k)",
    local_optimum=True,
    same_result_as="pam",
)

"""Reynolds' variant of PAM: the same swaps, with the medoid in the outer loop. O(k(n-k)n) a pass, as PAM.

Reynolds, Richards, de la Iglesia & Rayward-Smith, "Clustering rules" (2006) [RRIR06]: once a medoid is taken out,
every object has a nearest medoid that stays, and the k swaps of a candidate differ from k additions to k smaller
sets of medoids only by a constant, the removal loss R_i. One branch less than PAM in the innermost loop.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, swap_if_better
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import addition_change, comes_before, removal_loss
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome


def reynolds(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> Clustering:
    """Cluster with Reynolds' variant of PAM: the same sequence of swaps as `pam`.

    Parameters and errors are those of `pam`.

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Equally good swaps are told apart as in PAM, by candidate
        first, although here the slots are the outer loop; what rounding makes of equal sums may differ.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = reynolds(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), result.n_swaps, result.n_passes
    ([1, 4], 1, 2)
    """
    return local_search(swap_reynolds, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_reynolds(dist, medoids, max_passes):
    """SWAP from the given medoids (at least two), slot by slot  [RRIR06]."""
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
    removal = removal_loss(near, len(medoids))
    d_staying = np.empty(dist.shape[0])
    best, slot, candidate = np.inf, -1, len(near.first)  # none yet: behind all candidates
    for i in range(len(medoids)):
        remove_medoid(near, i, d_staying)
        for c in range(dist.shape[0]):
            if interrupted(c):
                break
            if is_medoid(medoids, near.first, c):
                continue
            near.lookups[0] += dist.shape[0]
            change = removal[i] + addition_change(dist, d_staying, c)
            if comes_before(change, c, best, candidate):
                best, slot, candidate = change, i, c
    return best, slot, candidate


@kernel
def remove_medoid(near, slot, d_staying):
    """Write the distance of every object to the nearest medoid outside `slot` to `d_staying`: f(o), O(n)."""
    for o in range(len(near.first)):
        d_staying[o] = near.d_second[o] if near.first[o] == slot else near.d_first[o]


ALGORITHM = Algorithm(
    __name__,
    title="Reynolds",
    paper="reynolds2006",
    cost="O(k(n-k)n) a pass",
    memory="O(n)",
    local_optimum=True,
    same_result_as="pam",
)

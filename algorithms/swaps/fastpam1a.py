"""FastPAM1 as first published: PAM's swaps, O(n^2) a pass on average and O(k(n-k)n) at worst.

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19], Algorithm 1 ("form A"). A candidate's row
is read once for all k medoids, as in form B (`fastpam1`), but what an object gains by moving to the candidate is
added to all the other slots one by one. About one object in k moves, so on average that costs no more than the
scan itself; form B has one sum for it that all slots share, and no such worst case.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, swap_if_better
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome


def fastpam1a(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> Clustering:
    """Cluster with the first form of FastPAM1: the same sequence of swaps as `pam`.

    Parameters and errors are those of `pam`.

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Where two swaps are equally good up to rounding, the two
        may take different ones.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastpam1a(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), result.n_swaps, result.n_passes
    ([1, 4], 1, 2)
    """
    return local_search(swap_fastpam1a, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_fastpam1a(dist, medoids, max_passes):
    """SWAP of FastPAM1 from the given medoids (at least two)  [SR19, Algorithm 1]."""
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
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot."""
    changes = np.empty(len(medoids))
    best, slot, candidate = np.inf, -1, -1
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        if is_medoid(medoids, near.first, c):
            continue
        loss_changes_by_slot(dist, near, c, changes)
        i = np.argmin(changes)
        if changes[i] < best:
            best, slot, candidate = changes[i], i, c
    return best, slot, candidate


@kernel
def loss_changes_by_slot(dist, near, candidate, changes):
    """Write dTD(i, c) for all slots i to `changes`  [SR19, Algorithm 1, lines 6 to 11].

    O(n) and O(k) for each object that is nearer to the candidate than to its medoid. The paper begins with what
    the candidate itself gains, -dn(c) in every slot; here the loop meets it as one of the objects.
    """
    near.lookups[0] += dist.shape[0]
    changes[:] = 0.0
    for o in range(dist.shape[0]):
        d, d_first, d_second = np.float64(dist[candidate, o]), near.d_first[o], near.d_second[o]
        own = near.first[o]
        if d < d_first:  # o moves to the candidate whatever is removed
            for i in range(len(changes)):
                changes[i] += d - d_first
        elif d < d_second:  # if its own medoid is removed, to the candidate
            changes[own] += d - d_first
        else:  # if its own medoid is removed, to its second nearest
            changes[own] += d_second - d_first


ALGORITHM = Algorithm(
    __name__,
    title="FastPAM1 (form A)",
    paper="schubert2019",
    cost="O(n²) a pass on average, O(k(n-k)n) at worst",
    memory="O(n + k)",
    local_optimum=True,
    same_result_as="pam",
)

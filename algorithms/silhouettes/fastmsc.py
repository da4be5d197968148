"""FastMSC: PAMMEDSIL's swaps, for all k medoids in one scan of a candidate's row. O(n^2) a pass.

Lenssen & Schubert, "Clustering by direct optimization of the medoid silhouette", SISAP 2022 [LS22]: with the distances
to the three nearest medoids at hand, what a swap does to an object is known without a look at the other medoids, and
for most slots it is the same. `ratios.loss_changes` is that scan.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.silhouettes.descent import begin, swap_if_better
from kmedoids_bench.algorithms.silhouettes.ratios import loss_changes, removal_loss
from kmedoids_bench.algorithms.silhouettes.result import SilhouetteClustering, silhouette_search


def fastmsc(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> SilhouetteClustering:
    """Cluster by the mean medoid silhouette with FastMSC: the swaps of `pammedsil`, without its factor of k^2.

    Parameters and errors are those of `pam`.

    Returns
    -------
    SilhouetteClustering
        PAMMEDSIL's result. Where two swaps are equally good up to rounding, the two may take different ones, since
        they add the same numbers in another order.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastmsc(np.abs(x[:, None] - x), [0, 1])
    >>> sorted(result.medoids.tolist()), round(result.mean_silhouette, 3)
    ([1, 4], 0.933)
    """
    return silhouette_search(swap_fastmsc, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_fastmsc(dist, medoids, max_passes):
    """SWAP of FastMSC from the given medoids (at least two)  [LS22]."""
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
    title="FastMSC",
    paper="lenssen2022",
    cost="O(n²) a pass",
    memory="O(n + k)",
    local_optimum=True,
    same_result_as="pammedsil",
)

"""PAMMEDSIL: the best of all k(n-k) swaps for the mean medoid silhouette, each from scratch. O(k^2 (n-k) n) a pass.

M. van der Laan, K. Pollard & J. Bryan, "A new partitioning around medoids algorithm", Journal of Statistical
Computation and Simulation 73 (2003) 575-584 [VPB03]: PAM with the medoid silhouette in place of the total deviation.
Nothing is kept between two swaps: O(nk) for each of them. Lenssen & Schubert measure the speed-up of FastMSC over it.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves
from kmedoids_bench.algorithms.core.outcome import append, new_log, outcome
from kmedoids_bench.algorithms.silhouettes.ratios import ratios_from
from kmedoids_bench.algorithms.silhouettes.result import SilhouetteClustering, silhouette_search


def pammedsil(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None) -> SilhouetteClustering:
    """Cluster by the mean medoid silhouette with PAMMEDSIL: steepest ascent from given or chosen start medoids.

    Parameters and errors are those of `pam`.

    Returns
    -------
    SilhouetteClustering
        A single-swap local optimum of the mean medoid silhouette: no exchange of one medoid raises it. For k = 1,
        where there is no silhouette, the best single medoid.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = pammedsil(np.abs(x[:, None] - x), k=2)
    >>> sorted(result.medoids.tolist()), round(result.mean_silhouette, 3)
    ([1, 4], 0.933)
    """
    return silhouette_search(swap_pammedsil, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_pammedsil(dist, medoids, max_passes):
    """SWAP of PAMMEDSIL from the given medoids (at least two)  [VPB03]."""
    n, k = dist.shape[0], len(medoids)
    medoids, nearest, second = medoids.copy(), np.empty(n), np.empty(n)
    last = k - 1
    log = new_log(ratios_from(dist, medoids, last, medoids[last], nearest, second))  # nothing is replaced
    n_passes, improved = 0, True
    while improved and n_passes < max_passes:
        n_passes += 1
        loss, slot, candidate = best_swap(dist, medoids, nearest, second)
        improved = improves(loss, log.loss)
        if improved:
            log = append(log, medoids[slot], candidate, loss)
            medoids[slot] = candidate
    n_evaluations = n_passes * (n - k)
    return outcome(medoids, log, n_passes, n_evaluations, n * k * (1 + n_evaluations * k))


@kernel
def best_swap(dist, medoids, nearest, second):
    """Of all swaps the one that leads to the least loss; ties: lowest candidate, then lowest slot. O(k^2 (n-k) n)."""
    best, slot, candidate = np.inf, -1, -1
    for c in range(dist.shape[0]):
        if interrupted_now():
            break
        if np.any(medoids == c):
            continue
        for i in range(len(medoids)):
            loss = ratios_from(dist, medoids, i, c, nearest, second)
            if loss < best:
                best, slot, candidate = loss, i, c
    return best, slot, candidate


ALGORITHM = Algorithm(
    __name__, title="PAMMEDSIL", paper="laan2003", cost="O(k²(n-k)n) a pass", memory="O(n)", local_optimum=True
)

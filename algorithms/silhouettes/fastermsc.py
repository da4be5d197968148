"""FasterMSC: take every swap that raises the mean medoid silhouette at once. O(n^2) a pass.

Lenssen & Schubert, "Clustering by direct optimization of the medoid silhouette", SISAP 2022 [LS22]: FastMSC's scan with
FasterPAM's eager swaps. It ends when a full circle of candidates has brought no swap. Another local optimum than
PAMMEDSIL's, as a rule.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.descent import candidate_limit, n_passes_of
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_order
from kmedoids_bench.algorithms.silhouettes.descent import begin, swap_if_better
from kmedoids_bench.algorithms.silhouettes.ratios import loss_changes, removal_loss
from kmedoids_bench.algorithms.silhouettes.result import SilhouetteClustering, silhouette_search


def fastermsc(
    distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None, order=None
) -> SilhouetteClustering:
    """Cluster by the mean medoid silhouette with FasterMSC: eager swaps from given or chosen start medoids.

    Parameters and errors are those of `fasterpam`.

    Returns
    -------
    SilhouetteClustering
        A single-swap local optimum of the mean medoid silhouette; for k = 1 the best single medoid.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastermsc(np.abs(x[:, None] - x), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), round(result.mean_silhouette, 3)
    ([1, 4], 0.933)
    """
    problem = Problem.of(distances)
    candidates = checked_order(order, problem.n)
    return silhouette_search(swap_fastermsc, problem, medoids, k, start, seed, max_passes, candidates)


@kernel
def swap_fastermsc(dist, medoids, max_passes, order):
    """Eager SWAP from the given medoids (at least two), trying the candidates in `order`  [LS22]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    removal, changes = removal_loss(near, k), np.empty(k)
    tried, end = 0, n  # candidates tried; where a full circle without a swap is complete
    limit, n_evaluations = candidate_limit(n, max_passes), 0
    while tried < min(end, limit):
        if interrupted(tried):
            break
        c = order[tried % n]
        tried += 1
        if is_medoid(medoids, near.first, c):
            continue
        n_evaluations += 1
        shared = loss_changes(dist, near, removal, c, changes)
        slot = np.argmin(changes)  # ties: lowest slot
        log, improved = swap_if_better(dist, medoids, near, log, changes[slot] + shared, slot, c)
        if improved:
            removal = removal_loss(near, k)
            end = tried + n
    return outcome(medoids, log, n_passes_of(tried, n), n_evaluations, near.lookups[0])


ALGORITHM = Algorithm(
    __name__, title="FasterMSC", paper="lenssen2022", cost="O(n²) a pass", memory="O(n + k)", local_optimum=True
)

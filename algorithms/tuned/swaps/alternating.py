"""Alternating, engineered for the machine. Specification: `alternating`, to the bit.

Layout. The objects are sorted by cluster once in a pass. Four members are summed side by side: four additions that do
not wait for each other, each in the order of the members.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import improves, total_deviation
from kmedoids_bench.algorithms.core.nearest import assign_all
from kmedoids_bench.algorithms.core.outcome import append, outcome


def alternating(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None) -> Clustering:
    """Cluster by alternating between assignment and choice of medoids. As the plain `alternating`, to the bit.

    Those of ``start="build"`` are the tuned BUILD's, as for the tuned `fasterpam`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = alternating(np.abs(x[:, None] - x), [0, 3])
    >>> result.medoids.tolist(), result.losses.tolist(), result.n_passes
    ([1, 4], [4.0, 4.0], 2)
    """
    return local_search(swap_alternating, distances, medoids, k, start, seed, max_passes, tier="tuned")


@kernel
def swap_alternating(dist, medoids, max_passes):
    """Alternating steps from the given medoids (at least two)  [M64]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    n_passes, improved = 0, True
    while improved and n_passes < max_passes:
        n_passes += 1
        new_medoids = central_members(dist, medoids, near)
        assign_all(dist, new_medoids, near)
        new_loss = total_deviation(near)
        improved = improves(new_loss, log.loss)
        if improved:
            for i in range(k):
                if new_medoids[i] != medoids[i]:
                    log = append(log, medoids[i], new_medoids[i], new_loss)
            medoids = new_medoids
    return outcome(medoids, log, n_passes, n_passes * n, near.lookups[0])


@kernel
def central_members(dist, medoids, near):
    """For every cluster its most central member; O(n + sum |C_i|^2)."""
    k, slots = len(medoids), near.first
    ends = np.zeros(k + 1, np.int64)
    for slot in slots:
        ends[slot + 1] += 1
    ends = np.cumsum(ends)
    members, places = np.empty(len(slots), np.int64), ends[:k].copy()
    for o in range(len(slots)):
        members[places[slots[o]]] = o
        places[slots[o]] += 1
    central = np.empty(k, np.int64)
    for i in range(k):
        cluster = members[ends[i] : ends[i + 1]]
        central[i] = central_member(dist, cluster, medoids[i])
        near.lookups[0] += len(cluster) ** 2
    return central


@kernel
def central_member(dist, members, medoid):
    """Member with the least sum of distances to all members, or the medoid if that is as good; ties: lowest index."""
    totals = np.zeros(len(members))
    whole = len(members) - len(members) % 4
    for j in range(0, whole, 4):
        if interrupted(j // 4):
            break
        a, b, c, d = members[j], members[j + 1], members[j + 2], members[j + 3]
        sum_a, sum_b, sum_c, sum_d = 0.0, 0.0, 0.0, 0.0
        for o in members:
            sum_a += np.float64(dist[a, o])
            sum_b += np.float64(dist[b, o])
            sum_c += np.float64(dist[c, o])
            sum_d += np.float64(dist[d, o])
        totals[j], totals[j + 1], totals[j + 2], totals[j + 3] = sum_a, sum_b, sum_c, sum_d
    for j in range(whole, len(members)):
        for o in members:
            totals[j] += np.float64(dist[members[j], o])
    best = np.argmin(totals)
    own = totals[np.searchsorted(members, medoid)]
    return members[best] if improves(totals[best], own) else medoid


ALGORITHM = Algorithm(
    __name__,
    title="Alternating (tuned)",
    paper="maranzana1964",
    cost="O(nk + n²/k) a pass for clusters of equal size, O(n²) at worst",
    memory="O(n)",
    local_optimum=False,
    same_result_as="alternating",
    single_swaps=False,
)

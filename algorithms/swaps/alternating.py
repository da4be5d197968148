"""Alternating: assign all objects, then move every medoid to the centre of its cluster. O(nk + sum |C_i|^2) a pass.

Maranzana, "On the location of supply points to minimize transport costs" (1964) [M64]; the k-means style of
k-medoids, invented again by Park & Jun (2009). It considers only the members of a cluster for its medoid, and so
ends in worse optima than the swaps do: its fixed points need not be single-swap optima.
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
    """Cluster by alternating between assignment and choice of medoids.

    Parameters and errors are those of `pam`.

    Returns
    -------
    Clustering
        Medoids that are the centres of their clusters. All of them may change in one pass: `swaps` lists the
        changed ones by slot, pass by pass, and `losses` repeats for each the loss after its pass.
        `n_evaluations` counts members, each evaluated against its own cluster.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = alternating(np.abs(x[:, None] - x), [0, 3])
    >>> result.medoids.tolist(), result.losses.tolist(), result.n_passes
    ([1, 4], [4.0, 4.0], 2)
    """
    return local_search(swap_alternating, distances, medoids, k, start, seed, max_passes)


@kernel
def swap_alternating(dist, medoids, max_passes):
    """Alternating steps from the given medoids (at least two)  [M64].

    The tolerance applies twice: to the sum of each cluster whose medoid moves, and to the loss after the pass.
    """
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
    """For every cluster its most central member; O(nk + sum |C_i|^2)."""
    central = medoids.copy()
    for i in range(len(medoids)):
        members = np.flatnonzero(near.first == i)
        central[i] = central_member(dist, members, medoids[i])
        near.lookups[0] += len(members) ** 2
    return central


@kernel
def central_member(dist, members, medoid):
    """Member with the least sum of distances to all members, or the medoid if that is as good; ties: lowest index."""
    central, least, own = -1, np.inf, np.inf
    for turn, c in enumerate(members):
        if interrupted(turn):
            break
        total = 0.0
        for o in members:
            total += np.float64(dist[c, o])
        if total < least:
            central, least = c, total
        if c == medoid:
            own = total
    return central if improves(least, own) else medoid


ALGORITHM = Algorithm(
    __name__,
    title="Alternating",
    paper="maranzana1964",
    cost="O(nk + n²/k) a pass for clusters of equal size, O(n²) at worst",
    memory="O(n)",
    local_optimum=False,
    single_swaps=False,
)

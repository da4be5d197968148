"""FasterPAM: take every improving swap at once, the best slot for each candidate in turn. O(n^2) a pass.

Schubert & Rousseeuw, "Fast and eager k-medoids clustering", Information Systems 101 (2021) [SR21], section 3.2.
It ends when a full circle of candidates has brought no swap. Another local optimum than PAM's, as a rule.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap, loss_changes, removal_loss, total_deviation
from kmedoids_bench.algorithms.core.nearest import is_medoid, nearest_medoids, swap
from kmedoids_bench.algorithms.core.outcome import Search, append, new_log
from kmedoids_bench.algorithms.core.problem import Problem, checked_order


def fasterpam(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None, order=None) -> Clustering:
    """Cluster with FasterPAM: eager swaps from the given start medoids, or from a start of its own.

    Parameters and errors are those of `pam`, and one more:

    Parameters
    ----------
    order : array_like of int, shape (n,), optional
        Permutation of 0 .. n-1 in which the candidates are tried; by default the order of the data, on which
        the result depends.

    Returns
    -------
    Clustering
        A single-swap local optimum.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fasterpam(np.abs(x[:, None] - x), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    problem = Problem.of(distances)
    return local_search(swap_fasterpam, problem, medoids, k, start, seed, max_passes, checked_order(order, problem.n))


@kernel
def swap_fasterpam(dist, medoids, max_passes, order):
    """Eager SWAP from the given medoids (at least two), trying the candidates in `order`  [SR21, section 3.2]."""
    n, k = dist.shape[0], len(medoids)
    medoids, log = medoids.copy(), new_log()
    near = nearest_medoids(dist, medoids)
    loss = total_deviation(near)
    removal = removal_loss(near, k)
    changes = np.empty(k)
    n_passes, n_evaluations, n_lookups = 0, 0, n * k
    position, since_swap = 0, 0  # place in `order`; candidates passed since the last swap
    while since_swap < n:
        if position == 0:
            if n_passes == max_passes:
                break
            n_passes += 1
        c = order[position]
        position = (position + 1) % n
        since_swap += 1
        if is_medoid(medoids, near, c):
            continue
        shared = loss_changes(dist, near, removal, c, changes)
        n_evaluations += 1
        n_lookups += n
        slot = np.argmin(changes)  # ties: lowest slot
        if not changes[slot] + shared < 0:
            continue
        new_loss = loss_after_swap(dist, near, slot, c)
        n_lookups += n
        if not improves(new_loss, loss):
            continue
        log = append(log, medoids[slot], c, new_loss)
        n_lookups += swap(dist, medoids, near, slot, c)
        loss = new_loss
        removal = removal_loss(near, k)
        since_swap = 0
    return Search(medoids, log, n_passes, n_evaluations, n_lookups)


ALGORITHM = Algorithm(
    __name__, title="FasterPAM", paper="schubert2021", cost="O(n²) a pass", memory="O(n + k)", local_optimum=True
)

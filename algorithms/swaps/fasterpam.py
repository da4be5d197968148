"""FasterPAM: take every improving swap at once, the best slot for each candidate in turn. O(n^2) a pass.

Schubert & Rousseeuw, "Fast and eager k-medoids clustering", Information Systems 101 (2021) [SR21], section 3.2.
It ends when a full circle of candidates has brought no swap. Another local optimum than PAM's, as a rule.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, candidate_limit, loss_if_better, make_swap, n_passes_of
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_order


def fasterpam(distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None, order=None) -> Clustering:
    """Cluster with FasterPAM: eager swaps from the given start medoids, or from a start of its own.

    Parameters and errors are those of `pam`, and one more:

    Parameters
    ----------
    order : array_like of int, shape (n,), or int, optional
        Permutation of 0 .. n-1 in which the candidates are tried, or the seed of a random one; by default the order
        of the data, on which the result depends.

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
        new_loss = loss_if_better(dist, near, log.loss, changes[slot] + shared, slot, c)
        if new_loss < log.loss:
            log = make_swap(dist, medoids, near, log, slot, c, new_loss)
            removal = removal_loss(near, k)
            end = tried + n
    return outcome(medoids, log, n_passes_of(tried, n), n_evaluations, near.lookups[0])


ALGORITHM = Algorithm(
    __name__, title="FasterPAM", paper="schubert2021", cost="O(n²) a pass", memory="O(n + k)", local_optimum=True
)

"""CLARANS: random swaps, each taken as soon as it lowers the loss, until many in a row have failed. O(n) a swap.

Ng & Han, "CLARANS: a method for clustering objects for spatial data mining", IEEE TKDE 14(5) (2002) [NH02]. The number
of failures allowed grows with n, so the whole is O(n^2). Swaps are drawn with replacement.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, make_swap
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_count, checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_searches


def clarans(distances, k, *, n_local=2, max_neighbors=None, seed=None) -> Clustering:
    """Cluster with CLARANS: random swaps from random starts.

    Parameters
    ----------
    distances : Points, or array_like of shape (n, n), or Problem
        Points with a dissimilarity that is evaluated when needed; or a matrix, as for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.
    n_local : int
        Number of searches, each from a random start ("numlocal").
    max_neighbors : int, optional
        A search ends after so many failures in a row ("maxneighbor"); by default 1.25 % of the k(n-k) swaps there
        are, and at least 250.
    seed : int or numpy.random.Generator, optional
        Decides every random choice.

    Returns
    -------
    Clustering
        The best one over all searches; not a local optimum as a rule. `swaps` and `losses` are those of its search.
        The counters are sums over all searches: `n_passes` counts the searches, `n_evaluations` the swaps tried (a
        candidate for one slot each), `n_lookups` the entries read or dissimilarities evaluated, also those for the
        assignment of all objects that ends a search.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = clarans(Points(x[:, None]), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    if max_neighbors is None:
        max_neighbors = max(250, -(-k * (data.n - k) // 80))
    return best_of_searches(swap_clarans, data, k, n_local, checked_count(max_neighbors, "max_neighbors"), seed)


@kernel
def swap_clarans(dist, medoids, max_neighbors, rng):
    """Random swaps from the given medoids until `max_neighbors` in a row have failed  [NH02]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    n_evaluations, failures = 0, 0
    while failures < max_neighbors:
        if interrupted(n_evaluations):
            break
        slot = rng.integers(0, k)
        c = rng.integers(0, n)
        if is_medoid(medoids, near.first, c):  # no swap: draw again
            continue
        n_evaluations += 1
        new_loss = loss_after_swap(dist, near, slot, c)
        if improves(new_loss, log.loss):
            log = make_swap(dist, medoids, near, log, slot, c, new_loss)
            failures = 0
        else:
            failures += 1
    return outcome(medoids, log, np.int64(1), n_evaluations, near.lookups[0])


ALGORITHM = Algorithm(
    __name__,
    title="CLARANS",
    paper="ng2002",
    cost="O(n) a swap tried; ends after 1.25 % of k(n-k) failures in a row",
    memory="O(n)",
    local_optimum=False,
    seeded=True,
)

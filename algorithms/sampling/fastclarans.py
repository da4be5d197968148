"""FastCLARANS: CLARANS that draws only the candidate and tries it in all k slots at once. O(n) a candidate on average.

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19]. One scan explores k of CLARANS' swaps, with the
loop of their FastPAM1: an object that is nearer to the candidate than to its medoid counts for every slot, any other
only for its own. A search ends after 2.5 % of the n-k candidates have failed in a row: twice as many swaps as CLARANS
tries, in 2/k of its scans. Candidates are drawn with replacement.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, loss_if_better, make_swap
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_count, checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_searches
from kmedoids_bench.algorithms.swaps.fastpam1a import loss_changes_by_slot


def fastclarans(distances, k, *, n_local=2, max_candidates=None, seed=None) -> Clustering:
    """Cluster with FastCLARANS: random candidates from random starts, each taken in its best slot.

    Parameters and errors are those of `clarans`, with one in place of `max_neighbors`:

    Parameters
    ----------
    max_candidates : int, optional
        A search ends after so many candidates in a row have failed; by default 2.5 % of the n-k there are.

    Returns
    -------
    Clustering
        As from `clarans`; `n_evaluations` counts candidates, each against all slots.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fastclarans(Points(x[:, None]), k=2, max_candidates=40, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    limit = candidates_to_try(max_candidates, data.n, k)
    return best_of_searches(swap_fastclarans, data, k, n_local, limit, seed)


def candidates_to_try(max_candidates, n: int, k: int) -> int:
    """Return after how many failures a search ends; 2.5 % of the candidates, rounded up, for None."""
    if max_candidates is None:
        return max(1, -(-(n - k) // 40))
    return checked_count(max_candidates, "max_candidates")


@kernel
def swap_fastclarans(dist, medoids, max_candidates, rng):
    """Random candidates from the given medoids until `max_candidates` in a row have failed  [SR19]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    changes = np.empty(k)
    n_evaluations, failures = 0, 0
    while failures < max_candidates:
        if interrupted(n_evaluations):
            break
        c = rng.integers(0, n)
        if is_medoid(medoids, near.first, c):  # no swap: draw again
            continue
        n_evaluations += 1
        loss_changes_by_slot(dist, near, c, changes)
        slot = np.argmin(changes)  # ties: lowest slot
        new_loss = loss_if_better(dist, near, log.loss, changes[slot], slot, c)
        if new_loss < log.loss:
            log = make_swap(dist, medoids, near, log, slot, c, new_loss)
            failures = 0
        else:
            failures += 1
    return outcome(medoids, log, np.int64(1), n_evaluations, near.lookups[0])


ALGORITHM = Algorithm(
    __name__,
    title="FastCLARANS",
    paper="schubert2019",
    cost="O(n) a candidate on average; ends after 2.5 % of n-k failures in a row",
    memory="O(n + k)",
    local_optimum=False,
    seeded=True,
)

"""FasterCLARANS: FastCLARANS with the loss changes split as in FasterPAM. O(n + k) a candidate in the worst case.

The papers name no such algorithm, so this is its definition. As in FastCLARANS only the candidate is drawn and an
improving one is taken at once in its best slot, so FasterCLARANS makes FastCLARANS' swaps. But as in FasterPAM
(Schubert & Rousseeuw 2021 [SR21]) the change is the sum of three parts, dTD(i, c) = R_i + A_c + B_ic: R_i, the loss of
removing medoid i, is kept until the next swap, and A_c, the gain of adding the candidate, is one number that all slots
share, where FastCLARANS adds each of its terms to all k. It relates to FastCLARANS as the FastPAM1 of 2021 to that of
2019, and to FasterPAM as a random part of the candidates to all of them.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, loss_if_better, make_swap
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.points import data_of
from kmedoids_bench.algorithms.core.problem import checked_k
from kmedoids_bench.algorithms.sampling.best_of import best_of_searches
from kmedoids_bench.algorithms.sampling.fastclarans import candidates_to_try, swap_fastclarans


def fasterclarans(distances, k, *, n_local=2, max_candidates=None, seed=None) -> Clustering:
    """Cluster with FasterCLARANS: the swaps of `fastclarans`, found with less work.

    Parameters and errors are those of `fastclarans`.

    Returns
    -------
    Clustering
        As from `fastclarans`, and for the same seed its result. Where two swaps are equally good up to rounding the
        two may take different ones, since they add the same numbers in another order.

    Examples
    --------
    >>> import numpy as np
    >>> from kmedoids_bench.algorithms import Points
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fasterclarans(Points(x[:, None]), k=2, max_candidates=40, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    data = data_of(distances)
    k = checked_k(k, data.n)
    limit = candidates_to_try(max_candidates, data.n, k)
    # A single medoid has no second nearest one and no finite R_i; there is nothing to share either.
    swap_kernel = swap_fasterclarans if k > 1 else swap_fastclarans
    return best_of_searches(swap_kernel, data, k, n_local, limit, seed)


@kernel
def swap_fasterclarans(dist, medoids, max_candidates, rng):
    """Random candidates from the given medoids (at least two) until `max_candidates` in a row have failed."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    removal, changes = removal_loss(near, k), np.empty(k)
    n_evaluations, failures = 0, 0
    while failures < max_candidates:
        if interrupted(n_evaluations):
            break
        c = rng.integers(0, n)
        if is_medoid(medoids, near.first, c):  # no swap: draw again
            continue
        n_evaluations += 1
        shared = loss_changes(dist, near, removal, c, changes)
        slot = np.argmin(changes)  # ties: lowest slot
        new_loss = loss_if_better(dist, near, log.loss, changes[slot] + shared, slot, c)
        if new_loss < log.loss:
            log = make_swap(dist, medoids, near, log, slot, c, new_loss)
            failures = 0
            removal = removal_loss(near, k)
        else:
            failures += 1
    return outcome(medoids, log, np.int64(1), n_evaluations, near.lookups[0])


ALGORITHM = Algorithm(
    __name__,
    title="FasterCLARANS",
    paper="schubert2021",
    cost="O(n + k) a candidate; ends after 2.5 % of n-k failures in a row",
    memory="O(n + k)",
    local_optimum=False,
    same_result_as="fastclarans",
    seeded=True,
)

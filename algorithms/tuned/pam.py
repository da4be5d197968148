"""PAM on maintained gains, engineered for the machine. Specification: `pam`; as loops: `resende_werneck`.

Layout. The tables are those of `gains`, in tiles that threads share out; the medoids' columns lie side by side
(`cache`). The best swap is kept per candidate while its tile is in the cache. Before the search ends, FastPAM1's full
scan (`scan`), which knows nothing of the tables, has to agree that no swap is left; else they are filled afresh.
"""

import numpy as np

from kmedoids_bench.algorithms.algorithm import Algorithm
from kmedoids_bench.algorithms.clustering import Clustering
from kmedoids_bench.algorithms.kernel import kernel
from kmedoids_bench.algorithms.loss import improves, loss_after_swap, removal_loss, total_deviation
from kmedoids_bench.algorithms.nearest import Nearest, nearest_medoids
from kmedoids_bench.algorithms.problem import Problem
from kmedoids_bench.algorithms.search import Search, append, new_log
from kmedoids_bench.algorithms.tuned.cache import medoid_columns, swap
from kmedoids_bench.algorithms.tuned.gains import (
    changed_objects,
    new_gains,
    refresh_in_parallel,
    refresh_serially,
    without_shares,
)
from kmedoids_bench.algorithms.tuned.local_search import local_search
from kmedoids_bench.algorithms.tuned.scan import best_swap as best_swap_by_scan
from kmedoids_bench.algorithms.tuned.scan import evaluate_in_parallel, evaluate_serially


def pam(
    distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None, threads=1
) -> Clustering:
    """Cluster with PAM: the same sequence of swaps as the plain `pam`.

    Parameters and errors are those of the plain one, and one more. The tables need 8nk bytes; an asymmetric matrix
    is copied once (`Problem.by_object`).

    Parameters
    ----------
    threads : int
        Number of threads. The result does not depend on it, to the bit.

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Where two swaps are equally good up to rounding, the two may
        take different ones. `n_evaluations` counts a candidate once in every pass and once more in each full scan
        that confirms the end.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = pam(np.abs(x[:, None] - x), k=2)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    problem = Problem.of(distances)
    forms = (refresh_serially, evaluate_serially), (refresh_in_parallel, evaluate_in_parallel)
    return local_search(
        swap_pam, problem, medoids, k, start, seed, max_passes, threads, forms, problem.by_object
    )


@kernel
def swap_pam(dist, medoids, max_passes, refresh, evaluate, by_object):
    """SWAP on maintained gains from the given medoids (at least two); by_object[o, c] = dist[c, o]  [RW07]."""
    n, k = dist.shape[0], len(medoids)
    medoids, log = medoids.copy(), new_log()
    near, columns = nearest_medoids(dist, medoids), medoid_columns(dist, medoids)
    loss, removal = total_deviation(near), removal_loss(near, k)
    before, gains = without_shares(near), new_gains(n, k)
    least = np.empty(gains.shared.shape)
    n_passes, n_evaluations, n_lookups = 0, 0, 2 * n * k
    while n_passes < max_passes:
        n_passes += 1
        changed = changed_objects(before, near, k)
        refresh(by_object, changed, before, near, gains, removal, least)
        n_lookups += len(changed) * n
        change, slot, candidate = best_swap(medoids, removal, gains, least)
        n_evaluations += n - k
        new_loss = loss
        if change < 0:
            new_loss = loss_after_swap(dist, near, slot, candidate)
            n_lookups += n
        refill = False
        if not improves(new_loss, loss):  # the end, unless the tables are wrong
            change, slot, candidate = best_swap_by_scan(dist, medoids, near, removal, evaluate)
            n_evaluations += n - k
            n_lookups += (n - k) * n
            if not change < 0:
                break
            new_loss = loss_after_swap(dist, near, slot, candidate)
            n_lookups += n
            if not improves(new_loss, loss):
                break
            refill = True
        log = append(log, medoids[slot], candidate, new_loss)
        before = Nearest(near.first.copy(), near.second, near.d_first.copy(), near.d_second.copy())
        swap(dist, medoids, near, columns, slot, candidate)
        n_lookups += n
        loss, removal = new_loss, removal_loss(near, k)
        if refill:
            before, gains = without_shares(near), new_gains(n, k)
    return Search(medoids, log, n_passes, n_evaluations, n_lookups)


@kernel
def best_swap(medoids, removal, gains, least):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot. O(n + k)."""
    flat = least.ravel()[: gains.n]
    flat[medoids] = np.inf
    candidate = np.argmin(flat)
    tile, place = candidate // least.shape[1], candidate % least.shape[1]
    slot = np.argmin(removal + gains.extra[tile, :, place])
    return flat[candidate], slot, candidate


ALGORITHMS = (
    Algorithm(
        name="pam",
        title="PAM (tuned)",
        call=pam,
        kind="swap",
        paper="resende2007",
        cost="O(n²) once, then O(n²/k + nk) a pass on average",
        memory="O(nk)",
        local_optimum=True,
        same_result_as="pam",
        tier="tuned",
    ),
)

"""FasterPAM, engineered for the machine. Specification: `fasterpam`, to the bit.

Layout. Candidates are evaluated in batches (`scan`): one group, or one for each thread and, where swaps have become
rare, more and more of them. The first of a batch that improves is swapped in and what follows it is evaluated anew, as
if they had come one by one. The medoids' columns lie side by side (`nearest`). The last full circle is
the full evaluation that confirms the end: it reads the matrix and keeps nothing from before.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import candidate_limit, n_passes_of
from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap, removal_loss, total_deviation
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import append, new_log, outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_order
from kmedoids_bench.algorithms.tuned.nearest import new_state, swap
from kmedoids_bench.algorithms.tuned.scan import evaluate, group_size, padded
from kmedoids_bench.algorithms.tuned.threads import with_threads

BATCH = 512  # candidates evaluated together at most, where swaps have become rare
RARE = 8  # a batch has this part of the candidates that were passed since the last swap: so little is in vain


def fasterpam(
    distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None, order=None, threads=1
) -> Clustering:
    """Cluster with FasterPAM: the same swaps as the plain `fasterpam`.

    Parameters and errors are those of the plain one, and `threads` as for `pam`.

    Returns
    -------
    Clustering
        The plain one's, to the bit, from the same start medoids. Those of ``start="build"`` are the tuned BUILD's:
        where two candidates are equally good up to rounding, the plain one may choose others. `n_evaluations` is
        the plain one's, too: candidates evaluated again because another one of their batch was swapped in are not
        counted twice. `n_lookups` counts the entries of the matrix that are read, for these candidates again and
        for those that fill up a group; so it is another number than the plain one's, and larger with several
        threads, whose batches are larger.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fasterpam(np.abs(x[:, None] - x), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    problem = Problem.of(distances)
    order = checked_order(order, problem.n)
    search, more = with_threads(swap_fasterpam, threads), {"tier": "tuned", "threads": threads}
    return local_search(search, problem, medoids, k, start, seed, max_passes, order, **more)


@kernel
def swap_fasterpam(dist, medoids, max_passes, threads, order):
    """Eager SWAP from the given medoids (at least two), trying the candidates in `order`  [SR21, section 3.2].

    `threads` is None for one.
    """
    n, k = dist.shape[0], len(medoids)
    medoids = medoids.copy()
    state, group = new_state(dist, medoids), group_size(k)
    near = state.near
    removal = removal_loss(near, k)
    batch, places = np.empty(BATCH, np.int64), np.empty(BATCH, np.int64)
    changes, slots = np.empty(BATCH), np.empty(BATCH, np.int64)
    log, n_evaluations, n_lookups = new_log(total_deviation(near)), 0, 2 * n * k
    limit = candidate_limit(n, max_passes)
    position, end = 0, n  # candidates passed; where a full circle without a swap is complete
    while position < min(end, limit):
        size = batch_size(group, position - (end - n), threads)
        count, ahead = 0, position  # the next candidates, and how far they reach
        while count < size and ahead < min(end, limit):
            c = order[ahead % n]
            if not is_medoid(medoids, near.first, c):
                batch[count], places[count] = c, ahead
                count += 1
            ahead += 1
        full = padded(count, k)
        batch[count:full] = batch[0]
        evaluate(dist, near, state.bounds, removal, batch[:full], changes[:full], slots[:full], threads)
        n_lookups += full * n
        if interrupted_now():
            break
        for j in range(count):
            n_evaluations += 1
            if not changes[j] < 0:
                continue
            new_loss = loss_after_swap(dist, near, slots[j], batch[j])
            n_lookups += n
            if not improves(new_loss, log.loss):
                continue
            log = append(log, medoids[slots[j]], batch[j], new_loss)
            swap(dist, medoids, state, slots[j], batch[j])
            n_lookups += n
            removal = removal_loss(near, k)
            ahead = places[j] + 1
            end = ahead + n
            break
        position = ahead
    return outcome(medoids, log, n_passes_of(position, n), n_evaluations, n_lookups)


@kernel
def batch_size(group, passed, threads):
    """Return how many candidates to evaluate together, `passed` candidates after the last swap."""
    if threads is None:
        return group
    return min(max(threads * group, passed // RARE // group * group), BATCH)


ALGORITHM = Algorithm(
    __name__,
    title="FasterPAM (tuned)",
    paper="schubert2021",
    cost="O(n²) a pass",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="fasterpam",
    threads=True,
)

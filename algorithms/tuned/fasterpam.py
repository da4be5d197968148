"""FasterPAM, engineered for the machine. Specification: `fasterpam`, to the bit.

Layout. Candidates are evaluated in batches (`scan`): eight side by side, and where swaps have become rare more and more
of them, on all threads. The first of a batch that improves is swapped in and what follows it is
evaluated anew, as if they had come one by one. The medoids' columns lie side by side (`cache`). The last full circle is
the full evaluation that confirms the end: it reads the matrix and keeps nothing from before.
"""

import numpy as np

from kmedoids_bench.algorithms.algorithm import Algorithm
from kmedoids_bench.algorithms.clustering import Clustering
from kmedoids_bench.algorithms.kernel import kernel
from kmedoids_bench.algorithms.loss import improves, loss_after_swap, removal_loss, total_deviation
from kmedoids_bench.algorithms.nearest import is_medoid, nearest_medoids
from kmedoids_bench.algorithms.problem import Problem, checked_order
from kmedoids_bench.algorithms.search import UNLIMITED, Search, append, new_log
from kmedoids_bench.algorithms.tuned.cache import medoid_columns, swap
from kmedoids_bench.algorithms.tuned.lanes import SQUARE
from kmedoids_bench.algorithms.tuned.local_search import local_search
from kmedoids_bench.algorithms.tuned.scan import evaluate_in_parallel, evaluate_serially

BATCH = 64  # candidates evaluated together at most, where swaps have become rare


def fasterpam(
    distances, medoids=None, *, k=None, start="random", seed=None, max_passes=None, order=None, threads=1
) -> Clustering:
    """Cluster with FasterPAM: the same swaps as the plain `fasterpam`.

    Parameters and errors are those of the plain one, and `threads` as for `pam`.

    Returns
    -------
    Clustering
        The plain one's, to the bit. `n_evaluations` is the plain one's, too: candidates evaluated again because
        another one of their batch was swapped in are not counted twice, nor in `n_lookups`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = fasterpam(np.abs(x[:, None] - x), k=2, seed=0)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    problem = Problem.of(distances)
    forms = (evaluate_serially, SQUARE), (evaluate_in_parallel, BATCH)
    order = checked_order(order, problem.n)
    return local_search(swap_fasterpam, problem, medoids, k, start, seed, max_passes, threads, forms, order)


@kernel
def swap_fasterpam(dist, medoids, max_passes, evaluate, largest, order):
    """Eager SWAP from the given medoids (at least two), trying the candidates in `order`  [SR21, section 3.2]."""
    n, k = dist.shape[0], len(medoids)
    medoids, log = medoids.copy(), new_log()
    near, columns = nearest_medoids(dist, medoids), medoid_columns(dist, medoids)
    loss, removal = total_deviation(near), removal_loss(near, k)
    batch, places = np.empty(largest, np.int64), np.empty(largest, np.int64)
    changes, slots = np.empty(largest), np.empty(largest, np.int64)
    n_evaluations, n_lookups = 0, 2 * n * k
    last = n * min(max_passes, UNLIMITED // n)
    position, end = 0, n  # candidates passed; where a full circle without a swap is complete
    size = SQUARE
    while position < min(end, last):
        count, ahead = 0, position  # the next candidates, and how far they reach
        while count < size and ahead < min(end, last):
            c = order[ahead % n]
            if not is_medoid(medoids, near, c):
                batch[count], places[count] = c, ahead
                count += 1
            ahead += 1
        padded = (count + SQUARE - 1) // SQUARE * SQUARE
        batch[count:padded] = batch[0]  # if there is a last one that is not full
        evaluate(dist, near, removal, batch[:padded], changes[:padded], slots[:padded])
        size = min(2 * size, largest)
        for j in range(count):
            n_evaluations += 1
            n_lookups += n
            if not changes[j] < 0:
                continue
            new_loss = loss_after_swap(dist, near, slots[j], batch[j])
            n_lookups += n
            if not improves(new_loss, loss):
                continue
            log = append(log, medoids[slots[j]], batch[j], new_loss)
            swap(dist, medoids, near, columns, slots[j], batch[j])
            n_lookups += n
            loss, removal = new_loss, removal_loss(near, k)
            ahead, size = places[j] + 1, SQUARE
            end = ahead + n
            break
        position = ahead
    n_passes = (position + n - 1) // n
    return Search(medoids, log, n_passes, n_evaluations, n_lookups)


ALGORITHMS = (
    Algorithm(
        name="fasterpam",
        title="FasterPAM (tuned)",
        call=fasterpam,
        kind="swap",
        paper="schubert2021",
        cost="O(n²) a pass",
        memory="O(nk)",
        local_optimum=True,
        same_result_as="fasterpam",
        tier="tuned",
    ),
)

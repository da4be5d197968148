"""The best single medoid: k = 1, where there is no second nearest medoid and one scan finds the optimum."""

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves
from kmedoids_bench.algorithms.core.outcome import append, new_log, outcome


@kernel
def most_central(dist):
    """Return the object with the least sum of distances to all others, and that sum; ties: lowest index. O(n^2)."""
    best, best_loss = -1, np.inf
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        loss = 0.0
        for o in range(dist.shape[0]):
            loss += np.float64(dist[c, o])
        if loss < best_loss:
            best, best_loss = c, loss
    return best, best_loss


@kernel
def swap_single_medoid(dist, medoids):
    """Move the only medoid to the most central object, unless it is as good already."""
    n = dist.shape[0]
    medoids, loss = medoids.copy(), 0.0
    for o in range(n):
        loss += np.float64(dist[medoids[0], o])
    log = new_log(loss)
    best, best_loss = most_central(dist)
    if improves(best_loss, loss):
        log = append(log, medoids[0], best, best_loss)
        medoids[0] = best
    return outcome(medoids, log, np.int64(1), n - 1, n * n + n)

"""The steps that these searches share: those of `core.descent`, with the third nearest medoid and the ratios."""

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves
from kmedoids_bench.algorithms.core.outcome import append, new_log
from kmedoids_bench.algorithms.silhouettes.ratios import loss_after_swap, total_ratio
from kmedoids_bench.algorithms.silhouettes.three_nearest import swap, three_nearest_medoids


@kernel
def begin(dist, medoids):
    """Return a copy of the medoids, the three nearest of them for every object, and a log without swaps. O(nk)."""
    near = three_nearest_medoids(dist, medoids)
    return medoids.copy(), near, new_log(total_ratio(near))


@kernel
def swap_if_better(dist, medoids, near, log, change, slot, candidate):
    """Make a swap if it lowers the loss by more than the tolerance. Return the log, and whether it was made. O(n).

    `change` is the change of the loss according to a scan. Only if it is negative is the loss summed anew.
    """
    if change < 0:
        new_loss = loss_after_swap(dist, near, slot, candidate)
        if improves(new_loss, log.loss):
            log = append(log, medoids[slot], candidate, new_loss)
            swap(dist, medoids, near, slot, candidate)
            return log, True
    return log, False

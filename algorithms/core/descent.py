"""The steps that the swap loops share: begin a search, compute the loss after a swap, make the swap."""

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.loss import improves, loss_after_swap, total_deviation
from kmedoids_bench.algorithms.core.nearest import nearest_medoids, swap
from kmedoids_bench.algorithms.core.outcome import append, new_log
from kmedoids_bench.algorithms.core.problem import UNLIMITED


@kernel
def begin(dist, medoids):
    """Return a copy of the medoids, the nearest of them for every object, and a log without swaps. O(nk)."""
    near = nearest_medoids(dist, medoids)
    return medoids.copy(), near, new_log(total_deviation(near))


@kernel
def loss_if_better(dist, near, loss, change, slot, candidate):
    """Return the loss after a swap, or `loss`, as it is now, if the swap does not lower it by more than the tolerance.

    `change` is the change of the loss according to a scan. Only if it is negative is the loss summed anew. O(n).
    """
    if change < 0:
        new_loss = loss_after_swap(dist, near, slot, candidate)
        if improves(new_loss, loss):
            return new_loss
    return loss


@kernel
def make_swap(dist, medoids, near, log, slot, candidate, new_loss):
    """Replace the medoid in `slot` by `candidate`, and return the log with this swap. O(n)."""
    log = append(log, medoids[slot], candidate, new_loss)
    swap(dist, medoids, near, slot, candidate)
    return log


@kernel
def swap_if_better(dist, medoids, near, log, change, slot, candidate):
    """Make a swap if it lowers the loss by more than the tolerance. Return the log, and whether it was made. O(n)."""
    new_loss = loss_if_better(dist, near, log.loss, change, slot, candidate)
    if new_loss < log.loss:
        return make_swap(dist, medoids, near, log, slot, candidate, new_loss), True
    return log, False


@kernel
def candidate_limit(n, max_passes):
    """Return how many candidates an eager search may try, which goes round through all n of them."""
    return n * min(max_passes, UNLIMITED // n)


@kernel
def n_passes_of(tried, n):
    """Return how many passes over all n candidates such a search has begun."""
    return (tried + n - 1) // n

"""FastPAM2: up to k swaps a pass, the best one of every medoid while they still gain. O(n^2) a pass.

Schubert & Rousseeuw, "Faster k-medoids clustering", SISAP 2019 [SR19], Algorithm 2. The scan that finds PAM's best
swap finds the best swap of every slot on the way; FastPAM2 makes not only the first of them. A later one is
evaluated again first, since the earlier ones may have taken its gain; the tolerance says how much of it may be
gone. The scan is form B's (`loss.loss_changes`), as in `fastpam1`.
"""

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import begin, make_swap
from kmedoids_bench.algorithms.core.interrupt import interrupted
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import comes_before, improves, loss_after_swap, loss_changes, removal_loss
from kmedoids_bench.algorithms.core.nearest import is_medoid
from kmedoids_bench.algorithms.core.outcome import outcome
from kmedoids_bench.algorithms.core.problem import checked_number


def fastpam2(distances, medoids=None, *, k=None, start="lab", seed=None, max_passes=None, tolerance=1.0) -> Clustering:
    """Cluster with FastPAM2: several swaps a pass from the given start medoids, or from a start of its own.

    Parameters and errors are those of `pam`, and one more:

    Parameters
    ----------
    tolerance : float, in 0 .. 1
        The share of its gain that a swap after the first of a pass may have lost to the earlier ones (tau).
        1: it is made as long as it improves at all; 0: only if it gains as much as the scan has promised,
        which with float64 rounding may decide.

    Returns
    -------
    Clustering
        A single-swap local optimum, as a rule another than PAM's: only the first swap of a pass is PAM's.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0, 20.0, 21.0, 22.0])
    >>> result = fastpam2(np.abs(x[:, None] - x), [0, 3, 6])
    >>> result.medoids.tolist(), result.n_swaps, result.n_passes
    ([1, 4, 7], 3, 2)
    """
    return local_search(
        swap_fastpam2, distances, medoids, k, start, seed, max_passes, checked_number("tolerance", tolerance, 0, 1)
    )


@kernel
def swap_fastpam2(dist, medoids, max_passes, tolerance):
    """SWAP of FastPAM2 from the given medoids (at least two)  [SR19, Algorithm 2]."""
    n, k = dist.shape[0], len(medoids)
    medoids, near, log = begin(dist, medoids)
    changes, candidates = np.empty(k), np.empty(k, np.int64)
    n_passes, improved = 0, True
    while improved and n_passes < max_passes:
        n_passes += 1
        improved = False
        best_swaps(dist, medoids, near, changes, candidates)
        for _ in range(k):
            slot = best_slot(changes, candidates)
            promised, candidate = changes[slot], candidates[slot]
            if not promised < 0:
                break
            changes[slot] = np.inf  # every slot has one turn in a pass
            if is_medoid(medoids, near.first, candidate):  # by now, in another slot
                continue
            new_loss = loss_after_swap(dist, near, slot, candidate)
            kept = new_loss - log.loss <= (1 - tolerance) * promised
            if improves(new_loss, log.loss) and (kept or not improved):
                log = make_swap(dist, medoids, near, log, slot, candidate, new_loss)
                improved = True
    return outcome(medoids, log, n_passes, n_passes * (n - k), near.lookups[0])


@kernel
def best_swaps(dist, medoids, near, changes, candidates):
    """For every slot the candidate that lowers the loss most, and the change; ties: lowest candidate. O(n(n+k)).

    Where all objects are medoids the changes are infinite, and the candidates have no meaning.
    """
    removal = removal_loss(near, len(medoids))
    of_candidate = np.empty(len(medoids))
    changes[:] = np.inf
    for c in range(dist.shape[0]):
        if interrupted(c):
            break
        if is_medoid(medoids, near.first, c):
            continue
        shared = loss_changes(dist, near, removal, c, of_candidate)
        for i in range(len(medoids)):
            if of_candidate[i] + shared < changes[i]:
                changes[i], candidates[i] = of_candidate[i] + shared, c


@kernel
def best_slot(changes, candidates):
    """Slot whose swap lowers the loss most; ties: lowest candidate, then lowest slot."""
    slot = 0
    for i in range(1, len(changes)):
        if comes_before(changes[i], candidates[i], changes[slot], candidates[slot]):
            slot = i
    return slot


ALGORITHM = Algorithm(
    __name__, title="FastPAM2", paper="schubert2019", cost="O(n²) a pass", memory="O(n + k)", local_optimum=True
)

"""The result of every algorithm."""

from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted_now, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.points import Points
from kmedoids_bench.algorithms.core.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """A clustering, and what it took to find it.

    The counters speak of the swap phase (of the choice of medoids, for a start); they do not depend on the
    machine. `swaps` and `losses` have one entry per swap, in the order in which the swaps were made. Alternating
    changes several medoids at once: one entry for each of them, all with the loss after the whole step.
    """

    medoids: np.ndarray  # int64, shape (k,), ids of objects by slot
    loss: float  # total deviation: sum over all objects of the dissimilarity to the nearest medoid
    labels: np.ndarray  # int64, shape (n,), slot of the nearest medoid; ties: lowest slot, a medoid is its own
    n_swaps: int
    n_passes: int  # started passes over the candidates, the last unsuccessful one included
    n_evaluations: int  # candidates evaluated, each against all slots
    n_lookups: int  # entries of the matrix read
    swaps: np.ndarray  # int64, shape (n_swaps, 2): (removed, added)
    losses: np.ndarray  # float64, shape (n_swaps,): loss after the swap


def clustering_of(data: Problem | Points, outcome: Outcome) -> Clustering:
    """Complete the outcome of a kernel: the loss and the labels are computed anew from its medoids, O(nk)."""
    labels, loss = assign(data.distances, outcome.medoids)
    return Clustering(
        medoids=outcome.medoids,
        loss=loss,
        labels=labels,
        n_swaps=len(outcome.losses),
        n_passes=outcome.n_passes,
        n_evaluations=outcome.n_evaluations,
        n_lookups=outcome.n_lookups,
        swaps=np.column_stack((outcome.removed, outcome.added)),
        losses=outcome.losses.copy(),
    )


def assign(distances, medoids: np.ndarray) -> tuple[np.ndarray, float]:
    """Assign every object to its nearest medoid, O(nk).

    Returns
    -------
    labels : int64 array of shape (n,)
        Slots; ties: the lowest, but a medoid belongs to itself.
    loss : float
        Sum of the dissimilarities, in float64.
    """
    labels, d_nearest = run(nearest_slots, distances, medoids)
    labels[medoids] = np.arange(len(medoids))
    return labels, float(d_nearest.sum())


@kernel
def nearest_slots(dist, medoids):
    """Return the slot of the nearest medoid, and its distance, for every object; ties: lowest slot. O(nk)."""
    slots, d_nearest = np.zeros(dist.shape[1], np.int64), np.full(dist.shape[1], np.inf)
    for i in range(len(medoids)):
        if interrupted_now():
            break
        m = medoids[i]  # read outside the inner loop, which has no branches, so that it is vectorised
        for o in range(dist.shape[1]):
            d = np.float64(dist[m, o])
            closer = d < d_nearest[o]
            slots[o] = i if closer else slots[o]
            d_nearest[o] = d if closer else d_nearest[o]
    return slots, d_nearest

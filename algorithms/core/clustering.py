"""The result of every algorithm."""

from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.core.outcome import Search
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


def clustering_of(problem: Problem, search: Search) -> Clustering:
    """Complete the outcome of a search: loss and labels are computed anew from its medoids, O(nk)."""
    labels, loss = assign(problem.distances, search.medoids)
    log, n_swaps = search.log, search.log.n_swaps
    return Clustering(
        medoids=search.medoids,
        loss=loss,
        labels=labels,
        n_swaps=n_swaps,
        n_passes=search.n_passes,
        n_evaluations=search.n_evaluations,
        n_lookups=search.n_lookups,
        swaps=np.column_stack((log.removed[:n_swaps], log.added[:n_swaps])),
        losses=log.loss[:n_swaps].copy(),
    )


def assign(distances: np.ndarray, medoids: np.ndarray) -> tuple[np.ndarray, float]:
    """Assign every object to its nearest medoid.

    Returns
    -------
    labels : int64 array of shape (n,)
        Slots; ties: the lowest, but a medoid belongs to itself.
    loss : float
        Sum of the dissimilarities, in float64.
    """
    labels = np.zeros(distances.shape[1], np.int64)
    nearest = distances[medoids[0]].astype(np.float64)
    for slot, m in enumerate(medoids[1:], start=1):
        closer = distances[m] < nearest
        labels[closer] = slot
        nearest[closer] = distances[m, closer]
    labels[medoids] = np.arange(len(medoids))
    return labels, float(nearest.sum())

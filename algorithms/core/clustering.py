"""The result of every algorithm."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted_now, run
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.picture import picture
from kmedoids_bench.algorithms.core.points import Points, data_of
from kmedoids_bench.algorithms.core.problem import Problem
from kmedoids_bench.algorithms.core.silhouette import medoid_silhouettes, silhouettes


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Clustering:
    """A clustering, and what it took to find it.

    The counters speak of the swap phase (of the choice of medoids, for a start); they do not depend on the
    machine. `swaps` and `losses` have one entry per swap, in the order in which the swaps were made. Alternating
    changes several medoids at once: one entry for each of them, all with the loss after the whole step.

    A clustering unpacks into ``medoids, labels, loss``, prints itself briefly, and is a picture in a notebook.
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

    @property
    def k(self) -> int:
        """Number of medoids."""
        return len(self.medoids)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.medoids, self.labels, self.loss))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(k={self.k}, n={len(self.labels)}, loss={self.loss:.6g}, n_swaps={self.n_swaps}, "
            f"n_passes={self.n_passes})"
        )

    def _repr_html_(self) -> str:
        """Return a small picture for a notebook: the medoids, and how many objects each of them has."""
        title = f"k = {self.k}, n = {len(self.labels)}, loss = {self.loss:.6g}"
        return picture(self.medoids, np.bincount(self.labels, minlength=self.k), title)

    def to_dict(self) -> dict[str, Any]:
        """Return k and all fields as numbers and lists, which json can write."""
        return {"k": self.k} | {field.name: np.asarray(getattr(self, field.name)).tolist() for field in fields(self)}

    def predict(self, distances) -> np.ndarray:
        """Assign other objects to their nearest medoids.

        Parameters
        ----------
        distances : array_like of shape (m, k) or (m, n)
            One row for each of the m objects: its dissimilarities to the medoids in the order of `medoids`, or to
            all objects that were clustered. If k = n, to the medoids.

        Returns
        -------
        int64 array of shape (m,)
            Slots, as in `labels`; ties: the lowest.

        Raises
        ------
        ValueError
            If the shape is another one, or an entry is NaN.
        """
        dist = np.asarray(distances)
        if dist.ndim != 2 or dist.shape[1] not in (self.k, len(self.labels)):
            raise ValueError(
                f"distances has shape {dist.shape}, must have a row for each new object, with {self.k} columns for the "
                f"medoids or {len(self.labels)} for all objects"
            )
        to_medoids = dist if dist.shape[1] == self.k else dist[:, self.medoids]
        if np.isnan(to_medoids).any():
            raise ValueError("distances has entries that are nan: every distance to a medoid is needed")
        return to_medoids.argmin(axis=1)

    def silhouette(self, distances) -> float:
        """Return the mean silhouette of all objects (Rousseeuw 1987), -1 .. 1, which is large for a good k; O(n^2).

        The value of scikit-learn's `silhouette_score`. It is that of the labels: it compares the mean
        dissimilarities to the own and to the next cluster. Compare `medoid_silhouette`.

        Parameters
        ----------
        distances : array_like of shape (n, n), or Problem, or Points
            What was clustered.

        Raises
        ------
        TypeError, ValueError
            For bad input, or if there is only one cluster.
        """
        return float(silhouettes(self._clustered(distances), self.labels, self.k).mean())

    def medoid_silhouette(self, distances) -> float:
        """Return the mean medoid silhouette of all objects (Van der Laan 2003), 0 .. 1; O(nk).

        As `silhouette`, but with the dissimilarities to the nearest and the second nearest medoid in place of the
        means, so it is quick, and needs no matrix if points are given. Parameters and errors are the same.
        """
        return float(medoid_silhouettes(self._clustered(distances), self.medoids).mean())

    def _clustered(self, distances):
        """Return the dissimilarities that a silhouette reads; raise TypeError or ValueError if there can be none."""
        if self.k == 1:
            raise ValueError("k is 1: a silhouette compares with the next cluster, and there is none")
        data = data_of(distances)
        if data.n != len(self.labels):
            raise ValueError(f"distances are of {data.n} objects, but {len(self.labels)} were clustered")
        return data.distances


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


def clustering_of(data: Problem | Points, outcome: Outcome, assigning: Callable = assign) -> Clustering:
    """Complete the outcome of a kernel: the loss and the labels are computed anew from its medoids, O(nk).

    `assigning` is `assign`, or a faster form of it.
    """
    labels, loss = assigning(data.distances, outcome.medoids)
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

"""Independent checks of a result, from the medoids and the matrix alone, or the points where there is no matrix.

Written in numpy from the definitions, without the kernels of `algorithms/`: no implementation checks its own results.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kmedoids_bench.datasets.metrics import block_function

PART = 1 << 15  # points whose distances to the medoids are computed together
# A gain below this share of the loss is rounding (criterion of claim 4).
NEGLIGIBLE = 1e-9


class Nonsense(ValueError):
    """A result that is not a set of k medoids."""


@dataclass(frozen=True)
class Verified:
    """What is known of a result after the check."""

    loss: float  # recomputed in float64
    local_optimum: bool | None  # no single swap lowers the loss by more than `NEGLIGIBLE` of it; None: not known
    medoid_silhouette: float | None  # mean over all objects, in float64; None for one medoid


def verify(distances: np.ndarray, medoids: Sequence[int], k: int, fewer: bool = False) -> Verified:
    """Check medoids that were to be `k` against the matrix; raise Nonsense if they are not k distinct objects.

    distances[c, o], shape (n, n), is the dissimilarity of object o to medoid c; any real dtype, may be memory-mapped.
    With `fewer`, the call was to choose their number, and `k` is the most.
    """
    check_medoids(medoids, len(distances), k, fewer)
    to_medoids = distances[np.asarray(medoids)].astype(np.float64)
    loss = float(to_medoids.min(axis=0).sum())
    return Verified(loss, best_gain(distances, to_medoids) <= NEGLIGIBLE * loss, medoid_silhouette(to_medoids))


def verify_from_points(
    points: np.ndarray, metric: str, medoids: Sequence[int], k: int, fewer: bool = False
) -> Verified:
    """Check medoids that were to be `k` against the points, shape (n, dimensions); raise Nonsense as `verify` does.

    Loss and medoid silhouette take O(nk). All swaps would take O(n^2), so local optimality is not looked at.
    """
    check_medoids(medoids, len(points), k, fewer)
    chosen, losses, silhouettes = points[np.asarray(medoids)], [], []
    for first in range(0, len(points), PART):
        part = np.concatenate((chosen, points[first : first + PART]))
        to_medoids = block_function(part, metric)(slice(0, len(chosen)), slice(len(chosen), len(part)))
        losses.append(float(to_medoids.min(axis=0).sum()))
        silhouettes.append((medoid_silhouette(to_medoids) or 0.0) * to_medoids.shape[1])
    silhouette = None if len(chosen) == 1 else math.fsum(silhouettes) / len(points)
    return Verified(math.fsum(losses), None, silhouette)


def check_medoids(medoids: Sequence[int], n: int, k: int, fewer: bool = False) -> None:
    """Raise Nonsense unless these are k distinct ones of n objects; with `fewer`, at most k."""
    if len(medoids) != k and not (fewer and 0 < len(medoids) < k):
        raise Nonsense(f"returned {len(medoids)} medoids instead of {'at most ' if fewer else ''}{k}")
    if not all(isinstance(m, int) and 0 <= m < n for m in medoids):
        raise Nonsense(f"returned medoids that are not in 0 .. {n - 1}: {list(medoids)[:8]}")
    if len(set(medoids)) != len(medoids):
        raise Nonsense("returned the same medoid more than once")


def medoid_silhouette(to_medoids: np.ndarray) -> float | None:
    """Mean over all objects of 1 - a / b, with the dissimilarities to the nearest and the second nearest medoid; O(nk).

    An object with a = 0 has 1, also if b = 0. None for one medoid.
    """
    if len(to_medoids) == 1:
        return None
    nearest, second = np.partition(to_medoids, 1, axis=0)[:2]
    ratios = np.divide(nearest, second, out=np.zeros_like(nearest), where=nearest > 0)
    return 1.0 - float(ratios.mean())


def best_gain(distances: np.ndarray, to_medoids: np.ndarray) -> float:
    """By how much the best single swap lowers the loss; O(n^2) time, O(n) memory beyond the k rows.

    Candidate by candidate: an object whose medoid leaves goes to the candidate or to its second nearest medoid, any
    other goes to the candidate if that is nearer; the changes are summed by the medoid that leaves.
    """
    k, n = to_medoids.shape
    owner = to_medoids.argmin(axis=0)
    nearest = to_medoids.min(axis=0)
    others = to_medoids.copy()
    others[owner, np.arange(n)] = np.inf
    second = others.min(axis=0)  # inf for k = 1: then the candidate takes all objects
    best = 0.0
    for row in distances:
        d = row.astype(np.float64)
        stays = np.minimum(d - nearest, 0.0)
        leaves = np.minimum(d, second) - nearest
        changes = stays.sum() + np.bincount(owner, leaves - stays, minlength=k)
        best = max(best, -float(changes.min()))
    return best

"""The specification of the medoid silhouette: from its definition, in exact fractions, nothing kept.

A medoid silhouette is 1 - d1 / d2. The loss is the sum of the ratios d1 / d2, so that less is better, as in `naive`.
"""

import math
from fractions import Fraction

from naive import replaced

TOLERANCE = Fraction(1, 10**12)


def loss(distances, medoids):
    """Sum over all objects of d1 / d2, the distances to the nearest and the second nearest medoid; 0 / 0 is 0."""
    columns = zip(*(distances[m] for m in medoids), strict=True)
    pairs = [[Fraction(d) for d in sorted(column)[:2]] for column in columns]
    return sum((near / far for near, far in pairs if near > 0), Fraction(0))


def mean_silhouette(distances, medoids):
    """Mean medoid silhouette; that of a single medoid is 0."""
    return 1 - loss(distances, medoids) / len(distances) if len(medoids) > 1 else Fraction(0)


def improves(new_loss, old_loss):
    return new_loss < old_loss - TOLERANCE * old_loss


def losses_of_swaps(distances, medoids):
    """{(candidate, slot): loss after} of all swaps, candidates outside, slots inside."""
    return {
        (candidate, slot): loss(distances, replaced(medoids, slot, candidate))
        for candidate in range(len(distances))
        if candidate not in medoids
        for slot in range(len(medoids))
    }


def pammedsil(distances, medoids, max_passes=math.inf):
    """Return the medoids and the swaps (removed, added); of equal swaps the first."""
    medoids, swaps, n_passes = list(medoids), [], 0
    while n_passes < max_passes:
        n_passes += 1
        after = losses_of_swaps(distances, medoids)
        candidate, slot = min(after, key=lambda swap: after[swap], default=(-1, -1))
        if not after or not improves(after[candidate, slot], loss(distances, medoids)):
            break
        swaps.append((medoids[slot], candidate))
        medoids[slot] = candidate
    return medoids, swaps


def fastermsc(distances, medoids, order=None, max_passes=math.inf):
    """Return the medoids after eager swapping and the swaps (removed, added) that led there."""
    n = len(distances)
    order = list(range(n)) if order is None else list(order)
    medoids, swaps, position, failures = list(medoids), [], 0, 0
    while failures < n and position < max_passes * n:
        candidate = order[position % n]
        position += 1
        failures += 1
        if candidate in medoids:
            continue
        losses = [loss(distances, replaced(medoids, slot, candidate)) for slot in range(len(medoids))]
        if improves(min(losses), loss(distances, medoids)):
            slot = losses.index(min(losses))
            swaps.append((medoids[slot], candidate))
            medoids[slot] = candidate
            failures = 0
    return medoids, swaps


def dynmsc(distances, medoids, least_k=2):
    """Return {k: medoids} at the end of the search with every k, and all swaps in their order."""
    ends, swaps, medoids = {}, [], list(medoids)
    while True:
        medoids, more = fastermsc(distances, medoids)
        ends[len(medoids)] = medoids
        swaps += more
        if len(medoids) <= least_k:
            return ends, swaps
        medoids = min(without_one(medoids), key=lambda fewer: loss(distances, fewer))


def without_one(medoids):
    """All medoids but one, for every slot."""
    return [medoids[:slot] + medoids[slot + 1 :] for slot in range(len(medoids))]


def is_local_optimum(distances, medoids, tolerance=1e-9):
    """Whether no single swap raises the mean medoid silhouette by more than `tolerance`."""
    after = losses_of_swaps(distances, medoids)
    return loss(distances, medoids) - min(after.values(), default=math.inf) <= tolerance * len(distances)

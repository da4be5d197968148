"""The three nearest medoids of every object, and their update after a swap.

The medoid silhouette of an object needs its two nearest medoids; what a swap does to it needs a third, which takes
their place when one of the two is removed. O(n) memory, O(nk) time to find them, O(n) on average to update them.
Source: Lenssen & Schubert 2022 [LS22], who keep "the distance to the third nearest center".

As in `core.nearest`, a medoid belongs to its own slot, also where another medoid lies at distance zero, and the slots
of an object differ. Two medoids have no third: it then has the slot k, which no medoid has, at infinite distance.
"""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel


class ThreeNearest(NamedTuple):
    """For every object o its three nearest medoids; arrays of shape (n,), as in `core.nearest.Nearest`."""

    first: np.ndarray  # uint32, slot of the nearest medoid
    second: np.ndarray  # uint32
    third: np.ndarray  # uint32; k if there is none
    d_first: np.ndarray  # float64, d1(o)
    d_second: np.ndarray  # float64, d2(o)
    d_third: np.ndarray  # float64, d3(o); infinite for k = 2
    lookups: np.ndarray  # int64, shape (1,): entries of the matrix read by all kernels that were given these arrays


@kernel
def three_nearest_medoids(dist, medoids):
    """Return the three nearest medoids of every object, O(nk). Needs at least two medoids."""
    n, k = dist.shape[0], len(medoids)
    first, second, third = np.zeros(n, np.uint32), np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    d_first, d_second, d_third = np.full(n, np.inf), np.full(n, np.inf), np.full(n, np.inf)
    near = ThreeNearest(first, second, third, d_first, d_second, d_third, np.full(1, n * k))
    for i in range(k):
        if interrupted_now():
            break
        for o in range(n):
            insert(near, o, i, np.float64(dist[medoids[i], o]))
    for i in range(k):
        keep_own(near, medoids[i], i)
    if k == 2:
        near.third[:] = k
    return near


@kernel
def insert(near, o, slot, d):
    """Put a medoid among the three nearest of o, behind those that are as near."""
    if d < near.d_second[o]:
        near.third[o], near.d_third[o] = near.second[o], near.d_second[o]
        if d < near.d_first[o]:
            near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, d
        else:
            near.second[o], near.d_second[o] = slot, d
    elif d < near.d_third[o]:
        near.third[o], near.d_third[o] = slot, d


@kernel
def remove(near, o, slot):
    """Take a medoid out of the three nearest of o, where the third is then missing; return whether it was there."""
    if near.third[o] != slot:
        if near.second[o] != slot:
            if near.first[o] != slot:
                return False
            near.first[o], near.d_first[o] = near.second[o], near.d_second[o]
        near.second[o], near.d_second[o] = near.third[o], near.d_third[o]
    near.third[o], near.d_third[o] = slot, np.inf
    return True


@kernel
def keep_own(near, medoid, slot):
    """Let a medoid belong to itself: whatever stands before it lies at distance zero, too."""
    if near.first[medoid] != slot:
        if near.second[medoid] != slot:
            near.third[medoid] = near.second[medoid]
            near.d_third[medoid] = 0.0
        near.second[medoid] = near.first[medoid]
        near.first[medoid] = slot


@kernel
def swap(dist, medoids, near, slot, candidate):
    """Replace the medoid in `slot` by `candidate`: update `medoids` and the nearest medoids.

    O(n), and O(k) for each of the about 3n/k objects that lose one of their three nearest medoids.
    """
    medoids[slot] = candidate
    near.lookups[0] += dist.shape[0]
    for o in range(dist.shape[0]):
        d, farthest = np.float64(dist[candidate, o]), near.d_third[o]
        removed = remove(near, o, slot)
        if d < farthest:  # no other medoid is as near
            insert(near, o, slot, d)
        elif removed:
            find_third(dist, medoids, near, o, slot, d)
    keep_own(near, candidate, slot)


@kernel
def find_third(dist, medoids, near, o, slot, d_slot):
    """Find the third nearest medoid of o anew, given its distance to the medoid in `slot`; O(k)."""
    near.third[o], near.d_third[o] = slot, d_slot
    for i in range(len(medoids)):
        if i != near.first[o] and i != near.second[o] and i != slot:
            near.lookups[0] += 1
            d = np.float64(dist[medoids[i], o])
            if d < near.d_third[o]:
                near.third[o], near.d_third[o] = i, d

"""The nearest and the second nearest medoid of every object, and their update after a swap.

All algorithms of the family keep these: O(n) memory, O(nk) time to find them, O(n) on average to update them.
Source: Schubert & Rousseeuw 2021 [SR21], section 3; `algorithms/__init__.py` has the notation.

Two rules always hold, also for duplicated objects, whose distances are zero: a medoid belongs to its own slot, and
`first != second` (there are at least two medoids here).
"""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel


class Nearest(NamedTuple):
    """For every object o its two nearest medoids; arrays of shape (n,). Distances are float64 for every matrix."""

    # Slots are unsigned: numba then leaves out the test for negative (wrapped around) indices.
    first: np.ndarray  # uint32, near(o): slot of the nearest medoid
    second: np.ndarray  # uint32, sec(o): slot of the second nearest medoid
    d_first: np.ndarray  # float64, dn(o)
    d_second: np.ndarray  # float64, ds(o)
    lookups: np.ndarray  # int64, shape (1,): entries of the matrix read by all kernels that were given these arrays


@kernel
def nearest_medoids(dist, medoids):
    """Return the two nearest medoids of every object, O(nk). Needs at least two medoids."""
    n = dist.shape[0]
    lookups = np.full(1, n * len(medoids))
    near = Nearest(np.zeros(n, np.uint32), np.zeros(n, np.uint32), np.full(n, np.inf), np.full(n, np.inf), lookups)
    for i in range(len(medoids)):
        if interrupted_now():
            break
        for o in range(n):
            d = np.float64(dist[medoids[i], o])
            if d < near.d_first[o]:
                near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
                near.first[o], near.d_first[o] = i, d
            elif d < near.d_second[o]:
                near.second[o], near.d_second[o] = i, d
    for i in range(len(medoids)):
        m = medoids[i]
        if near.first[m] != i:  # a duplicate of m holds an earlier slot; both lie at distance zero
            near.first[m], near.second[m] = i, near.first[m]
    return near


@kernel
def assign_all(dist, medoids, near):
    """Find the two nearest medoids of every object anew, O(nk)."""
    new = nearest_medoids(dist, medoids)  # the compiler knows that new arrays do not overlap: faster code
    near.first[:], near.second[:] = new.first, new.second
    near.d_first[:], near.d_second[:] = new.d_first, new.d_second
    near.lookups[0] += new.lookups[0]


@kernel
def is_medoid(medoids, first, o):
    """Whether o is a medoid: a medoid belongs to itself, so one look at its slot, `first[o]`, tells."""
    return medoids[first[o]] == o


@kernel
def swap(dist, medoids, near, slot, candidate):
    """Replace the medoid in `slot` by `candidate`: update `medoids` and the nearest medoids.

    O(n), and O(k) for each of the about 2n/k objects that lose their nearest or second nearest medoid.
    """
    medoids[slot] = candidate
    near.lookups[0] += dist.shape[0]
    for o in range(dist.shape[0]):
        d = np.float64(dist[candidate, o])
        if o == candidate:  # a medoid belongs to itself
            if near.first[o] != slot:
                near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, 0.0
        elif near.first[o] == slot:
            if d < near.d_second[o]:  # stays in the slot
                near.d_first[o] = d
            else:  # moves to its second nearest medoid
                near.first[o], near.d_first[o] = near.second[o], near.d_second[o]
                find_second(dist, medoids, near, o, slot, d)
        elif d < near.d_first[o]:  # moves to the candidate
            near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, d
        elif d < near.d_second[o]:
            near.second[o], near.d_second[o] = slot, d
        elif near.second[o] == slot:  # its second nearest medoid has gone
            find_second(dist, medoids, near, o, slot, d)


@kernel
def find_second(dist, medoids, near, o, slot, d_slot):
    """Find the second nearest medoid of o anew, given its distance to the medoid in `slot`; O(k)."""
    second, d_second = slot, d_slot
    for i in range(len(medoids)):
        if i != near.first[o] and i != slot:
            d = np.float64(dist[medoids[i], o])
            if d < d_second:
                second, d_second = i, d
    near.second[o], near.d_second[o] = second, d_second
    near.lookups[0] += len(medoids) - 2

"""The nearest and second nearest medoids, and their update after a swap. Specification: `nearest`.

Layout. `columns[o, i]` is d(o, m_i): the few numbers an object needs to find its second nearest medoid anew lie side
by side, where the plain kernel jumps through the whole matrix.
"""

import numpy as np

from kmedoids_bench.algorithms.kernel import kernel


@kernel
def medoid_columns(dist, medoids):
    """Copy the distances to the medoids, shape (n, k), in the type of the matrix; n k look-ups."""
    n, k = dist.shape[0], len(medoids)
    columns = np.empty((n, k), dist.dtype)
    for i in range(k):
        row = dist[medoids[i]]
        for o in range(n):
            columns[o, i] = row[o]
    return columns


@kernel
def swap(dist, medoids, near, columns, slot, candidate):
    """Replace the medoid in `slot` by `candidate`; update `medoids`, the cache and the columns. n look-ups."""
    medoids[slot] = candidate
    row = dist[candidate]
    for o in range(len(row)):
        columns[o, slot] = row[o]
        d = np.float64(row[o])
        if o == candidate:  # a medoid belongs to itself
            if near.first[o] != slot:
                near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, 0.0
        elif near.first[o] == slot:
            if d < near.d_second[o]:  # stays in the slot
                near.d_first[o] = d
            else:  # moves to its second nearest medoid
                near.first[o], near.d_first[o] = near.second[o], near.d_second[o]
                find_second(columns[o], near, o, slot)
        elif d < near.d_first[o]:  # moves to the candidate
            near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
            near.first[o], near.d_first[o] = slot, d
        elif d < near.d_second[o]:
            near.second[o], near.d_second[o] = slot, d
        elif near.second[o] == slot:  # its second nearest medoid has gone
            find_second(columns[o], near, o, slot)


@kernel
def find_second(column, near, o, slot):
    """Find the second nearest medoid of o anew: of equally near ones the new one, then the lowest slot. O(k)."""
    second, d_second = slot, np.float64(column[slot])
    for i in range(len(column)):
        d = np.float64(column[i])
        if i != near.first[o] and d < d_second:
            second, d_second = i, d
    near.second[o], near.d_second[o] = second, d_second

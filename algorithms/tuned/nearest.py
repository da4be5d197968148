"""The nearest and second nearest medoids, and their update after a swap. Specification: `nearest`.

Layout. `columns[o, i]` is d(o, m_i): the few numbers an object needs to find its second nearest medoid anew lie side
by side, where the plain kernel jumps through the whole matrix. A swap visits only the objects that it touches; they are
found 16 at a time. For such comparisons d_second is kept once more, in half the space where the matrix has float32.
"""

from typing import NamedTuple

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.nearest import Nearest, nearest_medoids
from kmedoids_bench.algorithms.tuned.lanes import LANES, lesser, note_less


class State(NamedTuple):
    """What a search keeps for every object o, and room for a list of objects."""

    near: Nearest
    columns: np.ndarray  # type of the matrix, shape (n, k): d(o, m_i)
    bounds: np.ndarray  # float32 or float64, whichever holds all entries; shape (n,): ds(o)
    reach: np.ndarray  # the same type: up to where a new medoid touches o; filled by `swap`
    touched: np.ndarray  # uint32, shape (n + LANES,); filled by `swap`


@kernel
def new_state(dist, medoids):
    """Find the two nearest medoids of every object, O(nk): 2 n k look-ups."""
    near, columns = nearest_medoids(dist, medoids), medoid_columns(dist, medoids)
    # A root is of a type that holds all entries. numba takes the product of an int32 and a float32 for a float32.
    bounds = np.sqrt(columns[:, 0]) * np.float32(0)
    bounds[:] = near.d_second
    return State(near, columns, bounds, bounds.copy(), np.empty(len(bounds) + LANES, np.uint32))


@kernel
def medoid_columns(dist, medoids):
    """Copy the distances to the medoids, shape (n, k), in the type of the matrix; n k look-ups."""
    n, k = dist.shape[0], len(medoids)
    columns = np.empty((n, k), dist[medoids[0], :0].dtype)
    for i in range(k):
        row = dist[medoids[i]]
        for o in range(n):
            columns[o, i] = row[o]
    return columns


@kernel
def swap(dist, medoids, state, slot, candidate):
    """Replace the medoid in `slot` by `candidate`; update `medoids` and the state. n look-ups.

    Returns how many objects it has touched: all of which the nearest or second nearest medoid has changed, and a few
    more. They stand in state.touched, in their order.
    """
    medoids[slot] = candidate
    row, columns = dist[candidate], state.columns
    for o in range(len(row)):
        columns[o, slot] = row[o]
    count = note_touched(row, state, slot, candidate)
    for o in state.touched[:count]:
        update(row, state, o, slot, o == candidate)
        state.bounds[o] = state.near.d_second[o]
    return count


@kernel
def note_touched(row, state, slot, candidate):
    """Write to state.touched which objects have a medoid in this slot, or are nearer to the new one."""
    near, bounds, reach, touched = state.near, state.bounds, state.reach, state.touched
    for o in range(len(row)):
        own = (near.first[o] == slot) | (near.second[o] == slot)
        reach[o] = np.inf if own else bounds[o]
    reach[candidate] = np.inf
    count, whole = 0, len(row) - len(row) % LANES
    for start in range(0, whole, LANES):
        count = note_less(row, reach, start, touched, count)
    for o in range(whole, len(row)):
        touched[count] = o
        count += row[o] < reach[o]
    return count


@kernel
def update(row, state, o, slot, is_candidate):
    """Update the medoids of one object, given the row of the new medoid in `slot`."""
    near, d = state.near, np.float64(row[o])
    if is_candidate:  # a medoid belongs to itself
        if near.first[o] != slot:
            near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
        near.first[o], near.d_first[o] = slot, 0.0
    elif near.first[o] == slot:
        if d < near.d_second[o]:  # stays in the slot
            near.d_first[o] = d
        else:  # moves to its second nearest medoid
            near.first[o], near.d_first[o] = near.second[o], near.d_second[o]
            find_second(state.columns[o], near, o, slot)
    elif d < near.d_first[o]:  # moves to the candidate
        near.second[o], near.d_second[o] = near.first[o], near.d_first[o]
        near.first[o], near.d_first[o] = slot, d
    elif d < near.d_second[o]:
        near.second[o], near.d_second[o] = slot, d
    elif near.second[o] == slot:  # its second nearest medoid has gone
        find_second(state.columns[o], near, o, slot)


@kernel
def find_second(column, near, o, slot):
    """Find the second nearest medoid of o anew: of equally near ones the new one, then the lowest slot. O(k)."""
    first, least = near.first[o], column[slot]
    own, column[first] = column[first], least  # not its nearest one again
    for d in column:
        least = lesser(d, least)
    second = slot
    if column[slot] != least:
        second = 0
        while column[second] != least:
            second += 1
    column[first] = own
    near.second[o], near.d_second[o] = second, np.float64(least)

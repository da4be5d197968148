"""The tables of maintained gains, cut into tiles of candidates. Specification: `resende_werneck`.

Layout. A tile is a range of neighbouring candidates. Its part of A and of a row of B stay in the cache while all
objects that a swap has changed pass by with their parts of the matrix; B is stored tile by tile. Tiles do not depend on
each other: threads share them out, and every entry receives its shares in the same order however many there are.

An object that a swap changes trades its old share for the new one in a single visit. Filling the tables is the same
thing, from no share at all. With few medoids nearly every candidate is concerned: the objects are sorted by their
old and new slots and visited four at a time, branch-free, so that A and B are read and written once for four rows of
the matrix. With many medoids only the few candidates are touched that are closer than the second nearest medoid.
"""

from typing import NamedTuple

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.kernel import kernel, parallel
from kmedoids_bench.algorithms.nearest import Nearest
from kmedoids_bench.algorithms.tuned.lanes import LANES, less_than, lowest

WIDTH = 4096  # candidates in a tile, at most: 32 KB of A and of each row of B
FEW = 40  # up to so many medoids the branch-free form is faster


class Gains(NamedTuple):
    """What all objects together contribute to the change of the loss, for every candidate c and slot i."""

    shared: np.ndarray  # float64, shape (tiles, width): A_c, c = width * tile + place
    extra: np.ndarray  # float64, shape (tiles, k, width): B_ic
    n: int  # the last tile has room to spare


@kernel
def new_gains(n, k):
    """Return empty tables: an even number of tiles, for two threads, of whole cache lines."""
    tiles = 2 * ((n + 2 * WIDTH - 1) // (2 * WIDTH))
    width = ((n + tiles - 1) // tiles + LANES - 1) // LANES * LANES
    return Gains(np.zeros((tiles, width)), np.zeros((tiles, k, width)), n)


@kernel
def without_shares(near):
    """Return a cache whose objects have no share in the tables, in the slots of another one."""
    return Nearest(near.first, near.second, np.zeros(len(near.first)), np.zeros(len(near.first)))


@kernel
def changed_objects(before, near, k):
    """Return the objects whose share is another than before, sorted by their slots before and now; int64."""
    n = len(near.first)
    keys, count = np.empty(n, np.int64), 0
    for o in range(n):
        same = before.d_first[o] == near.d_first[o]
        keys[count] = ((np.int64(before.first[o]) * k + np.int64(near.first[o])) * 2 + same) * n + o
        count += (
            (near.first[o] != before.first[o])
            | (near.d_first[o] != before.d_first[o])
            | (near.d_second[o] != before.d_second[o])
        )
    return np.sort(keys[:count]) % n


def refresh(by_object, changed, before, near, gains, removal, least):
    """Replace the shares of the changed objects; write the change of the best slot of each candidate to `least`."""
    for tile in prange(len(gains.shared)):
        update_tile(by_object, changed, before, near, gains, tile)
        least_changes(removal, gains, tile, least)


refresh_serially, refresh_in_parallel = kernel(refresh), parallel(refresh)


@kernel
def update_tile(by_object, changed, before, near, gains, tile):
    """Replace the shares of the changed objects in one tile."""
    if gains.extra.shape[1] <= FEW:
        update_by_fours(by_object, changed, before, near, gains, tile)
    else:
        update_the_close(by_object, changed, before, near, gains, tile)


@kernel
def update_by_fours(by_object, changed, before, near, gains, tile):
    """Replace the shares of the changed objects, four of the same slots at a time, for all candidates of a tile."""
    start, width = gains.shared.shape[1] * tile, gains.shared.shape[1]
    old, new = np.zeros((2, 4)), np.zeros((2, 4))
    j = 0
    while j < len(changed):
        first = changed[j]
        slot_old, slot_new = before.first[first], near.first[first]
        same_d_first = before.d_first[first] == near.d_first[first]
        four = changed[j : j + 4]
        size = 1
        while size < len(four) and (
            before.first[four[size]] == slot_old
            and near.first[four[size]] == slot_new
            and (before.d_first[four[size]] == near.d_first[four[size]]) == same_d_first
        ):
            size += 1
        objects = (first, four[min(1, size - 1)], four[min(2, size - 1)], four[min(3, size - 1)])
        old[:], new[:] = 0.0, 0.0  # where there is no object, the last one trades nothing
        for place in range(size):
            o = four[place]
            old[0, place], old[1, place] = before.d_first[o], before.d_second[o]
            new[0, place], new[1, place] = near.d_first[o], near.d_second[o]
        rows = (
            by_object[objects[0], start : start + width],
            by_object[objects[1], start : start + width],
            by_object[objects[2], start : start + width],
            by_object[objects[3], start : start + width],
        )
        shared, extra = gains.shared[tile], gains.extra[tile]
        if slot_old != slot_new:
            trade_between(rows, old, new, shared, extra[slot_old], extra[slot_new])
        elif same_d_first:
            trade_second(rows, old, new, extra[slot_new])
        else:
            trade_within(rows, old, new, shared, extra[slot_new])
        j += size


@kernel
def trade_second(rows, old, new, extra):
    """Change a row of B for four objects of its slot that have another second nearest medoid."""
    a, b, c, d = rows
    rest = (old[1] - new[1]).sum()
    old, new = four_pairs(old), four_pairs(new)
    for j in range(len(a)):
        change = rest
        change += stay(a[j], old[0], new[0])
        change += stay(b[j], old[1], new[1])
        change += stay(c[j], old[2], new[2])
        change += stay(d[j], old[3], new[3])
        extra[j] += change


@kernel
def four_pairs(distances):
    """Return the columns of an array of shape (2, 4) as numbers: LLVM does not know that they do not change."""
    return (
        (distances[0, 0], distances[1, 0]),
        (distances[0, 1], distances[1, 1]),
        (distances[0, 2], distances[1, 2]),
        (distances[0, 3], distances[1, 3]),
    )


@kernel
def stay(entry, old, new):
    """Change of the distance of an object to its medoid or, if that is removed, to the candidate or the next one."""
    d = more(np.float64(entry), new[0])
    return less(d, new[1]) - less(d, old[1])


@kernel
def trade_within(rows, old, new, shared, extra):
    """Change A and a row of B for four objects that stay in its slot, at another distance from the medoid."""
    a, b, c, d = rows
    rest_shared, rest_extra = (old[0] - new[0]).sum(), (old[1] - new[1]).sum()
    old, new = four_pairs(old), four_pairs(new)
    for j in range(len(a)):
        change = rest_shared
        change += nearest(a[j], new[0]) - nearest(a[j], old[0])
        change += nearest(b[j], new[1]) - nearest(b[j], old[1])
        change += nearest(c[j], new[2]) - nearest(c[j], old[2])
        change += nearest(d[j], new[3]) - nearest(d[j], old[3])
        shared[j] += change
        change = rest_extra
        change += next_nearest(a[j], new[0]) - next_nearest(a[j], old[0])
        change += next_nearest(b[j], new[1]) - next_nearest(b[j], old[1])
        change += next_nearest(c[j], new[2]) - next_nearest(c[j], old[2])
        change += next_nearest(d[j], new[3]) - next_nearest(d[j], old[3])
        extra[j] += change


@kernel
def trade_between(rows, old, new, shared, extra_old, extra_new):
    """Change A and two rows of B for four objects that move from the same slot to the same other one."""
    a, b, c, d = rows
    rest, rest_old, rest_new = (old[0] - new[0]).sum(), old[1].sum(), new[1].sum()
    old, new = four_pairs(old), four_pairs(new)
    for j in range(len(a)):
        change = rest
        change += nearest(a[j], new[0]) - nearest(a[j], old[0])
        change += nearest(b[j], new[1]) - nearest(b[j], old[1])
        change += nearest(c[j], new[2]) - nearest(c[j], old[2])
        change += nearest(d[j], new[3]) - nearest(d[j], old[3])
        shared[j] += change
        change = next_nearest(a[j], old[0]) + next_nearest(b[j], old[1])
        change += next_nearest(c[j], old[2]) + next_nearest(d[j], old[3])
        extra_old[j] -= change - rest_old
        change = next_nearest(a[j], new[0]) + next_nearest(b[j], new[1])
        change += next_nearest(c[j], new[2]) + next_nearest(d[j], new[3])
        extra_new[j] += change - rest_new


@kernel
def nearest(entry, distances):
    """Distance of an object to its medoid or, if that is nearer, to the candidate."""
    return less(np.float64(entry), distances[0])


@kernel
def next_nearest(entry, distances):
    """Distance of an object to the nearer one of the candidate and its second medoid, or its own if that is farther."""
    return less(more(np.float64(entry), distances[0]), distances[1])


@kernel
def update_the_close(by_object, changed, before, near, gains, tile):
    """Replace the shares of the changed objects, for the candidates that are close enough to have any."""
    start, width = gains.shared.shape[1] * tile, gains.shared.shape[1]
    shared, extra = gains.shared[tile], gains.extra[tile]
    for o in changed:
        row = by_object[o, start : start + width]
        old, new = (before.d_first[o], before.d_second[o]), (near.d_first[o], near.d_second[o])
        extra_old, extra_new = extra[before.first[o]], extra[near.first[o]]
        bound = more(old[1], new[1])
        whole = len(row) - len(row) % LANES
        for block in range(0, whole, LANES):
            close = less_than(row, block, bound)
            while close:
                j = block + lowest(close)
                close &= close - np.uint64(1)
                trade_one(row[j], old, new, j, shared, extra_old, extra_new)
        for j in range(whole, len(row)):
            trade_one(row[j], old, new, j, shared, extra_old, extra_new)


@kernel
def trade_one(entry, old, new, j, shared, extra_old, extra_new):
    """Change A and B for one object and one candidate."""
    shared[j] += (nearest(entry, new) - new[0]) - (nearest(entry, old) - old[0])
    extra_old[j] -= next_nearest(entry, old) - old[1]
    extra_new[j] += next_nearest(entry, new) - new[1]


@kernel
def least_changes(removal, gains, tile, least):
    """Write min over i of R_i + A_c + B_ic to `least`, shape (tiles, width), for the candidates of one tile."""
    part, extra = least[tile], gains.extra[tile]
    part[:] = np.inf
    for i in range(len(removal)):
        lower(removal[i], extra[i], part)
    part += gains.shared[tile]


@kernel
def lower(removal, extra, part):
    """Take one more slot into the minimum."""
    for j in range(len(part)):
        part[j] = less(removal + extra[j], part[j])


@kernel
def less(a, b):
    """Minimum of two numbers; unlike `min` it becomes one instruction, since none of them is NaN."""
    return a if a < b else b


@kernel
def more(a, b):
    """Maximum of two numbers."""
    return a if a > b else b

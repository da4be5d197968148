"""The tables of maintained gains, cut into tiles of candidates. Specification: `resende_werneck`.

Layout. A tile is a range of neighbouring candidates. Its part of A and of a row of B stay in the cache while all
objects that a swap has changed pass by with their parts of the matrix; B is stored tile by tile. Tiles do not depend on
each other: threads share them out, and every entry receives its shares in the same order however many there are.

The tables are filled by `scan`. An object that a swap changes trades its old share for the new one in a single visit.
With few medoids nearly every candidate is concerned: the objects are sorted by their old and new slots and visited four
at a time, branch-free, so that A and B are read and written once for four rows of the matrix. With many medoids only
the few candidates are touched that are closer than the second nearest medoid, and each object has the next one's row
fetched meanwhile.

What the best slot of a candidate adds to A, min over i of R_i + B_ic, is not sought anew in every pass: `floor` is
never above it. A pass lowers it to the least of the slots that have changed, and only where the candidate could still
be the best one is it made exact.
"""

from typing import NamedTuple

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.core.interrupt import interrupted, interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel, parallel
from kmedoids_bench.algorithms.tuned.lanes import LANES, SQUARE, fetch, lesser, note_less_than
from kmedoids_bench.algorithms.tuned.scan import group_size, loss_changes_of_eight, loss_changes_of_four

WIDTH = 8192  # candidates in a tile at most, if all are concerned: 64 KB of A and of each row of B
WIDE = 32768  # if few are: then long pieces of the rows of the matrix matter more
FEW = 40  # up to so many medoids the branch-free form is faster


class Gains(NamedTuple):
    """What all objects together contribute to the change of the loss, for every candidate c and slot i."""

    shared: np.ndarray  # float64, shape (tiles, width): A_c, c = width * tile + place
    extra: np.ndarray  # float64, shape (tiles, k, width): B_ic
    floor: np.ndarray  # float64, shape (tiles, width): at most the least of R_i + B_ic
    n: int  # the last tile has room to spare


@kernel
def new_gains(n, k):
    """Return empty tables: an even number of tiles, for two threads, of whole cache lines."""
    widest = WIDTH if k <= FEW else WIDE
    tiles = 2 * ((n + 2 * widest - 1) // (2 * widest))
    width = ((n + tiles - 1) // tiles + SQUARE - 1) // SQUARE * SQUARE
    return Gains(np.empty((tiles, width)), np.empty((tiles, k, width)), np.empty((tiles, width)), n)


def fill_tiles(dist, near, bounds, removal, shared, extra, floor):
    """Fill the tables from scratch, O(n^2)."""
    for tile in prange(len(shared)):
        fill_tile(dist, near, bounds, shared[tile], extra[tile], shared.shape[1] * tile)
        floor[tile] = np.inf
        for i in range(len(removal)):
            lower(removal[i], extra[tile, i], floor[tile])


fill_serially, fill_in_parallel = kernel(fill_tiles), parallel(fill_tiles)


@kernel
def fill(dist, near, bounds, removal, gains, threads):
    """Fill the tables by one thread, if `threads` is None, or by several."""
    shared, extra, floor = gains.shared, gains.extra, gains.floor
    if threads is None:  # decided when it is compiled
        fill_serially(dist, near, bounds, removal, shared, extra, floor)
    else:
        fill_in_parallel(dist, near, bounds, removal, shared, extra, floor)


@kernel
def fill_tile(dist, near, bounds, shared, extra, start):
    """Fill A and B for the candidates from `start` on."""
    n, size = len(bounds), group_size(len(extra))
    changes, sums = np.empty(size * len(extra)), np.empty(size)
    nothing = np.zeros(len(extra))
    for place in range(0, len(shared), size):
        if interrupted(place // size):
            break
        candidates = np.minimum(np.arange(start + place, start + place + size), n - 1)
        if size == SQUARE:
            loss_changes_of_eight(dist, near, nothing, candidates, changes, sums)
        else:
            loss_changes_of_four(dist, near, bounds, nothing, candidates, changes, sums)
        shared[place : place + size] = sums
        for i in range(len(extra)):
            extra[i, place : place + size] = changes[size * i : size * i + size]


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


@kernel
def changed_slots(changed, before, near, k):
    """Return the slots whose R_i and B_ic are not those from before; int64."""
    has_changed = np.zeros(k, np.bool_)
    for o in changed:
        has_changed[before.first[o]] = True
        has_changed[near.first[o]] = True
    return np.flatnonzero(has_changed)


def update_tiles(by_object, changed, before, near, slots, removal, gains):
    """Replace the shares of the changed objects, and lower the floor to the changed slots."""
    for tile in prange(len(gains.shared)):
        if len(removal) <= FEW:
            update_by_fours(by_object, changed, before, near, gains, tile)
        else:
            update_the_close(by_object, changed, before, near, gains, tile)
        for i in slots:
            lower(removal[i], gains.extra[tile, i], gains.floor[tile])


update_serially, update_in_parallel = kernel(update_tiles), parallel(update_tiles)


@kernel
def update(by_object, changed, before, near, slots, removal, gains, threads):
    """Update the tables by one thread, if `threads` is None, or by several."""
    if threads is None:  # decided when it is compiled
        update_serially(by_object, changed, before, near, slots, removal, gains)
    else:
        update_in_parallel(by_object, changed, before, near, slots, removal, gains)


@kernel
def update_by_fours(by_object, changed, before, near, gains, tile):
    """Replace the shares of the changed objects, four of the same slots at a time, for all candidates of a tile."""
    start, width = gains.shared.shape[1] * tile, gains.shared.shape[1]
    old, new = np.zeros((2, 4)), np.zeros((2, 4))
    j = 0
    while j < len(changed):
        if interrupted_now():
            break
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
        old[:], new[:] = 0.0, 0.0  # where there is no object, the first one trades nothing
        for place in range(size):
            o = four[place]
            old[0, place], old[1, place] = before.d_first[o], before.d_second[o]
            new[0, place], new[1, place] = near.d_first[o], near.d_second[o]
        part = slice(start, start + width)
        a = by_object[first, part]
        b = by_object[four[1], part] if size > 1 else a
        c = by_object[four[2], part] if size > 2 else a
        d = by_object[four[3], part] if size > 3 else a
        rows = a, b, c, d
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
    close = np.empty(width + LANES, np.uint32)
    row_after = by_object[changed[0], start : start + width]
    for j in range(len(changed)):
        if interrupted(j):
            break
        o, row = changed[j], row_after
        if j + 1 < len(changed):
            row_after = by_object[changed[j + 1], start : start + width]
        old, new = (before.d_first[o], before.d_second[o]), (near.d_first[o], near.d_second[o])
        slot_old, slot_new = before.first[o], near.first[o]
        count = note_close_in_row(row, more(old[1], new[1]), row_after, close)
        if slot_old != slot_new:
            trade_close_between(row, close[:count], old, new, shared, extra[slot_old], extra[slot_new])
        elif old[0] != new[0]:
            trade_close_within(row, close[:count], old, new, shared, extra[slot_new])
        else:
            trade_close_second(row, close[:count], old, new, extra[slot_new])


@kernel
def note_close_in_row(row, bound, row_after, close):
    """Write to `close` which entries of a row are less than the bound, and have the next row fetched; their number."""
    count, whole = 0, len(row) - len(row) % LANES
    for start in range(0, whole, LANES):
        fetch(row_after, start)
        count = note_less_than(row, bound, start, close, count)
    for place in range(whole, len(row)):
        close[count] = place
        count += row[place] < bound
    return count


@kernel
def trade_close_second(row, close, old, new, extra):
    """Change a row of B for an object of its slot that has another second nearest medoid."""
    rest = old[1] - new[1]
    for c in close:
        extra[c] += stay(row[c], old, new) + rest


@kernel
def trade_close_within(row, close, old, new, shared, extra):
    """Change A and a row of B for an object that stays in its slot, at another distance from the medoid."""
    for c in close:
        entry = row[c]
        shared[c] += (nearest(entry, new) - new[0]) - (nearest(entry, old) - old[0])
        extra[c] += (next_nearest(entry, new) - new[1]) - (next_nearest(entry, old) - old[1])


@kernel
def trade_close_between(row, close, old, new, shared, extra_old, extra_new):
    """Change A and two rows of B for an object that moves to another slot."""
    for c in close:
        entry = row[c]
        shared[c] += (nearest(entry, new) - new[0]) - (nearest(entry, old) - old[0])
        extra_old[c] -= next_nearest(entry, old) - old[1]
        extra_new[c] += next_nearest(entry, new) - new[1]


@kernel
def lower(removal, extra, floor):
    """Take one more slot into the minimum."""
    for place in range(len(floor)):
        floor[place] = less(removal + extra[place], floor[place])


@kernel
def best_swap(medoids, removal, gains):
    """Of all swaps the one that lowers the loss most; ties: lowest candidate, then lowest slot.

    O(n), and O(k) for each candidate of which the floor has to be made exact.
    """
    width = gains.shared.shape[1]
    bound = gains.shared + gains.floor
    flat = bound.ravel()[: gains.n]
    flat[medoids] = np.inf
    first = first_least(flat)
    best, candidate = exact_change(removal, gains, first), first
    for c in range(gains.n):
        if flat[c] <= best and c != first:
            change = exact_change(removal, gains, c)
            if change < best or (change == best and c < candidate):
                best, candidate = change, c
    slot = np.argmin(removal + gains.extra[candidate // width, :, candidate % width])
    return best, slot, candidate


@kernel
def first_least(numbers):
    """Return the place of the least number; ties: the first."""
    least = numbers[0]
    for number in numbers:
        least = lesser(number, least)
    place = 0
    while numbers[place] != least:
        place += 1
    return place


@kernel
def exact_change(removal, gains, c):
    """Make the floor of a candidate exact, and those of its neighbours in a cache line; return A_c and it together."""
    tile, place = c // gains.shared.shape[1], c % gains.shared.shape[1]
    start = place - place % SQUARE
    extra, floor = gains.extra[tile], gains.floor[tile, start : start + SQUARE]
    floor[:] = np.inf
    for i in range(len(removal)):
        for j in range(SQUARE):
            floor[j] = less(removal[i] + extra[i, start + j], floor[j])
    return gains.shared[tile, place] + gains.floor[tile, place]


@kernel
def less(a, b):
    """Minimum of two numbers; unlike `min` it becomes one instruction, since none of them is NaN."""
    return a if a < b else b


@kernel
def more(a, b):
    """Maximum of two numbers."""
    return a if a > b else b

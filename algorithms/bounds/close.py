"""Reduced costs, from the whole matrix or from lists of what is close. Specification: `lagrangian.reduced_costs`.

Layout. An object adds to the reduced cost of a candidate only if it is closer than its multiplier. As multipliers have
upper limits, the objects that can ever count for a candidate are listed once, with their distances. The lists are short
where there are many medoids, or most candidates are excluded. As long as they are not, the whole matrix is read: a tile
of candidates keeps its sums in the cache while four objects at a time pass by, without a branch.

Either way a candidate's sum is made in the order of the objects: it is that of the plain kernel, to the bit. Tiles, and
lists, are shared out among threads.
"""

from typing import NamedTuple

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.core.interrupt import interrupted_now, run
from kmedoids_bench.algorithms.core.kernel import kernel, parallel

WIDTH = 1024  # candidates in a tile


class Lists(NamedTuple):
    """For the candidates in turn, the objects that are closer to each of them than their limits."""

    starts: np.ndarray  # int64, shape (candidates + 1,): where the list of a candidate begins
    objects: np.ndarray  # uint32
    distances: np.ndarray  # type of the matrix


@kernel
def negative(x):
    """Return x if it is negative, else 0."""
    return x if x < 0.0 else 0.0


def sum_tiles(by_object, multipliers, reduced):
    """Write the reduced costs of all candidates, from the matrix."""
    for tile in prange((len(reduced) + WIDTH - 1) // WIDTH):
        if interrupted_now():
            continue
        sum_tile(by_object, multipliers, reduced, slice(tile * WIDTH, min(len(reduced), tile * WIDTH + WIDTH)))


@kernel
def sum_tile(by_object, multipliers, reduced, part):
    """Write the reduced costs of the candidates of a tile."""
    sums = reduced[part]
    sums[:] = 0.0
    whole = len(multipliers) - len(multipliers) % 4
    for o in range(0, whole, 4):
        a, b, c, d = by_object[o, part], by_object[o + 1, part], by_object[o + 2, part], by_object[o + 3, part]
        u_a, u_b, u_c, u_d = multipliers[o], multipliers[o + 1], multipliers[o + 2], multipliers[o + 3]
        for j in range(len(sums)):
            total = sums[j]
            total += negative(np.float64(a[j]) - u_a)
            total += negative(np.float64(b[j]) - u_b)
            total += negative(np.float64(c[j]) - u_c)
            total += negative(np.float64(d[j]) - u_d)
            sums[j] = total
    for o in range(whole, len(multipliers)):
        row, u = by_object[o, part], multipliers[o]
        for j in range(len(sums)):
            sums[j] += negative(np.float64(row[j]) - u)


def sum_lists(starts, objects, distances, multipliers, reduced):
    """Write the reduced costs of the listed candidates."""
    for j in prange(len(reduced)):
        total = 0.0
        for place in range(starts[j], starts[j + 1]):
            total += negative(np.float64(distances[place]) - multipliers[objects[place]])
        reduced[j] = total


def count_close(dist, candidates, limits, counts):
    """Write how many objects are closer to each candidate than their limits."""
    for j in prange(len(candidates)):
        row, count = dist[candidates[j]], 0
        for o in range(len(row)):
            count += np.float64(row[o]) < limits[o]
        counts[j] = count


def list_close(dist, candidates, limits, starts, objects, distances):
    """Write the objects that are closer to each candidate than their limits, and how far they are."""
    for j in prange(len(candidates)):
        row, place = dist[candidates[j]], starts[j]
        for o in range(len(row)):
            if np.float64(row[o]) < limits[o]:
                objects[place], distances[place] = o, row[o]
                place += 1


SERIAL = {f.__name__: kernel(f) for f in (sum_tiles, sum_lists, count_close, list_close)}
PARALLEL = {f.__name__: parallel(f) for f in (sum_tiles, sum_lists, count_close, list_close)}


@kernel
def violations_in_lists(starts, objects, distances, multipliers, chosen):
    """Return the subgradient, as `lagrangian.violations` does, from the lists of the chosen candidates."""
    violated = np.ones(len(multipliers))
    for j in chosen:
        for place in range(starts[j], starts[j + 1]):
            violated[objects[place]] -= np.float64(distances[place]) < multipliers[objects[place]]
    return violated


def lists_of(dist, candidates, limits, kernels, most: float) -> Lists | None:
    """Return the lists of the candidates, or None if they have more than `most` entries together."""
    counts = np.empty(len(candidates), np.int64)
    run(kernels["count_close"], dist, candidates, limits, counts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    if starts[-1] > most:
        return None
    lists = Lists(starts, np.empty(starts[-1], np.uint32), np.empty(starts[-1], dist.dtype))
    run(kernels["list_close"], dist, candidates, limits, *lists)
    return lists


def part_of(lists: Lists, candidates: np.ndarray, limits: np.ndarray) -> Lists:
    """Return the lists of some of the candidates (bool), with what is still closer than the limits."""
    kept = np.repeat(candidates, np.diff(lists.starts)) & (lists.distances < limits[lists.objects])
    before = np.concatenate([[0], np.cumsum(kept)])
    counts = np.diff(before[lists.starts])[candidates]
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Lists(starts, lists.objects[kept], lists.distances[kept])

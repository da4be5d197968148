"""The operations of `lanes` as plain loops: their specification, and what runs where `lanes_llvm` cannot."""

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel

LANES = 16  # entries that are compared at a time
SQUARE = 8  # candidates side by side, and objects of each that are read at a time


@kernel
def note_less(row, bounds, start, places, count):
    """Append to places[:count] which of row[start : start + 16] are less than their bounds; return the new count.

    bounds: an array like the row, float32 or float64, whichever holds all entries. places: uint32, with room for 16
    more than there are.
    """
    for o in range(start, start + LANES):
        places[count] = o
        count += row[o] < bounds[o]
    return count


@kernel
def note_less_than(row, bound, start, places, count):
    """Append to places[:count] which of row[start : start + 16] are less than one number; return the new count.

    bound: float64, an entry of the matrix.
    """
    for o in range(start, start + LANES):
        places[count] = o
        count += row[o] < bound
    return count


@kernel
def fetch(row, start):
    """Ask for the cache lines of row[start : start + 16], which will be read soon; here the request is ignored."""


@kernel
def lesser(a, b):
    """Return the minimum of two numbers that are not NaN."""
    return a if a < b else b


@kernel
def add_square(rows, start, first, d_first, d_second, changes, shared):
    """Add what the objects start .. start + 7 contribute to the changes by eight candidates.

    rows: those of the candidates; changes: R_i + B_ic, shape (8k,), slot by slot; shared: A_c, shape (8,).
    """
    for o in range(start, start + SQUARE):
        near, second, place = d_first[o], d_second[o], SQUARE * np.int64(first[o])
        for j in range(SQUARE):
            d = np.float64(rows[j][o])
            shared[j] += (d if d < near else near) - near
            farther = d if d > near else near
            changes[place + j] += (farther if farther < second else second) - second

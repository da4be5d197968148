"""The named dissimilarities of two points, summed in float64 whatever type the coordinates have.

The names are those of scikit-learn and scipy. A metric is a number here and not a function: numba compiles a
kernel anew for every function it is given, and could not keep that machine code between runs.
"""

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel

METRICS = ("euclidean", "sqeuclidean", "manhattan", "chebyshev", "cosine", "hamming")
EUCLIDEAN, SQEUCLIDEAN, MANHATTAN, CHEBYSHEV, COSINE, HAMMING = range(len(METRICS))


@kernel
def named_distance(metric, x, y):
    """Return the dissimilarity of x and y, `metric` being one of the numbers above. O(dimensions)."""
    if metric == EUCLIDEAN:
        return np.sqrt(squared_euclidean(x, y))
    if metric == SQEUCLIDEAN:
        return squared_euclidean(x, y)
    if metric == MANHATTAN:
        return manhattan(x, y)
    if metric == CHEBYSHEV:
        return chebyshev(x, y)
    if metric == COSINE:
        return cosine(x, y)
    return hamming(x, y)


@kernel
def named_row(metric, x, others, entries):
    """Write the dissimilarities of x to many points, one per column of `others`; equal to `named_distance` to the bit.

    The terms of each sum are added in the same order. The loop over the points is the inner one, so it is vectorised.
    """
    entries[:] = 0.0
    for j in range(len(x)):
        add_coordinate(metric, x[j], others[j], entries)
    if metric == EUCLIDEAN:
        entries[:] = np.sqrt(entries)
    elif metric == COSINE:
        entries[:] = entries / 2
    elif metric == HAMMING:
        entries[:] = entries / len(x)


@kernel
def add_coordinate(metric, own, theirs, entries):
    """Add what one coordinate of x and of many points contributes; the greatest difference stays for Chebyshev's."""
    if metric == HAMMING:
        for o in range(len(entries)):
            entries[o] += own != theirs[o]
    elif metric == MANHATTAN:
        for o in range(len(entries)):
            entries[o] += abs(np.float64(own) - np.float64(theirs[o]))
    elif metric == CHEBYSHEV:
        for o in range(len(entries)):
            difference = abs(np.float64(own) - np.float64(theirs[o]))
            entries[o] = difference if difference > entries[o] else entries[o]
    else:
        for o in range(len(entries)):
            difference = np.float64(own) - np.float64(theirs[o])
            entries[o] += difference * difference


@kernel
def squared_euclidean(x, y):
    """Sum of the squared differences."""
    total = 0.0
    for j in range(len(x)):
        difference = np.float64(x[j]) - np.float64(y[j])
        total += difference * difference
    return total


@kernel
def manhattan(x, y):
    """Sum of the absolute differences."""
    total = 0.0
    for j in range(len(x)):
        total += abs(np.float64(x[j]) - np.float64(y[j]))
    return total


@kernel
def chebyshev(x, y):
    """Return the greatest absolute difference."""
    greatest = 0.0
    for j in range(len(x)):
        difference = abs(np.float64(x[j]) - np.float64(y[j]))
        if difference > greatest:
            greatest = difference
    return greatest


@kernel
def cosine(x, y):
    """1 - cos(x, y) of two vectors of length one, see `unit_vectors`.

    In this form it is never negative, zero for equal vectors, and small angles lose no digits.
    """
    return squared_euclidean(x, y) / 2


@kernel
def hamming(x, y):
    """Share of the coordinates that differ."""
    differing = 0
    for j in range(len(x)):
        if x[j] != y[j]:
            differing += 1
    return differing / len(x)


def unit_vectors(coordinates: np.ndarray) -> np.ndarray:
    """Scale every row to length one, in float64; raise ValueError if a row is zero."""
    greatest = np.abs(coordinates.astype(np.float64)).max(axis=1, keepdims=True)
    zero = np.flatnonzero(greatest == 0)
    if len(zero):
        raise ValueError(f"coordinates[{zero[0]}] is zero: it has no direction, and no cosine with other points")
    scaled = coordinates / greatest  # first, so that no square overflows or vanishes
    return scaled / np.sqrt((scaled * scaled).sum(axis=1, keepdims=True))

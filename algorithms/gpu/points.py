"""The matrix of points, computed on the card: in float64, rounded to float32, and then to fixed point in its place.

It is that of `Points`, rounded to float32, to the bit: the terms are summed in the order of the coordinates, and no
product is fused with a sum. A block has a tile of SIDE x SIDE pairs, and each thread four of its rows; they share
strips of the coordinates. Tiles below the diagonal are mirror images.
"""

import math

import numpy as np

from kmedoids_bench.algorithms.core.metrics import CHEBYSHEV, COSINE, EUCLIDEAN, HAMMING, MANHATTAN, METRICS
from kmedoids_bench.algorithms.core.points import Points
from kmedoids_bench.algorithms.gpu.device import BUSY, SIMULATED, THREADS, cuda, product, require_card
from kmedoids_bench.algorithms.gpu.matrix import Matrix, power_of_two, require_matrix, to_fixed, zeros

SIDE = 4 if SIMULATED else 32
QUARTER = SIDE // 4


def distances(coordinates, metric="euclidean") -> Matrix:
    """Compute the dissimilarities of all pairs of points, on the card.

    Parameters
    ----------
    coordinates : array_like of shape (n, dimensions)
        As for `Points`.
    metric : str
        One of `metrics.METRICS`: "euclidean", "sqeuclidean", "manhattan", "chebyshev", "cosine", "hamming".

    Raises
    ------
    NoCard
        If there is no CUDA device.
    MemoryError
        If matrix and points do not fit on the card; the message says what would.
    TypeError, ValueError
        For bad input, as `Points`.
    """
    require_card()
    if metric not in METRICS:
        raise ValueError(
            f"metric is {metric!r}, must be one of {METRICS}: a function of one's own cannot run on the card"
        )
    points = Points(coordinates, metric)
    n = points.n
    require_matrix(n, beside=points.coordinates.nbytes)
    x = cuda.to_device(points.coordinates)
    dist, largest, rounded = cuda.device_array((n, n), np.float32), zeros(1, np.float64), zeros(1)
    tiles = -(-n // SIDE)
    between[(tiles, tiles), (SIDE, QUARTER)](x, METRICS.index(metric), dist, largest)
    most = float(largest.copy_to_host()[0])
    if most == math.inf:
        raise ValueError("some dissimilarities are too large for float32: divide all coordinates by a constant")
    scale, fixed = power_of_two(most), dist.view(np.int32)
    to_fixed[BUSY, THREADS](dist, scale, fixed, 0, rounded)
    return Matrix(fixed, fixed, scale, int(rounded.copy_to_host()[0]))


@cuda.jit(device=True)
def with_term(metric, total, a, b):
    """Add what two coordinates contribute: specification `metrics.named_distance`."""
    if metric == HAMMING:
        return total + 1.0 if a != b else total
    difference = abs(a - b)
    if metric == MANHATTAN:
        return total + difference
    if metric == CHEBYSHEV:
        return max(total, difference)
    return total + product(difference, difference)


@cuda.jit(device=True)
def distance_of(metric, total, dimensions):
    """Return the dissimilarity, given the sum of its terms."""
    if metric == EUCLIDEAN:
        return math.sqrt(total)
    if metric == HAMMING:
        return total / dimensions
    return total / 2 if metric == COSINE else total


@cuda.jit
def between(x, metric, dist, largest):
    """Write dist[c, o] and dist[o, c] for the pairs of a tile, float32, and find the largest."""
    if cuda.blockIdx.x < cuda.blockIdx.y:
        return
    mine = cuda.shared.array((SIDE, SIDE), np.float64)  # [point, coordinate]
    theirs = cuda.shared.array((SIDE, SIDE), np.float64)  # [coordinate, point]
    column, first, n, dimensions = cuda.threadIdx.x, cuda.threadIdx.y, x.shape[0], x.shape[1]
    left, top = cuda.blockIdx.x * SIDE, cuda.blockIdx.y * SIDE
    t0, t1, t2, t3 = 0.0, 0.0, 0.0, 0.0
    for base in range(0, dimensions, SIDE):
        cuda.syncthreads()
        at = min(base + column, dimensions - 1)
        for row in range(first, SIDE, QUARTER):
            mine[row, column] = x[min(top + row, n - 1), at]
            theirs[column, row] = x[min(left + row, n - 1), at]
        cuda.syncthreads()
        for j in range(min(SIDE, dimensions - base)):
            b = theirs[j, column]
            t0 = with_term(metric, t0, mine[first, j], b)
            t1 = with_term(metric, t1, mine[first + QUARTER, j], b)
            t2 = with_term(metric, t2, mine[first + 2 * QUARTER, j], b)
            t3 = with_term(metric, t3, mine[first + 3 * QUARTER, j], b)
    c, o, most = top + first, left + column, 0.0
    for total in (t0, t1, t2, t3):
        if c < n and o < n:
            d = np.float32(distance_of(metric, total, dimensions))
            dist[c, o] = dist[o, c] = d
            most = max(most, np.float64(d))
        c += QUARTER
    cuda.atomic.max(largest, 0, most)

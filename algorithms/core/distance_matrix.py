"""The matrix of all dissimilarities of points, computed on all processors.

Euclidean distances, their squares and cosines come from |x|² + |y|² - 2 x·y: a BLAS computes all x·y many times as fast
as anything sums up squared differences, but digits are lost where x and y are close to each other. Every float32 here
is the sum of squared differences in float64, rounded, all the same. Both ways have a bound on their rounding error
(Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1), whatever the order of the sums. Where the
bounds leave open to which float32 a value is rounded, it is computed directly: a few entries in a million.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import COSINE, EUCLIDEAN, METRICS, SQEUCLIDEAN, named_distance, named_row
from kmedoids_bench.algorithms.core.on_demand import OnDemand, own_distance

# Rows and columns that are computed together: what belongs to a square of them fits into a processor's cache.
TILE = 1024
PART = 64  # rows of a tile that a thread computes at a time, so that none waits long for another
OWN_PART = 1  # the same with a metric of the user's own, which may be slow: Ctrl-C waits for the parts that have begun

WIDTH = 64  # columns of a tile that are computed together one coordinate after the other, in the nearest cache

FROM_PRODUCTS = (EUCLIDEAN, SQEUCLIDEAN, COSINE)
UNIT_ROUNDOFF = 2.0**-53  # of float64
FREE_SHARE = 0.9  # of the free memory: the algorithms need a little, too


def distance_matrix(coordinates: np.ndarray, metric: str | Callable, dtype="float32") -> np.ndarray:
    """Compute the matrix of all dissimilarities.

    Parameters
    ----------
    coordinates : array of shape (n, dimensions)
        Checked, see `Points`.
    metric : str or function
        One of `METRICS`, or a compiled function of two rows.
    dtype : str
        float32 or float64.

    Returns
    -------
    array of shape (n, n)
        C order; symmetric and zero on the diagonal, to the bit. Every entry is `named_distance` of its objects in
        float64, rounded once.

    Raises
    ------
    MemoryError
        If the matrix does not fit into the memory that is free; the message says how many objects do.
    NotADissimilarity
        If a metric of the user's own gives something else.
    ValueError
        If the dtype is another one, or a dissimilarity is too large for it.
    """
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise ValueError(f"dtype is {dtype!r}, must be float32 or float64")
    n = len(coordinates)
    check_memory(n, np.dtype(dtype).itemsize, 8 * coordinates.shape[1] if from_products(metric, dtype) else 0)
    dist = np.empty((n, n), dtype)
    fill = tile_function(coordinates, metric, np.dtype(dtype))
    starts = range(0, n, TILE)
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
    try:
        for top in starts:
            for left in starts[top // TILE :]:
                fill(pool, dist, top, left)
    finally:
        pool.shutdown(cancel_futures=True)  # Ctrl-C does not wait for what has not begun
    return dist


def check_memory(n: int, itemsize: int, beside: int = 0) -> None:
    """Raise MemoryError if a matrix of n objects, and so many bytes beside it for each object, are more than are free.

    An allocation itself would not fail.
    """
    free = free_bytes()
    if free is None or itemsize * n * n + beside * n <= FREE_SHARE * free:
        return
    half = beside / (2 * itemsize)
    fits = int((half * half + FREE_SHARE * free / itemsize) ** 0.5 - half)
    raise MemoryError(
        f"the matrix of {n:,} objects takes {itemsize * n * n / 1e9:.3g} GB, and {free / 1e9:.3g} GB of memory are "
        f"free: {fits:,} objects fit" + (", or more with dtype='float32'" if itemsize > 4 else "") + ". "
        "fasterclara(points, k=...), fasterclarans(points, k=...) and onebatchpam(points, k=...) need no matrix"
    )


def free_bytes(root: Path = Path("/")) -> int | None:
    """Return how much memory a process can still have, as Linux estimates it; None where nobody says.

    A container or a job of a batch system may have less than the machine.
    """
    try:
        with open(root / "proc/meminfo", encoding="ascii") as lines:
            sizes = dict(line.split(":") for line in lines)
        return min([1024 * int(sizes["MemAvailable"].split()[0]), *free_of_groups(root)])
    except (OSError, KeyError, ValueError):
        return None


def free_of_groups(root: Path) -> Iterator[int]:
    """Yield what the limit of each control group of this process leaves; cached files give way to what is needed."""
    try:
        own = (root / "proc/self/cgroup").read_text(encoding="ascii").splitlines()
    except OSError:
        return
    for group in (Path(line.partition("::/")[2]) for line in own if line.startswith("0::/")):
        for folder in (root / "sys/fs/cgroup" / one for one in (group, *group.parents)):
            try:
                limit = int((folder / "memory.max").read_text())  # or "max"
                used = int((folder / "memory.current").read_text())
                counts = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
                yield max(0, limit - used + int(counts["inactive_file"]))
            except (OSError, KeyError, ValueError):
                continue


def from_products(metric: str | Callable, dtype) -> bool:
    """Whether entries come from products of matrices, for which the points are copied."""
    return isinstance(metric, str) and METRICS.index(metric) in FROM_PRODUCTS and np.dtype(dtype) == np.float32


def tile_function(coordinates: np.ndarray, metric: str | Callable, dtype: np.dtype) -> Callable:
    """Return the function that fills one tile and its mirror image: fill(pool, dist, top, left)."""
    if callable(metric):
        return direct_tiles(own_part, OWN_PART, OnDemand(coordinates, metric, (len(coordinates), len(coordinates))))
    number = METRICS.index(metric)
    if from_products(metric, dtype):
        return tiles_from_products(coordinates, number)
    return direct_tiles(named_part, PART, coordinates, number)


def direct_tiles(part: Callable, rows: int, *data) -> Callable:
    """Return the function that fills a tile, so many rows at a time: part(dist, first, last, left, right, *data)."""

    def fill(pool, dist, top, left):
        right, bottom = min(left + TILE, len(dist)), min(top + TILE, len(dist))
        in_parts(pool, lambda first, last: part(dist, first, last, left, right, *data), top, bottom, rows)

    return fill


def tiles_from_products(coordinates: np.ndarray, metric: int) -> Callable:
    """Return the function that fills a tile from a product of matrices."""
    centred, squares = centred_points(coordinates, coordinates.mean(axis=0, dtype=np.float64))
    bounds = rounding_bounds(centred.shape[1])

    def fill(pool, dist, top, left):
        right, bottom = min(left + TILE, len(dist)), min(top + TILE, len(dist))
        products = centred[top:bottom] @ centred[left:right].T

        def part(first, last):
            round_products(dist, first, last, left, products[first - top :], squares, coordinates, metric, bounds)

        in_parts(pool, part, top, bottom, PART)

    return fill


def centred_points(coordinates: np.ndarray, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points around a centre, and the squares of their lengths: around the mean the bounds are least."""
    centred = coordinates - centre  # float64, as the centre is
    return centred, np.einsum("ij,ij->i", centred, centred)


def products_with(coordinates: np.ndarray, others: np.ndarray) -> Iterator[tuple[int, np.ndarray, tuple]]:
    """Multiply all points with some of them, `TILE` points at a time.

    Yields the first point of the tile, the products of shape (points of the tile, others), and the squares of the
    lengths of both, all around the mean.
    """
    centre = coordinates.mean(axis=0, dtype=np.float64)
    of_others, squares_of_others = centred_points(coordinates[others], centre)
    for top in range(0, len(coordinates), TILE):
        centred, squares = centred_points(coordinates[top : top + TILE], centre)
        yield top, centred @ of_others.T, (squares, squares_of_others)


def rounding_bounds(dimensions: int) -> tuple[float, float]:
    """Return how far the squares of distances may be off: as a share of |x|² + |y|² from products, and of themselves.

    Sums of m products are off by gamma(m) = mu / (1 - mu) of the sum of the absolute values at most, u being the unit
    roundoff. From products there are two such sums, |2 x·y| is at most |x|² + |y|², and centring moved each coordinate
    by u of itself, which is 4u of |x|² + |y|² in all; 12u cover this, the additions and the root. Squared differences
    are not negative: their sum is off by gamma(m + 2) of itself, and rounding its root adds two u.
    """
    gamma = [m * UNIT_ROUNDOFF / (1 - m * UNIT_ROUNDOFF) for m in (dimensions, dimensions + 6)]
    return 2 * gamma[0] + 12 * UNIT_ROUNDOFF, gamma[1]


def in_parts(pool: ThreadPoolExecutor, part: Callable, top: int, bottom: int, rows: int) -> None:
    """Call part(first, last) for all rows from top to bottom, so many at a time, on all threads."""
    firsts = range(top, bottom, rows)
    for _ in pool.map(part, firsts, [min(first + rows, bottom) for first in firsts]):
        pass


@kernel
def round_products(dist, first, last, left, products, squares, coordinates, metric, bounds):
    """Fill a part of a tile and its mirror image; `products` begins at dist[first, left]."""
    count = products.shape[1]
    low, high = np.empty(count, np.float32), np.empty(count, np.float32)
    for r in range(first, last):
        bound_row(low, high, products[r - first], squares[r], squares[left : left + count], metric, bounds)
        for j in range(max(r - left, 0), count):
            c = left + j
            if low[j] != high[j]:
                low[j] = named_distance(metric, coordinates[r], coordinates[c])
            dist[r, c] = low[j]
    mirror(dist, first, last, left, left + count)


@kernel
def bound_row(low, high, products, own_square, squares, metric, bounds):
    """Write between which float32 the dissimilarities of a point to others lie, by its products with them."""
    of_lengths, of_itself = bounds
    for j in range(len(products)):
        lengths = own_square + squares[j]
        square, slack = lengths - 2 * products[j], of_lengths * lengths
        least, most = max(square - slack, 0.0) * (1 - of_itself), (square + slack) * (1 + of_itself)
        if metric == EUCLIDEAN:
            least, most = np.sqrt(least), np.sqrt(most)
        elif metric == COSINE:
            least, most = least / 2, most / 2
        low[j], high[j] = least, most


@kernel
def named_part(dist, first, last, left, right, coordinates, metric):
    """Fill rows first to last of a tile and their mirror image with a named dissimilarity."""
    buffer = np.empty(WIDTH)
    for here in range(left, right, WIDTH):
        others = np.ascontiguousarray(coordinates[here : min(here + WIDTH, right)].T)
        entries = buffer[: others.shape[1]]
        for r in range(first, min(last, here + len(entries))):
            named_row(metric, coordinates[r], others, entries)
            for c in range(max(r, here), here + len(entries)):
                dist[r, c] = entries[c - here]
    mirror(dist, first, last, left, right)


@kernel
def own_part(dist, first, last, left, right, on_demand):
    """Fill rows first to last of a tile and their mirror image with a metric of the user's own."""
    for r in range(first, last):
        for c in range(max(r, left), right):
            dist[r, c] = own_distance(on_demand, r, c)
    mirror(dist, first, last, left, right)


@kernel
def mirror(dist, first, last, left, right):
    """Copy what stands in a part of a tile, right of the diagonal, to its mirror image: row by row of the latter."""
    for c in range(left, right):
        for r in range(first, min(last, c)):
            dist[c, r] = dist[r, c]

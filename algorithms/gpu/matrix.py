"""The matrix on the card, in fixed point: 31 bits, so that every sum is an exact integer of 64 bits.

A power of two scales the largest dissimilarity to just below 2^31. Entries that this rounds are counted. Sums of
integers do not depend on the order in which threads come along, and so nothing does.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kmedoids_bench.algorithms.core.problem import (
    LARGEST,
    Problem,
    check_dtype,
    check_entries,
    check_shape,
    unchecked_matrix,
)
from kmedoids_bench.algorithms.gpu.device import BUSY, FARTHEST, THREADS, cuda, free_bytes, require_card, require_room
from kmedoids_bench.algorithms.gpu.shared_arrays import on_card

PIECE_BYTES = 2**26  # of a matrix, sent to the card at a time
SPARE = 100  # bytes of a search for each object, its tables of k rows apart


@dataclass(frozen=True, eq=False)
class Matrix:
    """A dissimilarity matrix on the card; algorithms take it in place of the array.

    `fixed` and `by_object` are int32 arrays of shape (n, n) on the card: fixed[c, o] is d(o, c) times `scale`, rounded,
    and by_object[o, c] the same. They are one array if the matrix is symmetric. `rounded` counts the entries that are
    not represented exactly. ``numpy.asarray(matrix)`` brings what it stands for back, as float64.
    """

    fixed: Any
    by_object: Any
    scale: float
    rounded: int

    def __post_init__(self) -> None:
        for name, array in (("fixed", self.fixed), ("by_object", self.by_object)):
            if array.shape != 2 * array.shape[:1] or array.dtype != np.int32:
                raise ValueError(f"{name} must be a square array of int32 on the card: use Matrix.of(distances)")
        if not 0 < self.scale < math.inf:
            raise ValueError(f"scale is {self.scale}, must be positive and finite: use Matrix.of(distances)")

    @property
    def n(self) -> int:
        """Number of objects."""
        return self.fixed.shape[0]

    @property
    def slack(self) -> int:
        """How far the loss of any medoids can be from that of the matrix that was given, at most, in fixed point.

        Rounding changes an entry by less than 2, and a loss is the sum of one entry for each object.
        """
        return 2 * min(self.n, self.rounded)

    def __array__(self, dtype=None, copy=None) -> np.ndarray:
        return (self.fixed.copy_to_host() / self.scale).astype(dtype or np.float64)

    @classmethod
    def of(cls, distances) -> "Matrix":
        """Check a dissimilarity matrix and bring it to the card.

        Parameters
        ----------
        distances : array_like of shape (n, n), or Problem, or Matrix
            As for `Problem`. A memory-mapped file is read twice, in pieces: once to check it and to find its largest
            entry, once for the card. An array on the card, with ``__cuda_array_interface__`` or DLPack, is read there.

        Raises
        ------
        NoCard
            If there is no CUDA device.
        MemoryError
            If the matrix does not fit on the card; the message says what would.
        TypeError, ValueError
            For bad input, as `Problem`.
        """
        if isinstance(distances, Matrix):
            return distances
        require_card()
        source = source_of(distances)
        n = len(source)
        require_matrix(n)
        scale = power_of_two(largest_of(source))
        fixed, rounded = cuda.device_array((n, n), np.int32), zeros(1)
        for top, piece in pieces(source):
            to_fixed[BUSY, THREADS](piece, scale, fixed, top, rounded)
        by_object = fixed
        if not is_symmetric(fixed):
            require_matrix(n, held=4 * n * n)
            by_object = cuda.device_array((n, n), np.int32)
            transpose[BUSY, THREADS](fixed, by_object)
        return cls(fixed, by_object, scale, int(rounded.copy_to_host()[0]))


def source_of(distances):
    """Return a matrix of the right shape and type, on the host or on the card; its entries have not been checked."""
    if isinstance(distances, Problem):
        return distances.distances
    source = on_card(distances)
    if source is None:
        return unchecked_matrix(distances)
    check_shape(source)
    check_dtype(source)
    return source


def require_matrix(n: int, held: int = 0, beside: int = 0) -> None:
    """Raise MemoryError unless a matrix fits, beside so many bytes; `held` bytes have its transpose already."""
    free = free_bytes()
    fits = math.isqrt(max(0, free + held - beside) // (8 if held else 4))
    require_room(4 * n * n + SPARE * n + PIECE_BYTES + beside, f"about n = {fits:,} objects", free)


def pieces(source) -> Iterator[tuple[int, Any]]:
    """Yield some rows of a matrix after the others, on the card, and the number of the first."""
    step = max(1, PIECE_BYTES // (len(source) * source.dtype.itemsize))
    for top in range(0, len(source), step):
        rows = source[top : top + step]
        yield top, cuda.to_device(np.ascontiguousarray(rows)) if isinstance(source, np.ndarray) else rows


def largest_of(source) -> float:
    """Return the largest entry of a matrix; raise ValueError, naming the first bad entry, if there is one."""
    bad, largest = zeros(1), zeros(1, np.float64)
    for top, piece in pieces(source):
        look_at[BUSY, THREADS](piece, top, LARGEST / len(source), bad, largest)
    if bad.copy_to_host()[0]:
        check_entries(source if isinstance(source, np.ndarray) else source.copy_to_host())
    return float(largest.copy_to_host()[0])


def power_of_two(largest: float) -> float:
    """Return the scale that brings the largest dissimilarity into 2^30 .. 2^31; at most 2^1023."""
    return 2.0 ** min(1023, 30 - math.floor(math.log2(largest))) if largest > 0 else 1.0


def is_symmetric(fixed) -> bool:
    """Whether a matrix on the card equals its transpose."""
    differing = zeros(1)
    compare_with_transpose[BUSY, THREADS](fixed, differing)
    return differing.copy_to_host()[0] == 0


def zeros(shape, dtype: Any = np.int64):
    """Return zeros on the card."""
    array = cuda.device_array(shape, dtype)
    clear[BUSY, THREADS](array.ravel())
    return array


@cuda.jit
def clear(array):
    """Write 0 to every entry of an array (m,)."""
    for entry in range(cuda.grid(1), len(array), cuda.gridsize(1)):
        array[entry] = 0


@cuda.jit
def look_at(piece, top, limit, bad, largest):
    """Count entries that are no dissimilarities, and find the largest: specification `problem.check_entries`."""
    n, most = piece.shape[1], 0.0
    for entry in range(cuda.grid(1), piece.size, cuda.gridsize(1)):
        row, column = entry // n, entry % n
        d = np.float64(piece[row, column])
        if not (d >= 0 and d <= limit) or (top + row == column and d != 0):
            cuda.atomic.add(bad, 0, 1)
        else:
            most = max(most, d)
    cuda.atomic.max(largest, 0, most)


@cuda.jit
def to_fixed(piece, scale, fixed, top, rounded):
    """Write round(piece * scale) to the rows from `top` on, and count the entries that this changes.

    `piece` may be `fixed` itself, as float32.
    """
    n, changed = piece.shape[1], 0
    for entry in range(cuda.grid(1), piece.size, cuda.gridsize(1)):
        row, column = entry // n, entry % n
        exact = np.float64(piece[row, column]) * scale
        whole = min(math.floor(exact + 0.5), FARTHEST - 1.0)
        fixed[top + row, column] = np.int32(whole)
        if whole != exact:
            changed += 1
    if changed > 0:
        cuda.atomic.add(rounded, 0, changed)


@cuda.jit
def compare_with_transpose(fixed, differing):
    """Count the entries below the diagonal that differ from their mirror image: specification `is_symmetric`."""
    n, found = fixed.shape[0], 0
    for entry in range(cuda.grid(1), fixed.size, cuda.gridsize(1)):
        row, column = entry // n, entry % n
        if column < row and fixed[row, column] != fixed[column, row]:
            found += 1
    if found > 0:
        cuda.atomic.add(differing, 0, found)


@cuda.jit
def transpose(matrix, copy):
    """Write copy[j, i] = matrix[i, j]."""
    n = matrix.shape[1]
    for entry in range(cuda.grid(1), matrix.size, cuda.gridsize(1)):
        copy[entry % n, entry // n] = matrix[entry // n, entry % n]

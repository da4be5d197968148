"""The matrix on the card, in fixed point: 31 bits, so that every sum is an exact integer of 64 bits.

A power of two scales the largest dissimilarity to just below 2^31. Entries that this rounds are counted. Sums of
integers do not depend on the order in which threads come along, and so nothing does.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kmedoids_bench.algorithms.core.problem import BLOCK, Problem, is_symmetric
from kmedoids_bench.algorithms.gpu.device import BUSY, FARTHEST, THREADS, blocks, cuda, require_card

PIECE_BYTES = 2**26  # of a matrix, sent to the card at a time


@dataclass(frozen=True, eq=False)
class Matrix:
    """A dissimilarity matrix on the card; algorithms take it in place of the array.

    `fixed` and `by_object` are int32 arrays of shape (n, n) on the card: fixed[c, o] is d(o, c) times `scale`, rounded,
    and by_object[o, c] the same. They are one array if the matrix is symmetric. `rounded` counts the entries that are
    not represented exactly.
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

    @classmethod
    def of(cls, distances) -> "Matrix":
        """Check a dissimilarity matrix and bring it to the card.

        Parameters
        ----------
        distances : array_like of shape (n, n), or Problem, or Matrix
            As for `Problem.of`; a memory-mapped file is read in pieces. An array that is on the card already, with
            ``__cuda_array_interface__``, stays there: float32, float64 or int32, symmetric.

        Raises
        ------
        NoCard
            If there is no CUDA device, or the matrix does not fit; the message says what would.
        TypeError, ValueError
            For bad input, as `Problem.of`.
        """
        if isinstance(distances, Matrix):
            return distances
        if hasattr(distances, "__cuda_array_interface__"):
            return _from_card(cuda.as_cuda_array(distances))
        problem = Problem.of(distances)
        n, symmetric = problem.n, is_symmetric(problem.distances)
        require_card(4 * n * n * (1 if symmetric else 2))
        largest = max(float(problem.distances[top : top + BLOCK].max()) for top in range(0, n, BLOCK))
        scale = power_of_two(largest)
        fixed, rounded = cuda.device_array((n, n), np.int32), cuda.to_device(np.zeros(1, np.int64))
        step = max(1, PIECE_BYTES // (n * problem.distances.itemsize))
        for top in range(0, n, step):
            piece = np.ascontiguousarray(problem.distances[top : top + step])
            to_fixed[BUSY, THREADS](cuda.to_device(piece), scale, fixed, top, rounded)
        return cls(fixed, fixed if symmetric else transposed(fixed), scale, int(rounded.copy_to_host()[0]))


def power_of_two(largest: float) -> float:
    """Return the scale that brings the largest dissimilarity into 2^30 .. 2^31."""
    return 2.0 ** (30 - math.floor(math.log2(largest))) if largest > 0 else 1.0


def _from_card(dist) -> Matrix:
    n = dist.shape[0]
    if dist.ndim != 2 or dist.shape[1] != n or n == 0:
        raise ValueError(f"distances must be a square matrix, its shape is {dist.shape}")
    if dist.dtype not in (np.float32, np.float64, np.int32):
        raise TypeError(f"distances has elements of type {dist.dtype}, must be float32, float64 or int32")
    require_card(4 * n * n)
    bad, largest = cuda.to_device(np.zeros(2, np.int64)), cuda.to_device(np.zeros(1, np.float64))
    look_at[BUSY, THREADS](dist, bad, largest)
    wrong, asymmetric = bad.copy_to_host().tolist()
    if wrong:
        raise ValueError(f"{wrong} entries of distances are NaN, infinite, negative, or not zero on the diagonal")
    if asymmetric:
        raise ValueError("distances is not symmetric: pass such a matrix as a numpy array")
    scale = power_of_two(float(largest.copy_to_host()[0]))
    fixed, rounded = cuda.device_array((n, n), np.int32), cuda.to_device(np.zeros(1, np.int64))
    to_fixed[BUSY, THREADS](dist, scale, fixed, 0, rounded)
    return Matrix(fixed, fixed, scale, int(rounded.copy_to_host()[0]))


def transposed(matrix):
    """Return a transposed copy, on the card."""
    copy = cuda.device_array(matrix.shape, matrix.dtype)
    transpose[BUSY, THREADS](matrix, copy)
    return copy


@cuda.jit
def to_fixed(piece, scale, fixed, top, rounded):
    """Write round(piece * scale) to the rows from `top` on, and count the entries that this changes."""
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
def look_at(dist, bad, largest):
    """Count entries that are no dissimilarities, and those that differ from their mirror image; find the largest."""
    n = dist.shape[0]
    most = 0.0
    for entry in range(cuda.grid(1), dist.size, cuda.gridsize(1)):
        row, column = entry // n, entry % n
        d = np.float64(dist[row, column])
        if not (d >= 0 and d < np.inf) or (row == column and d != 0):
            cuda.atomic.add(bad, 0, 1)
        elif dist[column, row] != dist[row, column]:
            cuda.atomic.add(bad, 1, 1)
        most = max(most, d)
    cuda.atomic.max(largest, 0, most)


@cuda.jit
def transpose(matrix, copy):
    """Write copy[j, i] = matrix[i, j]."""
    n = matrix.shape[1]
    for entry in range(cuda.grid(1), matrix.size, cuda.gridsize(1)):
        copy[entry % n, entry // n] = matrix[entry // n, entry % n]


def medoid_rows(matrix: Matrix, medoids: np.ndarray) -> np.ndarray:
    """Return the fixed-point rows of these medoids, on the host: int32, shape (k, n)."""
    rows = cuda.device_array((len(medoids), matrix.n), np.int32)
    gather[(blocks(matrix.n), len(medoids)), THREADS](matrix.fixed, cuda.to_device(medoids), rows)
    return rows.copy_to_host()


@cuda.jit
def gather(fixed, medoids, rows):
    """Copy the rows of the medoids."""
    o = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if o < rows.shape[1]:
        rows[cuda.blockIdx.y, o] = fixed[medoids[cuda.blockIdx.y], o]

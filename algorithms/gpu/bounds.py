"""`lower_bound` and `certify` on the card: to evaluate the Lagrangian bound is one pass over the matrix.

The ascent is that of `algorithms.bounds`. The matrix stays on the card, and so does the place of the multipliers; an
evaluation writes n multipliers there and brings back a number for each candidate and one for each object.

Every number is a whole number of units, one of which is 1 / `Matrix.scale`. Multipliers may be any numbers, so they are
rounded down to units. Then all terms of L(u) are integers, and their sums are exact in whatever order they are made: in
64 bits on the card, and here in float64, where they are units below 2^53 for all matrices that fit on a card. (Only if
the chosen candidates save more than that, their sum is rounded; the bound is below 0 then.) So L(u) is exact for the
matrix in fixed point, and `Matrix.slack` says how far a loss can be from that of the matrix that was given. It is
subtracted from bounds and added to the loss that they are compared with: a gap is never too small.
"""

import math
import time
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from kmedoids_bench.algorithms.bounds.certificate import Bound, bound_beside
from kmedoids_bench.algorithms.bounds.known import EXACT, Known, claimed
from kmedoids_bench.algorithms.bounds.relaxation import MARGINS, Relaxation, all_candidates
from kmedoids_bench.algorithms.core.problem import checked_k, checked_medoids, checked_number
from kmedoids_bench.algorithms.gpu.device import BUSY, FARTHEST, THREADS, blocks, cuda
from kmedoids_bench.algorithms.gpu.gains import AHEAD
from kmedoids_bench.algorithms.gpu.matrix import Matrix, clear, zeros
from kmedoids_bench.algorithms.gpu.nearest import nearest_medoids
from kmedoids_bench.algorithms.gpu.state import D_FIRST, D_SECOND
from kmedoids_bench.algorithms.gpu.swaps.fasterpam import fasterpam


def lower_bound(distances, k, *, loss=None, seconds=10.0) -> Bound:
    """Bound the loss of any k medoids from below: `bounds.lower_bound` on the card.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem, or Matrix
        As for `gpu.Matrix.of`.
    k : int
        Number of medoids, 1 <= k <= n.
    loss : float, optional
        Of the best medoids known, to compare the bound with, if it is lower than that of one FasterPAM from a random
        start. The bound holds whatever is given.
    seconds : float
        End after about this time, or when the bound has converged. FasterPAM and compilation do not count.

    Raises
    ------
    NoCard
        If there is no CUDA device.
    MemoryError
        If the matrix or the tables of FasterPAM do not fit on it; the message says what would.
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.
    """
    matrix = Matrix.of(distances)
    medoids = fasterpam(matrix, k=checked_k(k, matrix.n), seed=0).medoids
    return bound_in_time(matrix, claimed(known_of(matrix, medoids), loss), seconds)


def certify(distances, medoids, *, seconds=10.0) -> Bound:
    """Tell how far above the optimum the loss of these medoids is at most: `bounds.certify` on the card.

    Parameters
    ----------
    distances, seconds
        As for `gpu.lower_bound`.
    medoids : array_like of int, shape (k,)
        Distinct, in 0 .. n-1: `result.medoids` of any algorithm.

    Raises
    ------
    NoCard, MemoryError, TypeError, ValueError
        As for `gpu.lower_bound`.
    """
    matrix = Matrix.of(distances)
    return bound_in_time(matrix, known_of(matrix, checked_medoids(medoids, matrix.n)), seconds)


def bound_in_time(matrix: Matrix, known: Known, seconds) -> Bound:
    """Raise the bound towards what is known for so many seconds at most, compilation apart."""
    seconds = checked_number("seconds", seconds, 0.0, math.inf)
    relaxation = relaxation_of(matrix, known.medoids)
    relaxation.evaluate(relaxation.middle)  # compiles the kernels
    return bound_beside(relaxation, known, time.perf_counter() + seconds)


def known_of(matrix: Matrix, medoids: np.ndarray) -> Known:
    """Return what is known from these medoids, with a loss that theirs does not exceed: as `known.known_of`."""
    _, loss = nearest_medoids(matrix, medoids)
    loss = (loss + matrix.slack) / matrix.scale
    return Known(medoids, loss, loss < EXACT and is_whole(matrix))


def is_whole(matrix: Matrix) -> bool:
    """Whether all dissimilarities are whole numbers for certain: as `known.is_whole`."""
    if matrix.rounded or matrix.scale <= 1.0:
        return not matrix.rounded
    fractions = zeros(1)
    count_fractions[BUSY, THREADS](matrix.fixed, int(min(matrix.scale, 2.0**31)), fractions)
    return fractions.copy_to_host()[0] == 0


@dataclass(frozen=True, eq=False)
class CardRelaxation(Relaxation):
    """The form for a matrix on a card. The last fields are arrays there: about 20 bytes for each object."""

    matrix: Matrix
    units: Any  # int32, the multipliers, filled up with zeros to a multiple of AHEAD
    violated: Any  # int32, shape (n,)
    ids: Any  # int64, shape (m,): `candidates`
    reduced: Any  # int64, shape (m,)

    def send(self, multipliers: np.ndarray) -> tuple[np.ndarray, Any]:
        """Round the multipliers down to whole units, none above `FARTHEST`, and write them to their place."""
        units = np.zeros(len(self.units), np.int32)
        units[: self.matrix.n] = np.minimum(multipliers * self.matrix.scale, FARTHEST)
        self.units.copy_to_device(units)
        return units[: self.matrix.n] / self.matrix.scale, self.units

    def reduced_costs(self, sent: Any) -> np.ndarray:
        """Return r_c, shape (m,), in one pass over the matrix, or over the columns of the candidates that are left."""
        tiles = blocks(len(self.candidates))
        clear[BUSY, THREADS](self.reduced)
        add_savings[(tiles, max(1, BUSY // tiles)), THREADS](self.matrix.by_object, self.ids, sent, self.reduced)
        return self.reduced.copy_to_host() / self.matrix.scale

    def violations(self, sent: Any, chosen: np.ndarray) -> np.ndarray:
        """Return the subgradient."""
        ids = cuda.to_device(self.candidates[chosen])
        count_served[blocks(self.matrix.n), THREADS](self.matrix.fixed, ids, sent, self.violated)
        return self.violated.copy_to_host().astype(np.float64)

    def value(self, reduced: np.ndarray, chosen: np.ndarray, multipliers: np.ndarray) -> tuple[float, float]:
        """Return L(u), and how far it can be from that of the matrix that was given."""
        bound, _ = super().value(reduced, chosen, multipliers)
        return bound, self.matrix.slack / self.matrix.scale

    def two_nearest(self, medoids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the distances to the two nearest medoids; for k = 1, more than any distance."""
        near, _ = nearest_medoids(self.matrix, medoids)
        first, second = (near[field].copy_to_host() / self.matrix.scale for field in (D_FIRST, D_SECOND))
        return (second, second) if self.k == 1 else (first, second)

    def packed(self) -> Self:
        """Drop the excluded candidates."""
        packed = super().packed()
        return replace(packed, ids=cuda.to_device(packed.candidates), reduced=zeros(len(packed.candidates)))


def relaxation_of(matrix: Matrix, medoids: np.ndarray) -> CardRelaxation:
    """Return the relaxed problem with all candidates, and the narrowest limits that are tried."""
    n = matrix.n
    everything = CardRelaxation(
        **all_candidates(n, len(medoids)),
        matrix=matrix,
        units=zeros(-(-n // AHEAD) * AHEAD, np.int32),
        violated=cuda.device_array(n, np.int32),
        ids=cuda.to_device(np.arange(n)),
        reduced=zeros(n),
    )
    return everything.limited(medoids, MARGINS[0])


@cuda.jit
def add_savings(by_object, ids, units, reduced):
    """Add to each candidate what it saves: r_c, int64, shape (m,). Specification: `lagrangian.reduced_costs`.

    A thread has one candidate and a part of the objects. Objects that only fill up the last AHEAD have the multiplier 0
    and save nothing.
    """
    j = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if j >= len(ids):
        return
    c, last, groups, total = np.uint64(ids[j]), by_object.shape[0] - 1, len(units) // AHEAD, np.int64(0)
    begin, end = groups * cuda.blockIdx.y // cuda.gridDim.y, groups * (cuda.blockIdx.y + 1) // cuda.gridDim.y
    for first in range(begin * AHEAD, end * AHEAD, AHEAD):  # eight entries are asked for before the first is looked at
        d0, d1 = by_object[first, c], by_object[min(first + 1, last), c]
        d2, d3 = by_object[min(first + 2, last), c], by_object[min(first + 3, last), c]
        d4, d5 = by_object[min(first + 4, last), c], by_object[min(first + 5, last), c]
        d6, d7 = by_object[min(first + 6, last), c], by_object[min(first + 7, last), c]
        o = first
        for d in (d0, d1, d2, d3, d4, d5, d6, d7):
            total += min(np.int64(d) - np.int64(units[o]), np.int64(0))
            o += 1
    if total != 0:
        cuda.atomic.add(reduced, j, total)


@cuda.jit
def count_served(fixed, chosen, units, violated):
    """Write 1 less the number of chosen candidates that serve an object. Specification: `lagrangian.violations`."""
    o = cuda.grid(1)
    if o >= len(violated):
        return
    left = 1
    for i in range(len(chosen)):
        if fixed[chosen[i], o] < units[o]:
            left -= 1
    violated[o] = left


@cuda.jit
def count_fractions(fixed, one, fractions):
    """Count the entries that are not multiples of `one`, a power of two."""
    n, found = fixed.shape[1], 0
    for entry in range(cuda.grid(1), fixed.size, cuda.gridsize(1)):
        if fixed[entry // n, entry % n] & (one - 1) != 0:
            found += 1
    if found > 0:
        cuda.atomic.add(fractions, 0, found)

"""The best medoids known, and what would be better."""

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from kmedoids_bench.algorithms.core.problem import BLOCK, Problem, checked_number
from kmedoids_bench.algorithms.tuned.swaps.fasterpam import fasterpam

# A loss that is lower by less than this share counts as equal, unless all dissimilarities are whole numbers.
TOLERANCE = 1e-9
EXACT = 2.0**53  # whole numbers below it are exact in float64


@dataclass(frozen=True, eq=False)
class Known:
    """The best medoids known."""

    medoids: np.ndarray  # int64, shape (k,)
    loss: float
    whole: bool  # all dissimilarities are whole numbers, and so is every loss


def known_of(problem: Problem, medoids: np.ndarray) -> Known:
    """Return what is known from these medoids. A loss of 2^53 or more counts as not whole: floats have gaps there."""
    loss = loss_of(problem, medoids)
    return Known(medoids, loss, loss < EXACT and is_whole(problem.distances))


def claimed(known: Known, loss: float | None) -> Known:
    """Return what is known with the loss that a caller claims, if one does and it is lower."""
    if loss is None:
        return known
    return replace(known, loss=min(known.loss, checked_number("loss", loss, 0.0, math.inf)))


def loss_of(problem: Problem, medoids: np.ndarray) -> float:
    """Return the sum of the distances to the nearest medoids, rounded once."""
    return math.fsum(problem.distances[medoids].min(axis=0).tolist())


def enough_for(known: Known) -> float:
    """Return the least lower bound that proves: no k medoids have a lower loss, or one that counts as lower."""
    if known.loss == 0.0:
        return -math.inf
    if known.whole:
        return math.nextafter(math.ceil(known.loss) - 1.0, math.inf)
    return known.loss * (1.0 - TOLERANCE)


def bound_of(bound: float, known: Known) -> float:
    """Return what a bound says of the optimum: that is not negative, and whole where all dissimilarities are."""
    bound = max(0.0, bound)
    return float(math.ceil(bound)) if known.whole else bound


def gap_of(loss: float, bound: float) -> float:
    """Return how far above the optimum a loss is at most, as a share of the optimum; inf if the bound is 0."""
    if loss <= bound:
        return 0.0
    return loss / bound - 1.0 if bound > 0.0 else math.inf


def is_whole(dist: np.ndarray) -> bool:
    """Whether all dissimilarities are whole numbers, of whatever type."""
    blocks = (dist[top : top + BLOCK] for top in range(0, len(dist), BLOCK))
    return dist.dtype.kind in "iu" or all((np.floor(block) == block).all() for block in blocks)


def search(problem: Problem, k: int, restarts: int, seconds: float, threads: int) -> np.ndarray:
    """Return the best medoids of several FasterPAM from random starts; the first one, which compiles, is not timed."""
    best = fasterpam(problem, k=k, seed=0, threads=threads)
    end = time.perf_counter() + seconds
    for seed in range(1, restarts):
        if time.perf_counter() >= end:
            break
        result = fasterpam(problem, k=k, seed=seed, threads=threads)
        if result.loss < best.loss:
            best = result
    return best.medoids

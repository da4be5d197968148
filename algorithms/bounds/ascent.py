"""The volume algorithm: ascent of the Lagrangian bound along averaged subgradients.

Plain subgradients zigzag: each points away from multipliers at which another set of candidates is as good. The volume
algorithm steps from the best multipliers so far along an average of the subgradients, in which later ones count more:

    v    <- a g + (1 - a) v,       a in [A / 10, A] such that |v| becomes least
    step  = s (z - L(u)) / |v|^2   with z the loss of the best medoids known

s grows after a gain in a direction that the new subgradient still supports, and shrinks after several failures in a
row. A, the most that one subgradient may count, shrinks with it. The same average of the choices, how often each
candidate was chosen, approaches a solution of the linear relaxation.

Barahona & Anbil, "The volume algorithm: producing primal solutions with a subgradient method", Mathematical Programming
87 (2000) 385-399.
"""

import time
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np

from kmedoids_bench.algorithms.bounds.known import Known, enough_for, gap_of
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED
from kmedoids_bench.algorithms.bounds.relaxation import MARGINS, WORTH_PACKING, Evaluation, Relaxation

# Found by trial on plants, MNIST and the OR-Library; NOTES.md has the alternatives.
FIRST_STEP, MOST_STEP, GROWTH, SHRINKAGE = 0.1, 2.0, 1.1, 0.7
PATIENCE = 7  # failures in a row
FIRST_WEIGHT, LEAST_WEIGHT, FADING = 0.5, 0.05, 0.9
# The bound has converged when so many steps bring less than this share of what is missing.
SPAN, LEAST_GAIN = 100, 0.005
# Limits are wide enough if the gap is at most this share of their margin.
GAP_OF_MARGIN = 0.2

R = TypeVar("R", bound=Relaxation)


@dataclass(eq=False)
class Ascent(Generic[R]):
    """Where an ascent stands."""

    relaxation: R
    best: Evaluation
    shares: np.ndarray  # float64, shape (m,): how often each candidate was chosen, of late
    n_passes: int = 1


def first_ascent(relaxation: R, known: Known, deadline: float) -> Ascent[R]:
    """Raise the bound as far as it goes, with limits of the multipliers that leave room for the gap.

    `relaxation` has all candidates and the narrowest limits.
    """
    enough = enough_for(known)
    ascent = ascend(relaxation, relaxation.middle, known.loss, enough, deadline=deadline)
    for narrow, margin in pairwise(MARGINS):
        gap = gap_of(known.loss, ascent.best.bound)
        if ascent.best.bound >= enough or gap < GAP_OF_MARGIN * narrow or time.perf_counter() >= deadline:
            break
        before, relaxation = ascent, ascent.relaxation.limited(known.medoids, margin)
        ascent = ascend(relaxation, before.best.multipliers, known.loss, enough, deadline=deadline)
        ascent.n_passes += before.n_passes
    return ascent


def ascend(
    relaxation: R, start: np.ndarray, loss: float, enough: float, span=SPAN, least_gain=LEAST_GAIN, *, deadline
) -> Ascent[R]:
    """Raise the bound until it is enough, or `span` steps bring less than a share of what is missing.

    Parameters
    ----------
    relaxation : Relaxation
    start : float64 array of shape (n,)
        First multipliers.
    loss : float
        Of the best medoids known: what the bound is hoped to reach.
    enough : float
        A bound of at least this much proves that no better medoids are left.
    span, least_gain : int, float
        End when the last `span` steps brought less than `least_gain` of what was missing before them.
    deadline : float
        On the clock of `time.perf_counter`.
    """
    best = relaxation.evaluate(np.clip(start, relaxation.floors, relaxation.limits))
    ascent = Ascent(relaxation, best, best.chosen.astype(float))
    settle(ascent, best, enough)
    best = ascent.best
    average, step, weight, failures = best.violated, FIRST_STEP, FIRST_WEIGHT, 0
    before = best.bound
    while best.bound < enough and time.perf_counter() < deadline:
        if ascent.n_passes % span == 0:
            if best.bound - before < least_gain * (loss - before):
                break
            before = best.bound
        relaxation = ascent.relaxation
        direction = inside(average, best.multipliers, relaxation)
        length = float(direction @ direction)
        if length == 0.0:  # a solution of the linear relaxation
            break
        multipliers = best.multipliers + step * (loss - best.bound) / length * direction
        new = relaxation.evaluate(np.clip(multipliers, relaxation.floors, relaxation.limits))
        ascent.n_passes += 1
        share = shortening(new.violated, average, weight)
        supported = float(new.violated @ average) >= 0.0
        average = share * new.violated + (1.0 - share) * average
        ascent.shares = share * new.chosen + (1.0 - share) * ascent.shares
        if new.bound > best.bound:
            failures = 0
            step = min(MOST_STEP, step * GROWTH) if supported else step
            settle(ascent, new, enough)
            best = ascent.best
        else:
            failures += 1
            if failures % PATIENCE == 0:
                step, weight = step * SHRINKAGE, max(LEAST_WEIGHT, weight * FADING)
    return ascent


def inside(average: np.ndarray, multipliers: np.ndarray, relaxation: Relaxation) -> np.ndarray:
    """Return the direction without what would leave the limits at once."""
    stuck = (multipliers >= relaxation.limits) & (average > 0) | (multipliers <= relaxation.floors) & (average < 0)
    return np.where(stuck, 0.0, average)


def shortening(violated: np.ndarray, average: np.ndarray, weight: float) -> float:
    """Return the share of the new subgradient that makes the average shortest, within weight / 10 and weight."""
    turn = average - violated
    length = float(turn @ turn)
    return weight if length == 0.0 else min(max(float(average @ turn) / length, weight / 10), weight)


def settle(ascent: Ascent[R], new: Evaluation, enough: float) -> None:
    """Note which candidates are certain, and drop the excluded ones when they are many."""
    relaxation = ascent.relaxation.settled(new, enough)
    ascent.best = replace(new, bound=np.inf) if relaxation.is_empty else new
    if relaxation.n_left <= WORTH_PACKING * len(relaxation.candidates):
        kept = relaxation.standing != EXCLUDED
        relaxation = relaxation.packed()
        ascent.shares = ascent.shares[kept]
        ascent.best = replace(ascent.best, chosen=new.chosen[kept], otherwise=new.otherwise[kept])
    ascent.relaxation = relaxation

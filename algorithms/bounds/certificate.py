"""`lower_bound` and `certify`: how far above the optimum a loss is at most, by the Lagrangian bound alone."""

import math
import time
from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.bounds.ascent import first_ascent
from kmedoids_bench.algorithms.bounds.known import Known, bound_of, claimed, enough_for, gap_of, known_of, search
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED
from kmedoids_bench.algorithms.bounds.relaxation import Relaxation, compile_for, relaxation_of
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, checked_medoids, checked_number
from kmedoids_bench.algorithms.tuned.threads import several_threads


@dataclass(frozen=True, eq=False)
class Bound:
    """A lower bound on the loss of any k medoids, and where it comes from.

    `lagrangian.lagrangian` computes a bound from the multipliers by definition, for whoever doubts this one. It is as
    good or little worse: the one here may rest on candidates that earlier multipliers have excluded. Where all
    dissimilarities are whole numbers, so is the optimum, and the bound is rounded up.
    """

    bound: float  # no k medoids have a loss below it
    loss: float  # that it is compared with
    multipliers: np.ndarray  # float64, shape (n,)
    candidates: np.ndarray  # int64: ids of those that can be a medoid where the loss is lower
    n_passes: int  # evaluations of the bound

    @property
    def gap(self) -> float:
        """How far above the optimum the loss is at most, as a share of the optimum; inf for a bound of 0."""
        return gap_of(self.loss, self.bound)


def lower_bound(distances, k, *, loss=None, seconds=10.0, threads=1) -> Bound:
    """Bound the loss of any k medoids from below.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem
        As for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.
    loss : float, optional
        Of the best medoids known, to compare the bound with, if it is lower than that of one FasterPAM from a random
        start. The bound holds whatever is given.
    seconds : float
        End after about this time, or when the bound has converged. FasterPAM and compilation do not count.
    threads : int
        How many threads to use.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> lower_bound(np.abs(x[:, None] - x), 2).bound
    4.0
    """
    problem = Problem.of(distances)
    known = known_of(problem, search(problem, checked_k(k, problem.n), 1, 0.0, threads))
    return bound_in_time(problem, claimed(known, loss), seconds, threads)


def certify(distances, medoids, *, seconds=10.0, threads=1) -> Bound:
    """Tell how far above the optimum the loss of these medoids is at most: the `gap` of the result.

    Parameters
    ----------
    distances, seconds, threads
        As for `lower_bound`.
    medoids : array_like of int, shape (k,)
        Distinct, in 0 .. n-1: `result.medoids` of any algorithm.

    Raises
    ------
    TypeError, ValueError
        For bad input, naming the argument and the offending entry.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> certify(np.abs(x[:, None] - x), [0, 4]).gap
    0.25
    """
    problem = Problem.of(distances)
    return bound_in_time(problem, known_of(problem, checked_medoids(medoids, problem.n)), seconds, threads)


def bound_in_time(problem: Problem, known: Known, seconds, threads: int) -> Bound:
    """Raise the bound towards what is known for so many seconds at most, compilation apart."""
    seconds = checked_number("seconds", seconds, 0.0, math.inf)
    with several_threads(threads, problem.n) as several:
        compile_for(problem, several)
        deadline = time.perf_counter() + seconds
        return bound_beside(relaxation_of(problem, known.medoids, several), known, deadline)


def bound_beside(relaxation: Relaxation, known: Known, deadline: float) -> Bound:
    """Raise the bound towards what is known, wherever the matrix is.

    Candidates are excluded only from medoids of a lower loss than the one known. So either there are none, or the bound
    for the candidates that are left holds for them.
    """
    ascent = first_ascent(relaxation, known, deadline)
    left = ascent.relaxation
    return Bound(
        bound=bound_of(min(ascent.best.bound, enough_for(known)), known),
        loss=known.loss,
        multipliers=ascent.best.multipliers,
        candidates=left.candidates[left.standing != EXCLUDED],
        n_passes=ascent.n_passes,
    )

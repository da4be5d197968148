"""`optimal`: the best k medoids, by branch and bound, and the proof that there are no better ones.

FasterPAM from random starts gives medoids that are good as a rule. The Lagrangian bound then requires or excludes most
candidates, with few medoids nearly all, and branch and bound decides on the others. In each node the bound is raised a
little from the multipliers of the node above, which settles further candidates. The candidate about which the
relaxation is least sure becomes a medoid in one branch, which is searched first, and is excluded in the other.

Christofides & Beasley, "A tree search algorithm for the p-median problem", European Journal of Operational Research 10
(1982) 196-204; [B85].
"""

import math
import time
from dataclasses import dataclass

import numpy as np

from kmedoids_bench.algorithms.bounds.ascent import Ascent, ascend, first_ascent
from kmedoids_bench.algorithms.bounds.known import Known, bound_of, enough_for, gap_of, known_of, loss_of, search
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED, OPEN, REQUIRED
from kmedoids_bench.algorithms.bounds.relaxation import ProcessorRelaxation, compile_for, relaxation_of, tiny_like
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, checked_number
from kmedoids_bench.algorithms.tuned.swaps.fasterpam import fasterpam
from kmedoids_bench.algorithms.tuned.threads import several_threads

RESTARTS, SHARE_OF_SEARCH = 10, 0.2  # of FasterPAM, and how much of the time they may take
# A node is split when so many steps bring less than this share of what is missing.
SPAN, LEAST_GAIN = 20, 0.1
# FasterPAM goes on from a choice of the relaxation whose loss is at most so much above the least known.
WORTH_A_SEARCH = 0.003


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best medoids found, and how good they are for certain."""

    medoids: np.ndarray  # int64, shape (k,), ids of objects, ascending
    loss: float
    bound: float  # no k medoids have a loss below it
    proven: bool  # no k medoids have a lower loss; unless all dissimilarities are whole: by more than 1e-9 of it
    n_nodes: int  # of the search tree, the root included
    n_passes: int  # evaluations of the bound

    @property
    def gap(self) -> float:
        """How far above the optimum the loss is at most, as a share of the optimum; inf for a bound of 0."""
        return gap_of(self.loss, self.bound)


def optimal(distances, k, *, seconds=60.0, threads=1) -> Optimum:
    """Find the k medoids with the least loss, and prove it, or say how far from it they can be at most.

    Parameters
    ----------
    distances : array_like of shape (n, n), or Problem
        As for `pam`.
    k : int
        Number of medoids, 1 <= k <= n.
    seconds : float
        End after about this time with the best medoids found so far. The first FasterPAM and compilation do not count.
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
    >>> result = optimal(np.abs(x[:, None] - x), 2)
    >>> result.medoids.tolist(), result.loss, result.proven
    ([1, 4], 4.0, True)
    """
    problem = Problem.of(distances)
    k, seconds = checked_k(k, problem.n), checked_number("seconds", seconds, 0.0, math.inf)
    known = known_of(problem, search(problem, k, RESTARTS, SHARE_OF_SEARCH * seconds, threads))
    with several_threads(threads, problem.n) as several:
        compile_for(problem, several)
        fasterpam(tiny_like(problem), [0, 1])  # compiled as well
        deadline = time.perf_counter() + (1.0 - SHARE_OF_SEARCH) * seconds
        root = first_ascent(relaxation_of(problem, known.medoids, several), known, deadline)
        return branch_and_bound(root, known, deadline)


@dataclass(frozen=True, eq=False)
class Node:
    """A part of all choices of k medoids."""

    relaxation: ProcessorRelaxation
    multipliers: np.ndarray  # float64, shape (n,), to start from
    bound: float


def branch_and_bound(root: Ascent[ProcessorRelaxation], known: Known, deadline: float) -> Optimum:
    """Search what the first ascent has left for better medoids than those known, depth first."""
    known = better_of(known, root)
    nodes, n_nodes, n_passes = parts_of(root, 0.0, known), 1, root.n_passes
    while nodes and time.perf_counter() < deadline:
        node, enough = nodes.pop(), enough_for(known)
        if node.bound >= enough:
            continue
        part = node.relaxation.packed()
        ascent = ascend(part, node.multipliers, known.loss, enough, SPAN, LEAST_GAIN, deadline=deadline)
        n_nodes, n_passes = n_nodes + 1, n_passes + ascent.n_passes
        known = better_of(known, ascent)
        nodes += parts_of(ascent, node.bound, known)
    enough = enough_for(known)
    bound = min([enough, *(node.bound for node in nodes)])
    return Optimum(
        medoids=np.sort(known.medoids),
        loss=known.loss,
        bound=bound_of(bound, known),
        proven=bound >= enough,
        n_nodes=n_nodes,
        n_passes=n_passes,
    )


def parts_of(ascent: Ascent[ProcessorRelaxation], bound: float, known: Known) -> list[Node]:
    """Split what is left of a node in two, the part to be searched first at the end; none if nothing better is left."""
    relaxation, best = ascent.relaxation, ascent.best
    if best.bound >= enough_for(known) or relaxation.only_choice() is not None:
        return []
    doubt = np.where(relaxation.standing == OPEN, -np.abs(ascent.shares - 0.5), -np.inf)
    place = int(doubt.argmax())
    bound = max(bound, best.bound)  # the limits of the multipliers are narrower than above, and may have lowered it
    return [Node(relaxation.with_standing(place, way), best.multipliers, bound) for way in (EXCLUDED, REQUIRED)]


def better_of(known: Known, ascent: Ascent[ProcessorRelaxation]) -> Known:
    """Return what FasterPAM makes of the medoids that the relaxation chose, or the only ones left, if it is better."""
    relaxation = ascent.relaxation
    medoids = relaxation.only_choice()
    if medoids is None:
        medoids = relaxation.candidates[ascent.best.chosen]
    if loss_of(relaxation.problem, medoids) >= known.loss * (1.0 + WORTH_A_SEARCH):
        return known
    better = fasterpam(relaxation.problem, medoids).medoids  # the threads are in use
    loss = loss_of(relaxation.problem, better)
    return Known(better, loss, known.whole) if loss < known.loss else known

"""How long a run takes, roughly: for progress bars and plans, never for a result.

The constants are orders of magnitude from one machine. The progress bar scales them by what has been measured so far.
"""

import logging
import math
from collections.abc import Callable, Mapping
from functools import cache

from kmedoids_bench.experiments.harness.cell import Cell, Lane
from kmedoids_bench.experiments.rows.keys import FIXED_WORK, ONE_PASS_SETTING

ENTRY_SECONDS = 2e-9  # to look at one entry of the matrix
RUN_SECONDS = 0.01  # every run costs at least this: start, pipes, checks
EAGER_PASSES = 5.0
EDGES = 0.025  # share of all k(n - k) edges of the graph that CLARANS tries in vain before a search ends
BATCH = 100.0  # objects in the batch of OneBatchPAM over log(kn)
SAMPLES, SAMPLE = 10, (80, 4)  # CLARA's: how many, and of how many objects, plus how many for each medoid

logger = logging.getLogger(__name__)


def steepest_passes(start: str, k: int) -> float:
    """Return the number of passes of steepest descent, which grows with k: the more, the poorer the start."""
    return 6.0 + 0.25 * k if start == "build" else 1.0 + 1.1 * k


def _sampled(swaps: float, cell: Cell) -> float:
    return SAMPLES * (swaps * (SAMPLE[0] + SAMPLE[1] * cell.k) ** 2 + cell.n * cell.k)


def _steepest(cell: Cell) -> float:
    return steepest_passes(cell.start.name, cell.k) * cell.n**2


def _eager(cell: Cell) -> float:
    return EAGER_PASSES * cell.n**2


# How many entries of the matrix an algorithm looks at in a cell.
ENTRIES: dict[str, Callable[[Cell], float]] = {
    "random": lambda cell: cell.k,
    **dict.fromkeys(("kmeanspp", "lab"), lambda cell: cell.k * cell.n),
    **dict.fromkeys(("streaming", "park_jun", "build_gains", FIXED_WORK), lambda cell: cell.n**2),
    **dict.fromkeys(("build", "greedy_g"), lambda cell: cell.k * cell.n**2),
    **dict.fromkeys(("fasterpam", "fastpam2", "fastpam2_f4", "resende_werneck"), _eager),
    **dict.fromkeys(("alternating", "alternate_refinement"), _eager),
    **dict.fromkeys(("banditpam", "banditpam_orig", "kmedoids_pyclustering", "fastkmedoids"), _eager),
    "onebatchpam": lambda cell: EAGER_PASSES * cell.n * min(cell.n, BATCH * math.log(cell.k * cell.n + 1)),
    **dict.fromkeys(("fastpam1", "fastpam1a", "fastmsc"), _steepest),
    **dict.fromkeys(("pam", "pam_o1", "reynolds"), lambda cell: cell.k * _steepest(cell)),
    "pammedsil": lambda cell: cell.k**2 * _steepest(cell),
    "fastermsc": _eager,
    "dynmsc": lambda cell: _eager(cell) + 2.0 * cell.k * cell.n**2,  # few passes for every k below the largest
    "eagerpam": lambda cell: cell.k * _eager(cell),
    "clara": lambda cell: _sampled(cell.k * steepest_passes("build", cell.k), cell),
    **dict.fromkeys(("fastclara", "fastclara2", "fasterclara"), lambda cell: _sampled(EAGER_PASSES, cell)),
    "clarans": lambda cell: EDGES * cell.k * _eager(cell),
    **dict.fromkeys(("fastclarans", "fasterclarans"), lambda cell: 2 * EDGES * _eager(cell)),
}


@cache
def _entries(algorithm: str) -> Callable[[Cell], float]:
    if algorithm not in ENTRIES:
        logger.warning("no estimate of the time of %s: taken for %g passes over the matrix", algorithm, EAGER_PASSES)
    return ENTRIES.get(algorithm, _eager)


def expected_call(algorithm: str, cell: Cell, parameters: Mapping | None = None) -> float:
    """Return the expected seconds of one run; warn once of an algorithm that nobody has estimated."""
    if parameters == ONE_PASS_SETTING:
        return cell.k * cell.n**2 * ENTRY_SECONDS
    return _entries(algorithm)(cell) * ENTRY_SECONDS


def expected_seconds(lane: Lane, cell: Cell, call_limit: float, budget: float) -> float:
    """Return the expected wall time of a lane, within the limit on a call and the budget for its timed runs."""
    call = min(call_limit, expected_call(lane.contender.algorithm, cell, dict(lane.contender.parameters)))
    timed = min(max(1, lane.rounds) * call, max(budget, lane.seconds, call))
    return RUN_SECONDS * max(1, lane.rounds) + timed * (2 if lane.rounds and call < 1 else 1)

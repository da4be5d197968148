"""How long a run takes, roughly: for progress bars and plans, never for a result.

The constants are from the published run of the profile `paper`, from one machine, and a test compares them with it.
That of a card is an assumption: none has been measured. The progress bar scales them by what has been measured so far.
"""

import logging
import math
from collections.abc import Callable
from functools import cache

from kmedoids_bench.experiments.harness.block import LEAST_SECONDS, SHORT_SECONDS
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Lane
from kmedoids_bench.experiments.rows.keys import (
    CERTIFICATE,
    CERTIFICATE_SECONDS,
    FILLING,
    FIXED_WORK,
    GPU,
    ONE_PASS_SETTING,
    OURS,
    TIERS,
    TUNED,
    YARDSTICK,
)

# To look at one entry of the matrix.
ENTRY_SECONDS = {
    **dict.fromkeys(TIERS, 0.6e-9),
    GPU: 20e-12,  # assumed: a card whose memory moves some terabytes in a second, a fraction of which is made use of
    "cluster": 4e-9,
    "sklearn_extra": 3.3e-9,
    "biopython": 4e-9,
    "pyclustering": 80e-9,
}
OTHERS_ENTRY_SECONDS = 1.3e-9
# With more objects an entry takes a library longer, in proportion: it reads across the lines of the caches, at least in
# one of the two memory orders.
IN_CACHES = 6000
POINTS = 500.0  # one dissimilarity of two objects of some hundred coordinates takes as long as so many entries
RUN_SECONDS = 0.01  # every run costs at least this: start, pipes, checks
EAGER_PASSES = 5.0
ALTERNATING_PASSES = 35.0  # each looks at the entries within clusters
CONVERSION_PASSES = 5.0  # over the matrix, in every call of R: to check, copy and convert it
EDGES = 0.025  # share of all k(n - k) edges of the graph that CLARANS tries in vain before a search ends
# These keep what a swap would change from swap to swap, so they look at the matrix a few times only, as FasterPAM does.
KEPT: dict[str, tuple[str, ...]] = dict.fromkeys((TUNED, GPU), ("build", "pam"))
SHARED_MEMORY = 0.5  # threads share the way to the memory: so many make a search as many times as fast to this power
OF_ONE_PASS = {"pam": 1, "pammedsil": 2}  # a pass looks at n² entries times this power of k
# How many samples, of how many objects, and how many more for each medoid.
CLARA, LARGER = (5, 40, 2), (10, 80, 4)
BATCH = 100.0  # objects in the batch of OneBatchPAM over log(kn)

logger = logging.getLogger(__name__)


def steepest_passes(start: str, k: int) -> float:
    """Return the number of passes of steepest descent, which grows with k: the more, the poorer the start."""
    return 6.0 + 0.25 * k if start == "build" else 1.0 + 1.1 * k


def _sampled(swaps: float, cell: Cell, samples: tuple[int, int, int] = LARGER) -> float:
    number, objects, for_each_medoid = samples
    return number * (swaps * (objects + for_each_medoid * cell.k) ** 2 + cell.n * cell.k)


def _steepest(cell: Cell) -> float:
    return steepest_passes(cell.start.name, cell.k) * cell.n**2


def _eager(cell: Cell) -> float:
    return EAGER_PASSES * cell.n**2


def _alternating(cell: Cell) -> float:
    return ALTERNATING_PASSES * (cell.n**2 / cell.k + cell.n * cell.k)


# How many entries of the matrix an algorithm looks at in a cell.
ENTRIES: dict[str, Callable[[Cell], float]] = {
    "random": lambda cell: cell.k,
    FIXED_WORK: lambda cell: cell.k,
    **dict.fromkeys(("kmeanspp", "lab"), lambda cell: cell.k * cell.n),
    **dict.fromkeys((YARDSTICK, FILLING, "park_jun", "build_gains"), lambda cell: cell.n**2),
    **dict.fromkeys(("build", "greedy_g"), lambda cell: cell.k * cell.n**2),
    **dict.fromkeys(("fasterpam", "fastpam2", "fastpam2_f4", "resende_werneck"), _eager),
    **dict.fromkeys(("alternating", "alternate_refinement"), _alternating),
    **dict.fromkeys(("banditpam", "banditpam_orig", "kmedoids_pyclustering", "fastkmedoids"), _eager),
    "onebatchpam": lambda cell: EAGER_PASSES * cell.n * min(cell.n, BATCH * math.log(cell.k * cell.n + 1)),
    **dict.fromkeys(("fastpam1", "fastpam1a"), _steepest),
    **dict.fromkeys(("pam", "pam_o1", "reynolds"), lambda cell: cell.k * _steepest(cell)),
    CERTIFICATE: lambda cell: 300 * cell.n**2,  # or what its limit on time allows
    # The factors are from the published run of `which_k`: with three nearest medoids an entry takes longer.
    "pammedsil": lambda cell: 0.5 * cell.k**2 * _steepest(cell),
    "fastmsc": lambda cell: 4.0 * _steepest(cell),
    "fastermsc": lambda cell: 3.0 * _eager(cell),
    "dynmsc": lambda cell: 3.5 * (_eager(cell) + 2.0 * cell.k * cell.n**2),  # few passes for every k below the largest
    "eagerpam": lambda cell: cell.k * _eager(cell),
    "clara": lambda cell: _sampled(cell.k * steepest_passes("build", cell.k), cell, CLARA),
    **dict.fromkeys(("fastclara", "fastclara2", "fasterclara"), lambda cell: _sampled(EAGER_PASSES, cell)),
    "clarans": lambda cell: EDGES * cell.k * _eager(cell),
    **dict.fromkeys(("fastclarans", "fasterclarans"), lambda cell: 2 * EDGES * _eager(cell)),
}


@cache
def _entries(algorithm: str) -> Callable[[Cell], float]:
    if algorithm not in ENTRIES:
        logger.warning("no estimate of the time of %s: taken for %g passes over the matrix", algorithm, EAGER_PASSES)
    return ENTRIES.get(algorithm, _eager)


def expected_call(contender: Contender, cell: Cell) -> float:
    """Return the expected seconds of one run; warn once of an algorithm that nobody has estimated."""
    ours = contender.implementation in TIERS
    kept = KEPT.get(contender.implementation, ())
    algorithm, own_start = ("fasterpam" if one in kept else one for one in (contender.algorithm, contender.own_start))
    if dict(contender.parameters) == ONE_PASS_SETTING:
        entries = cell.k ** OF_ONE_PASS[contender.algorithm] * cell.n**2
    else:
        entries = _entries(algorithm)(cell)
    if contender.implementation == "cluster":
        entries += CONVERSION_PASSES * cell.n**2
    if own_start in ENTRIES:
        entries += ENTRIES[own_start](cell)
    if contender.implementation == OURS and contender.order == "points":
        entries *= POINTS
    slower = 1.0 if ours else max(1.0, cell.n / IN_CACHES)
    seconds = entries * slower * ENTRY_SECONDS.get(contender.implementation, OTHERS_ENTRY_SECONDS)
    seconds /= contender.threads**SHARED_MEMORY
    return min(seconds, CERTIFICATE_SECONDS) if contender.algorithm == CERTIFICATE else seconds


def expected_seconds(lane: Lane, cell: Cell, call_limit: float, budget: float) -> float:
    """Return the expected wall time of a lane, within the limit on a call and the budget for its timed runs."""
    call = min(call_limit, expected_call(lane.contender, cell))
    timed = max(call, LEAST_SECONDS) if lane.rounds else call
    untimed = call if lane.rounds and call < SHORT_SECONDS else 0.0
    runs = max(1, min(lane.rounds, math.ceil(max(budget, lane.seconds) / timed)))
    return RUN_SECONDS * max(1, lane.rounds) + runs * (timed + untimed)

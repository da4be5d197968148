"""How long a run will take, roughly: for progress bars and plans, never for a result.

The constants are orders of magnitude from one machine; an estimate of the time left scales them by what has been
measured so far.
"""

from kmedoids_bench.experiments.harness.cell import Cell, Lane

PAIR_SECONDS = 2e-9  # to look at one entry of the matrix
RUN_SECONDS = 0.01  # every run costs at least this: start, pipes, checks
PASSES = {"build": 6.0, "random": 1.0}  # over and above those that grow with k
PASSES_PER_MEDOID = {"build": 0.25, "random": 1.1}  # steepest descent, the more the poorer the start
EAGER_PASSES = 5.0


def expected_seconds(lane: Lane, cell: Cell, call_limit: float, budget: float) -> float:
    """Return the expected wall time of a lane, within the limit on a call and the budget for its timed runs."""
    call = min(call_limit, expected_call(lane.contender.algorithm, cell))
    timed = min(max(1, lane.rounds) * call, max(budget, call))
    return RUN_SECONDS * max(1, lane.rounds) + timed * (2 if lane.rounds and call < 1 else 1)


def expected_call(algorithm: str, cell: Cell) -> float:
    """Return the expected seconds of one run of the swap phase."""
    scan = cell.n**2 * PAIR_SECONDS
    if algorithm not in ("pam", "fastpam1"):
        return EAGER_PASSES * scan
    start = cell.start.name if cell.start.name in PASSES else "random"
    passes = PASSES[start] + PASSES_PER_MEDOID[start] * cell.k
    return passes * scan * (cell.k if algorithm == "pam" else 1)

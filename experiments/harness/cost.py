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
FOR_EACH_SWAP = ("pam", "reynolds", "pam_o1")  # O(k n²) for each pass of steepest descent
STEEPEST = ("fastpam1", "fastpam1a")  # O(n²)
OF_EDGES = ("clarans", "fastclarans", "fasterclarans")
EDGES = 0.025  # share of all k(n - k) edges of the graph that are tried in vain before one of these ends
SAMPLES, SAMPLE = 10, (80, 4)  # CLARA's, at most: how many, and how large for how many medoids


def expected_seconds(lane: Lane, cell: Cell, call_limit: float, budget: float) -> float:
    """Return the expected wall time of a lane, within the limit on a call and the budget for its timed runs."""
    call = min(call_limit, expected_call(lane.contender.algorithm, cell))
    timed = min(max(1, lane.rounds) * call, max(budget, lane.seconds, call))
    return RUN_SECONDS * max(1, lane.rounds) + timed * (2 if lane.rounds and call < 1 else 1)


def expected_call(algorithm: str, cell: Cell) -> float:
    """Return the expected seconds of one run."""
    scan = cell.n**2 * PAIR_SECONDS
    if algorithm == "build":
        return cell.k * scan
    if algorithm in OF_EDGES:
        edges = EDGES * cell.k * cell.n * (1 if algorithm == "clarans" else 2 / cell.k)
        return EAGER_PASSES * edges * cell.n * PAIR_SECONDS
    if "clara" in algorithm:
        sample = SAMPLE[0] + SAMPLE[1] * cell.k
        passes = PASSES["build"] + PASSES_PER_MEDOID["build"] * cell.k
        swaps = passes * cell.k if algorithm == "clara" else EAGER_PASSES
        return SAMPLES * (swaps * sample**2 + cell.n * cell.k) * PAIR_SECONDS
    if algorithm in FOR_EACH_SWAP:
        return expected_passes(cell) * cell.k * scan
    return (expected_passes(cell) if algorithm in STEEPEST else EAGER_PASSES) * scan


def expected_passes(cell: Cell) -> float:
    """Return the expected number of passes of steepest descent."""
    start = cell.start.name if cell.start.name in PASSES else "random"
    return PASSES[start] + PASSES_PER_MEDOID[start] * cell.k

"""Names of columns and of implementations that several rooms use: each is defined here and nowhere else.

Rows are grouped by what they share. From coarse to fine:

======== ===============================================================================
FACET    one matrix; it has a figure of its own
PLACE    a matrix and k, from whatever start
LINE     a matrix and a start, over all k
PROBLEM  a matrix, a start and k; the seeds of the start are pooled
CELL     a matrix, a start with its seed, and k: the problem of one block
======== ===============================================================================
"""

OURS = "kmedoids_bench"  # our plain kernels
TUNED = "kmedoids_bench_tuned"  # the same algorithms, engineered for the machine
GPU = "kmedoids_bench_gpu"  # the same algorithms on a card
TIERS = {OURS: "plain", TUNED: "tuned", GPU: "gpu"}
EAGER = ("fastpam2", "fasterpam")  # promise a local optimum, though not PAM's
FIXED_WORK = "no_swap"  # no algorithm: a library's whole call from given start medoids that makes no swaps
# No algorithms: ours of these names, stopped after the first pass.
ONE_PASS = {"pam_pass": "pam", "pammedsil_pass": "pammedsil"}
ONE_PASS_SETTING = {"max_passes": 1}
YARDSTICK = "streaming"  # no algorithm: a plain sum over the matrix, as fast as the machine reads it
FILLING = "filling"  # no algorithm: the tables of a search on a card are filled, in one pass over the matrix
CERTIFICATE = "certificate"  # no algorithm: a lower bound on the loss, raised towards that of the start medoids
CERTIFICATE_SECONDS = 5.0  # for so long at most
CARD_RATE = "card GB/s"  # among the versions: how fast the card's memory is, by its clock

# Lists: pandas takes a tuple for the name of a single column.
FACET = ["dataset", "n", "metric", "dtype"]
PLACE = [*FACET, "k"]
LINE = [*FACET, "start"]
PROBLEM = [*LINE, "k"]
CELL = [*FACET, "start", "seed", "k"]
MOMENT = ["series", "run", "block", "round"]  # what the runs of a pair share; all but the round, those of a series

# Times are compared only between calls that do the same: the swap phase with the swap phase, a whole call with a whole
# call that chooses the same start.
COMPARABLE = ["phase", "own_start"]
CODE_BASE = ["implementation", "order", "tier", *COMPARABLE]
CONTENDER = ["implementation", "algorithm", "order", "contender", "tier", "phase", "own_start", "setting"]
CLOCKS = {"wall_seconds": "wall clock", "processor_seconds": "processor time"}
COUNTERS = ["n_swaps", "n_passes", "n_evaluations", "n_lookups"]

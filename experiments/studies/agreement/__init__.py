"""Same matrix, same start: whether implementations that promise the same result give it."""

from itertools import chain

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import EAGER
from kmedoids_bench.experiments.studies.study import Study, quantities

# Algorithms whose result another one promises, one of ours or a library's.
PROMISED = {
    offer.same_result_as
    for offer in chain(algorithms().values(), *(library.algorithms.values() for library in references().values()))
}

STUDY = Study(
    name="agreement",
    title="Agreement: same start, same result?",
    question=(
        "FastPAM1 promises exactly PAM's result, and all implementations of an algorithm should give the same medoids "
        "from the same start. In how many blocks do they? Are the other cases ties or real differences? And is every "
        "result a local optimum, so that no single swap of a medoid with another object lowers the loss?"
    ),
    algorithms=tuple(
        name for name, record in algorithms().items() if record.same_result_as or name in PROMISED or name in EAGER
    ),
    timed=False,
    quantities=quantities(
        "share",
        fastpam1_identical=(
            "share of blocks in which FastPAM1 makes PAM's swaps and ends with PAM's medoids, on continuous data"
        ),
        reynolds_identical="share of blocks in which Reynolds' variant ends with PAM's medoids, on continuous data",
        eager_local_optima=(
            "share of the results of FastPAM2 and FasterPAM that no single swap improves by more than 1e-9 of the loss"
        ),
    ),
)

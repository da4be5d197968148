"""Same matrix, same start: whether all that promise the same result give it, and it is a local optimum."""

from itertools import chain

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.studies.study import Quantity, Study

# The algorithms whose result another one promises, ours or a library's. To these come those that make such a promise,
# and FasterPAM and FastPAM2, which promise a local optimum.
PROMISED = {
    offer.same_result_as
    for offer in chain(algorithms().values(), *(library.algorithms.values() for library in references().values()))
}

STUDY = Study(
    name="agreement",
    title="Agreement: same start, same result?",
    question=(
        "FastPAM1 promises exactly PAM's result, and every implementation of one algorithm should give the "
        "same medoids from the same start. On how many blocks do they, are the others ties or real "
        "differences, and is every result a local optimum, that is, can no single swap of a medoid with "
        "another object lower the loss?"
    ),
    algorithms=tuple(
        name
        for name, record in algorithms().items()
        if record.same_result_as or name in PROMISED or name in ("fasterpam", "fastpam2")
    ),
    timed=False,
    quantities=(
        Quantity(
            "fastpam1_identical",
            "",
            "share of blocks in which FastPAM1 and PAM make the same swaps and end with the same "
            "medoids, continuous data",
        ),
        Quantity(
            "reynolds_identical",
            "",
            "share of blocks in which Reynolds' variant and PAM end with the same medoids, continuous data",
        ),
        Quantity(
            "eager_local_optima",
            "",
            "share of results that no single swap improves by more than 1e-9 of the loss, every swap tried",
        ),
    ),
)

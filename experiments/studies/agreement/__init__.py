"""Same matrix, same start: whether implementations that promise the same result give it."""

from itertools import chain

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import EAGER
from kmedoids_bench.experiments.studies.study import Study

# Algorithms whose result another one promises, one of ours or a library's.
PROMISED = {
    offer.same_result_as
    for offer in chain(algorithms().values(), *(library.algorithms.values() for library in references().values()))
}

STUDY = Study(
    __name__,
    algorithms=tuple(
        name
        for name, record in algorithms().items()
        if (record.same_result_as or name in PROMISED or name in EAGER)
        and record.kind != "silhouette"  # these have a study of their own, `which_k`
    ),
    timed=False,
)

"""The field: every implementation of every algorithm on the same problems, with what each could not do."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import FIXED_WORK
from kmedoids_bench.experiments.studies.study import Study

# Those of the medoid silhouette lower another loss: they have a study of their own, `which_k`.
ELSEWHERE = {FIXED_WORK, *names("silhouette")}
OFFERED = {name for library in references().values() for name in library.algorithms if name not in ELSEWHERE}

STUDY = Study(
    __name__,
    # Everything that a library offers, and all our sampling algorithms: no library has all of those.
    algorithms=(
        *(name for name in names() if name in {*OFFERED, *names("sampling")}),
        *sorted(OFFERED.difference(names())),
    ),
    timed=True,
    whole_calls=True,
    own_starts=True,
)

"""The field: every implementation of every algorithm on common ground, with what each could not do."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.rows.keys import FIXED_WORK
from kmedoids_bench.experiments.studies.study import Study

OFFERED = {name for library in references().values() for name in library.algorithms if name != FIXED_WORK}

STUDY = Study(
    name="field",
    title="The field: every implementation on common ground",
    question=(
        "The same matrices, the same start medoids, one thread: how do all implementations compare in time, in the "
        "loss they reach and in memory, is the result the one they promise, and what could they not do? Times are "
        "compared between calls that do the same: a swap phase with a swap phase, a whole call with a whole call."
    ),
    # Everything that a library offers, and all our sampling algorithms: no library has all of those.
    algorithms=(
        *(name for name in names() if name in {*OFFERED, *names("sampling")}),
        *sorted(OFFERED.difference(names())),
    ),
    timed=True,
    whole_calls=True,
)

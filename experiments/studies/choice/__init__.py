"""Which call is best on these data? Every implementation as its users call it: a number of medoids in, a result out."""

from kmedoids_bench.algorithms.references.reference import titles
from kmedoids_bench.experiments.rows.keys import FIXED_WORK
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=(
        *("fasterpam", "fastpam1", "pam", "alternating"),
        *("fasterclara", "clara", "fasterclarans", "clarans", "onebatchpam"),
        *sorted(titles().keys() - {FIXED_WORK}),  # what only libraries have
    ),
    timed=True,
    own_starts=True,
    as_called=True,
)

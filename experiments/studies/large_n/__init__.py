"""Large n: the loss that every implementation reaches in a given time, without a matrix."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # Everything that is said to take less than n², and what it is compared with where a matrix still fits.
    algorithms=(*names("sampling"), "banditpam", "fastkmedoids", "fasterpam"),
    timed=True,
    own_starts=True,
    as_called=True,
)

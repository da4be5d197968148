"""Large n: the loss that every implementation reaches in a given time, without a matrix."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # Everything that is said to take less than n².
    algorithms=(*names("sampling"), "banditpam", "fastkmedoids"),
    timed=True,
    own_starts=True,
    as_called=True,
)

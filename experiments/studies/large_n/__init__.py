"""Large n: the loss that a time buys where there is no matrix, from every implementation that needs none."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # Everything that claims to take less than n².
    algorithms=(*names("sampling"), "banditpam", "fastkmedoids"),
    timed=True,
    own_starts=True,
    as_called=True,
)

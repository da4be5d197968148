"""Exact, swap by swap: the arithmetic, the decrease of the loss, the end of FasterPAM, and duplicates."""

from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=tuple(name for name in names("swap") if algorithms()[name].single_swaps),
    timed=False,
    facts=True,
)

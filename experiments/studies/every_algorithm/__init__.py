"""All algorithms side by side on the same data: what each costs and how good its result is."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(__name__, algorithms=names(), timed=True)

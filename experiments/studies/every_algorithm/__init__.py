"""All algorithms side by side on the same data: what each costs and how good its result is."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

# Those of the medoid silhouette lower another loss: they have a study of their own, `which_k`.
STUDY = Study(__name__, algorithms=tuple(name for name in names() if name not in names("silhouette")), timed=True)

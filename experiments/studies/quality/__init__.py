"""Are results as good as PAM's? The loss of each method over PAM's, from the same random starts."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(__name__, algorithms=("fastpam1", "fasterpam", "fastpam2", "alternating"), timed=False)

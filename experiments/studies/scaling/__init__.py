"""How FasterPAM, BUILD and LAB grow with n and k, in time and in memory, and what a second thread brings."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__, algorithms=("fasterpam", "build", "lab"), timed=True, beyond={"build": "build_gains"}, threads=(1, 2)
)

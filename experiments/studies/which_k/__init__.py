"""Which k: the medoid silhouettes and times of the algorithms, and the number of medoids that each method chooses."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # FasterPAM knows no silhouettes: the one of its result is read. Where PAMMEDSIL takes minutes, one pass of it is
    # timed, and the passes are counted.
    algorithms=("fasterpam", "pammedsil", "pammedsil_pass", "fastmsc", "fastermsc", "dynmsc"),
    timed=True,
)

"""Which k: the medoid silhouette that is reached and its time, and the number of medoids that is chosen, by what."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # FasterPAM knows no silhouettes: the one of its result is read. Where PAMMEDSIL takes minutes, one pass of it is
    # timed, and the passes are counted.
    algorithms=("fasterpam", "pammedsil", "pammedsil_pass", "fastmsc", "fastermsc", "dynmsc"),
    timed=True,
)

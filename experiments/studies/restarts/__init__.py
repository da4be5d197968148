"""Time to quality: the loss that is reached in a given time, by BUILD and PAM or by several starts of FasterPAM."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    # FastPAM1 makes PAM's swaps, in a fraction of PAM's time.
    algorithms=("build", "random", "fastpam1", "fasterpam"),
    timed=True,
)

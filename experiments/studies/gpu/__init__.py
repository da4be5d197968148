"""Our algorithms on a card beside the tuned ones and the fastest library, with one thread and with all."""

from kmedoids_bench.experiments.studies.study import ALL_CORES, Study

STUDY = Study(
    __name__,
    algorithms=("build", "fastpam1", "fasterpam"),
    timed=True,
    threads=(1, ALL_CORES),
    tuned=("build", "pam", "fasterpam", "certificate"),
    gpu=("build", "pam", "fasterpam", "filling", "streaming", "certificate"),
)

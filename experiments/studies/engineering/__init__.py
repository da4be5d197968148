"""Our tuned kernels beside the plain ones, every library at its best setting, and the machine's limit."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=("fastpam1", "fasterpam", "alternating", "build", "lab"),
    timed=True,
    threads=(1, 2),
    tuned=("pam", "fasterpam", "alternating", "build", "lab", "streaming"),
)

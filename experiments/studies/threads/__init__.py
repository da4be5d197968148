"""What each further thread brings: our tuned algorithms, the library that has threads, and the memory itself."""

from kmedoids_bench.experiments.studies.study import DOUBLED, Study

STUDY = Study(
    __name__,
    algorithms=("fasterpam",),
    timed=True,
    threads=(DOUBLED,),
    tuned=("pam", "fasterpam", "build", "streaming"),
)

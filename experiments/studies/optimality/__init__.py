"""How far each result is above the optimum at most, and which are proven optimal."""

from kmedoids_bench.experiments.studies.study import Study

# FastPAM1 stands for PAM: the same swaps, hence the same loss.
STUDY = Study(
    __name__,
    algorithms=("fastpam1", "fasterpam", "alternating", "clara", "fasterclara", "clarans", "fastclarans"),
    timed=False,
)

"""How many swaps and passes it takes: over k, by start and algorithm. Counters, no clock."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=("fastpam1", "fastpam2", "fasterpam"),  # FastPAM1 stands for PAM: the same swaps
    timed=False,
    variants={"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5}, {})},
)

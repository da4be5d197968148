"""How far from the optimum: the p-median problems of the OR-Library, whose optima are known."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=(
        *("build", "lab", "random", "kmeanspp", "park_jun", "greedy_g"),
        *("fastpam1", "fasterpam", "fastpam2", "alternating"),
    ),
    timed=False,
)

"""Starts: what they cost, how good they are, and whether the swaps make up for a poor one."""

from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    __name__,
    algorithms=("build", "lab", "random", "kmeanspp", "park_jun", "greedy_g", "fasterpam"),
    timed=True,
    beyond={"build": "build_gains"},
)

"""Starts: what they cost, how good they are, and whether the swaps make up for a poor one."""

from kmedoids_bench.experiments.studies.study import Study, quantities

STUDY = Study(
    name="starts",
    title="Starts: cost and effect",
    question=(
        "BUILD gives a good start and costs O(kn²); LAB, k-means++ and a random choice are cheaper and "
        "poorer. How good is each start, how good is what FasterPAM makes of it, and what do both cost?"
    ),
    algorithms=("build", "lab", "random", "kmeanspp", "park_jun", "greedy_g", "fasterpam"),
    timed=True,
    beyond={"build": "build_gains"},
    quantities=quantities(
        "ratio",
        park_jun_over_random="Loss of Park & Jun's start over the mean loss of random starts, k = 50 and more",
        lab_over_build="Mean loss of LAB's start over the loss of BUILD's, k = 10 and more",
        random_over_lab="Mean loss of random starts over that of LAB's start, k = 10 and more",
        final_spread="Largest over smallest mean final loss of FasterPAM from random, k-means++, LAB and BUILD",
        lab_passes_over_random="Passes of FasterPAM from LAB over those from a random start",
        lab_total_over_random_total="Time of LAB and FasterPAM together over that of a random start and FasterPAM",
        build_over_swap="Time of BUILD over that of FasterPAM's swaps from its medoids, k = 20 and more",
        build_over_swap_at_100="Time of BUILD over that of FasterPAM's swaps from its medoids, k = 100",
    ),
)

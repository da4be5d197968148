"""Starts: what they cost, how good they are, and whether the swaps make up for a poor one."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

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
    quantities=(
        Quantity("park_jun_over_random", "", "loss of Park & Jun's start over the mean loss of random starts, k >= 50"),
        Quantity("lab_over_build", "", "loss of LAB's start over BUILD's, and of random starts over LAB's, k >= 10"),
        Quantity("random_over_lab", "", "loss of LAB's start over BUILD's, and of random starts over LAB's, k >= 10"),
        Quantity(
            "final_spread",
            "",
            "largest over smallest mean final loss of FasterPAM from random, k-means++, LAB and BUILD",
        ),
        Quantity(
            "lab_total_over_random_total", "", "time of LAB and FasterPAM over that of a random start and FasterPAM"
        ),
        Quantity("build_over_swap", "", "what decides 31, 32 and 34, together"),
        Quantity(
            "build_over_swap_at_100",
            "",
            "time of BUILD over the time of FasterPAM's swaps from it, k >= 20, and at k = 100",
        ),
    ),
)

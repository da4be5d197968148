"""How far from the optimum: the p-median problems of the OR-Library, whose optima are known."""

from kmedoids_bench.experiments.studies.study import Study, quantities

SCALE = "on the scale on which the optimum is 0 and random medoids are 100"

STUDY = Study(
    name="known_optima",
    title="Against known optima: the OR-Library",
    question=(
        "For forty p-median problems of the OR-Library the optimum is known. How far above it do the algorithms end, "
        "from which start, also on the scale on which random medoids are 100? And does none of them claim a loss below "
        "the optimum?"
    ),
    algorithms=(
        *("build", "lab", "random", "kmeanspp", "park_jun", "greedy_g"),
        *("fastpam1", "fasterpam", "fastpam2", "alternating"),
    ),
    timed=False,
    quantities=quantities(
        "percent",
        build_percent=f"BUILD alone, {SCALE}",
        pam_percent=f"BUILD and PAM, {SCALE}",
        alternating_percent=f"Alternating from k-means++, {SCALE}",
        best_of_10_percent=f"the best of 10 runs of Alternating, {SCALE}",
        build_less_pam_percent=f"BUILD alone minus BUILD and PAM on the same instance, {SCALE}",
        alternating_less_build_percent=f"Alternating minus BUILD alone on the same instance, {SCALE}",
        pam_error_percent="loss of BUILD and PAM above the optimum",
    ),
)

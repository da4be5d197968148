"""How far from the optimum: the p-median problems of the OR-Library, for which it is known."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="known_optima",
    title="Against known optima: the OR-Library",
    question=(
        "For forty p-median problems of the OR-Library the optimum is known. How far above it do the "
        "algorithms end from which start, also on the scale on which random medoids are 100, and does none of "
        "them claim a loss below it?"
    ),
    algorithms=(
        "build",
        "lab",
        "random",
        "kmeanspp",
        "park_jun",
        "greedy_g",
        "fastpam1",
        "fasterpam",
        "fastpam2",
        "alternating",
    ),
    timed=False,
    quantities=(
        Quantity(
            "build_percent",
            "",
            "mean over the 40 instances of (loss - optimum) / (mean loss of 100 random sets - optimum), in percent",
        ),
        Quantity(
            "pam_percent",
            "",
            "mean over the 40 instances of (loss - optimum) / (mean loss of 100 random sets - optimum), in percent",
        ),
        Quantity(
            "alternating_percent",
            "",
            "mean over the 40 instances of (loss - optimum) / (mean loss of 100 random sets - optimum), in percent",
        ),
        Quantity(
            "build_less_pam_percent",
            "",
            "mean over the 40 instances of (loss - optimum) / (mean loss of 100 random sets - optimum), in percent",
        ),
        Quantity(
            "alternating_less_build_percent",
            "",
            "mean over the 40 instances of (loss - optimum) / (mean loss of 100 random sets - optimum), in percent",
        ),
        Quantity(
            "pam_error_percent",
            "",
            "mean over the 40 instances of (loss of PAM from BUILD - optimum) / optimum, in percent",
        ),
    ),
)

"""Are results as good as PAM's: the loss of each method over PAM's, from the same random starts."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="quality",
    title="Quality: is the loss as low as PAM's?",
    question=(
        "FasterPAM takes swaps in another order than PAM, FastPAM2 several at once, and Alternating only re- "
        "centres clusters, so they may end in other results. From the same random start medoids, how do their "
        "losses compare with PAM's?"
    ),
    algorithms=("fastpam1", "fasterpam", "fastpam2", "alternating"),
    timed=False,
    quantities=(
        Quantity(
            "fasterpam_over_pam", "", "mean loss of FasterPAM over PAM's from the same random start, at least 25 seeds"
        ),
        Quantity(
            "fastpam2_over_pam", "", "mean loss of FastPAM2 over PAM's from the same random start, at least 25 seeds"
        ),
        Quantity(
            "alternating_over_pam",
            "",
            "loss of Alternating over PAM's from the same random start, mean and largest, k >= 10",
        ),
        Quantity(
            "alternating_worst",
            "",
            "loss of Alternating over PAM's from the same random start, mean and largest, k >= 10",
        ),
    ),
)

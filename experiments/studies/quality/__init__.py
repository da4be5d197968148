"""Are results as good as PAM's? The loss of each method over PAM's, from the same random starts."""

from kmedoids_bench.experiments.studies.study import Study, quantities

STUDY = Study(
    name="quality",
    title="Quality: is the loss as low as PAM's?",
    question=(
        "FasterPAM makes swaps in another order than PAM, FastPAM2 several at once, and Alternating only re-centres "
        "clusters, so they may end with other results. From the same random start medoids, how do their losses compare "
        "with PAM's?"
    ),
    algorithms=("fastpam1", "fasterpam", "fastpam2", "alternating"),
    timed=False,
    quantities=quantities(
        "ratio",
        fasterpam_over_pam="mean loss of FasterPAM over PAM's, from the same random starts",
        fastpam2_over_pam="mean loss of FastPAM2 over PAM's, from the same random starts",
        alternating_over_pam="mean loss of Alternating over PAM's, from the same random starts, k >= 10",
        alternating_worst="largest loss of Alternating over PAM's in any run, k >= 10",
    ),
)

"""The companion paper's table, measured again: MNIST 10 000, k = 10, all implementations that take part."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="joss",
    title="The companion paper's table",
    question=(
        "The companion paper in the Journal of Open Source Software compares implementations on the first "
        "10,000 digits of MNIST with k = 10. What do the same runs give here, and is PAM slower than "
        "Alternating, and that slower than FasterPAM?"
    ),
    algorithms=("pam", "alternating", "fasterpam", "kmedoids_pyclustering"),
    timed=True,
    whole_calls=True,
    beyond={"pam": "resende_werneck"},
    quantities=(
        Quantity(
            "matrix_share",
            "",
            "time of the matrix over matrix, random start and FasterPAM together, MNIST 10 000, k = 10",
        ),
        Quantity("java_over_rust", "", "time of ELKI's FasterPAM over that of kmedoids, MNIST 10 000, k = 10"),
        Quantity(
            "pam_over_alternating", "", "ratios of the times, k = 10, PAM from BUILD, the others from random starts"
        ),
        Quantity(
            "alternating_over_fasterpam",
            "",
            "ratios of the times, k = 10, PAM from BUILD, the others from random starts",
        ),
    ),
)

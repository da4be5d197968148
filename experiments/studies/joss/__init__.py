"""The companion paper's table, measured again: MNIST 10 000, k = 10, all implementations that take part."""

from kmedoids_bench.experiments.studies.study import Study, quantities

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
        *quantities(
            "share", matrix_share="Share of the matrix in the time of the matrix, a random start and FasterPAM together"
        ),
        *quantities(
            "ratio",
            pam_over_alternating="Time of PAM from BUILD over that of Alternating from random starts, in one order",
            alternating_over_fasterpam="Time of Alternating over that of FasterPAM, from the same starts in one order",
            java_over_rust="Time of ELKI's FasterPAM over that of kmedoids 0.5.5",
        ),
    ),
)

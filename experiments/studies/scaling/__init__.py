"""How FasterPAM, BUILD and LAB grow with n and k, in time and in memory, and what a second thread brings."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="scaling",
    title="Growth with n and k",
    question=(
        "A pass of FasterPAM looks at every entry of the matrix, BUILD at every entry k times, LAB only at "
        "samples of about the root of n. Do their times grow as that says, how much memory do the swaps take "
        "beyond the matrix, and does a second thread pay?"
    ),
    algorithms=("fasterpam", "build", "lab"),
    timed=True,
    beyond={"build": "build_gains"},
    threads=(1, 2),
    quantities=(
        Quantity(
            "fasterpam_per_n2_spread", "", "largest over smallest time per n² of FasterPAM, n = 5 000 and more, k = 10"
        ),
        Quantity("build_n_slope", "", "slopes of the logarithms of the times of BUILD and LAB over log(n) and log(k)"),
        Quantity("build_k_slope", "", "slopes of the logarithms of the times of BUILD and LAB over log(n) and log(k)"),
        Quantity("lab_n_slope", "", "slopes of the logarithms of the times of BUILD and LAB over log(n) and log(k)"),
        Quantity("lab_k_slope", "", "slopes of the logarithms of the times of BUILD and LAB over log(n) and log(k)"),
        Quantity("build_over_lab_small", "", "time of BUILD over the time of LAB at n about 1 600 and about 16 000"),
        Quantity("build_over_lab_large", "", "time of BUILD over the time of LAB at n about 1 600 and about 16 000"),
        Quantity(
            "fasterpam_memory_slope",
            "",
            "slope of log(peak memory beyond the matrix) over log(n), and bytes per object at the largest n",
        ),
        Quantity(
            "fasterpam_bytes_per_object",
            "",
            "slope of log(peak memory beyond the matrix) over log(n), and bytes per object at the largest n",
        ),
        Quantity("two_threads", "", "time of FasterPAM with one thread over that with two, n = 10 000"),
    ),
)

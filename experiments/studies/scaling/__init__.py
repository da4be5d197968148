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
            "fasterpam_per_n2_spread",
            "ratio",
            "Largest over smallest time of FasterPAM per n², n = 5,000 and more, k = 10",
        ),
        Quantity("build_n_slope", "slope", "Time of BUILD grows with this power of n"),
        Quantity("build_k_slope", "slope", "Time of BUILD grows with this power of k"),
        Quantity("lab_n_slope", "slope", "Time of LAB grows with this power of n, n = 10,000 and more"),
        Quantity("lab_k_slope", "slope", "Time of LAB grows with this power of k"),
        Quantity("build_over_lab_small", "ratio", "Time of BUILD over the time of LAB, n about 1,600"),
        Quantity("build_over_lab_large", "ratio", "Time of BUILD over the time of LAB, n about 16,000"),
        Quantity("fasterpam_memory_slope", "slope", "Memory of FasterPAM beyond the matrix grows with this power of n"),
        Quantity(
            "fasterpam_bytes_per_object",
            "bytes",
            "Memory of FasterPAM beyond the matrix at the largest n, bytes per object",
        ),
        Quantity("two_threads", "ratio", "Time of FasterPAM with one thread over that with two, n about 10,000"),
    ),
)

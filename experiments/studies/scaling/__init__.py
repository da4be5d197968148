"""How FasterPAM, BUILD and LAB grow with n and k, in time and in memory, and what a second thread brings."""

from kmedoids_bench.experiments.studies.study import Study, quantities

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
        *quantities(
            "ratio",
            fasterpam_per_n2_spread="Largest over smallest time of FasterPAM per n², n = 5,000 and more, k = 10",
            fasterpam_per_pass_spread="Largest over smallest time of a pass of FasterPAM per n², n >= 5,000, k = 10",
        ),
        *quantities(
            "slope",
            build_n_slope="Time of BUILD grows with this power of n",
            build_k_slope="Time of BUILD grows with this power of k",
            lab_n_slope="Time of LAB grows with this power of n, n = 10,000 and more",
            lab_k_slope="Time of LAB grows with this power of k",
        ),
        *quantities(
            "ratio",
            build_over_lab_small="Time of BUILD over the time of LAB, n about 1,600",
            build_over_lab_large="Time of BUILD over the time of LAB, n about 16,000",
        ),
        *quantities("slope", fasterpam_memory_slope="Memory of FasterPAM beyond the matrix grows with this power of n"),
        *quantities(
            "bytes",
            fasterpam_bytes_per_object="Memory of FasterPAM beyond the matrix at the largest n, bytes per object",
        ),
        *quantities("ratio", two_threads="Time of FasterPAM with one thread over that with two, at each n >= 5,000"),
    ),
)

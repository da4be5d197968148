"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Quantity, Study

SAMPLE_SIZES = ({"sample_size": "40+2k"}, {"sample_size": "80+4k"})

STUDY = Study(
    name="sampling",
    title="Sampling: CLARA and CLARANS",
    question=(
        "CLARA searches small samples with PAM, CLARANS tries random swaps. The papers put FastPAM1 and "
        "FasterPAM into them, and use the time that saves for larger samples and more candidates. What does "
        "that gain in time and in loss, how does it grow with n, and how far from FasterPAM on all objects "
        "does sampling stay?"
    ),
    algorithms=("fasterpam", *names("sampling")),
    timed=True,
    whole_calls=True,
    variants=dict.fromkeys(("clara", "fastclara", "fasterclara"), SAMPLE_SIZES),
    quantities=(
        Quantity(
            "fastclara_slope",
            "slope",
            "Time of CLARA over that of FastCLARA, equal samples of 80 + 4k, grows with this power of k",
        ),
        Quantity("fastclara_loss", "ratio", "Loss of FastCLARA over that of CLARA, equal samples"),
        Quantity(
            "larger_samples_better",
            "share",
            "Share of the problems in which samples of 80 + 4k give a lower mean loss than 40 + 2k",
        ),
        Quantity(
            "fastclara_time",
            "ratio",
            "Time of FastCLARA with samples of 80 + 4k over that of CLARA with 40 + 2k, k = 20 and more",
        ),
        Quantity("edges_per_second_over_k", "ratio", "Swaps evaluated per second, FastCLARANS over CLARANS, over k"),
        Quantity(
            "fastclarans_better",
            "share",
            "Share of the problems in which FastCLARANS has a mean loss as low as CLARANS",
        ),
        Quantity("fastclarans_time", "ratio", "Time of FastCLARANS over that of CLARANS, k = 10 and more"),
        Quantity("fasterclara_n_slope", "slope", "From points, the time of FasterCLARA grows with this power of n"),
        Quantity("clarans_n_slope", "slope", "From points, the time of the CLARANS family grows with this power of n"),
        Quantity("loss_over_fasterpam", "ratio", "Mean loss of sampling over that of FasterPAM from random starts"),
    ),
)

"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Quantity, Study

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
    variants={
        "clara": ({"sample_size": "40+2k"}, {"sample_size": "80+4k"}),
        "fastclara": ({"sample_size": "40+2k"}, {"sample_size": "80+4k"}),
        "fasterclara": ({"sample_size": "40+2k"}, {"sample_size": "80+4k"}),
    },
    quantities=(
        Quantity(
            "fastclara_slope",
            "",
            "slope over log(k) of log(time of CLARA / time of FastCLARA) with equal samples, and the "
            "ratio of the losses",
        ),
        Quantity(
            "fastclara_loss",
            "",
            "slope over log(k) of log(time of CLARA / time of FastCLARA) with equal samples, and the "
            "ratio of the losses",
        ),
        Quantity(
            "larger_samples_better",
            "",
            "share of cases in which 80 + 4k has a lower mean loss than 40 + 2k; time of FastCLARA "
            "with 80 + 4k over CLARA's, k >= 20",
        ),
        Quantity(
            "fastclara_time",
            "",
            "share of cases in which 80 + 4k has a lower mean loss than 40 + 2k; time of FastCLARA "
            "with 80 + 4k over CLARA's, k >= 20",
        ),
        Quantity(
            "edges_per_second_over_k",
            "",
            "swaps evaluated per second, FastCLARANS over CLARANS, over k; share of cases with a loss "
            "as low; ratio of the times, k >= 10",
        ),
        Quantity(
            "fastclarans_better",
            "",
            "swaps evaluated per second, FastCLARANS over CLARANS, over k; share of cases with a loss "
            "as low; ratio of the times, k >= 10",
        ),
        Quantity(
            "fastclarans_time",
            "",
            "swaps evaluated per second, FastCLARANS over CLARANS, over k; share of cases with a loss "
            "as low; ratio of the times, k >= 10",
        ),
        Quantity("fasterclara_n_slope", "", "slopes of log(time) over log(n), from points, without a matrix"),
        Quantity("clarans_n_slope", "", "slopes of log(time) over log(n), from points, without a matrix"),
        Quantity("loss_over_fasterpam", "", "mean loss of each sampling algorithm over FasterPAM's"),
    ),
)

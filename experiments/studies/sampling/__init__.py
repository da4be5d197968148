"""CLARA and CLARANS with the papers' faster searches inside: time, loss and growth with n."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study, quantities

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
    variants=dict.fromkeys(("clara", "fastclara", "fastclara2", "fasterclara"), SAMPLE_SIZES),
    quantities=(
        *quantities(
            "slope",
            fastclara_slope=(
                "Time of CLARA over that of FastCLARA, equal samples of 80 + 4k, grows with this power of k"
            ),
        ),
        *quantities("ratio", fastclara_loss="Loss of FastCLARA over that of CLARA, equal samples"),
        *quantities(
            "ratio",
            larger_samples_loss="Loss with samples of 80 + 4k over that with 40 + 2k",
            fastclara2_time=(
                "Time of the authors' FastCLARA (FastPAM2) with samples of 80 + 4k over that of CLARA with 40 + 2k, "
                "for each k >= 20"
            ),
            fasterclara_time=(
                "Time of FasterCLARA with samples of 80 + 4k over that of CLARA with 40 + 2k, for each k >= 20"
            ),
            edges_per_second_over_k="Swaps evaluated per second, FastCLARANS over CLARANS, over k, for each k",
            fastclarans_loss="Loss of FastCLARANS over that of CLARANS",
            fastclarans_time="Time of FastCLARANS over that of CLARANS, for each k >= 10",
        ),
        *quantities(
            "slope",
            fasterclara_n_slope="From points, the time of FasterCLARA grows with this power of n",
            clarans_n_slope="From points, the time of the CLARANS family grows with this power of n",
        ),
        *quantities("ratio", loss_over_fasterpam="Mean loss of sampling over that of FasterPAM from random starts"),
    ),
)

"""How many swaps and passes it takes: over k, by start and algorithm. Counters, no clock."""

from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="iterations",
    title="Swaps and passes over k",
    question=(
        "Steepest descent makes one swap an iteration, so a poor start should cost it about k of them. "
        "FastPAM2 makes up to k swaps a pass, FasterPAM every one that improves. How many swaps and passes do "
        "they need, from which start, and what does the tolerance of FastPAM2 change?"
    ),
    algorithms=("fastpam1", "fastpam2", "fasterpam"),
    timed=False,
    variants={"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5}, {})},
    quantities=(
        Quantity("random_over_k", "", "iterations of FastPAM1 from a random start over k, for each k from 10 to 200"),
        Quantity("build_over_random", "", "iterations of FastPAM1 from BUILD over those from a random start, k >= 10"),
        Quantity(
            "fastpam2_over_fastpam1", "", "iterations of FastPAM2 over those of FastPAM1 from a random start, k = 100"
        ),
        Quantity("fasterpam_passes", "", "mean number of passes of FasterPAM, for each dataset and start"),
        Quantity(
            "fasterpam_over_fastpam1_swaps",
            "",
            "swaps of FasterPAM over swaps of FastPAM1 from the same random start, k = 100",
        ),
        Quantity(
            "tolerance_loss_change",
            "",
            "mean loss with tolerance 0.5 and 1 over that with 0, less 1; mean iterations over those "
            "with the next lower one",
        ),
        Quantity(
            "tolerance_iterations",
            "",
            "mean loss with tolerance 0.5 and 1 over that with 0, less 1; mean iterations over those "
            "with the next lower one",
        ),
    ),
)

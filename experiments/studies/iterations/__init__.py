"""How many swaps and passes it takes: over k, by start and algorithm. Counters, no clock."""

from kmedoids_bench.experiments.studies.study import Study, quantities

STUDY = Study(
    name="iterations",
    title="Swaps and passes over k",
    question=(
        "Steepest descent makes one swap an iteration, so a poor start should cost it about k of them. "
        "FastPAM2 makes up to k swaps a pass, FasterPAM every one that improves. How many swaps and passes do "
        "they need, from which start, and what does the tolerance of FastPAM2 change?"
    ),
    algorithms=("fastpam1", "fastpam2", "fasterpam"),  # FastPAM1 stands for PAM: the same swaps
    timed=False,
    variants={"fastpam2": ({"tolerance": 0.0}, {"tolerance": 0.5}, {})},
    quantities=(
        *quantities(
            "ratio",
            random_over_k="Iterations of FastPAM1 from a random start over k, for each k from 10 on",
            build_over_random="Iterations of FastPAM1 from BUILD over those from a random start, for each k from 10 on",
            fastpam2_over_fastpam1="Iterations of FastPAM2 over those of FastPAM1 from the same random start, k = 100",
        ),
        *quantities("count", fasterpam_passes="Passes of FasterPAM, mean over all k and seeds of a start"),
        *quantities(
            "ratio",
            fasterpam_over_fastpam1_swaps=(
                "Swaps of FasterPAM over those of FastPAM1 from the same random start, k = 100"
            ),
            tolerance_loss_change=(
                "Loss of FastPAM2 with a tolerance over its loss with tolerance 0, less 1, mean over all k and seeds"
            ),
            tolerance_iterations=(
                "Passes of FastPAM2 with a tolerance over those with the next lower one, mean over all k and seeds"
            ),
        ),
    ),
)

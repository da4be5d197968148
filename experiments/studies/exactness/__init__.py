"""Exact, swap by swap: the arithmetic, the decrease of the loss, the end of FasterPAM, and duplicates."""

from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.experiments.studies.study import Study, quantities

STUDY = Study(
    name="exactness",
    title="Exact, swap by swap?",
    question=(
        "The fast algorithms compute the change of the loss from parts that they share among medoids. Are the sums "
        "right? Does every swap lower the loss? Does FasterPAM stop after one full round without a swap, and is that a "
        "local optimum even where every medoid has a duplicate at distance zero?"
    ),
    algorithms=tuple(name for name in names("swap") if algorithms()[name].single_swaps),
    timed=False,
    facts=True,
    quantities=(
        *quantities(
            "share of the loss",
            decomposition_error=(
                "largest difference between the decomposition of a change of the loss and the change computed anew"
            ),
        ),
        *quantities("share", strictly_decreasing="share of runs in which every swap lowers the loss"),
        *quantities(
            "count",
            evaluations_after_last_swap=(
                "candidates that FasterPAM evaluated after its last swap, minus the n - k objects that are not medoids"
            ),
        ),
        *quantities(
            "share",
            local_optima_of_duplicates=(
                "share of the results of FastPAM2 and FasterPAM that are local optima where every point occurs twice"
            ),
        ),
    ),
)

"""Exact, swap by swap: the arithmetic, the fall of the loss, the end of FasterPAM, and duplicates."""

from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.experiments.studies.study import Quantity, Study

STUDY = Study(
    name="exactness",
    title="Exact, swap by swap?",
    question=(
        "The fast algorithms add up the change of the loss from parts that they share among medoids. Are the "
        "sums right, does the loss fall with every swap, does FasterPAM end after one full round without a "
        "swap, and is that a local optimum even where every medoid has a double at distance zero?"
    ),
    algorithms=tuple(name for name in names("swap") if algorithms()[name].single_swaps),
    timed=False,
    facts=True,
    quantities=(
        Quantity(
            "decomposition_error",
            "",
            "largest difference between the decomposition and the loss computed anew, over the loss, for random swaps",
        ),
        Quantity(
            "local_optima_of_duplicates",
            "",
            "share of results that no single swap improves by more than 1e-9 of the loss, every swap tried",
        ),
        Quantity(
            "evaluations_after_last_swap",
            "",
            "candidates evaluated after the last swap, less the n - k objects that are no medoids",
        ),
        Quantity("strictly_decreasing", "", "share of runs in which the loss falls with every swap"),
    ),
)

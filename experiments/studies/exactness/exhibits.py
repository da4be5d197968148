"""The tables and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.studies.exactness.analysis import ExactnessResult


def tables(result: ExactnessResult) -> dict[str, Table]:
    """Make the tables: runs that were checked swap by swap, and results on data with duplicates."""
    return {
        "swaps": Table.of(
            in_reading_order(result.by_algorithm),
            (c.DATA, c.N, c.DTYPE, c.ALGORITHM, *c.integers("runs", "swaps", falls="loss always falls")),
            c.scientific(loss_error="error of logged losses", decomposition_error="error of decomposition"),
            c.integers("replayed", off="difference from n - k"),
        ),
        "duplicates": Table(
            in_reading_order(result.optima),
            (c.DATA, c.N, *c.texts("contender"), *c.integers("results", optimal="local optima")),
        ),
    }


def findings(result: ExactnessResult) -> Iterator[str]:
    """Say whether the arithmetic is exact and FasterPAM stops where it should."""
    runs = result.runs
    if len(runs):
        falls, swaps = int(runs["strictly_decreasing"].astype(bool).sum()), int(runs["n_swaps"].sum())
        yield (
            f"Every swap lowered the loss in {falls:,} of {len(runs):,} runs ({swaps:,} swaps). The decomposition of "
            f"the change of the loss had an error of at most {runs['decomposition_error'].max():.1e} of the loss."
        )
    eager = runs[runs["algorithm"] == "fasterpam"]
    if len(eager):
        yield (
            f"In {(eager['surplus'] == 0).sum():,} of {len(eager):,} runs FasterPAM evaluated exactly the n - k "
            "objects that are not medoids after its last swap, as a replay from the definition does."
        )
    for (implementation, algorithm), group in result.optima.groupby(["implementation", "algorithm"]):
        yield (
            f"Where every point occurs twice, {group['optimal'].sum():,} of {group['results'].sum():,} results of "
            f"{title_of(algorithm)} of {implementation} are single-swap local optima."
        )

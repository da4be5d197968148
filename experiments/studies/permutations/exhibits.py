"""The table and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.studies.permutations.analysis import PermutationsResult


def tables(result: PermutationsResult) -> dict[str, Table]:
    """Make the table of losses."""
    percent = {"own": "order of the data", "mean": "mean", "worst": "worst", "pam": "PAM"}
    columns = (
        *(*c.PROBLEM, c.SEED, *c.integers("orders", "results")),
        *c.ratios(**{f"{name}_percent": f"{heading}, %" for name, heading in percent.items()}),
        *c.integers(as_good="as good as PAM"),
    )
    return {"losses": Table(in_reading_order(result.losses), columns)}


def findings(result: PermutationsResult) -> Iterator[str]:
    """Say how far the orders differ, and how often they are as good as PAM."""
    losses = result.losses
    if losses.empty:
        return
    worst = losses.sort_values("worst_percent").iloc[-1].to_dict()
    where = place(worst, f"start {title_of(worst['start'])}")
    orders, good = int(losses["orders"].sum()), int(losses["as_good"].sum())
    mean, pam = significant(losses["mean_percent"].mean()), significant(losses["pam_percent"].mean())
    yield (
        f"FasterPAM was run on {counted(orders, 'order')} of the data in all, from {counted(len(losses), 'start')}. "
        f"It ends {mean} % above the lowest loss from the same start medoids on average, and PAM {pam} %. At worst it "
        f"ends {significant(worst['worst_percent'])} % above, on {where}. In {good:,} orders it ends as low as PAM."
    )

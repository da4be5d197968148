"""Losses of FasterPAM from the same start medoids, over the order in which it tries the candidates."""

from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.rows.keys import CELL, OURS, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, with_medoid_sets

SAME = 1e-9  # a loss that is higher by this share is as low
NUMBERS = ["own_percent", "mean_percent", "worst_percent", "pam_percent"]


@dataclass(frozen=True)
class PermutationsResult:
    """The result of the study."""

    # One line for each `CELL` in which FasterPAM ended in several orders: ``orders``, ``results`` (different sets of
    # medoids); in percent above the lowest loss: in the order of the data (``own_percent``), over all orders
    # (``mean_percent``, ``worst_percent``), and PAM's (``pam_percent``); ``as_good``: orders as good as PAM.
    losses: pd.DataFrame


def analyse(rows: pd.DataFrame) -> PermutationsResult:
    """Compare the losses, cell by cell."""
    ours = with_medoid_sets(rows[(rows["implementation"] == OURS) & (rows["status"] == "ok")])
    sets = ours.drop_duplicates(["block", "contender"]).set_index(["block", "contender"])["medoid_set"]
    runs = results(ours).join(sets, on=["block", "contender"])
    lines = []
    for here, group in groups(runs, [*PROBLEM, "block"]):
        eager, pam = group[group["algorithm"] == "fasterpam"], group[group["algorithm"] == "fastpam1"]
        least = group["loss"].min()
        if len(eager) < 2 or pam.empty or least == 0:  # nothing is a share of a loss of 0
            continue
        once = pam["loss"].iloc[0]
        percent = 100 * (eager["loss"] / least - 1)
        own = percent[at_defaults(eager)]
        lines.append(
            here
            | {"seed": group["seed"].iloc[0]}
            | {"orders": len(eager), "results": eager["medoid_set"].nunique()}
            | {"own_percent": own.iloc[0] if len(own) else None, "pam_percent": 100 * (once / least - 1)}
            | {"mean_percent": percent.mean(), "worst_percent": percent.max()}
            | {"as_good": int((eager["loss"] <= once * (1 + SAME)).sum())}
        )
    return PermutationsResult(frame_of(lines, [*CELL, "orders", "results", "as_good"], NUMBERS))

"""The best of several starts of FasterPAM beside one BUILD and PAM: loss against time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.rows.keys import OURS, PLACE
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

ONCE, MANY = "fastpam1", "fasterpam"  # after BUILD, and from random medoids
NUMBERS = ["once_seconds", "start_seconds", "once_percent", "mean_percent", "same_time_percent", "best_percent"]


@dataclass(frozen=True)
class RestartsResult:
    """The result of the study."""

    # One line for each `PLACE`: ``once_seconds``, of BUILD and FastPAM1 together; ``start_seconds``, of a random start
    # and FasterPAM together, mean; ``starts`` that were measured; ``fit``, how many of them take as long as BUILD and
    # FastPAM1; losses above the best that any of them found, in percent: ``once_percent`` of BUILD and FastPAM1,
    # ``mean_percent`` of one random start, ``same_time_percent`` of the best of ``fit`` starts, on average,
    # ``best_percent`` of the best of all; ``reach``: in how many of the starts the loss was as low as that of BUILD and
    # FastPAM1.
    summary: pd.DataFrame
    # One line for each `PLACE` and number of starts: ``starts``, ``seconds`` of so many, ``percent``, the loss of the
    # best of them above the best that was found, on average.
    best_of: pd.DataFrame


def analyse(rows: pd.DataFrame) -> RestartsResult:
    """Compare the two ways at every matrix and k at which both were timed."""
    ours = rows[(rows["implementation"] == OURS) & at_defaults(rows) & from_given_medoids(rows)]
    timed = ours[(ours["status"] == "ok") & ours["seconds"].notna()]
    lines, curves = [], []
    for here, group in groups(timed, PLACE):
        per_block = group.groupby(["algorithm", "start", "block"]).agg(
            seconds=("seconds", "median"), loss=("loss", "first")
        )
        once, many = _of(per_block, ONCE, "build"), _of(per_block, MANY, "random")
        build, random = (_of(per_block, name, name)["seconds"].mean() for name in ("build", "random"))
        if once.empty or many.empty or np.isnan(build) or np.isnan(random):
            continue
        once_seconds, once_loss = once["seconds"].mean() + build, once["loss"].min()
        seconds, losses = many["seconds"].mean() + random, np.sort(many["loss"].to_numpy())
        least = min(once_loss, losses[0])
        percent = 100 * (losses / least - 1)
        averages = [best_of(percent, number) for number in range(1, len(losses) + 1)]
        fit = int(once_seconds // seconds)
        lines.append(
            here
            | {"once_seconds": once_seconds, "start_seconds": seconds, "starts": len(losses), "fit": fit}
            | {"once_percent": 100 * (once_loss / least - 1), "mean_percent": averages[0]}
            | {"same_time_percent": averages[min(fit, len(losses)) - 1] if fit else None, "best_percent": percent[0]}
            | {"reach": int(np.sum(losses <= once_loss * (1 + 1e-9)))}
        )
        curves += [
            here | {"starts": number, "seconds": number * seconds, "percent": average}
            for number, average in enumerate(averages, start=1)
        ]
    return RestartsResult(
        frame_of(lines, [*PLACE, "starts", "fit", "reach"], NUMBERS),
        frame_of(curves, [*PLACE, "starts"], ["seconds", "percent"]),
    )


def _of(per_block: pd.DataFrame, algorithm: str, start: str) -> pd.DataFrame:
    here = per_block.reset_index()
    return here[(here["algorithm"] == algorithm) & (here["start"] == start)]


def best_of(values: np.ndarray, number: int) -> float:
    """Return the mean, over all choices of `number` different ones of the sorted values, of the smallest chosen.

    >>> round(best_of(np.array([1.0, 2.0, 4.0]), 2), 3)  # of {1, 2}, {1, 4} and {2, 4}
    1.333
    """
    n, mean, share = len(values), 0.0, number / len(values)
    for rank in range(n - number + 1):
        # `share` of all choices has this value for its smallest.
        mean += share * values[rank]
        share *= (n - rank - number) / max(1, n - rank - 1)
    return float(mean)

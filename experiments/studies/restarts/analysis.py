"""The best of several starts of FasterPAM beside one BUILD and PAM: loss against time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups
from kmedoids_bench.experiments.analysis.losses import from_given_start
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place
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
    measures: Mapping[str, list[Measure]]  # for each matrix and k


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
        gathered(_gaps(ours)),
    )


def _gaps(ours: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Measure how far PAM's result from BUILD, and the best of the random starts, are above the optimum at most."""
    results = from_given_start(ours).dropna(subset="gap")
    for name, algorithm, start in (("pam_gap", ONCE, "build"), ("best_of_gap", MANY, "random")):
        mine = results[(results["algorithm"] == algorithm) & (results["start"] == start)]
        for here, group in groups(mine, PLACE):
            where = place(here, "start BUILD" if start == "build" else f"the best of {len(group)} random starts")
            evidence = group[["block", *PLACE, "seed", "loss", "gap"]]
            yield name, Measure.exact(100 * group["gap"].min(), len(group), where, code_base=OURS, evidence=evidence)


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

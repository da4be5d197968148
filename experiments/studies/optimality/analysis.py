"""Gaps of the results of our algorithms to the bounds of `datasets.optima`, and the bounds themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.rows.keys import FACET, OURS, PLACE
from kmedoids_bench.experiments.rows.reading import at_defaults

SEARCHES = ["certificate_searches", "optimum_searches"]
NUMBERS = ["gap_percent", "least_gap_percent", "best_gap_percent"]


@dataclass(frozen=True)
class OptimalityResult:
    """The result of the study."""

    # One line for each `PLACE`, ``start`` and ``algorithm``: ``results``; how far they are above the optimum at most,
    # ``gap_percent``, and at least, ``least_gap_percent``, on average; ``best_gap_percent`` of the best of them;
    # ``optimal``, how many are proven optimal. Missing where nothing is known about the problem.
    gaps: pd.DataFrame
    # One line for each `PLACE` about which something is known: ``loss`` of the best medoids known, ``bound``,
    # ``gap_percent`` of the one above the other, ``proven`` ("yes", "no"); ``left_percent`` of the objects can be among
    # better medoids than a search found; ``certificate_searches`` and ``optimum_searches``: how many times as long as
    # that search the certificate of its result took, and the best medoids.
    problems: pd.DataFrame


def analyse(rows: pd.DataFrame) -> OptimalityResult:
    """Compare every result of ours at default parameters with what is known about its problem."""
    ours = rows[(rows["implementation"] == OURS) & (rows["tier"] == "plain") & at_defaults(rows)]
    lines = []
    for here, group in groups(results(ours), [*PLACE, "start", "algorithm"]):
        gap = group["gap"]
        line = {"results": len(group), "optimal": int((gap == 0).sum()) if gap.notna().any() else None}
        percent = {
            "gap_percent": gap.mean(),
            "least_gap_percent": group["least_gap"].mean(),
            "best_gap_percent": gap.min(),
        }
        lines.append(here | line | {name: 100 * value for name, value in percent.items()})
    gaps = frame_of(lines, [*PLACE, "start", "algorithm", "results", "optimal"], NUMBERS)
    return OptimalityResult(gaps.astype({"optimal": "Int64"}), problems_of(ours))


def problems_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is known about the problems of these rows, as `OptimalityResult.problems` describes it."""
    lines = []
    for here in rows[[*PLACE, "matrix_sha256"]].drop_duplicates().to_dict("records"):
        known = best_known().get((here["matrix_sha256"], here["k"]))
        if known is not None:
            numbers = {
                "loss": known.loss,
                "bound": known.bound,
                "gap_percent": 0.0 if known.proven else 100 * known.gap,
                "left_percent": 100 * known.candidates / known.n,
            }
            search = known.search_seconds or np.nan
            times = {"certificate_searches": known.certificate_seconds, "optimum_searches": known.optimal_seconds}
            lines.append(
                here
                | numbers
                | {"proven": "yes" if known.proven else "no"}
                | {name: seconds / search for name, seconds in times.items()}
            )
    return frame_of(lines, [*PLACE, "proven"], ["loss", "bound", "gap_percent", "left_percent", *SEARCHES])


def by_data(problems: pd.DataFrame) -> pd.DataFrame:
    """Summarise `OptimalityResult.problems` by matrix.

    One line for each `FACET`: ``problems``, ``proven`` of them, ``largest_k`` that is proven, and the largest and the
    median gap in percent.
    """
    lines = []
    for here, group in groups(problems, FACET):
        proven = group["proven"] == "yes"
        largest = int(group.loc[proven, "k"].max()) if proven.any() else None
        gaps = {"median_percent": group["gap_percent"].median(), "largest_percent": group["gap_percent"].max()}
        lines.append(here | {"problems": len(group), "proven": int(proven.sum()), "largest_k": largest} | gaps)
    frame = frame_of(lines, [*FACET, "problems", "proven", "largest_k"], ["median_percent", "largest_percent"])
    return frame.astype({"largest_k": "Int64"})

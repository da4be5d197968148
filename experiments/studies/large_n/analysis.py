"""Time and loss of every call on points, and the calls that no other beats in both."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import PLACE, PROBLEM

BY_CALL = [*PROBLEM, "contender"]
CALL = ["implementation", "algorithm"]
PERCENT = 1.0  # a loss that is so little above the lowest is as good


@dataclass(frozen=True)
class LargeNResult:
    """The result of the study."""

    # A line for each problem and call on points, the fastest first: those of `times`, ``excess`` (mean loss over the
    # best measured, minus 1), ``gap`` (mean of how far above the optimum at most), ``certified`` (all calls of the
    # place have one), ``above`` (`gap` where it is certified, else `excess`), ``peak_memory`` (bytes), ``front`` (every
    # faster call has a higher loss).
    calls: pd.DataFrame
    # A line for each `PLACE`: `CALL`, ``seconds`` and ``excess`` of the fastest call whose loss is at most `PERCENT`
    # above the lowest; ``first_implementation``, ``first_algorithm``, ``first_seconds`` and ``first_excess`` of the
    # fastest call of all; ``finished`` of ``tried`` calls.
    fastest: pd.DataFrame


def analyse(rows: pd.DataFrame) -> LargeNResult:
    """Bring time and loss of every call on points together."""
    points = rows[rows["order"] == "points"]
    memory = points.astype({"peak_memory": "float64"}).groupby(BY_CALL)["peak_memory"].max().reset_index()
    calls = times(points)
    for more in (excess_over_best(points)[[*BY_CALL, "excess", "gap"]], memory):
        calls = calls.merge(more, on=BY_CALL, how="left")
    calls = calls.sort_values([*PLACE, "seconds", "contender"], kind="stable").reset_index(drop=True)
    finished = calls["seconds"].notna()
    certified = (calls["gap"].notna() | ~finished).groupby([calls[name] for name in PLACE]).transform("all")
    calls = calls.assign(certified=certified, above=calls["gap"].where(certified, calls["excess"]))
    least_before = calls.groupby(PLACE)["above"].transform(lambda above: above.cummin().shift())
    calls["front"] = finished & ~(calls["above"] >= least_before)
    numbers = ["seconds", "excess", "first_seconds", "first_excess"]
    columns = [*PLACE, *CALL, "first_implementation", "first_algorithm", "finished", "tried"]
    return LargeNResult(calls, frame_of(_fastest(calls[finished], calls), columns, numbers))


def _fastest(finished: pd.DataFrame, calls: pd.DataFrame) -> Iterator[dict]:
    tried = calls.groupby(PLACE).size()
    for here, group in groups(finished, PLACE):
        first, good = group.iloc[0], group[group["excess"] <= group["excess"].min() + PERCENT / 100].iloc[0]
        what = [*CALL, "seconds", "excess"]
        yield (
            here
            | good[what].to_dict()
            | {f"first_{name}": first[name] for name in what}
            | {"finished": len(group), "tried": int(tried[tuple(here[name] for name in PLACE)])}
        )

"""The findings of the swap-time study, as sentences with numbers."""

from collections.abc import Iterator, Mapping

import pandas as pd

from kmedoids_bench.experiments.analysis.times import CUT
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import LINE, OURS
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE, SwapTimeResult


def findings(result: SwapTimeResult) -> Iterator[str]:
    """Write the findings, the most important first; none when nothing was timed."""
    gained = result.speedups
    gained = gained[gained["faster_order"].astype(bool)]
    yield from _gains(gained[gained["implementation"] == OURS])
    yield from _libraries(result.versus_overall)
    yield from _gains_of_libraries(gained[gained["implementation"] != OURS])
    yield from _cuts(result.times)


def _gains(gained: pd.DataFrame) -> Iterator[str]:
    """One sentence per matrix and start, at the largest k at which both sides were timed; the largest k first."""
    groups = [group for _, group in gained.groupby(LINE)]
    for group in sorted(groups, key=lambda group: -group["k"].max()):
        timed = group.dropna(subset="estimate")
        largest = timed["k"].groupby(timed["algorithm"]).transform("max")
        for k in sorted(set(largest), reverse=True):
            here = timed[(timed["k"] == k) & (largest == k)].sort_values("estimate", ascending=False)
            line = here.iloc[0].to_dict()
            factors = [f"{algorithm_title(one['algorithm'])} was {factor(one)}" for one in here.to_dict("records")]
            n = pairs(here.sort_values("n_pairs").iloc[0].to_dict())
            yield (
                f"On {place(line)}, from a {start_title(line['start'])} start, {' and '.join(factors)} as fast as "
                f"{algorithm_title(BASELINE)} ({line['implementation']}; {n}){_beyond(group[group['k'] > k])}."
            )


def _beyond(larger: pd.DataFrame) -> str:
    """Add the bounds at the largest k at which the baseline was cut."""
    bounded = larger.dropna(subset="bound")
    if bounded.empty:
        return ""
    bounded = bounded[bounded["k"] == bounded["k"].max()].sort_values("bound", ascending=False)
    bounds = " and ".join(
        f"{algorithm_title(line['algorithm'])} more than {significant(line['bound'])} times"
        for line in bounded.to_dict("records")
    )
    return f"; at k = {bounded['k'].iloc[0]}, where {algorithm_title(BASELINE)} was cut, {bounds}"


def _libraries(overall: pd.DataFrame) -> Iterator[str]:
    """One sentence per library: its times over ours."""
    for implementation, group in overall.groupby("implementation"):
        cases = "; ".join(
            f"{algorithm_title(line['algorithm'])} {factor(line)} "
            f"(geometric mean over {counted(line['cells'], 'cell')}, "
            f"{significant(line['lowest'])} to {significant(line['highest'])}; order {line['orders']}"
            f"{no_interval(line)})"
            for line in group.to_dict("records")
        )
        yield f"Time of {implementation}, in its faster memory order, over that of {OURS}: {cases}."


def _gains_of_libraries(gained: pd.DataFrame) -> Iterator[str]:
    """One sentence per library: the largest speed-up of each algorithm over the library's own PAM."""
    for implementation, group in gained.dropna(subset="estimate").groupby("implementation"):
        best = group.loc[group.groupby("algorithm")["estimate"].idxmax()].sort_values("estimate", ascending=False)
        cases = "; ".join(
            f"{algorithm_title(line['algorithm'])} {factor(line)}, on {place(line)}, from a "
            f"{start_title(line['start'])} start, in memory order {line['order']} ({pairs(line)})"
            for line in best.to_dict("records")
        )
        yield f"Within {implementation}, the largest speed-ups over its own PAM were: {cases}."


def _cuts(times: pd.DataFrame) -> Iterator[str]:
    """One sentence per implementation, algorithm and memory order that was cut, at default parameters."""
    default = times[at_defaults(times) & from_given_medoids(times)]
    for (implementation, algorithm, order), lines in default.groupby(["implementation", "algorithm", "order"]):
        notes = lines.loc[lines["status"].isin(CUT), "note"].value_counts().sort_index()
        if len(notes):
            yield (
                f"{algorithm_title(str(algorithm))} of {implementation} in memory order {order} was "
                f"{' and '.join(f'{note} in {count}' for note, count in notes.items())} of "
                f"{counted(len(lines), 'cell')}: there is no ratio to it there, at most a bound."
            )


def factor(line: Mapping) -> str:
    """Write "412 times [390, 431]" from a line with the columns of `RATIO`."""
    times = f"{significant(line['estimate'])} times"
    if pd.isna(line["low"]):
        return times
    low, high = (significant(line[end], line["estimate"]) for end in ("low", "high"))
    return f"{times} [{low}, {high}]"


def pairs(line: Mapping) -> str:
    """Write "n = 9 pairs in 3 series", and why there is no interval when there is none."""
    return f"n = {counted(line['n_pairs'], 'pair')} in {line['n_runs']} series{no_interval(line)}"


def no_interval(line: Mapping) -> str:
    """Write why there is no interval; nothing where there is one."""
    return f"; no interval: {line['why_none']}" if pd.isna(line["low"]) else ""

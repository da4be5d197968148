"""The findings of the swap-time study, as sentences computed from the rows."""

import pandas as pd

from kmedoids_bench.experiments.analysis.speedups import cells, speedups, versus_overall
from kmedoids_bench.experiments.analysis.times import CUT
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.swap_time.analysis import BASELINE


def findings(rows: pd.DataFrame) -> list[str]:
    """Say what was found.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
        Plain sentences, the most important first; empty when nothing was timed.
    """
    measured = cells(rows)
    gained = speedups(measured, BASELINE)
    gained = gained[gained["faster_order"].astype(bool)]
    return [
        *_gains(gained[gained["implementation"] == OURS]),
        *_opponents(versus_overall(measured)),
        *_library_gains(gained[gained["implementation"] != OURS]),
        *_cuts([line for cell in measured for line in cell.times.values()]),
    ]


def _gains(gained: pd.DataFrame) -> list[str]:
    """One sentence per dataset and start, at the largest k at which both sides were timed; the largest k first."""
    said = []
    groups = [group for _, group in gained.groupby([*FACET, "start"])]
    for group in sorted(groups, key=lambda group: -group["k"].max()):
        timed = group.dropna(subset="estimate")
        for k in sorted(set(timed.groupby("algorithm")["k"].max()), reverse=True):
            at_largest = timed[timed["k"] == timed["algorithm"].map(timed.groupby("algorithm")["k"].max())]
            here = at_largest[at_largest["k"] == k].sort_values("estimate", ascending=False)
            said.append(f"{_where(here.iloc[0].to_dict())}, {_compared(here)}{_beyond(group[group['k'] > k])}.")
    return said


def _library_gains(gained: pd.DataFrame) -> list[str]:
    """One sentence per library: the largest speed-up of each algorithm over the library's own PAM."""
    said = []
    for implementation, group in gained.dropna(subset="estimate").groupby("implementation"):
        best = group.loc[group.groupby("algorithm")["estimate"].idxmax()].sort_values("estimate", ascending=False)
        cases = "; ".join(
            f"{algorithm_title(line['algorithm'])} {factor(line)}, on {place(line)}, from a "
            f"{start_title(line['start'])} start, in memory order {line['order']} "
            f"({pairs(line)})"
            for line in best.to_dict("records")
        )
        said.append(f"Within {implementation}, the largest speed-ups over its own PAM were: {cases}.")
    return said


def _where(line: dict) -> str:
    return f"On {place(line)}, from a {start_title(line['start'])} start"


def _compared(lines: pd.DataFrame) -> str:
    """Compare several algorithms with the baseline, in one cell of one implementation."""
    factors = [f"{algorithm_title(line['algorithm'])} was {factor(line)}" for line in lines.to_dict("records")]
    counted = pairs(lines.sort_values("n_pairs").iloc[0])
    who = lines["implementation"].iloc[0]
    return f"{' and '.join(factors)} as fast as {algorithm_title(BASELINE)} ({who}; {counted})"


def _beyond(larger: pd.DataFrame) -> str:
    bounded = larger.dropna(subset="bound")
    if bounded.empty:
        return ""
    bounded = bounded[bounded["k"] == bounded["k"].max()].sort_values("bound", ascending=False)
    bounds = " and ".join(
        f"{algorithm_title(line['algorithm'])} more than {significant(line['bound'])} times"
        for line in bounded.to_dict("records")
    )
    return f"; at k = {bounded['k'].iloc[0]}, where {algorithm_title(BASELINE)} was cut, {bounds}"


def _opponents(overall: pd.DataFrame) -> list[str]:
    """One sentence per library."""
    said = []
    for implementation, group in overall.groupby("implementation"):
        cases = "; ".join(
            f"{algorithm_title(line['algorithm'])} {factor(line)} "
            f"(geometric mean over {counted(line['cells'], 'cell')}, "
            f"{significant(line['lowest'])} to {significant(line['highest'])}; order {line['orders']}"
            f"{'; no interval, as a cell has fewer than 5 pairs' if pd.isna(line['low']) else ''})"
            for line in group.to_dict("records")
        )
        said.append(f"Time of {implementation}, at its faster memory order, over that of {OURS}: {cases}.")
    return said


def _cuts(lines: list[dict]) -> list[str]:
    said = []
    contenders = dict.fromkeys((line["implementation"], line["algorithm"], line["order"]) for line in lines)
    for implementation, algorithm, order in sorted(contenders):
        tried = [line for line in lines if line["contender"] == f"{implementation}/{algorithm}/{order}"]
        notes = pd.Series([line["note"] for line in tried if line["status"] in CUT], dtype="str")
        if len(notes):
            counts = " and ".join(f"{note} in {count}" for note, count in notes.value_counts().sort_index().items())
            said.append(
                f"{algorithm_title(algorithm)} of {implementation} in memory order {order} was {counts} of "
                f"{counted(len(tried), 'cell')}: there is no ratio to it there, at most a bound."
            )
    return said


def factor(line) -> str:
    """Write "412 times [390, 431]" from a line with the fields of a `Ratio`."""
    times = f"{significant(line['estimate'])} times"
    if pd.isna(line["low"]):
        return times
    low, high = (significant(line[end], line["estimate"]) for end in ("low", "high"))
    return f"{times} [{low}, {high}]"


def pairs(line) -> str:
    """Write the number of pairs, and why there is no interval when there is none."""
    return f"n = {counted(line['n_pairs'], 'pair')}" + (", too few for an interval" if pd.isna(line["low"]) else "")

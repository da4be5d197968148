"""The tables, the figures and the recommendation in words."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.frames import groups
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.charts import losses_over_time
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.rows.keys import FACET, TIERS
from kmedoids_bench.experiments.studies.choice import STUDY
from kmedoids_bench.experiments.studies.choice.analysis import ChoiceResult

CALL = (c.IMPLEMENTATION, c.ALGORITHM, c.START)
OUTCOME = (c.EXCESS, c.GAP)
SAME = 1e-9  # losses that rounding tells apart


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """Add titles and percentages."""
    return with_titles(table.assign(**{f"{name}_percent": 100 * table[name] for name in ("excess", "gap")}))


def tables(result: ChoiceResult) -> dict[str, Table]:
    """Make the tables: all k together, and each k."""
    return {
        "ranking": Table.of(
            readable(result.ranking),
            (c.DATA, *CALL, *c.milliseconds(seconds="time (ms)")),
            (*c.ratios(relative="time / recommended"), *OUTCOME, *c.integers("finished", tried="of")),
            c.texts(could_not="not finished"),
        ),
        "calls": Table.of(
            readable(result.calls), (c.DATA, c.N, c.K, *CALL, c.MILLISECONDS, *c.ratios("loss"), *OUTCOME)
        ),
    }


def figures(result: ChoiceResult) -> dict[str, Figure]:
    """Draw loss against time, one figure for each matrix, one panel for each k."""
    lines = readable(result.calls).dropna(subset=["seconds", "excess"])
    return losses_over_time(lines, STUDY.words.figure)


def findings(result: ChoiceResult) -> Iterator[str]:
    """Recommend a call for each matrix, and say what the others lose."""
    for facet, lines in groups(result.ranking, FACET):
        if not lines["recommended"].any():
            continue
        best, others = lines[lines["recommended"]].iloc[0], lines[~lines["recommended"] & (lines["finished"] > 0)]
        yield f"On {place(facet)}, use {call_of(best)}: {seconds_of(best['seconds'])} a call, {loss_of(best)}."
        ranked = others.sort_values("relative")
        if len(ranked) and (fast := ranked.iloc[0])["relative"] < 1:
            yield f"The fastest call, {call_of(fast)}, takes {time_of(fast)}, {loss_of(fast)}."
        if len(next_best := ranked[ranked["good"].astype(bool) & (ranked["relative"] >= 1)]):
            yield f"The next best, {call_of(next_best.iloc[0])}, takes {time_of(next_best.iloc[0])}."
        if len(ranked) > 1:
            yield f"The slowest that finished, {call_of(ranked.iloc[-1])}, takes {time_of(ranked.iloc[-1])}."
        poorest = lines.dropna(subset="excess").sort_values(["excess", "recommended"]).iloc[-1]
        if poorest["excess"] > SAME and not poorest["recommended"]:
            name = call_of(poorest)
            yield f"{name} has the highest loss, {percent(poorest['excess'])} above the lowest."


def call_of(line: pd.Series) -> str:
    """Say which call it is: "FasterPAM of kmedoids 0.5.5 from a random start"."""
    start = "a random start" if line["start"] == "random" else title_of(line["start"])
    return f"{title_of(line['algorithm'])} of {owner_of(line['implementation'])} from {start}"


def owner_of(implementation: str) -> str:
    """Return the title of a library; ours is kmedoids-bench, of which the tuned form is called where there is one."""
    if implementation in TIERS:
        return "kmedoids-bench"
    return references()[implementation].title if implementation in references() else implementation


def loss_of(line: pd.Series) -> str:
    """Say how good a loss is: "with a loss 0.3 % above the lowest and at most 0.5 % above the optimum"."""
    above = "the lowest loss" if line["excess"] <= SAME else f"a loss {percent(line['excess'])} above the lowest"
    if pd.isna(line["gap"]):
        return f"with {above}"
    if line["gap"] <= SAME:
        return "with the lowest loss that is possible"
    return f"with {above} and at most {percent(line['gap'])} above the optimum"


def time_of(line: pd.Series) -> str:
    """Write "3.1 times as long"."""
    return f"{significant(line['relative'])} times as long"


def percent(share: float) -> str:
    """Write "1.2 %"."""
    return f"{100 * share:.2g} %"


def seconds_of(seconds: float) -> str:
    """Write "1.2 s" or "35 ms"."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"

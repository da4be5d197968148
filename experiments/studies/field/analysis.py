"""Every implementation on the same problems: time, loss, agreement and memory."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.paired_times import paired_times
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean
from kmedoids_bench.experiments.analysis.speedups import mark_faster_order, problems_of
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import COMPARABLE, OURS, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, with_medoid_sets

UNITS = {"start": "build", "swap": "fasterpam", "total": "fasterpam"}  # ours, in each phase: its time is 1
BY_CONTENDER = [*PROBLEM, "contender"]
CALL = ["implementation", "algorithm", *COMPARABLE]
RATIO = ["relative", "low", "high"]
# How a column of `by_problem` is summarised in `ranking`.
OVER_PROBLEMS = {"excess": "mean", "gap": "mean", "identical": "sum", "compared": "sum", "peak_memory": "max"}


@dataclass(frozen=True)
class FieldResult:
    """The result of the study."""

    ranking: pd.DataFrame  # as `ranking` returns it: each call of each implementation over all problems
    by_problem: pd.DataFrame  # as `by_problem` returns it
    # Of every implementation, ``calls`` and the seconds that pipe, worker and driver add to one: ``median`` and
    # ``most`` (nine in ten calls take less).
    overhead: pd.DataFrame


def analyse(rows: pd.DataFrame) -> FieldResult:
    """Compare every call with ours of the same kind."""
    problems = problems_of(rows)
    pairs = {}  # by the values of `BY_CONTENDER`; of several memory orders of a contender only the faster one
    for phase, unit in UNITS.items():
        ours = {"implementation": OURS, "tier": "plain", "algorithm": unit, "setting": ""}
        for one in paired_times(problems, {"phase": phase}, ours, at_best=True):
            pairs[tuple(one.line[name] for name in BY_CONTENDER)] = one.pairs
    table = by_problem(rows, pairs)
    overhead = rows.dropna(subset="overhead_seconds").groupby("implementation")["overhead_seconds"]
    overhead = overhead.agg(calls="size", median="median", most=lambda seconds: seconds.quantile(0.9)).reset_index()
    return FieldResult(ranking(table, pairs), table, overhead)


def by_problem(rows: pd.DataFrame, pairs: Mapping[tuple, Pairs]) -> pd.DataFrame:
    """Put every contender of every problem on one line, each library in its faster memory order.

    The lines are those of `times`, with ``relative``, ``low``, ``high`` (time over that of ours in `UNITS`), ``rank``
    (by time, among calls of the same problem and kind), ``excess`` (loss over the best measured, minus 1), ``gap``
    (how far above the optimum at most), ``identical`` of ``compared`` blocks with the medoids it promises,
    ``peak_memory`` (bytes).
    """
    table = mark_faster_order(times(rows))
    table = table[table["faster_order"].astype(bool)].drop(columns="faster_order")
    ratios = [(*key, len(one.logs), one.ratio.estimate, one.ratio.low, one.ratio.high) for key, one in pairs.items()]
    relative = frame_of(ratios, [*BY_CONTENDER, "n_pairs"], RATIO)
    bytes_used = rows.astype({"peak_memory": "float64"})  # missing is NaN, also after a maximum
    memory = bytes_used.groupby(BY_CONTENDER, dropna=False)["peak_memory"].max().reset_index()
    excess = excess_over_best(rows)[[*BY_CONTENDER, "excess", "gap"]]
    for more in (relative, excess, identical_to_promised(rows), memory):
        table = table.merge(more, on=BY_CONTENDER, how="left")
    table["rank"] = table.groupby([*PROBLEM, *COMPARABLE])["seconds"].rank(method="min").astype("Int64")
    return table.sort_values([*PROBLEM, *COMPARABLE, "rank", "contender"], kind="stable").reset_index(drop=True)


def identical_to_promised(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the blocks in which a contender returned the medoids of our algorithm whose result it promises.

    The columns are `BY_CONTENDER`, ``identical``, ``compared``.
    """
    done = with_medoid_sets(rows).drop_duplicates(["block", "contender"])
    ours = done[(done["implementation"] == OURS) & (done["phase"] != "total") & at_defaults(done)]
    promised = ours[["block", "algorithm", "contender", "medoid_set"]].rename(columns={"algorithm": "result_class"})
    both = done.merge(promised, on=["block", "result_class"], suffixes=("", "_promised"))
    both = both[both["contender"] != both["contender_promised"]]
    both["identical"] = both["medoid_set"] == both["medoid_set_promised"]
    counts = both.groupby(BY_CONTENDER, dropna=False)["identical"].agg(identical="sum", compared="size")
    return counts.reset_index()


def ranking(table: pd.DataFrame, pairs: Mapping[tuple, Pairs]) -> pd.DataFrame:
    """Summarise `by_problem` over all problems.

    One line per implementation, algorithm and kind of call: ``finished`` of ``tried`` problems, ``relative`` with
    ``low`` and ``high`` (geometric mean over the problems it finished), ``excess`` and ``gap`` (means), ``identical``
    of ``compared``, ``peak_memory`` (largest), ``orders`` (in which it was fastest), ``could_not`` (why the others did
    not finish: "cut at 30 s: 3, skipped: 2").
    """
    lines = []
    for key, group in table.groupby(CALL, dropna=False):
        finished, failed = (group[group["seconds"].notna() == done] for done in (True, False))
        paired = [pairs[where] for where in group[BY_CONTENDER].itertuples(index=False, name=None) if where in pairs]
        mean = geometric_mean(paired)
        reasons = failed["note"].value_counts().sort_index()
        lines.append(
            (*key, len(finished), len(group), *(group[name].agg(how) for name, how in OVER_PROBLEMS.items()))
            + (", ".join(sorted(set(finished["order"]))), ", ".join(f"{why}: {n}" for why, n in reasons.items()))
            + ((mean.estimate, mean.low, mean.high) if mean else (None, None, None))
        )
    frame = frame_of(lines, [*CALL, "finished", "tried", *OVER_PROBLEMS, "orders", "could_not"], RATIO)
    return frame.sort_values([*COMPARABLE, "relative", "implementation"], kind="stable").reset_index(drop=True)

"""Everybody on common ground: time, loss, agreement and memory of every implementation of every algorithm."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.losses import excess_over_best
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Cell, counterpart, mark_faster_order
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import COMPARABLE, OURS, PROBLEM

UNITS = {"start": "build", "swap": "fasterpam", "total": "fasterpam"}  # ours, in each phase: its time is 1
WHO = ["implementation", "algorithm", *COMPARABLE]


def field(rows: pd.DataFrame, measured: Sequence[Cell]) -> pd.DataFrame:
    """Put every contender of every problem on one line, each library as it is fastest there.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.
    measured : sequence of Cell
        The same rows, as `speedups.cells` splits them.

    Returns
    -------
    DataFrame
        `times` of the faster memory order, with ``relative``, ``low``, ``high`` (time over that of ours in `UNITS`, in
        the same phase), ``rank`` (by time, among those of the same problem and phase), ``excess`` (loss over the best
        known, minus 1), ``identical`` of ``compared`` blocks with the medoids it promises, ``peak_memory`` (bytes).
    """
    table = mark_faster_order(times(rows))
    table = table[table["faster_order"].astype(bool)].drop(columns="faster_order")
    where = [*PROBLEM, "contender"]
    table = table.merge(relative_times(measured), on=where, how="left")
    table = table.merge(excess_over_best(rows)[[*where, "excess"]], on=where, how="left")
    table = table.merge(identical_to_promised(rows), on=where, how="left")
    bytes_used = rows.astype({"peak_memory": "float64"})  # missing is NaN, also after a maximum
    memory = bytes_used.groupby(where, dropna=False)["peak_memory"].max().reset_index()
    table = table.merge(memory, on=where, how="left")
    table["rank"] = table.groupby([*PROBLEM, *COMPARABLE])["seconds"].rank(method="min").astype("Int64")
    return table.sort_values([*PROBLEM, *COMPARABLE, "rank", "contender"], kind="stable").reset_index(drop=True)


def relative_times(measured: Sequence[Cell]) -> pd.DataFrame:
    """Time of every contender over that of `UNITS`, ours, in the same phase, with its interval."""
    lines = []
    for cell, contender, pairs in _against_unit(measured):
        found = pairs.ratio
        estimate = {"relative": found.estimate, "low": found.low, "high": found.high, "n_pairs": found.n_pairs}
        lines.append(cell.problem | {"contender": contender} | estimate)
    columns = [*PROBLEM, "contender", "relative", "low", "high", "n_pairs"]
    return pd.DataFrame(lines, columns=columns).astype(dict.fromkeys(("relative", "low", "high"), "float64"))


def _against_unit(measured: Sequence[Cell]):
    for cell in measured:
        for contender, line in cell.times.items():
            same = {name: line[name] for name in COMPARABLE}
            unit = counterpart(cell, {"implementation": OURS, "algorithm": UNITS[line["phase"]], "setting": "", **same})
            # The unit is the challenger: baseline time over challenger time is then how many times as long it takes.
            if unit is not None and (pairs := pair_up(cell.seconds, unit, contender)) is not None:
                yield cell, contender, pairs


def identical_to_promised(rows: pd.DataFrame) -> pd.DataFrame:
    """Count blocks in which a contender returned the medoids of our algorithm whose result it promises.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    DataFrame
        `PROBLEM`, ``contender``, ``identical``, ``compared``.
    """
    done = rows[(rows["status"] == "ok") & rows["medoids"].notna()].drop_duplicates(["block", "contender"])
    done = done.assign(medoid_set=[" ".join(map(str, sorted(medoids))) for medoids in done["medoids"]])
    ours = done[(done["implementation"] == OURS) & (done["phase"] != "total") & (done["setting"] == "")]
    promised = ours[["block", "algorithm", "medoid_set"]].rename(columns={"algorithm": "result_class"})
    both = done.merge(promised, on=["block", "result_class"], suffixes=("", "_promised"))
    both = both[both["contender"] != OURS + "/" + both["result_class"] + "/C"]
    both["identical"] = both["medoid_set"] == both["medoid_set_promised"]
    counts = both.groupby([*PROBLEM, "contender"], dropna=False)["identical"].agg(["sum", "size"])
    return counts.rename(columns={"sum": "identical", "size": "compared"}).reset_index()


def overall(table: pd.DataFrame, measured: Sequence[Cell]) -> pd.DataFrame:
    """Summarise `field` over all problems.

    Parameters
    ----------
    table : DataFrame
        As `field` returns it.
    measured : sequence of Cell

    Returns
    -------
    DataFrame
        One line per implementation, algorithm and phase: ``finished`` of ``tried`` problems, ``relative`` with ``low``
        and ``high`` (geometric mean over the problems it finished), ``excess`` (mean), ``identical`` of ``compared``,
        ``peak_memory`` (largest), ``orders`` (in which it was fastest), ``could_not`` (the rest, in words).
    """
    fastest = set(map(tuple, table[[*PROBLEM, "contender"]].itertuples(index=False)))
    pairs: dict[tuple, list[Pairs]] = {}
    for cell, contender, found in _against_unit(measured):
        if (*(cell.problem[name] for name in PROBLEM), contender) in fastest:
            line = cell.times[contender]
            pairs.setdefault(tuple(line[name] for name in WHO), []).append(found)
    lines = []
    for key, group in table.groupby(WHO, dropna=False):
        mean = geometric_mean(pairs.get(key, []))
        finished = group[group["seconds"].notna()]
        lines.append(
            dict(zip(WHO, key, strict=True))
            | {"finished": len(finished), "tried": len(group)}
            | {name: getattr(mean, attribute, np.nan) for name, attribute in ESTIMATE.items()}
            | {"excess": group["excess"].mean(), "identical": group["identical"].sum()}
            | {"compared": group["compared"].sum(), "peak_memory": group["peak_memory"].max()}
            | {"orders": ", ".join(sorted(set(finished["order"]))), "could_not": _could_not(group)}
        )
    columns = [*WHO, "finished", "tried", *ESTIMATE, "excess", "identical", "compared", "peak_memory"]
    found = pd.DataFrame(lines, columns=[*columns, "orders", "could_not"])
    found = found.astype(dict.fromkeys(("relative", "low", "high"), "float64"))
    return found.sort_values([*COMPARABLE, "relative", "implementation"], kind="stable").reset_index(drop=True)


ESTIMATE: Mapping[str, str] = {"relative": "estimate", "low": "low", "high": "high"}


def _could_not(group: pd.DataFrame) -> str:
    """Say in words what did not finish: "cut at 30 s: 3, skipped: 2"."""
    counts = group[group["seconds"].isna()]["note"].value_counts().sort_index()
    return ", ".join(f"{note}: {count}" for note, count in counts.items())


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows

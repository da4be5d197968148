"""Are results as good as PAM's: the loss of each method over PAM's, from the same random starts."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.losses import loss_ratios
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.range_plot import Spread, spreads
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.exhibits.style import algorithm_title
from kmedoids_bench.experiments.rows.keys import FACET, OURS, PLACE

# FastPAM1 stands for PAM: the same swaps, hence the same loss.
PAM = "fastpam1"
ALGORITHMS = (PAM, "fasterpam", "fastpam2", "alternating")
SEEDS = 25  # what the claims ask for
LEAST_K = {"alternating": 10}  # they speak of Alternating from here on
CASE = [*PLACE, "start", "implementation", "algorithm"]
NUMBERS = ("mean", "low", "high", "best", "worst")
EVIDENCE = ["block", "dataset", "k", "seed", "algorithm", "loss", "baseline_loss", "ratio"]


def cases(rows: pd.DataFrame) -> Iterator[tuple[dict, pd.DataFrame, Measure]]:
    """Yield every dataset, k, start, code base and method with its ratios, one for each seed, and their mean."""
    ratios = loss_ratios(rows, PAM)
    for key, group in ratios.groupby(CASE, sort=True):
        yield dict(zip(CASE, key, strict=True)), group, Measure.mean_of(group["ratio"])


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise the ratios of every case.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `CASE`, ``seeds``, ``mean`` of the ratio with ``low`` and ``high``, ``best``, ``worst``, these five less 1 in
        percent, and how often the method was ``better``, ``equal`` (to 1e-9) and ``poorer``.
    """
    lines = []
    for case, group, mean in cases(rows):
        gap = group["ratio"] - 1
        lines.append(
            case
            | {"seeds": len(group), "mean": mean.value, "low": mean.low, "high": mean.high}
            | {"best": group["ratio"].min(), "worst": group["ratio"].max()}
            | {"better": int((gap < -1e-9).sum()), "equal": int((gap.abs() <= 1e-9).sum())}
            | {"poorer": int((gap > 1e-9).sum())}
        )
    columns = [*CASE, "seeds", "mean", "low", "high", "best", "worst", "better", "equal", "poorer"]
    frame = pd.DataFrame(lines, columns=columns).astype(dict.fromkeys(NUMBERS, "float64"))
    return frame.assign(**{f"{name}_percent": 100 * (frame[name] - 1) for name in NUMBERS})


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by: mean ratios from random starts, and the largest ratio of Alternating.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to list of Measure
        One for each dataset, k and code base with at least `SEEDS` seeds.
    """
    found: dict[str, list[Measure]] = {}
    worst: dict[tuple, list[pd.DataFrame]] = {}
    for case, group, mean in cases(rows):
        if case["start"] != "random" or len(group) < SEEDS or case["k"] < LEAST_K.get(case["algorithm"], 1):
            continue
        where = place(case, f"{len(group)} random starts")
        more = {"code_base": case["implementation"], "evidence": group[EVIDENCE]}
        found.setdefault(f"{case['algorithm']}_over_pam", []).append(
            Measure(mean.value, mean.interval, mean.n, where, **more)
        )
        if case["algorithm"] == "alternating":
            key = tuple(case[name] for name in (*FACET, "implementation"))
            worst.setdefault(key, []).append(group)
    for key, groups in worst.items():
        ratios = pd.concat(groups)
        largest = ratios.loc[[ratios["ratio"].idxmax()], EVIDENCE]
        ks = ", ".join(str(k) for k in sorted(ratios["k"].unique()))
        where = place(dict(zip(FACET, key, strict=False)), f"k = {ks}, {len(ratios)} cases")
        one = Measure.exact(ratios["ratio"].max(), len(ratios), where, code_base=key[-1], evidence=largest)
        found.setdefault("alternating_worst", []).append(one)
    return found


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    table = in_reading_order(summary(rows))
    caption = (
        "How far the final loss is above that of FastPAM1, which stands for PAM as it makes the same swaps, of the "
        "same implementation and from the same start medoids: mean over the starts with its 95 % interval, and the "
        "extremes. Below 0 the result is better than PAM's."
    )
    columns = (
        Column("data", "dataset"),
        Column("n", "n", "integer"),
        Column("metric", "metric"),
        Column("start", "start_title"),
        Column("k", "k", "integer"),
        Column("implementation", "implementation"),
        Column("algorithm", "algorithm_title"),
        Column("starts", "seeds", "integer"),
        Column("loss above PAM's, %", "mean_percent", "ratio", ("low_percent", "high_percent")),
        Column("best, %", "best_percent", "ratio"),
        Column("worst, %", "worst_percent", "ratio"),
        Column("better", "better", "integer"),
        Column("equal", "equal", "integer"),
        Column("poorer", "poorer", "integer"),
    )
    ours = table[table["implementation"] == OURS].reset_index(drop=True)
    libraries = table[table["implementation"] != OURS].reset_index(drop=True)
    return {
        "loss_over_pam": Table(ours, caption, columns, "Nothing was measured together with FastPAM1."),
        "libraries": Table(
            libraries,
            "The same within each library, in its own implementations. " + caption,
            columns,
            "No library has FastPAM1 and another algorithm from given start medoids.",
        ),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw the loss by method, one panel for each k, one line for each dataset.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Figure
    """
    ratios = loss_ratios(rows[(rows["implementation"] == OURS) & (rows["start"] == "random")], PAM)
    if ratios.empty:
        return {}
    names = _labels(ratios)
    ordered = in_reading_order(ratios.assign(label=names))
    panels = {
        f"k = {k}": [
            Spread(str(label), str(algorithm), (100 * (members["ratio"] - 1)).tolist())
            for (label, algorithm), members in group.groupby(["label", "algorithm"], sort=False)
        ]
        for k, group in ordered.groupby("k")
    }
    caption = (
        "Final loss above PAM's, from the same random start medoids. Thin line: all starts; thick line: the middle "
        "half of them; marker: their mean. Left of 0 is better than PAM."
    )
    alt = f"Ranges of the loss above PAM's for {len(set(names))} datasets, one panel for each of {', '.join(panels)}. "
    return {
        "loss_by_method": Figure(
            spreads(panels, "loss above PAM's", 0.1), caption, alt + "The values are in the table of losses."
        )
    }


def _labels(ratios: pd.DataFrame) -> pd.Series:
    """Name datasets, with what tells them apart if one was measured in several sizes or types."""
    several = ratios.drop_duplicates(list(FACET)).groupby("dataset").size()
    full = [f"{d}, n = {n:,}, {dtype}" for d, n, dtype in ratios[["dataset", "n", "dtype"]].to_numpy()]
    many = ratios["dataset"].map(several) > 1
    return ratios["dataset"].astype(object).where(~many, pd.Series(full, index=ratios.index, dtype=object))


def findings(rows: pd.DataFrame) -> list[str]:
    """Say how far each method is from PAM on average, and where it is farthest.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    table = in_reading_order(summary(rows[rows["start"] == "random"]))
    said = []
    for algorithm, group in table[table["implementation"] == OURS].groupby("algorithm", sort=False):
        means, worst = group["mean_percent"], group.sort_values("worst").iloc[-1]
        said.append(
            f"{algorithm_title(str(algorithm))} ended {_signed(means.mean())} from PAM's loss on average, from the "
            f"same random starts (by dataset and k {_signed(means.min())} to {_signed(means.max())}; farthest above in "
            f"one run {_signed(worst['worst_percent'])}, on {place(worst.to_dict())}); better than PAM in "
            f"{group['better'].sum():,}, equal in {group['equal'].sum():,} and poorer in {group['poorer'].sum():,} of "
            f"{group['seeds'].sum():,} runs."
        )
    for implementation, group in table[table["implementation"] != OURS].groupby("implementation"):
        means = group.groupby("algorithm", sort=False)["mean_percent"].mean()
        words = ", ".join(f"{algorithm_title(str(name))} {_signed(mean)}" for name, mean in means.items())
        said.append(f"Within {implementation}, from its own FastPAM1's loss on average: {words}.")
    return said


def _signed(percent: float) -> str:
    """Write "+1.23 %", with as many digits as small differences need."""
    return f"{percent:+.{2 if abs(percent) >= 0.1 or np.isclose(percent, 0) else 4}f} %"

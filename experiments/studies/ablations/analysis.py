"""How many entries of the matrix each idea saves, and what another setting changes, from the same start medoids."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups, interval_columns
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.keys import OURS, PROBLEM
from kmedoids_bench.experiments.studies.ablations import FACTORS, SETTINGS

# What is saved -> the algorithm with this idea. All are compared with PAM, which has neither.
IDEAS = {"eager": "eagerpam", "shared": "fastpam1", "both": "fasterpam"}
ENDS = ("", "_low", "_high")


@dataclass(frozen=True)
class AblationsResult:
    """The result of the study."""

    # A line for each `PROBLEM` and algorithm of `FACTORS`: ``starts``, means of ``passes_over_matrix`` (entries read
    # over n²), ``n_swaps`` and ``loss_percent`` (above PAM's from the same start medoids).
    counts: pd.DataFrame
    # A line for each `PROBLEM`: ``starts``; for each of `IDEAS` the geometric mean of PAM's entries over those with
    # this idea, with its interval; ``together``: ``both`` over the product of the other two.
    savings: pd.DataFrame
    # A line for each `PROBLEM`, algorithm of `SETTINGS` and value of its parameter: ``value``, ``usual`` (the value of
    # the papers), ``starts``; loss above that with the usual value, ``loss_percent``, and entries over its entries,
    # ``entries``: means with their intervals.
    settings: pd.DataFrame


def analyse(rows: pd.DataFrame) -> AblationsResult:
    """Compare our runs block by block."""
    ours = results(rows[(rows["implementation"] == OURS) & (rows["tier"] == "plain")])
    ours = ours.assign(n_lookups=ours["n_lookups"].astype("float64"), setting=ours["setting"].fillna(""))
    ours = ours[(ours["n_lookups"] > 0) & (ours["loss"] > 0)]
    complete = _all_four(ours[ours["algorithm"].isin(FACTORS) & (ours["setting"] == "")])
    return AblationsResult(_counts(complete), _savings(complete), _settings(ours))


def _all_four(runs: pd.DataFrame) -> pd.DataFrame:
    """Keep the blocks in which all of `FACTORS` ended, with ``pam_loss`` and ``pam_lookups``."""
    runs = runs.drop_duplicates(["block", "algorithm"])
    runs = runs[runs.groupby("block")["algorithm"].transform("size") == len(FACTORS)]
    pam = runs[runs["algorithm"] == "pam"].set_index("block")[["loss", "n_lookups"]]
    return runs.join(pam.rename(columns={"loss": "pam_loss", "n_lookups": "pam_lookups"}), on="block")


def _counts(runs: pd.DataFrame) -> pd.DataFrame:
    passes = runs["n_lookups"] / runs["n"].astype("float64") ** 2
    table = runs.assign(passes_over_matrix=passes, loss_percent=100 * (runs["loss"] / runs["pam_loss"] - 1))
    means = {"n_swaps": "mean", "passes_over_matrix": "mean", "loss_percent": "mean", "block": "size"}
    table = table.astype({"n_swaps": "float64"}).groupby([*PROBLEM, "algorithm"]).agg(means).reset_index()
    return table.rename(columns={"block": "starts"}).assign(implementation=OURS)


def _savings(runs: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for here, group in groups(runs, PROBLEM):
        line = here | {"starts": group["block"].nunique()}
        for name, algorithm in IDEAS.items():
            own = group[group["algorithm"] == algorithm]
            saved = (own["pam_lookups"] / own["n_lookups"]).map(np.log)
            line |= _mean(name, saved, bool(own["seed"].notna().any()), np.exp)
        lines.append(line | {"together": line["both"] / (line["eager"] * line["shared"])})
    numbers = [f"{name}{end}" for name in IDEAS for end in ENDS]
    reasons = [f"{name}_why_none" for name in IDEAS]
    return frame_of(lines, [*PROBLEM, "starts", *reasons], [*numbers, "together"])


def _settings(runs: pd.DataFrame) -> pd.DataFrame:
    numbers = [f"{name}{end}" for name in ("loss_percent", "entries") for end in ENDS]
    columns = [*PROBLEM, "algorithm", "value", "usual", "starts", "loss_percent_why_none", "entries_why_none"]
    return frame_of((line for name in SETTINGS for line in _of_algorithm(runs, name)), columns, numbers)


def _of_algorithm(runs: pd.DataFrame, name: str) -> Iterator[dict]:
    """Compare every value of an algorithm's parameter with that of the papers, in the order in which they are tried."""
    parameter, values, usual = SETTINGS[name]
    runs = runs[runs["algorithm"] == name]
    runs = runs.assign(value=runs["setting"].str.removeprefix(f"{parameter}="))
    runs = runs[runs["value"].isin(values)].drop_duplicates(["block", "value"])
    against = runs[runs["value"] == usual].set_index("block")[["loss", "n_lookups"]].add_suffix("_usual")
    runs = runs.join(against, on="block").dropna(subset="loss_usual")
    order = pd.Categorical(runs["value"], categories=list(values), ordered=True)
    for here, group in groups(runs.assign(order_of_values=order), PROBLEM):
        for value, some in group.sort_values("order_of_values").groupby("value", sort=False):
            line = here | {"algorithm": name, "value": value, "usual": usual, "starts": len(some)}
            line |= _mean("loss_percent", 100 * (some["loss"] / some["loss_usual"] - 1), seeded=True)
            yield line | _mean("entries", some["n_lookups"] / some["n_lookups_usual"], seeded=True)


def _mean(name: str, values: pd.Series, seeded: bool, scale=lambda value: value) -> dict:
    """Return the columns of a mean; a start without a seed has one result, which does not vary."""
    mean = Measure.mean_of(values) if seeded else Measure.exact(values.mean(), len(values), "")
    return interval_columns(name, float(scale(mean.value)), mean.interval.mapped(scale))

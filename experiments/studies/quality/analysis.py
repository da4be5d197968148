"""Losses over PAM's, from the same start medoids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import loss_ratios
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import FACET, PLACE

PAM = "fastpam1"  # stands for PAM: the same swaps, hence the same loss
SEEDS = 25  # that a claim needs
LEAST_K = {"alternating": 10}  # the claims are about Alternating from here on
CASE = [*PLACE, "start", "implementation", "algorithm"]
NUMBERS = ["mean", "low", "high", "best", "worst"]
EVIDENCE = ["block", "dataset", "k", "seed", "algorithm", "loss", "baseline_loss", "ratio"]


@dataclass(frozen=True)
class QualityResult:
    """The result of the study."""

    ratios: pd.DataFrame  # as `losses.loss_ratios` returns them, over `PAM`
    # For each `CASE` its lines of `ratios`, one for each seed, and their mean.
    cases: Sequence[tuple[dict, pd.DataFrame, Measure]]
    summary: pd.DataFrame  # as `summary` returns it


def analyse(rows: pd.DataFrame) -> QualityResult:
    """Compare every result with PAM's from the same start medoids and of the same implementation."""
    ratios = loss_ratios(rows, PAM)
    cases = [(case, group, Measure.mean_of(group["ratio"])) for case, group in groups(ratios, CASE)]
    return QualityResult(ratios, cases, summary(cases))


def summary(cases: Sequence[tuple[dict, pd.DataFrame, Measure]]) -> pd.DataFrame:
    """Put every case on a line.

    The columns are `CASE`, ``seeds``, ``mean`` of the ratio with ``low`` and ``high``, ``best``, ``worst``, these
    five minus 1 in percent, and how often the method was ``better``, ``equal`` (to 1e-9) and ``poorer`` than PAM.
    """
    lines = []
    for case, group, mean in cases:
        gap = group["ratio"] - 1
        lines.append(
            case
            | {"seeds": len(group), "mean": mean.value, "low": mean.low, "high": mean.high}
            | {"best": group["ratio"].min(), "worst": group["ratio"].max()}
            | {"better": int((gap < -1e-9).sum()), "equal": int((gap.abs() <= 1e-9).sum())}
            | {"poorer": int((gap > 1e-9).sum())}
        )
    frame = frame_of(lines, [*CASE, "seeds", *NUMBERS, "better", "equal", "poorer"], NUMBERS)
    return frame.assign(**{f"{name}_percent": 100 * (frame[name] - 1) for name in NUMBERS})


def measures(result: QualityResult) -> Mapping[str, list[Measure]]:
    """Compute mean ratios from random starts, for cases with `SEEDS` of them, and the largest ratio of Alternating."""
    measures: dict[str, list[Measure]] = {}
    alternating: dict[tuple, list[pd.DataFrame]] = {}
    for case, group, mean in result.cases:
        algorithm, implementation = case["algorithm"], case["implementation"]
        if case["start"] != "random" or len(group) < SEEDS or case["k"] < LEAST_K.get(algorithm, 1):
            continue
        where = place(case, f"{len(group)} random starts")
        one = Measure(mean.value, mean.interval, mean.n, where, implementation, group[EVIDENCE])
        measures.setdefault(f"{algorithm}_over_pam", []).append(one)
        if algorithm == "alternating":
            alternating.setdefault(tuple(case[name] for name in (*FACET, "implementation")), []).append(group)
    for key, members in alternating.items():
        ratios = pd.concat(members)
        largest = ratios.loc[[ratios["ratio"].idxmax()], EVIDENCE]
        ks = ", ".join(str(k) for k in sorted(ratios["k"].unique()))
        where = place(dict(zip(FACET, key, strict=False)), f"k = {ks}, {len(ratios)} cases")
        one = Measure.exact(ratios["ratio"].max(), len(ratios), where, code_base=key[-1], evidence=largest)
        measures.setdefault("alternating_worst", []).append(one)
    return measures

"""Losses over PAM's, from the same start medoids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups
from kmedoids_bench.experiments.analysis.losses import loss_ratios
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import FACET, PLACE

PAM = "fastpam1"  # stands for PAM: the same swaps, hence the same loss
SEEDS = 25  # that a claim needs
LEAST_K = {"alternating": 10}  # the claims are about Alternating from here on
CASE = [*PLACE, "start", "implementation", "algorithm"]
NUMBERS = ["mean", "low", "high", "best", "worst"]
GAPS = ["gap_percent", "baseline_gap_percent"]
EVIDENCE = ["block", "dataset", "k", "seed", "algorithm", "loss", "baseline_loss", "ratio"]


@dataclass(frozen=True)
class QualityResult:
    """The result of the study."""

    ratios: pd.DataFrame  # as `losses.loss_ratios` returns them, over `PAM`
    # One line for each `CASE`: ``seeds``, ``mean`` of the ratio with ``low`` and ``high``, ``best``, ``worst``, these
    # five minus 1 in percent, and how often the method was ``better``, ``equal`` (to 1e-9) and ``poorer`` than PAM;
    # ``gap_percent``, how far its results are above the optimum at most, on average, and the same of PAM's.
    summary: pd.DataFrame
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> QualityResult:
    """Compare every result with PAM's from the same start medoids and of the same implementation."""
    ratios = loss_ratios(rows, PAM)
    cases = [(case, group, Measure.mean_of(group["ratio"])) for case, group in groups(ratios, CASE)]
    lines = []
    for case, group, mean in cases:
        ratio, gap = group["ratio"], group["ratio"] - 1
        line = {"seeds": len(group), "mean": mean.value, "low": mean.low, "high": mean.high}
        line |= {"best": ratio.min(), "worst": ratio.max(), "better": (gap < -1e-9).sum()}
        line |= {"gap_percent": 100 * group["gap"].mean(), "baseline_gap_percent": 100 * group["baseline_gap"].mean()}
        lines.append(case | line | {"equal": (gap.abs() <= 1e-9).sum(), "poorer": (gap > 1e-9).sum()})
    frame = frame_of(lines, [*CASE, "seeds", *NUMBERS, "better", "equal", "poorer", *GAPS], [*NUMBERS, *GAPS])
    summary = frame.assign(**{f"{name}_percent": 100 * (frame[name] - 1) for name in NUMBERS})
    claimed = [  # what the claims are about
        (case, group, mean)
        for case, group, mean in cases
        if case["start"] == "random" and len(group) >= SEEDS and case["k"] >= LEAST_K.get(case["algorithm"], 1)
    ]
    return QualityResult(ratios, summary, gathered((*_means(claimed), *_largest([group for _, group, _ in claimed]))))


def _means(cases: Iterable[tuple[dict, pd.DataFrame, Measure]]) -> Iterator[tuple[str, Measure]]:
    for case, group, mean in cases:
        where, who = place(case, f"{len(group)} random starts"), case["implementation"]
        yield f"{case['algorithm']}_over_pam", replace(mean, where=where, code_base=who, evidence=group[EVIDENCE])
        gap = "least_gap" if case["algorithm"] == "alternating" else "gap"
        if group[gap].notna().all():
            above = Measure.mean_of(100 * group[gap], where, code_base=who, evidence=group[[*EVIDENCE, gap]])
            yield f"{case['algorithm']}_{gap}", above


def _largest(cases: Sequence[pd.DataFrame]) -> Iterator[tuple[str, Measure]]:
    ratios = pd.concat(cases) if cases else pd.DataFrame(columns=[*CASE])
    for here, group in groups(ratios[ratios["algorithm"] == "alternating"], [*FACET, "implementation"]):
        largest = group.loc[[group["ratio"].idxmax()], EVIDENCE]
        where = place(here, f"k = {', '.join(map(str, sorted(group['k'].unique())))}, {len(group)} cases")
        more = {"code_base": here["implementation"], "evidence": largest}
        yield "alternating_worst", Measure.exact(group["ratio"].max(), len(group), where, **more)

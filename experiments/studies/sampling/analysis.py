"""What CLARA, CLARANS and their faster variants gain: their times, losses and growth with n."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.losses import excess_over_best, results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import (
    OVER_N,
    SUBJECT,
    PairedTimes,
    paired_times,
    slopes,
    times_longer,
)
from kmedoids_bench.experiments.analysis.speedups import Problem, mark_faster_order, problems_of
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import PLACE, PROBLEM
from kmedoids_bench.experiments.rows.reading import from_given_medoids
from kmedoids_bench.experiments.studies.sampling import CLARANS

GAPS = [*PROBLEM, "seed", "block", "implementation", "contender", "loss", "least_gap"]
SMALL, LARGE = "sample_size=40+2k", "sample_size=80+4k"
SIZES = {"": "", SMALL: "40 + 2k", LARGE: "80 + 4k"}
# As the papers have them: CLARA with small samples, the faster ones with large; CLARANS has none.
USUAL = {"clara": SMALL, "fastclara": LARGE, "fastclara2": LARGE, "fasterclara": LARGE}
POINTS = "points"
LEAST_K = {"fastclara_time": 20, "fastclarans_time": 10}
WITH_LARGE_SAMPLES = {"fastclara2_time": "fastclara2", "fasterclara_time": "fasterclara"}
# The times that are compared: words, an algorithm with its setting, and another.
RATIOS = (
    ("CLARA / FastCLARA, 80 + 4k", ("clara", LARGE), ("fastclara", LARGE)),
    ("CLARA / FasterCLARA, 80 + 4k", ("clara", LARGE), ("fasterclara", LARGE)),
    ("CLARA 40 + 2k / FastCLARA 80 + 4k", ("clara", SMALL), ("fastclara", LARGE)),
    ("CLARA 40 + 2k / FasterCLARA 80 + 4k", ("clara", SMALL), ("fasterclara", LARGE)),
    ("CLARANS / FastCLARANS", ("clarans", ""), ("fastclarans", "")),
    ("CLARANS / FasterCLARANS", ("clarans", ""), ("fasterclarans", "")),
)


@dataclass(frozen=True)
class SamplingResult:
    """The result of the study."""

    compared: pd.DataFrame  # as `compared` returns it: time and loss of every contender
    ratios: pd.DataFrame  # as `ratios` returns it: the times of `RATIOS`
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> SamplingResult:
    """Compare the calls that were given a matrix; follow those that were given points over n."""
    points = rows["order"] == POINTS
    matrix = rows[~points]
    on_matrix, on_points = problems_of(matrix), problems_of(rows[points])
    losses = one_loss_each(matrix)
    large = {name: _call(name, LARGE) for name in USUAL}
    small = {name: _call(name, SMALL) for name in USUAL}
    clarans, fastclarans = _call("clarans"), _call("fastclarans")
    many = {name: [problem for problem in on_matrix if problem.key["k"] >= k] for name, k in LEAST_K.items()}
    measures = {
        "fastclara_slope": slopes(paired_times(on_matrix, large["clara"], large["fastclara"]), "k", SUBJECT, least=2),
        "fastclara_loss": loss_ratios(losses, large["fastclara"], large["clara"]),
        "larger_samples_loss": [
            _about(name, one) for name in USUAL for one in loss_ratios(losses, large[name], small[name])
        ],
        **{
            name: each_k(paired_times(many["fastclara_time"], large[fast], small["clara"]))
            for name, fast in WITH_LARGE_SAMPLES.items()
        },
        "edges_per_second_over_k": each_k(paired_times(per_evaluation(matrix), clarans, fastclarans)),
        "fastclarans_loss": loss_ratios(losses, fastclarans, clarans),
        "fastclarans_time": each_k(paired_times(many["fastclarans_time"], fastclarans, clarans)),
        "fasterclara_n_slope": growth(on_points, "fasterclara"),
        "clarans_n_slope": [one for name in ("clarans", "fastclarans") for one in growth(on_points, name)],
        "loss_over_fasterpam": [one for name in (*USUAL, *CLARANS) for one in over_fasterpam(losses, name)],
        "least_gap": [one for name in (*USUAL, *CLARANS) for one in least_gaps(losses, name)],
    }
    return SamplingResult(compared(rows), ratios(on_matrix), measures)


def each_k(paired: Iterable[PairedTimes]) -> list[Measure]:
    """Measure time over the opponent's time in every problem by itself: a mean over k would hide a change of sign."""
    return [one for pair in paired for one in times_longer([pair])]


def _call(algorithm: str, setting: str = "") -> dict:
    return {"algorithm": algorithm, "setting": setting}


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Join time and loss of everybody: of sampling in whole calls, of FasterPAM's swaps from random start medoids.

    The lines are those of `times` in the faster memory order with ``excess_percent`` over the best loss measured,
    ``gap_percent`` above the optimum at most, and ``sample``.
    """
    table = mark_faster_order(times(rows))
    sampled = table["algorithm"].isin([*USUAL, *CLARANS])
    given = from_given_medoids(table) & (table["phase"] == "swap")
    table = table[(sampled | given) & (table["faster_order"].astype(bool) | (table["order"] == POINTS))]
    table = table.merge(excess_over_best(rows)[[*PROBLEM, "contender", "excess", "gap"]], how="left")
    sample = table["setting"].map(SIZES).fillna(table["setting"])
    return table.assign(excess_percent=100 * table["excess"], gap_percent=100 * table["gap"], sample=sample)


def ratios(measured: Sequence[Problem]) -> pd.DataFrame:
    """Pair the times of `RATIOS`, problem by problem: ``what``, and ``times`` with its interval."""
    lines = [
        one.line | one.pairs.ratio.columns() | {"what": what, "times": one.pairs.ratio.estimate}
        for what, *both in RATIOS
        for one in paired_times(measured, *(_call(*call) for call in both))
    ]
    columns = [*PROBLEM, "implementation", "order", "what", "why_none", "n_pairs"]
    return frame_of(lines, columns, ["times", "low", "high"])


def per_evaluation(rows: pd.DataFrame) -> list[Problem]:
    """Split rows into cells, with the time per candidate in place of the time.

    CLARANS counts swaps, a candidate for one medoid each; FastCLARANS counts candidates, each for all k medoids. So
    their ratio is that of the swaps evaluated per second, FastCLARANS over CLARANS, over k.
    """
    counted = rows[rows["algorithm"].isin(CLARANS) & (rows["n_evaluations"] > 0).fillna(False)]
    return problems_of(counted.assign(seconds=counted["seconds"] / counted["n_evaluations"].astype("float64")))


def growth(measured: Sequence[Problem], name: str) -> list[Measure]:
    """Measure the slope of time over n, for each setting, dataset and k that was measured in several sizes."""
    return [
        _about(name, one)
        for setting in ("", LARGE)
        for one in slopes(paired_times(measured, _call(name, setting)), "n", OVER_N)
    ]


def _about(name: str, measure: Measure) -> Measure:
    return replace(measure, where=f"{algorithms()[name].title}, {measure.where}")


def one_loss_each(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one result of each implementation, algorithm, setting and block.

    The lines are those of `results`: sampling as it starts itself, FasterPAM from the start medoids of the block.
    """
    losses = results(rows)
    sampled = losses["algorithm"].isin([*USUAL, *CLARANS])
    given = ~sampled & from_given_medoids(losses)
    losses = losses[sampled | given].assign(setting=losses["setting"].fillna(""))
    keys = ["block", "implementation", "algorithm", "setting"]
    return losses.sort_values(["block", "contender"]).drop_duplicates(keys).reset_index(drop=True)


def loss_ratios(losses: pd.DataFrame, who: Mapping, against: Mapping) -> list[Measure]:
    """Measure the mean ratio of losses in the same blocks, for each k by itself, as `each_k` does."""
    same = ["block", "implementation"]
    upper = _chosen(losses, who)[[*PROBLEM, "seed", *same, "contender", "loss"]]
    lower = _chosen(losses[losses["loss"] > 0], against)[[*same, "contender", "loss"]]
    both = upper.merge(lower, on=same, suffixes=("", "_against"))
    both["ratio"] = both["loss"] / both["loss_against"]
    return [
        Measure.of_sample(group["ratio"], place(here), code_base=here["implementation"], evidence=group)
        for here, group in groups(both, [*PLACE, "implementation"])
    ]


def over_fasterpam(losses: pd.DataFrame, name: str) -> list[Measure]:
    """Measure the mean loss of a sampling algorithm over FasterPAM's, with samples as large as the paper says."""
    return [
        _about(name, one)
        for setting in dict.fromkeys((USUAL.get(name, ""), ""))
        for one in loss_ratios(losses, _call(name, setting), _call("fasterpam"))
    ]


def least_gaps(losses: pd.DataFrame, name: str) -> list[Measure]:
    """Measure how far a sampling algorithm ends above the optimum at least, with samples as large as the paper says."""
    known = _chosen(losses, _call(name, USUAL.get(name, ""))).dropna(subset="least_gap")[GAPS]
    gaps = [(100 * group["least_gap"], group, here) for here, group in groups(known, [*PLACE, "implementation"])]
    return [
        _about(name, Measure.of_sample(gap, place(here), code_base=here["implementation"], evidence=group))
        for gap, group, here in gaps
    ]


def _chosen(losses: pd.DataFrame, fields: Mapping) -> pd.DataFrame:
    return losses[np.logical_and.reduce([losses[name] == value for name, value in fields.items()])]

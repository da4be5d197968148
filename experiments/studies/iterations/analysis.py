"""How many swaps and passes it takes: counters over k, by start and algorithm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups, interval_columns
from kmedoids_bench.experiments.analysis.losses import results
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.rows.keys import OURS, PLACE, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults
from kmedoids_bench.experiments.studies.iterations import STUDY

TOLERANCES = (0.0, 0.5, 1.0)  # of FastPAM2; the last is its default
COUNTS = ("n_swaps", "n_passes", "n_evaluations")
LEAST_K = 10  # the claims are about k from here on
LARGE_K = 100  # ... and some about this one
EVIDENCE = ["block", "dataset", "start", "k", "seed", "algorithm", "setting", *COUNTS, "loss"]


@dataclass(frozen=True)
class IterationsResult:
    """The result of the study."""

    counts: pd.DataFrame  # as `mean_counts` returns it
    tolerances: pd.DataFrame  # as `tolerances` returns it
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> IterationsResult:
    """Compare the counters of our runs: libraries count otherwise, or not at all."""
    ours = (rows["implementation"] == OURS) & (rows["phase"] == "swap") & (rows["tier"] == "plain")
    runs = results(rows[ours & rows["algorithm"].isin(STUDY.algorithms)])
    runs = runs.assign(setting=runs["setting"].fillna("")).astype(dict.fromkeys(COUNTS, "float64"))
    default = runs[at_defaults(runs)]
    compared = tolerances(runs[runs["algorithm"] == "fastpam2"])
    measures = gathered((*_of_steepest_descent(default), *_of_others(default), *_of_tolerances(compared)))
    return IterationsResult(mean_counts(default), compared, measures)


def mean_counts(runs: pd.DataFrame) -> pd.DataFrame:
    """Average the counters over the seeds of a start.

    The columns are `PROBLEM`, ``algorithm``, ``starts``; mean, ``_low``, ``_high`` and ``_why_none`` of `COUNTS`;
    ``per_k`` (passes over k), ``per_n`` (candidates evaluated over n).
    """
    keys = [*PROBLEM, "algorithm"]
    lines = []
    for here, group in groups(runs, keys):
        line = here | {"starts": len(group)}
        for name in COUNTS:
            mean = _over_seeds(group, name)
            line |= interval_columns(name, mean.value, mean.interval)
        lines.append(line)
    numbers = [f"{name}{end}" for name in COUNTS for end in ("", "_low", "_high")]
    reasons = [f"{name}_why_none" for name in COUNTS]
    frame = frame_of(lines, [*keys, "starts", *numbers, *reasons], numbers)
    per_n = frame["n_evaluations"] / frame["n"].astype("float64")
    return frame.assign(per_k=frame["n_passes"] / frame["k"].astype("float64"), per_n=per_n)


def tolerances(runs: pd.DataFrame) -> pd.DataFrame:
    """Compare FastPAM2 at its tolerances, block by block.

    The columns are `PROBLEM`, ``block``, ``seed``, ``tolerance`` (all but the first), ``loss_change`` (loss over that
    with tolerance 0, less 1), ``iterations`` (passes over those with the next lower tolerance).
    """
    settings = {f"tolerance={value}" if value != TOLERANCES[-1] else "": value for value in TOLERANCES}
    runs = runs.assign(tolerance=runs["setting"].map(settings)).dropna(subset=["tolerance"])
    loss, passes = (
        runs.pivot_table(name, [*PROBLEM, "block"], "tolerance", aggfunc="first").reindex(columns=TOLERANCES)
        for name in ("loss", "n_passes")
    )
    change, steps = loss.div(loss[TOLERANCES[0]], axis=0) - 1, passes / passes.shift(axis="columns")
    frames = [
        pd.DataFrame({"tolerance": value, "loss_change": change[value], "iterations": steps[value]})
        for value in TOLERANCES[1:]
    ]
    compared = pd.concat(frames).dropna().reset_index()
    return compared.assign(seed=compared["block"].map(runs.drop_duplicates("block").set_index("block")["seed"]))


def _of_steepest_descent(runs: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Count the iterations of FastPAM1 from random starts, and from BUILD."""
    steepest = runs[(runs["algorithm"] == "fastpam1") & (runs["k"] >= LEAST_K)]
    for here, group in groups(steepest, PLACE):
        random, built = (group[group["start"] == start] for start in ("random", "build"))
        if random.empty:
            continue
        passes, where = random["n_passes"].to_numpy(float), place(here, "start random")
        yield "random_over_k", Measure.of_sample(passes / here["k"], where, evidence=random[EVIDENCE])
        if len(built):
            mean = Measure.mean_of(passes)
            # BUILD has one result: its passes over the mean, and over the ends of the mean's interval.
            few = float(built["n_passes"].iloc[0])
            interval = mean.interval.mapped(lambda end, few=few: few / end)
            where = place(here, "BUILD over random")
            yield "build_over_random", Measure(few / mean.value, interval, mean.n, where, evidence=group[EVIDENCE])


def _of_others(runs: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Compare FastPAM2 and FasterPAM with FastPAM1."""
    for here, group in groups(runs[runs["algorithm"] == "fasterpam"], PROBLEM):
        where = place(here, f"start {title_of(here['start'])}")
        yield "fasterpam_passes", _over_seeds(group, "n_passes", where, evidence=group[EVIDENCE])
    some = runs[(runs["k"] == LARGE_K) & (runs["start"] == "random")]
    for name, algorithm, counter in (
        ("fastpam2_over_fastpam1", "fastpam2", "n_passes"),
        ("fasterpam_over_fastpam1_swaps", "fasterpam", "n_swaps"),
    ):
        wide = some.pivot_table(counter, [*PROBLEM, "block"], "algorithm", aggfunc="first")
        if not {algorithm, "fastpam1"} <= set(wide):
            continue
        wide = wide.dropna(subset=[algorithm, "fastpam1"]).reset_index()
        for here, group in groups(wide[wide["fastpam1"] > 0], PLACE):
            where = place(here, "start random")
            ratios = (group[algorithm] / group["fastpam1"]).to_numpy(float)
            yield name, Measure.of_sample(ratios, where, evidence=group)


def _of_tolerances(compared: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    for here, group in groups(compared, [*PROBLEM, "tolerance"]):
        where = place(here, f"start {title_of(here['start'])}", f"tolerance {here['tolerance']:g}")
        for name, column in (("tolerance_loss_change", "loss_change"), ("tolerance_iterations", "iterations")):
            yield name, _over_seeds(group, column, where, evidence=group)


def _over_seeds(group: pd.DataFrame, column: str, where: str = "", **more: pd.DataFrame) -> Measure:
    """Measure a mean over the seeds; a start without a seed has one result, which does not vary."""
    if group["seed"].isna().all():
        return Measure.exact(group[column].mean(), len(group), where, **more)
    return Measure.mean_of(group[column], where, **more)

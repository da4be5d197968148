"""Medoid silhouettes and times over k, and the numbers of medoids that are chosen, by DynMSC and by other ways.

A way to choose k is an algorithm and a rule. DynMSC chooses by the medoid silhouette itself. Any other algorithm is run
for k = 2, 3, ... and either the largest medoid silhouette decides, or the elbow of the losses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms, names
from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.analysis.elbow import elbow
from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups, interval_columns
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.speedups import mark_faster_order, problems_of, speedups
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.analysis.where_measured import k_range, listed, place, title_of
from kmedoids_bench.experiments.rows.keys import LINE, PLACE, PROBLEM
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids
from kmedoids_bench.experiments.studies.agreement.analysis import (
    IDENTICAL,
    agreement_pairs,
    continuous,
    count_grades,
    same_as,
)
from kmedoids_bench.experiments.studies.swap_time.code_bases import CodeBase, code_bases, counters
from kmedoids_bench.experiments.studies.swap_time.derived_times import NOTE, with_counted

SLOW, FAST, EAGER, LOSS = "pammedsil", "fastmsc", "fastermsc", "fasterpam"
CHOOSE_K = [name for name, record in algorithms().items() if record.chooses_k]
SILHOUETTE, ELBOW = "silhouette", "elbow"  # what decides between the k
LEAST_K, PRINTED_K = 10, 100  # of the claims about speed
STARTS = 10  # random ones that a comparison of results needs
PRINTED_DATA = ("mnist", 10_000)  # for which the authors name silhouettes
# Silhouettes and counters of one algorithm over those of another from the same start.
RATIOS = {
    "fastermsc_over_fastmsc": (EAGER, FAST, "medoid_silhouette", 2),
    "fastermsc_over_fasterpam": (EAGER, LOSS, "medoid_silhouette", 2),
    "fastermsc_passes": (EAGER, FAST, "n_passes", LEAST_K),
}
ONE_START = [*LINE, "seed", "implementation"]
WAY = ["algorithm", "by", "largest_k"]
INTERVAL = [f"silhouette{end}" for end in ("", "_low", "_high")]


@dataclass(frozen=True)
class WhichKResult:
    """The result of the study."""

    # One line for each problem and contender, each in its faster memory order: those of `times`, ``starts``,
    # ``silhouette`` (mean over the starts) with ``_low``, ``_high`` and ``_why_none``; on average, how far the
    # silhouette is ``below`` the largest that anyone reached for this k, and the loss above the lowest,
    # ``excess_percent``. The time of PAMMEDSIL may be counted, as the ``note`` says.
    reached: pd.DataFrame
    speedups: pd.DataFrame  # of FastMSC and FasterMSC over PAMMEDSIL, as `speedups` returns it, with ``over_k2``
    counted: pd.DataFrame  # whole calls of PAMMEDSIL beside counted times, as `derived_times.with_counted` returns it
    agreement: pd.DataFrame  # as `agreement.analysis.count_grades` counts, by pair of contenders
    chosen: pd.DataFrame  # as `choices` returns it
    # One line for each `LINE`, implementation and `WAY`: ``starts``, ``chosen`` (the different k, as a text) and
    # ``mean_k``; the ``known`` number of ``known_of`` ("clusters" or "classes"), and how many starts are ``right``;
    # ``silhouette`` as in `reached`; ``seconds`` of all k together (mean).
    choices: pd.DataFrame
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> WhichKResult:
    """Compare silhouettes, times and choices of k."""
    whole = rows[at_defaults(rows)]
    with_times, counted = with_counted(rows, SLOW, FAST)
    fixed = with_times[~with_times["algorithm"].isin(CHOOSE_K)]
    problems = problems_of(fixed)
    gains = speedups(problems, SLOW)
    gains = gains[gains["algorithm"].isin((FAST, EAGER))].reset_index(drop=True)
    runs = of_one_order(found(whole))
    chosen = choices(runs)
    bases, counts = code_bases(problems), counters(fixed)
    measures = gathered(
        (
            *(("fastmsc_identical", one) for one in _identical(whole)),
            *(named for base in bases for named in _of_times(base, counts)),
            *_of_results(runs),
            *_of_choices(chosen),
        )
    )
    return WhichKResult(
        reached=reached(fixed),
        speedups=gains.assign(over_k2=gains["estimate"].astype("float64") / gains["k"].astype("float64") ** 2),
        counted=counted,
        agreement=_agreement(whole),
        chosen=chosen,
        choices=summary(chosen),
        measures=measures,
    )


def found(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the results that have a medoid silhouette, one of each block and contender.

    ``chosen_k`` is the number of medoids, ``seconds`` the median of the runs.
    """
    done = rows[(rows["status"] == "ok") & rows["medoid_silhouette"].notna() & from_given_medoids(rows)]
    median = done.groupby(["block", "contender"])["seconds"].transform("median")
    once = done.assign(seconds=median).drop_duplicates(["block", "contender"]).reset_index(drop=True)
    return once.assign(chosen_k=once["medoids"].map(len).astype("Int64"))


def of_one_order(runs: pd.DataFrame) -> pd.DataFrame:
    """Keep, of the memory orders of an implementation, which give the same result, the faster one in each block."""
    ordered = runs.sort_values(["block", "seconds", "contender"], kind="stable")
    return ordered.drop_duplicates(["block", "implementation", "algorithm"]).reset_index(drop=True)


def reached(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise results and times of algorithms that are given k, as `WhichKResult.reached` describes it."""
    runs, keys = found(rows), [*PROBLEM, "contender"]
    of_place = runs.groupby(PLACE)
    least = of_place["loss"].transform("min")
    runs = runs.assign(
        below=of_place["medoid_silhouette"].transform("max") - runs["medoid_silhouette"],
        excess_percent=100 * (runs["loss"] / least.where(least > 0) - 1),
    )
    lines = []
    for here, group in groups(runs, keys):
        values = group["medoid_silhouette"]
        seeded = group["seed"].notna().any()  # a start without a seed has one result, which does not vary
        mean = Measure.mean_of(values) if seeded else Measure.exact(values.mean(), len(values), "")
        line = {"starts": len(group), "below": group["below"].mean(), "excess_percent": group["excess_percent"].mean()}
        lines.append(here | line | interval_columns("silhouette", mean.value, mean.interval))
    means = frame_of(lines, [*keys, "starts", "silhouette_why_none"], [*INTERVAL, "below", "excess_percent"])
    table = mark_faster_order(times(rows))
    table = table[table["faster_order"].astype(bool)].merge(means, on=keys, how="left")
    of_contenders, counted = (
        pd.MultiIndex.from_frame(frame[keys]) for frame in (table, rows[rows["counted"].astype(bool)])
    )
    table["note"] = table["note"].mask(of_contenders.isin(counted), NOTE)
    known = table.groupby(PROBLEM)["silhouette"].transform("count") > 0
    return table[known].reset_index(drop=True)


def _agreement(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare the results of all who promise the same one, as `WhichKResult.agreement` describes it."""
    promised = rows[rows["algorithm"].isin(names("silhouette"))].dropna(subset="result_class")
    classes = promised.drop_duplicates("contender")
    pairs = agreement_pairs(promised, dict(zip(classes["contender"], classes["result_class"], strict=True)))
    return count_grades(pairs, ["result", "first", "second"])


def choices(runs: pd.DataFrame) -> pd.DataFrame:
    """Say which k each way chooses, start by start.

    The columns are `ONE_START`, `WAY`, ``chosen_k``, ``silhouette`` of its medoids, ``seconds`` of all k together,
    ``known`` and ``known_of`` as `known` returns them.
    """
    seeded = runs.assign(seed=runs["seed"].fillna(0))
    lines = [
        here | line | dict(zip(("known", "known_of"), known(here["dataset"], here["n"]), strict=True))
        for here, group in groups(seeded, [*ONE_START, "algorithm"])
        for line in _chosen(str(here["algorithm"]), group.sort_values("k"))
    ]
    frame = frame_of(lines, [*ONE_START, *WAY, "chosen_k", "known", "known_of"], ["silhouette", "seconds"])
    return frame.astype({"chosen_k": "Int64", "known": "Int64", "largest_k": "Int64"})


def _chosen(algorithm: str, runs: pd.DataFrame) -> Iterator[dict]:
    """Yield the choices that can be made from the runs of an algorithm from one start, in the order of k."""
    if algorithm in CHOOSE_K:
        lines = runs.rename(columns={"k": "largest_k", "medoid_silhouette": "silhouette"}).assign(by=SILHOUETTE)
        yield from lines[["by", "largest_k", "chosen_k", "silhouette", "seconds"]].to_dict("records")
        return
    tried = runs[runs["k"].to_numpy(int) == np.arange(2, len(runs) + 2)]  # without a gap
    if len(tried) < 3:
        return
    ks, silhouettes = tried["k"].tolist(), tried["medoid_silhouette"].tolist()
    places = {SILHOUETTE: int(np.argmax(silhouettes))}  # of equal ones that with the fewest medoids
    if algorithm == LOSS and (bend := elbow(ks, tried["loss"].tolist())) is not None:
        places[ELBOW] = bend
    for by, at in places.items():
        line = {"by": by, "largest_k": ks[-1], "chosen_k": ks[at], "silhouette": silhouettes[at]}
        yield line | {"seconds": tried["seconds"].sum(skipna=False)}


def known(dataset: str, n: int) -> tuple[int | None, str]:
    """Return the number of clusters or classes of a dataset, and which of the two; none for a part of the objects."""
    record = datasets().get(dataset)
    if record is not None and record.n == n:
        for what in ("clusters", "classes"):
            if what in record.facts:
                return int(record.facts[what]), what
    return None, ""


def summary(chosen: pd.DataFrame) -> pd.DataFrame:
    """Summarise choices over the starts, as `WhichKResult.choices` describes it."""
    keys = [*LINE, "implementation", *WAY]
    lines = []
    for here, group in groups(chosen, keys):
        mean = Measure.mean_of(group["silhouette"])
        number, what = known(here["dataset"], here["n"])
        right = None if number is None else int((group["chosen_k"] == number).sum())
        line = {"starts": len(group), "chosen": listed(group["chosen_k"]), "mean_k": group["chosen_k"].mean()}
        line |= {"known": number, "known_of": what, "right": right, "seconds": group["seconds"].mean()}
        lines.append(here | line | interval_columns("silhouette", mean.value, mean.interval))
    texts = ["starts", "chosen", "known", "known_of", "right", "silhouette_why_none"]
    frame = frame_of(lines, [*keys, *texts], ["mean_k", "seconds", *INTERVAL])
    return frame.astype({"known": "Int64", "right": "Int64"})


def _identical(rows: pd.DataFrame) -> Iterator[Measure]:
    """Count how often FastMSC makes the swaps of PAMMEDSIL and ends with its medoids, where no ties are expected."""
    for line, group in groups(same_as(rows, FAST, SLOW), [*LINE, "implementation"]):
        if continuous(line["dataset"], line["dtype"]):
            same = (group["grade"] == IDENTICAL).groupby(group["block"]).all()
            where = place(line, f"start {title_of(line['start'])}", k_range(group["k"]))
            yield Measure.exact(same.mean(), len(same), where, code_base=line["implementation"], evidence=group)


def _of_times(base: CodeBase, counts: pd.DataFrame) -> Iterator[tuple[str, Measure | None]]:
    """Measure the speed-ups of one code base, and how the time of an iteration grows."""
    gains, eager = base.over_k(FAST, SLOW, LEAST_K), base.over_k(EAGER, FAST, LEAST_K)
    yield "fastmsc_growth", gains.slope()
    yield "fastmsc_at_100", gains.ratio(PRINTED_K)
    for k in eager.pairs:
        yield "fastermsc_gain", eager.ratio(k)
    for algorithm in (FAST, SLOW):
        yield f"{algorithm}_iteration_slope", base.per_count(algorithm, counts, "n_passes", LEAST_K).slope()


def _of_results(runs: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Measure `RATIOS`, each the mean over many random starts."""
    random = runs[runs["start"] == "random"]
    for name, (one, other, column, least_k) in RATIOS.items():
        both = random[random["algorithm"].isin((one, other)) & (random["k"] >= least_k)]
        both = both.astype({column: "float64"})
        wide = both.pivot_table(column, [*PROBLEM, "implementation", "block"], "algorithm", aggfunc="first")
        if not {one, other} <= set(wide):
            continue
        wide = wide[wide[other] > 0].dropna().reset_index()
        for here, group in groups(wide, [*PROBLEM, "implementation"]):
            if len(group) >= STARTS:
                where, who = place(here, f"{len(group)} random starts"), here["implementation"]
                yield name, Measure.mean_of(group[one] / group[other], where, code_base=who, evidence=group)


def _of_choices(chosen: pd.DataFrame) -> Iterator[tuple[str, Measure]]:
    """Measure what DynMSC chooses, and its silhouettes and times beside those of other algorithms for every k."""
    direct = chosen[chosen["algorithm"].isin(CHOOSE_K)]
    for here, group in groups(direct, [*LINE, "implementation", "largest_k"]):
        about = _about(here, group)
        number, what = known(here["dataset"], here["n"])
        if number is not None:
            yield "dynmsc_over_known", Measure.mean_of(group["chosen_k"] / number, **about)
        if what == "clusters":
            yield "dynmsc_right", Measure.exact((group["chosen_k"] == number).mean(), len(group), **about)
        if (here["dataset"], here["n"]) == PRINTED_DATA:
            yield "mnist_dynmsc", Measure.mean_of(group["silhouette"], **about)
            yield "mnist_dynmsc_k", Measure.mean_of(group["chosen_k"], **about)
    for other in (LOSS, EAGER):
        every = chosen[(chosen["algorithm"] == other) & (chosen["by"] == SILHOUETTE)]
        for here, group in groups(every, [*LINE, "implementation", "largest_k"]):
            if (other, here["dataset"], here["n"]) == (LOSS, *PRINTED_DATA):
                yield "mnist_fasterpam", Measure.mean_of(group["silhouette"], **_about(here, group))
        both = direct.merge(every, on=[*ONE_START, "largest_k"], suffixes=("", "_other"))
        for here, group in groups(both, [*LINE, "implementation", "largest_k"]):
            about = _about(here, group)
            yield f"dynmsc_over_{other}", Measure.mean_of(group["silhouette"] / group["silhouette_other"], **about)
            if other == EAGER and group["seconds"].notna().all():
                yield "dynmsc_gain", Measure.mean_of(group["seconds_other"] / group["seconds"], **about)


def _about(here: dict, group: pd.DataFrame) -> dict:
    """Say of a measure where it was made, by whom, and what is behind it."""
    where = place(here | {"k": [2, here["largest_k"]]}, f"start {title_of(here['start'])}")
    return {"where": where, "code_base": here["implementation"], "evidence": group}

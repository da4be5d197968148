"""Times, speed-ups and counters of the swap phase, and the measures that the papers' claims are decided by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.speedups import mark_faster_order, problems_of, speedups
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import CODE_BASE, PROBLEM
from kmedoids_bench.experiments.studies.swap_time.code_bases import BASELINE, CodeBase, code_bases, counters
from kmedoids_bench.experiments.studies.swap_time.costs import costs
from kmedoids_bench.experiments.studies.swap_time.decomposition import decomposition, each_k, smallest
from kmedoids_bench.experiments.studies.swap_time.derived_times import NOTE, swaps_alone, with_counted
from kmedoids_bench.experiments.studies.swap_time.libraries import match_libraries, versus, versus_overall

LEADER = "fasterpam"  # the overview shows a library in the memory order in which this one is faster
LEAST_K = 10  # the claims about slopes are about k from here on
PRINTED = ("plants_texture", 1599)  # the data for which the papers print numbers
# How many times as fast as PAM, at which k: claims 8, 9 and 10.
PRINTED_SPEEDUPS = (("fastpam1", 2, 1.5), ("fastpam2", 100, 200), ("fasterpam", 100, 458), ("fasterpam", 200, 1191))


@dataclass(frozen=True)
class SwapTimeResult:
    """The result of the study."""

    times: pd.DataFrame  # as `times.times` returns it, with ``faster_order``
    speedups: pd.DataFrame  # over PAM, as `speedups.speedups` returns it
    overview: pd.DataFrame  # as `overview` returns it
    versus: pd.DataFrame  # libraries against this project, as `libraries` has them
    versus_overall: pd.DataFrame  # libraries against this project, as `libraries` has them
    counted: pd.DataFrame  # whole calls of PAM beside counted times, as `derived_times.with_counted` returns it
    costs: pd.DataFrame  # as `costs.costs` returns it
    decomposition: pd.DataFrame  # as `decomposition.decomposition` returns it
    measures: Mapping[str, list[Measure]]  # for every code base


def analyse(rows: pd.DataFrame) -> SwapTimeResult:
    """Compare the times of the swap phase, within each implementation and across them."""
    rows, checked = with_counted(swaps_alone(rows))
    problems, counts = problems_of(rows), counters(rows)
    table = mark_faster_order(times(rows))
    keys = [*PROBLEM, "contender"]
    lines, counted = (pd.MultiIndex.from_frame(frame[keys]) for frame in (table, rows[rows["counted"]]))
    table["note"] = table["note"].mask(lines.isin(counted), NOTE)
    gains = speedups(problems, BASELINE)
    matches, bases = match_libraries(problems), code_bases(problems)
    factors = decomposition(bases, counts)
    measures = gathered(
        named
        for base in bases
        for named in (*_of_times(base), *_of_printed(base), *_of_factors(base, factors), *_of_counters(base, counts))
    )
    return SwapTimeResult(
        times=table,
        speedups=gains,
        overview=overview(table, gains),
        versus=versus(matches),
        versus_overall=versus_overall(matches),
        counted=checked,
        costs=costs(bases, counts),
        decomposition=factors,
        measures=measures,
    )


def overview(table: pd.DataFrame, gains: pd.DataFrame) -> pd.DataFrame:
    """Put what one code base needed for all algorithms of a problem on one line: columns ``<algorithm>_<field>``.

    ``n_pairs`` is the smallest of the line's ratios.
    """
    keys = [*PROBLEM, *CODE_BASE]
    fields = ["seconds", "note", "estimate", "low", "high", "why_none", "gain_note"]
    led = table.loc[(table["algorithm"] == LEADER) & table["faster_order"], keys]
    gains = gains.rename(columns={"note": "gain_note"})[[*keys, "algorithm", *fields[2:], "n_pairs"]]
    members = table[[*keys, "algorithm", *fields[:2]]].merge(led, on=keys)
    members = members.merge(gains, on=[*keys, "algorithm"], how="left")
    lines = led.set_index(keys).sort_index()
    lines["n_pairs"] = members[members["algorithm"] != BASELINE].groupby(keys)["n_pairs"].min()
    for algorithm, group in members.groupby("algorithm"):
        lines = lines.join(group.set_index(keys)[fields].add_prefix(f"{algorithm}_"))
    texts = [name for name in map(str, lines) if name.endswith(("_note", "_why_none"))]
    return lines.fillna(dict.fromkeys(texts, "")).reset_index()


def _of_times(base: CodeBase) -> Iterator[tuple[str, Measure | None]]:
    gains = base.over_k("fastpam1")
    yield "fastpam1_slope", gains.slope(LEAST_K)
    yield "fastpam1_at_2", gains.ratio(2)
    yield "fastpam1_smallest_exponent", gains.smallest_exponent()
    for k, measure in gains.each_k():
        if k >= LEAST_K:
            yield "fastpam1_over_k", measure.scaled(1 / k)
    reynolds = base.over_k("reynolds", least=LEAST_K)
    yield "reynolds_slope", reynolds.slope()
    for _, measure in reynolds.each_k():
        yield "reynolds_gain", measure
    for _, measure in base.over_k("fastpam1", "fastpam1a", least=LEAST_K).each_k():
        yield "form_a_over_b", measure


def _of_printed(base: CodeBase) -> Iterator[tuple[str, Measure | None]]:
    """Measure what the papers print for one dataset, of which all objects are needed."""
    if (base.line["dataset"], base.line["n"]) != PRINTED:
        return
    yield "fastpam2_at_100", base.over_k("fastpam2").ratio(100)
    gains = base.over_k("fasterpam")
    yield "fasterpam_at_100", gains.ratio(100)
    yield "fasterpam_at_200", gains.ratio(200)
    yield "fasterpam_growth_100_200", gains.growth(100, 200)


def _of_factors(base: CodeBase, factors: pd.DataFrame) -> Iterator[tuple[str, Measure | None]]:
    """Measure where the speed-up of FasterPAM comes from."""
    eager = factors[(factors["algorithm"] == "fasterpam") & (factors["k"] >= LEAST_K)]
    for measure in each_k(base, eager, "cheaper"):
        yield "cheaper_candidates_over_k", measure
    yield "fewer_candidates", smallest(base, eager, "fewer")


def _of_counters(base: CodeBase, counts: pd.DataFrame) -> Iterator[tuple[str, Measure | None]]:
    """Measure how the time of an iteration and of a candidate grows."""
    yield "pam_iteration_slope", base.per_count("pam", counts, "n_passes", LEAST_K).slope()
    yield "fastpam1_iteration_slope", base.per_count("fastpam1", counts, "n_passes", LEAST_K).slope()
    per_candidate = base.per_count("fasterpam", counts, "n_evaluations", LEAST_K)
    yield "fasterpam_candidate_growth", per_candidate.growth(LEAST_K, 200)

"""How time and memory grow with n and k: FasterPAM, BUILD and LAB."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import VALUES_NEEDED, slope_interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import (
    OVER_N,
    SUBJECT,
    PairedTimes,
    grouped,
    of_logs,
    paired_times,
    slopes,
    times_longer,
)
from kmedoids_bench.experiments.analysis.speedups import Problem, problems_of
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import PROBLEM

FASTERPAM = {"algorithm": "fasterpam", "setting": "", "phase": "swap"}
BUILD, LAB = ({"algorithm": name, "setting": "", "phase": "start"} for name in ("build", "lab"))
MEDOIDS = 10  # of the claims about n
SPREAD_FROM, LAB_FROM = 5_000, 10_000
ABOUT_1600, ABOUT_10000, ABOUT_16000 = (1_500, 1_700), (9_000, 11_000), (15_000, 17_000)
# Memory is taken in pages, and a library's own code takes some when it first runs: less than this says nothing.
LEAST_BYTES = 64 * 1024
# The companion's table: FasterPAM of ELKI on the first n of MNIST, k = 10, nanoseconds over n².
PRINTED = {1_000: 54.1, 5_000: 17.1, 10_000: 17.8, 20_000: 21.5, 30_000: 15.5, 40_000: 19.5, 50_000: 34.9}


@dataclass(frozen=True)
class ScalingResult:
    """The result of the study."""

    times: pd.DataFrame  # as `times_per_n2` returns it
    memory: pd.DataFrame  # as `peaks` returns it
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> ScalingResult:
    """Follow times and memory over n and k; the number of threads, if not 1, is a setting: "2 threads"."""
    several = rows["threads"].fillna(1) != 1
    setting = rows["setting"].fillna("").mask(several, rows["threads"].astype("str") + " threads")
    rows = rows.assign(setting=setting)
    problems = problems_of(rows)
    memory = peaks(rows)
    at_ten = [problem for problem in problems if problem.key["k"] == MEDOIDS]
    large = [problem for problem in at_ten if problem.key["n"] >= LAB_FROM]
    two_threads = paired_times(_within(at_ten, ABOUT_10000), FASTERPAM, FASTERPAM | {"setting": "2 threads"})
    return ScalingResult(
        times_per_n2(problems),
        memory,
        {
            "fasterpam_per_n2_spread": spreads_per_n2(at_ten),
            "build_n_slope": slopes(paired_times(at_ten, BUILD), "n", OVER_N),
            "build_k_slope": slopes(paired_times(problems, BUILD), "k", SUBJECT),
            "lab_n_slope": slopes(paired_times(large, LAB), "n", OVER_N),
            "lab_k_slope": slopes(paired_times(problems, LAB), "k", SUBJECT),
            "build_over_lab_small": times_longer(paired_times(_within(at_ten, ABOUT_1600), BUILD, LAB)),
            "build_over_lab_large": times_longer(paired_times(_within(at_ten, ABOUT_16000), BUILD, LAB)),
            "fasterpam_memory_slope": memory_slopes(memory),
            "fasterpam_bytes_per_object": bytes_per_object(memory),
            "two_threads": times_longer(two_threads),
        },
    )


def measures(result: ScalingResult) -> Mapping[str, list[Measure]]:
    """Return the study's quantities."""
    return result.measures


def times_per_n2(problems: Sequence[Problem]) -> pd.DataFrame:
    """Put the time of every call on a line, each number of threads and library in its faster memory order.

    The columns are `PROBLEM`, ``implementation``, ``algorithm``, ``order``, ``threads``; ``seconds`` with ``low``
    and ``high``; ``per_n2`` with ``low_per_n2`` and ``high_per_n2``, the same in nanoseconds over n², and
    ``why_none``; ``printed`` in the paper; ``runs``, ``seeds``, ``n_passes``.
    """
    settings = sorted({line["setting"] for problem in problems for line in problem.times.values()})
    lines = []
    for call in (FASTERPAM, BUILD, LAB):
        for setting in settings:
            for one in paired_times(problems, call | {"setting": setting}):
                ratio, per = one.pairs.ratio, 1e9 / one.line["n"] ** 2
                seconds = {"seconds": ratio.estimate, "low": ratio.low, "high": ratio.high}
                per_n2 = zip(("per_n2", "low_per_n2", "high_per_n2"), seconds.values(), strict=True)
                lines.append(
                    one.line
                    | seconds
                    | {name: value and value * per for name, value in per_n2}
                    | {"why_none": ratio.why_none, "runs": ratio.n_pairs, "seeds": len(one.blocks)}
                    | {"printed": PRINTED.get(one.line["n"]) if call is FASTERPAM else None}
                    | {"threads": setting.removesuffix(" threads") or "1"}
                )
    numbers = ["seconds", "low", "high", "per_n2", "low_per_n2", "high_per_n2", "n_passes", "printed"]
    columns = [*PROBLEM, "implementation", "algorithm", "order", "threads", "runs", "seeds", "why_none", *numbers]
    return pd.DataFrame(lines, columns=columns).astype(dict.fromkeys(numbers, "float64"))


def spreads_per_n2(problems: Iterable[Problem]) -> list[Measure]:
    """Measure the largest over the smallest time of FasterPAM per n², over several n that differ in nothing else."""
    large = [
        replace(one, pairs=replace(one.pairs, logs=one.pairs.logs - 2 * np.log(one.line["n"])))
        for one in paired_times(problems, FASTERPAM)
        if one.line["n"] >= SPREAD_FROM
    ]
    ordered: list[list[PairedTimes]] = [
        sorted(group, key=lambda one: one.line["n"]) for group in grouped(large, OVER_N).values()
    ]
    return [
        of_logs(group, lambda logs: np.exp(logs.max(axis=0) - logs.min(axis=0))) for group in ordered if len(group) > 1
    ]


def peaks(rows: pd.DataFrame) -> pd.DataFrame:
    """Find the largest memory that a call of FasterPAM took beyond its input.

    It is the largest of all calls of a problem: later ones find memory that earlier ones have left to the process.

    The columns are `OVER_N`, ``n``, ``peak_memory`` (bytes), ``runs``, ``bytes_per_object`` and ``counts`` (bool):
    more than `LEAST_BYTES`.
    """
    swaps = rows[np.logical_and.reduce([rows[name].fillna("") == value for name, value in FASTERPAM.items()])]
    swaps = swaps[(swaps["status"] == "ok") & swaps["peak_memory"].notna()]
    swaps = swaps.astype({"peak_memory": "float64"})
    table = swaps.groupby([*OVER_N, "n"], dropna=False)["peak_memory"].agg(peak_memory="max", runs="size").reset_index()
    return table.assign(
        bytes_per_object=table["peak_memory"] / table["n"].astype("float64"), counts=table["peak_memory"] >= LEAST_BYTES
    )


def memory_slopes(memory: pd.DataFrame) -> list[Measure]:
    """Measure the slope of log(peak memory) over log(n), from sizes at which it counts."""
    slopes = []
    for key, group in memory[memory["counts"]].groupby(OVER_N, dropna=False):
        if len(group) < VALUES_NEEDED:
            continue
        logs = np.log(group["peak_memory"].to_numpy())
        # A peak does not vary as times do: what is uncertain is how far it is from a straight line.
        still = np.repeat(logs[:, None], 1000, axis=1)
        value, interval = slope_interval(group["n"].tolist(), logs.tolist(), still)
        slopes.append(Measure(value, interval, int(group["runs"].sum()), _where(group), str(key[-1]), group))
    return slopes


def bytes_per_object(memory: pd.DataFrame) -> list[Measure]:
    """Measure peak memory over n at the largest n, unless it is too little to be measured."""
    last = memory[(memory["n"] == memory.groupby(OVER_N, dropna=False)["n"].transform("max")) & memory["counts"]]
    return [
        Measure.exact(
            line["bytes_per_object"].item(), line["runs"].item(), _where(line), code_base=str(key[-1]), evidence=line
        )
        for key, line in last.groupby(OVER_N, dropna=False)
    ]


def _within(problems: Iterable[Problem], sizes: tuple[int, int]) -> list[Problem]:
    return [problem for problem in problems if sizes[0] <= problem.key["n"] <= sizes[1]]


def _where(group: pd.DataFrame) -> str:
    return place(group.iloc[0].to_dict() | {"n": group["n"]})

"""How time and memory grow with n and k: FasterPAM, BUILD and LAB."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups
from kmedoids_bench.experiments.analysis.intervals import POINTS_NEEDED, slope_over
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.paired_times import (
    OVER_N,
    SUBJECT,
    of_logs,
    paired_times,
    slopes,
    times_longer,
)
from kmedoids_bench.experiments.analysis.speedups import Problem, problems_of
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import PROBLEM
from kmedoids_bench.experiments.rows.reading import threads_as_settings

FASTERPAM = {"algorithm": "fasterpam", "setting": "", "phase": "swap"}
BUILD, LAB = ({"algorithm": name, "setting": "", "phase": "start"} for name in ("build", "lab"))
MEDOIDS = 10  # of the claims about n
SPREAD_FROM, LAB_FROM = 5_000, 10_000
ABOUT_1600, ABOUT_16000 = (1_500, 1_700), (15_000, 17_000)
# Memory is taken in pages, and a library's own code takes some when it first runs: less than this says nothing.
LEAST_KIBIBYTES = 64
# The companion's table: FasterPAM of ELKI on the first n of MNIST, k = 10, nanoseconds over n².
PRINTED = {1_000: 54.1, 5_000: 17.1, 10_000: 17.8, 20_000: 21.5, 30_000: 15.5, 40_000: 19.5, 50_000: 34.9}


@dataclass(frozen=True)
class ScalingResult:
    """The result of the study."""

    times: pd.DataFrame  # as `times_per_n2` returns it
    memory: pd.DataFrame  # as `peaks` returns it
    measures: Mapping[str, list[Measure]]


def analyse(rows: pd.DataFrame) -> ScalingResult:
    """Follow times and memory over n and k; a number of threads is a setting."""
    rows = threads_as_settings(rows)
    problems = problems_of(rows)
    memory = peaks(rows)
    at_ten = [problem for problem in problems if problem.key["k"] == MEDOIDS]
    large = [problem for problem in at_ten if problem.key["n"] >= LAB_FROM]
    parallel = [problem for problem in at_ten if problem.key["n"] >= SPREAD_FROM]
    two_threads = paired_times(parallel, FASTERPAM, FASTERPAM | {"setting": "2 threads"})
    return ScalingResult(
        times_per_n2(problems),
        memory,
        {
            "fasterpam_per_n2_spread": spreads(at_ten, lambda line: line["n"] ** 2),
            "fasterpam_per_pass_spread": spreads(at_ten, lambda line: line["n_passes"] * line["n"] ** 2),
            "build_n_slope": slopes(paired_times(at_ten, BUILD), "n", OVER_N),
            "build_k_slope": slopes(paired_times(problems, BUILD), "k", SUBJECT),
            "lab_n_slope": slopes(paired_times(large, LAB), "n", OVER_N),
            "lab_k_slope": slopes(paired_times(problems, LAB), "k", SUBJECT),
            "build_over_lab_small": times_longer(paired_times(_within(at_ten, ABOUT_1600), BUILD, LAB)),
            "build_over_lab_large": times_longer(paired_times(_within(at_ten, ABOUT_16000), BUILD, LAB)),
            "fasterpam_memory_slope": list(memory_slopes(memory)),
            "fasterpam_bytes_per_object": list(bytes_per_object(memory)),
            "two_threads": [one for pair in two_threads for one in times_longer([pair])],
        },
    )


def times_per_n2(problems: Sequence[Problem]) -> pd.DataFrame:
    """Put the time of every call on a line, each number of threads and library in its faster memory order.

    ``seconds`` with its interval; ``per_n2``, the same in nanoseconds over n²; what the paper has ``printed``.
    """
    settings = sorted({line["setting"] for problem in problems for line in problem.times.values()})
    lines = []
    for call in (FASTERPAM, BUILD, LAB):
        for setting in settings:
            for one in paired_times(problems, call | {"setting": setting}):
                ratio = one.pairs.ratio
                lines.append(
                    one.line
                    | ratio.columns()
                    | {"seconds": ratio.estimate, "runs": ratio.n_pairs, "seeds": len(one.blocks)}
                    | {"printed": PRINTED.get(one.line["n"]) if call is FASTERPAM else None}
                    | {"threads": setting.removesuffix(" threads") or "1"}
                )
    columns = [*PROBLEM, "implementation", "algorithm", "order", "threads", "runs", "seeds", "why_none"]
    frame = frame_of(lines, columns, ["seconds", "low", "high", "n_passes", "printed"])
    per, per_n2 = 1e9 / frame["n"] ** 2, {"seconds": "per_n2", "low": "low_per_n2", "high": "high_per_n2"}
    return frame.assign(**{name: frame[seconds] * per for seconds, name in per_n2.items()})


def spreads(problems: Iterable[Problem], work: Callable[[dict], float]) -> list[Measure]:
    """Measure the largest over the smallest time of FasterPAM per unit of work, over several n.

    `work` gives the units of a line of times, NaN if they are not known.
    """
    large = [
        replace(one, pairs=replace(one.pairs, logs=one.pairs.logs - np.log(float(work(one.line)))))
        for one in paired_times(problems, FASTERPAM)
        if one.line["n"] >= SPREAD_FROM and pd.notna(work(one.line))
    ]
    of_line = gathered((tuple(one.line[name] for name in OVER_N), one) for one in large)
    return [
        of_logs(sorted(group, key=lambda one: one.line["n"]), lambda logs: np.exp(np.ptp(logs, axis=0)))
        for group in of_line.values()
        if len(group) > 1
    ]


def peaks(rows: pd.DataFrame) -> pd.DataFrame:
    """Find the largest memory, in bytes, that a call of FasterPAM took beyond its input; it ``counts`` if large enough.

    It is the largest of all calls of a problem: later ones find memory that earlier ones have left to the process.
    """
    swaps = rows[(rows[[*FASTERPAM]].fillna("") == pd.Series(FASTERPAM)).all(axis=1) & (rows["status"] == "ok")]
    swaps = swaps.dropna(subset="peak_memory").astype({"peak_memory": "float64"})
    table = swaps.groupby([*OVER_N, "n"])["peak_memory"].agg(peak_memory="max", runs="size").reset_index()
    per_object = table["peak_memory"] / table["n"].astype("float64")
    return table.assign(bytes_per_object=per_object, counts=table["peak_memory"] >= 1024 * LEAST_KIBIBYTES)


def memory_slopes(memory: pd.DataFrame) -> Iterator[Measure]:
    """Measure the slope of log(peak memory) over log(n), from sizes at which it counts."""
    for here, group in groups(memory[memory["counts"]], OVER_N):
        if len(group) < POINTS_NEEDED:
            continue
        # A peak does not vary as times do.
        slope = float(slope_over(group["n"].tolist())(np.log(group["peak_memory"].to_numpy())))
        where, runs = place(here | {"n": group["n"]}), int(group["runs"].sum())
        yield Measure.exact(slope, runs, where, code_base=here["implementation"], evidence=group)


def bytes_per_object(memory: pd.DataFrame) -> Iterator[Measure]:
    """Measure peak memory over n at the largest n, unless it is too little to be measured."""
    last = memory[(memory["n"] == memory.groupby(OVER_N)["n"].transform("max")) & memory["counts"]]
    for here, line in groups(last, [*OVER_N, "n"]):
        value, runs = line["bytes_per_object"].item(), line["runs"].item()
        yield Measure.exact(value, runs, place(here), code_base=here["implementation"], evidence=line)


def _within(problems: Iterable[Problem], sizes: tuple[int, int]) -> list[Problem]:
    return [problem for problem in problems if sizes[0] <= problem.key["n"] <= sizes[1]]

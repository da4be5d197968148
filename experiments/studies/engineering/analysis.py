"""Our tuned kernels against the plain ones, against every library at its best, and against the machine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, counterpart, fastest, matched, problems_of
from kmedoids_bench.experiments.analysis.threads import over_one_thread
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows import reading
from kmedoids_bench.experiments.rows.keys import LINE, OURS, PLACE, PROBLEM, TUNED, YARDSTICK

PLAIN, LIBRARIES = "plain", "fastest library"
ITSELF = [(name, name) for name in ("build", "lab", "alternating")]
# Opponents, and which algorithm of ours is compared with which of theirs.
COMPARISONS = {
    LIBRARIES: [("fasterpam", "fasterpam"), ("pam", "fastpam1"), ("pam", "fasterpam"), *ITSELF],
    PLAIN: [("fasterpam", "fasterpam"), ("pam", "fastpam1"), *ITSELF],
}
COMPARISON = ["algorithm", "against", "opponents"]
RATIO = ["estimate", "low", "high", "n_pairs"]
ONE_PASS = "fasterpam"  # looks at every entry of the matrix once a pass
BUILD_PAM, RANDOM_FASTERPAM = "BUILD + PAM", "random + FasterPAM"


@dataclass(frozen=True)
class EngineeringResult:
    """The result of the study: frames as the functions of the same names return them, threads by `over_one_thread`."""

    # Time of the opponents over that of our tuned kernels, one thread each: one line per problem and `COMPARISON`, with
    # ``seconds`` (of ours, median), ``opponent`` (implementation and memory order), `RATIO`, ``identical`` (whether
    # both return the same medoids from every start).
    against: pd.DataFrame
    over_k: pd.DataFrame
    end_to_end: pd.DataFrame
    threads: pd.DataFrame
    memory: pd.DataFrame
    bandwidth: pd.DataFrame


def analyse(rows: pd.DataFrame) -> EngineeringResult:
    """Compare the tuned kernels with their opponents, with more threads, and with the machine's streaming rate."""
    rows = reading.threads_as_settings(rows)
    # Calls that take start medoids, and starts: a whole call would be compared with a part.
    apart = problems_of(rows[reading.from_given_medoids(rows) & (rows["phase"] != "total")])
    pairs = compared(apart, rows)
    return EngineeringResult(
        frame_of((line for line, _ in pairs), [*PROBLEM, *COMPARISON, "seconds", "opponent", *RATIO, "identical"]),
        over_k(pairs),
        end_to_end(rows),
        over_one_thread(problems_of(rows))[[*PROBLEM, "implementation", "algorithm", "order", "threads", *RATIO]],
        memory(rows),
        bandwidth(apart, rows),
    )


def compared(problems: Iterable[Problem], rows: pd.DataFrame) -> list[tuple[dict, Pairs]]:
    """Pair our tuned kernels with their opponents: a line of `EngineeringResult.against` and the pairs behind it."""
    done = reading.with_medoid_sets(rows).drop_duplicates(["block", "contender"])
    results = done.pivot(index="block", columns="contender", values="medoid_set")
    lines = []
    for problem in problems:
        for opponents, algorithms in COMPARISONS.items():
            for algorithm, against in algorithms:
                ours = counterpart(problem, {"implementation": TUNED, "algorithm": algorithm, "setting": ""})
                other = _fastest(problem, against, opponents)
                if ours is None or other is None:
                    continue
                who = [ours["contender"], other["contender"]]
                if pairs := pair_up(problem.seconds, *who):
                    both = results.reindex(index=problem.blocks, columns=who).dropna()
                    line = {"algorithm": algorithm, "against": against, "opponents": opponents}
                    line |= {"seconds": ours["seconds"], "opponent": f"{other['implementation']} ({other['order']})"}
                    line |= {"identical": bool((both[who[0]] == both[who[1]]).all()) if len(both) else None}
                    lines.append((problem.key | pairs.ratio.columns() | line, pairs))
    return lines


def _fastest(problem: Problem, algorithm: str, opponents: str) -> dict | None:
    """Return the line of the plain kernel, or of the fastest library in its faster memory order."""
    if opponents == PLAIN:
        return counterpart(problem, {"implementation": OURS, "algorithm": algorithm, "setting": ""})
    return fastest(problem, {"tier": "library", "algorithm": algorithm, "setting": ""})


def over_k(compared: Iterable[tuple[dict, Pairs]]) -> pd.DataFrame:
    """Average the ratios over k, geometrically; ``ks``: how many values of k, ``lowest``: the smallest ratio."""
    keys = [*LINE, *COMPARISON]
    lines = []
    for key, members in gathered((tuple(line[name] for name in keys), pairs) for line, pairs in compared).items():
        if mean := geometric_mean(members):
            here = dict(zip(keys, key, strict=True)) | {"ks": len(members)}
            lines.append(here | {"lowest": min(one.ratio.estimate for one in members)} | mean.columns())
    return frame_of(lines, [*keys, "ks", "lowest", *RATIO])


def bandwidth(problems: Sequence[Problem], rows: pd.DataFrame) -> pd.DataFrame:
    """Compare the rate at which FasterPAM reads the matrix with the machine's streaming rate.

    The yardstick reads ``gigabytes_per_second``; ``share``, with its interval, is what evaluations read over what the
    yardstick reads in that time.
    """
    evaluated = rows[rows["n_evaluations"].notna()].drop_duplicates(["block", "contender"])
    evaluated = evaluated.set_index(["block", "contender"])["n_evaluations"].astype("float64")

    def yardstick(line: dict) -> dict | None:
        ours = line["algorithm"] == ONE_PASS and line["implementation"] in (OURS, TUNED)
        return {"implementation": TUNED, "algorithm": YARDSTICK, "setting": line["setting"]} if ours else None

    lines = []
    for problem, line, yard in matched(problems, yardstick):
        name, n = line["contender"], line["n"]
        passes = [evaluated.get((block, name), np.nan) / n for block in problem.blocks]
        pairs = pair_up(problem.seconds, name, yard["contender"])
        if pairs is None or not np.isfinite(passes).all():
            continue
        # The ratio is how often the yardstick reads the matrix meanwhile; the evaluations read it `passes` times.
        mean = float(np.mean(passes))
        ends = pairs.ratio.interval.mapped(lambda end, mean=mean: mean * end)
        speed = np.dtype(line["dtype"]).itemsize * n**2 / yard["seconds"] / 1e9
        share = {"share": mean * pairs.ratio.estimate, "low": ends.low, "high": ends.high}
        lines.append(line | {"gigabytes_per_second": speed, "n_pairs": pairs.ratio.n_pairs} | share)
    columns = [*PROBLEM, "implementation", "setting", "gigabytes_per_second", "n_pairs"]
    return frame_of(lines, columns, ["share", "low", "high"])


def memory(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise the memory that the tuned kernels take beside the matrix, which exists when they are called.

    ``peak_memory`` is in bytes beyond the matrix, the median of all runs: the first call of a process may load machine
    code. ``whole`` is both together over ``matrix_bytes``.
    """
    known = rows["peak_memory"].notna() & (rows["status"] == "ok")
    ours = rows[known & (rows["implementation"] == TUNED) & (rows["algorithm"] != YARDSTICK)]
    ours = ours.assign(threads=ours["threads"].fillna(1), peak_memory=ours["peak_memory"].astype("float64"))
    table = ours.groupby([*PLACE, "algorithm", "threads"])["peak_memory"].agg(peak_memory="median", runs="size")
    table = table.reset_index()
    entry_bytes = table["dtype"].map(lambda dtype: np.dtype(str(dtype)).itemsize).astype("float64")
    table["matrix_bytes"] = entry_bytes * table["n"].astype("float64") ** 2
    return table.assign(whole=1 + table["peak_memory"] / table["matrix_bytes"])


def end_to_end(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare PAM from BUILD, start and swaps together, with FasterPAM from a random start.

    One line for each code base that has such a ``way``, in its faster memory order: ``seconds`` (sum of medians),
    ``loss`` (mean), ``relative`` (time over that of our tuned BUILD + PAM). The two ways start in different blocks, so
    there are no pairs.
    """
    alone = rows[rows["threads"].fillna(1) == 1]
    losses = alone[alone["status"] == "ok"].groupby([*PROBLEM, "contender"])["loss"].mean()
    table = times(alone)
    table = table[reading.at_defaults(table) & reading.from_given_medoids(table) & table["seconds"].notna()]
    lines = []
    for here, group in groups(table, [*PLACE, "implementation", "order"]):
        for way, parts in _ways({(line["start"], line["algorithm"]): line for line in group.to_dict("records")}):
            loss = losses.get(tuple(parts[-1][name] for name in (*PROBLEM, "contender")))
            lines.append(here | {"way": way, "seconds": sum(part["seconds"] for part in parts), "loss": loss})
    ways = frame_of(lines, [*PLACE, "implementation", "order", "way", "seconds", "loss"])
    ways = ways.sort_values("seconds").drop_duplicates([*PLACE, "implementation", "way"])
    unit = ways[(ways["implementation"] == TUNED) & (ways["way"] == BUILD_PAM)][[*PLACE, "seconds"]]
    ways = ways.merge(unit, on=PLACE, suffixes=("", "_unit"))
    ways["relative"] = ways["seconds"] / ways.pop("seconds_unit")
    return ways.sort_values([*PLACE, "seconds"]).reset_index(drop=True)


def _ways(named: dict[tuple[str, str], dict]) -> Iterator[tuple[str, list[dict]]]:
    """Yield the ways to a result that a code base offers, each with the lines of its parts."""
    swaps = [named["build", name] for name in ("pam", "fastpam1") if ("build", name) in named]
    if ("build", "build") in named and swaps:
        yield BUILD_PAM, [named["build", "build"], min(swaps, key=lambda line: line["seconds"])]
    if ("random", "fasterpam") in named:
        yield RANDOM_FASTERPAM, [named["random", "fasterpam"]]

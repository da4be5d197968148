"""Our tuned kernels against the plain ones, against every library at its best, and against the machine."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, problems_of
from kmedoids_bench.experiments.analysis.times import times
from kmedoids_bench.experiments.rows.keys import LINE, OURS, PLACE, PROBLEM, TUNED, YARDSTICK
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids

PLAIN, LIBRARIES = "plain", "fastest library"
RATIO = ["estimate", "low", "high", "n_pairs"]
ONE_PASS = "fasterpam"  # looks at every entry of the matrix once a pass


@dataclass(frozen=True)
class Comparison:
    """A tuned algorithm and the opponents whose time is divided by its own."""

    algorithm: str
    against: str  # an algorithm
    opponents: str  # PLAIN or LIBRARIES


COMPARISONS = (
    Comparison("fasterpam", "fasterpam", LIBRARIES),
    Comparison("pam", "fastpam1", LIBRARIES),
    Comparison("pam", "fasterpam", LIBRARIES),
    Comparison("build", "build", LIBRARIES),
    Comparison("lab", "lab", LIBRARIES),
    Comparison("alternating", "alternating", LIBRARIES),
    Comparison("fasterpam", "fasterpam", PLAIN),
    Comparison("pam", "fastpam1", PLAIN),
    Comparison("build", "build", PLAIN),
    Comparison("lab", "lab", PLAIN),
    Comparison("alternating", "alternating", PLAIN),
)


@dataclass(frozen=True)
class EngineeringResult:
    """The result of the study: frames as the functions of the same names return them."""

    against: pd.DataFrame
    over_k: pd.DataFrame
    end_to_end: pd.DataFrame
    threads: pd.DataFrame
    memory: pd.DataFrame
    bandwidth: pd.DataFrame


def analyse(rows: pd.DataFrame) -> EngineeringResult:
    """Compare the tuned kernels with their opponents, with more threads, and with the machine's streaming rate."""
    problems = split(rows)
    pairs = list(compared(problems))
    return EngineeringResult(
        against(pairs, rows),
        over_k(pairs),
        end_to_end(rows),
        threads(problems),
        memory(rows),
        bandwidth(problems, rows),
    )


# A problem, a comparison, the lines of our kernel and of its opponent in `Problem.times`, and the pairs of their times.
Compared = tuple[Problem, Comparison, dict, dict, Pairs]


def split(rows: pd.DataFrame) -> list[Problem]:
    """Split rows into problems in which every number of threads is a setting of its own."""
    threads = rows["threads"].fillna(1)
    setting = rows["setting"].fillna("").mask(threads != 1, threads.astype("str") + " threads")
    return problems_of(rows.assign(setting=setting))


def compared(measured: Sequence[Problem]) -> Iterator[Compared]:
    """Pair our tuned kernels with their opponents."""
    for problem in measured:
        for comparison in COMPARISONS:
            ours, other = _named(problem, TUNED, comparison.algorithm), _fastest(problem, comparison)
            if ours is not None and other is not None:
                pairs = pair_up(problem.seconds, ours["contender"], other["contender"])
                if pairs is not None:
                    yield problem, comparison, ours, other, pairs


def against(pairs: Sequence[Compared], rows: pd.DataFrame) -> pd.DataFrame:
    """Divide the time of the opponents by that of our tuned kernels, one thread each.

    One line per problem and comparison: `PROBLEM`, the fields of `Comparison`, ``seconds`` (of ours, median),
    ``opponent`` (implementation and memory order), `RATIO`, ``identical`` (whether both return the same medoids
    from every start).
    """
    results = _medoid_sets(rows)
    lines = [
        problem.key
        | asdict(comparison)
        | {"seconds": ours["seconds"], "opponent": f"{other['implementation']} ({other['order']})"}
        | _of(times)
        | {"identical": _identical(results, ours["contender"], other["contender"], problem)}
        for problem, comparison, ours, other, times in pairs
    ]
    fields = ("algorithm", "against", "opponents", "seconds", "opponent")
    return pd.DataFrame(lines, columns=[*PROBLEM, *fields, *RATIO, "identical"])


def threads(measured: Sequence[Problem]) -> pd.DataFrame:
    """Divide the time of one thread by that of several, for every contender that can use them.

    The columns are `PROBLEM`, ``implementation``, ``algorithm``, ``order``, ``threads`` (words), `RATIO`.
    """
    lines = []
    for problem in measured:
        for name, line in problem.times.items():
            if not line["setting"].endswith("threads"):
                continue
            alone = [
                other
                for other, one in problem.times.items()
                if one["setting"] == ""
                and all(one[key] == line[key] for key in ("implementation", "algorithm"))
                and (one["order"], one["phase"]) == (line["order"], line["phase"])
            ]
            pairs = pair_up(problem.seconds, name, alone[0]) if alone else None
            if pairs is not None:
                who = {key: line[key] for key in ("implementation", "algorithm", "order")}
                lines.append(problem.key | who | {"threads": line["setting"]} | _of(pairs))
    return pd.DataFrame(lines, columns=[*PROBLEM, "implementation", "algorithm", "order", "threads", *RATIO])


def bandwidth(measured: Sequence[Problem], rows: pd.DataFrame) -> pd.DataFrame:
    """Compare the rate at which FasterPAM reads the matrix with the machine's streaming rate.

    The columns are `PROBLEM`, ``implementation``, ``setting``, ``gigabytes_per_second`` (of the yardstick),
    ``share`` with ``low`` and ``high`` (entries that evaluations read over those that the yardstick reads in that
    time), ``n_pairs``.
    """
    evaluated = rows[rows["n_evaluations"].notna()].drop_duplicates(["block", "contender"])
    evaluated = evaluated.set_index(["block", "contender"])["n_evaluations"].astype("float64")
    lines = []
    for problem in measured:
        for name, line in problem.times.items():
            yard = _named(problem, TUNED, YARDSTICK, line["setting"])
            if line["algorithm"] != ONE_PASS or line["implementation"] not in (OURS, TUNED) or yard is None:
                continue
            pairs = pair_up(problem.seconds, name, yard["contender"])
            passes = [
                evaluated.get((block, name), np.nan) / problem.key["n"]
                for block in problem.seconds.index.unique("block")
            ]
            if pairs is None or not np.isfinite(passes).all():
                continue
            # The ratio is how often the yardstick reads the matrix meanwhile; the evaluations read it `passes` times.
            found, mean = pairs.ratio, float(np.mean(passes))
            entry_bytes = np.dtype(problem.key["dtype"]).itemsize * problem.key["n"] ** 2
            lines.append(
                problem.key
                | {"implementation": line["implementation"], "setting": line["setting"]}
                | {"gigabytes_per_second": entry_bytes / yard["seconds"] / 1e9}
                | {"share": mean * found.estimate, "n_pairs": found.n_pairs}
                | {end: None if (v := getattr(found, end)) is None else mean * v for end in ("low", "high")}
            )
    columns = ["implementation", "setting", "gigabytes_per_second", "share", "low", "high", "n_pairs"]
    table = pd.DataFrame(lines, columns=[*PROBLEM, *columns])
    return table.astype(dict.fromkeys(("share", "low", "high"), "float64"))


def memory(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise the memory that the tuned kernels take beside the matrix, which exists when they are called.

    The columns are `PLACE`, ``algorithm``, ``threads``, ``matrix_bytes``, ``peak_memory`` (bytes beyond the matrix,
    median of all runs: the first call of a process may load machine code), ``whole`` (both together over the
    matrix), ``runs``.
    """
    known = rows["peak_memory"].notna() & (rows["status"] == "ok")
    ours = rows[known & (rows["implementation"] == TUNED) & (rows["algorithm"] != YARDSTICK)]
    ours = ours.assign(threads=ours["threads"].fillna(1), peak_memory=ours["peak_memory"].astype("float64"))
    keys = [*PLACE, "algorithm", "threads"]
    found = ours.groupby(keys)["peak_memory"].agg(peak_memory="median", runs="size").reset_index()
    entry_bytes = found["dtype"].map(lambda dtype: np.dtype(str(dtype)).itemsize).astype("float64")
    found["matrix_bytes"] = entry_bytes * found["n"].astype("float64") ** 2
    return found.assign(whole=1 + found["peak_memory"] / found["matrix_bytes"])


def end_to_end(rows: pd.DataFrame) -> pd.DataFrame:
    """Compare PAM from BUILD, start and swaps together, with FasterPAM from a random start.

    The columns are `PLACE`, ``implementation``, ``way`` ("BUILD + PAM" or "random + FasterPAM"), ``order``,
    ``seconds`` (sum of medians), ``loss`` (mean), ``relative`` (time over that of our tuned BUILD + PAM). One line
    for each code base that has it, in its faster memory order. The two ways start in different blocks, so there are
    no pairs.
    """
    alone = rows[rows["threads"].fillna(1) == 1]
    losses = alone[alone["status"] == "ok"].groupby([*PROBLEM, "contender"])["loss"].mean()
    lines = []
    table = times(alone)
    table = table[at_defaults(table) & from_given_medoids(table) & table["seconds"].notna()]
    for key, group in table.groupby([*PLACE, "implementation", "order"]):
        named = {(line["start"], line["algorithm"]): line for line in group.to_dict("records")}
        for way, parts in _ways(named).items():
            last = parts[-1]
            lines.append(
                dict(zip([*PLACE, "implementation", "order"], key, strict=True))
                | {"way": way, "seconds": sum(part["seconds"] for part in parts)}
                | {"loss": losses.get((*(last[name] for name in PROBLEM), last["contender"]))}
            )
    found = pd.DataFrame(lines, columns=[*PLACE, "implementation", "order", "way", "seconds", "loss"])
    found = found.sort_values("seconds").drop_duplicates([*PLACE, "implementation", "way"])
    unit = found[(found["implementation"] == TUNED) & (found["way"] == BUILD_PAM)][[*PLACE, "seconds"]]
    found = found.merge(unit.rename(columns={"seconds": "unit"}), on=PLACE)
    found["relative"] = found["seconds"] / found["unit"]
    return found.drop(columns="unit").sort_values([*PLACE, "seconds"]).reset_index(drop=True)


BUILD_PAM, RANDOM_FASTERPAM = "BUILD + PAM", "random + FasterPAM"


def _ways(named: dict[tuple[str, str], dict]) -> dict[str, list[dict]]:
    """Return the ways to a result that a code base offers, each with the lines of its parts."""
    found = {}
    swaps = [named[key] for key in (("build", "pam"), ("build", "fastpam1")) if key in named]
    start = named.get(("build", "build"))
    if start is not None and swaps:
        found[BUILD_PAM] = [start, min(swaps, key=lambda line: line["seconds"])]
    if ("random", "fasterpam") in named:
        found[RANDOM_FASTERPAM] = [named["random", "fasterpam"]]
    return found


def over_k(pairs: Sequence[Compared]) -> pd.DataFrame:
    """Average the ratios of `against` over k, geometrically.

    The columns are `LINE`, the fields of `Comparison`, ``ks`` (how many values of k), ``lowest`` (smallest ratio),
    `RATIO`.
    """
    groups: dict[tuple, list[Pairs]] = {}
    for problem, comparison, _, _, paired in pairs:
        groups.setdefault((*(problem.key[name] for name in LINE), *astuple(comparison)), []).append(paired)
    lines = []
    for key, members in groups.items():
        mean = geometric_mean(members)
        if mean is not None:
            lines.append(
                dict(zip([*LINE, "algorithm", "against", "opponents"], key, strict=True))
                | {"ks": len(members), "lowest": min(one.median for one in members)}
                | {name: getattr(mean, name) for name in RATIO}
            )
    return pd.DataFrame(lines, columns=[*LINE, "algorithm", "against", "opponents", "ks", "lowest", *RATIO])


def _of(pairs: Pairs) -> dict:
    found = pairs.ratio
    return {name: getattr(found, name) for name in RATIO}


def _named(problem: Problem, implementation: str, algorithm: str, setting: str = "") -> dict | None:
    """Return the line of a contender that takes start medoids, or of a start."""
    for line in problem.times.values():
        if (
            (line["implementation"], line["algorithm"], line["setting"]) == (implementation, algorithm, setting)
            and line["own_start"] == ""
            and line["phase"] != "total"
        ):
            return line
    return None


def _fastest(problem: Problem, comparison: Comparison) -> dict | None:
    """Return the line of the plain kernel, or of the fastest library in its faster memory order."""
    if comparison.opponents == PLAIN:
        return _named(problem, OURS, comparison.against)
    lines = [
        line
        for line in problem.times.values()
        if line["implementation"] not in (OURS, TUNED)
        and (line["algorithm"], line["setting"], line["own_start"]) == (comparison.against, "", "")
        and line["phase"] != "total"
        and pd.notna(line["seconds"])
    ]
    return min(lines, key=lambda line: line["seconds"], default=None)


def _medoid_sets(rows: pd.DataFrame) -> pd.Series:
    done = rows[(rows["status"] == "ok") & rows["medoids"].notna()].drop_duplicates(["block", "contender"])
    return done.set_index(["block", "contender"])["medoids"].map(frozenset)


def _identical(results: pd.Series, one: str, other: str, problem: Problem) -> bool | None:
    blocks = problem.seconds.index.unique("block")
    both = [(results.get((block, one)), results.get((block, other))) for block in blocks]
    known = [(mine, theirs) for mine, theirs in both if mine is not None and theirs is not None]
    return all(mine == theirs for mine, theirs in known) if known else None

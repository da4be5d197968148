"""Our algorithms on a card against those on the processor, and against the card itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, groups
from kmedoids_bench.experiments.analysis.ratios import pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, counterpart, has, matched, problems_of
from kmedoids_bench.experiments.analysis.times import failures, times
from kmedoids_bench.experiments.rows import reading
from kmedoids_bench.experiments.rows.keys import CARD_RATE, CERTIFICATE, GPU, PROBLEM, TUNED, YARDSTICK

FIXED_BYTES = 4  # of an entry on the card, whatever the matrix holds
IN_LIBRARIES = {"build": "build", "pam": "fastpam1", "fasterpam": "fasterpam"}  # what makes the same swaps there
RATIO = ["estimate", "low", "high", "n_pairs"]
ON_CARD = {"implementation": GPU, "algorithm": YARDSTICK}


@dataclass(frozen=True)
class GpuResult:
    """The result of the study: frames as the functions of the same names return them."""

    against: pd.DataFrame
    bandwidth: pd.DataFrame
    certificates: pd.DataFrame
    from_points: pd.DataFrame
    absent: pd.DataFrame


def analyse(rows: pd.DataFrame) -> GpuResult:
    """Compare what ran on the card with what ran beside it; say why the rest did not run."""
    rows = reading.threads_as_settings(rows)
    apart = problems_of(rows[reading.from_given_medoids(rows)])
    on_card = rows[rows["implementation"] == GPU]
    return GpuResult(
        against(apart, rows),
        bandwidth(apart, rate_of_card(on_card)),
        certificates(apart, rows),
        from_points(on_card),
        failures(on_card),
    )


def against(problems: Sequence[Problem], rows: pd.DataFrame) -> pd.DataFrame:
    """Pair each algorithm on the card with the tuned one and with the fastest library, for each number of threads.

    Columns: `PROBLEM`, ``algorithm``, ``seconds`` (on the card, median), ``opponent`` (implementation and memory
    order), ``threads`` ("" for one), ``opponent_seconds``, `RATIO`, ``identical`` (whether the medoids are the same
    from every start).
    """
    done = reading.with_medoid_sets(rows).drop_duplicates(["block", "contender"])
    results = done.pivot(index="block", columns="contender", values="medoid_set")
    lines = []
    for problem in problems:
        for algorithm, in_library in IN_LIBRARIES.items():
            ours = counterpart(problem, {"implementation": GPU, "algorithm": algorithm})
            if ours is None:
                continue
            for other in _opponents(problem, algorithm, in_library):
                who = [ours["contender"], other["contender"]]
                if pairs := pair_up(problem.seconds, *who):
                    both = results.reindex(index=problem.blocks, columns=who).dropna()
                    line = {"algorithm": algorithm, "seconds": ours["seconds"], "threads": other["setting"]}
                    line |= {"opponent": f"{other['implementation']} ({other['order']})"}
                    line |= {"opponent_seconds": other["seconds"]}
                    line |= {"identical": bool((both[who[0]] == both[who[1]]).all()) if len(both) else None}
                    lines.append(problem.key | pairs.ratio.columns() | line)
    columns = [*PROBLEM, "algorithm", "seconds", "opponent", "threads", "opponent_seconds", *RATIO, "identical"]
    return frame_of(lines, columns)


def _opponents(problem: Problem, algorithm: str, in_library: str) -> Iterator[dict]:
    """Yield, for each number of threads, the lines of the tuned algorithm and of the fastest library."""
    for kind in ({"implementation": TUNED, "algorithm": algorithm}, {"tier": "library", "algorithm": in_library}):
        lines = [line for line in problem.times.values() if has(line, kind) and pd.notna(line["seconds"])]
        for threads in sorted({line["setting"] for line in lines}):
            yield min((line for line in lines if line["setting"] == threads), key=lambda line: line["seconds"])


def rate_of_card(on_card: pd.DataFrame) -> float:
    """Return how many gigabytes a second the card's memory moves by its clock; NaN if no row says so."""
    rates = [float(versions[CARD_RATE]) for versions in on_card["versions"].dropna() if CARD_RATE in versions]
    return max(rates, default=np.nan)


def bandwidth(problems: Sequence[Problem], rate_of_card: float) -> pd.DataFrame:
    """Compare the calls on the card with its yardstick, which reads the matrix once.

    ``gigabytes_per_second`` is the rate of the yardstick, ``of_card_percent`` its share of the rate by the card's
    clock; ``estimate`` is how often it reads the matrix in the time of a call, with its interval.
    """
    lines = []
    for problem, line, yard in matched(problems, lambda line: ON_CARD if is_search(line) else None):
        if pairs := pair_up(problem.seconds, yard["contender"], line["contender"]):
            rate = FIXED_BYTES * line["n"] ** 2 / yard["seconds"] / 1e9
            share = {"of_card_percent": 100 * rate / rate_of_card}
            lines.append(line | {"gigabytes_per_second": rate} | share | pairs.ratio.columns())
    columns = [*PROBLEM, "algorithm", "seconds", "gigabytes_per_second", *RATIO]
    return frame_of(lines, columns, ["of_card_percent"])


def is_search(line: dict) -> bool:
    """Whether a line of `times` is of a call on the card that ends when it has its result, not when its time is up."""
    return line["implementation"] == GPU and line["algorithm"] != CERTIFICATE


def certificates(problems: Sequence[Problem], rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise the certificates, which run for the same time, on the card and beside it.

    Columns: `PROBLEM`, ``implementation``, ``threads`` ("" for one), and medians over the runs of ``seconds``,
    ``steps``, ``step_seconds``, ``readings`` (how often the card's yardstick reads the matrix in the time of a step on
    it) and ``gap_percent``: how far the least loss from these start medoids is above the bound.
    """
    done = rows[(rows["status"] == "ok") & rows["loss"].notna()]
    done = done.assign(least=done.groupby("block")["loss"].transform("min"))
    own = done[(done["algorithm"] == CERTIFICATE) & (done["lower_bound"] > 0) & done["seconds"].notna()]
    gap = 100 * (own["least"] / own["lower_bound"] - 1).clip(lower=0.0)
    steps = own["n_passes"].astype("float64")
    own = own.assign(threads=own["setting"], steps=steps, step_seconds=own["seconds"] / steps, gap_percent=gap)
    yards = {
        tuple(problem.key.values()): line["seconds"]
        for problem in problems
        if (line := counterpart(problem, ON_CARD)) is not None
    }
    numbers, lines = ["seconds", "steps", "step_seconds", "gap_percent"], []
    for here, group in groups(own, [*PROBLEM, "implementation", "threads"]):
        line = here | group[numbers].median().to_dict()
        if here["implementation"] == GPU and (yard := yards.get(tuple(here[name] for name in PROBLEM))):
            line["readings"] = line["step_seconds"] / yard
        lines.append(line)
    return frame_of(lines, [*PROBLEM, "implementation", "threads"], [*numbers, "readings"])


def from_points(on_card: pd.DataFrame) -> pd.DataFrame:
    """Return the times of the calls that begin with points: `PROBLEM`, ``algorithm``, ``seconds``, ``runs``."""
    table = times(on_card[on_card["order"] == "points"])
    return table[table["seconds"].notna()][[*PROBLEM, "algorithm", "seconds", "runs"]]

"""What further threads bring: the time of one thread over that of several, for the same contender."""

from collections.abc import Iterable

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.ratios import RATIO, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, matched
from kmedoids_bench.experiments.rows.keys import PROBLEM

SAME = ("implementation", "algorithm", "order", "phase")


def number_of(setting: str) -> int:
    """Return the number of threads of a setting, as `threads_as_settings` writes it.

    >>> number_of("16 threads"), number_of("")
    (16, 1)
    """
    return int(setting.removesuffix(" threads")) if setting.endswith(" threads") else 1


def over_one_thread(problems: Iterable[Problem]) -> pd.DataFrame:
    """Divide the time of one thread by that of several, for every contender that can use them.

    Columns: `PROBLEM`, `SAME`, ``threads`` ("2 threads"), ``number`` (2), ``seconds`` and ``seconds_alone`` (of one
    thread), medians, ``faster_order`` (whether one thread is faster in this memory order), `RATIO`.
    """

    def alone(line: dict) -> dict | None:
        several = number_of(line["setting"]) > 1
        return {name: line[name] for name in SAME} | {"setting": ""} if several else None

    lines = [
        line
        | {"threads": line["setting"], "number": number_of(line["setting"])}
        | {"seconds_alone": one["seconds"], "faster_order": one["faster_order"]}
        | pairs.ratio.columns()
        for problem, line, one in matched(problems, alone)
        if (pairs := pair_up(problem.seconds, line["contender"], one["contender"]))
    ]
    columns = [*PROBLEM, *SAME, "threads", "number", "faster_order", "why_none", "n_pairs", "n_runs"]
    return frame_of(lines, columns, ["seconds", "seconds_alone", *(name for name in RATIO if name not in columns)])

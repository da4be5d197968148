"""What each further thread brings, and who is faster with as many."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.analysis.ratios import RATIO, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem, fastest, problems_of
from kmedoids_bench.experiments.analysis.threads import number_of, over_one_thread
from kmedoids_bench.experiments.rows import reading
from kmedoids_bench.experiments.rows.keys import PROBLEM, TUNED, YARDSTICK

OPPONENT = {"tier": "library", "algorithm": "fasterpam"}


@dataclass(frozen=True)
class ThreadsResult:
    """The result of the study."""

    gains: pd.DataFrame  # as `over_one_thread` returns it, with ``per_thread``
    against: pd.DataFrame  # as the function of the same name returns it


def analyse(rows: pd.DataFrame) -> ThreadsResult:
    """Compare several threads with one, and our tuned algorithms with the library's FasterPAM."""
    problems = problems_of(reading.threads_as_settings(rows))
    gains, both = (
        frame.sort_values("number", kind="stable") for frame in (over_one_thread(problems), against(problems))
    )
    return ThreadsResult(gains.assign(per_thread=gains["estimate"] / gains["number"]), both)


def against(problems: Iterable[Problem]) -> pd.DataFrame:
    """Divide the time of the library's FasterPAM by that of each tuned algorithm with as many threads.

    Columns: `PROBLEM`, ``algorithm``, ``number`` of threads, ``opponent`` (implementation and memory order),
    ``seconds`` and ``opponent_seconds``, medians, `RATIO`.
    """
    lines = []
    for problem in problems:
        for line in problem.times.values():
            if line["implementation"] != TUNED or line["algorithm"] == YARDSTICK:
                continue
            other = fastest(problem, OPPONENT | {"setting": line["setting"]})
            if other and (pairs := pair_up(problem.seconds, line["contender"], other["contender"])):
                opponent = {"opponent": f"{other['implementation']} ({other['order']})"}
                opponent |= {"opponent_seconds": other["seconds"], "number": number_of(line["setting"])}
                lines.append(line | opponent | pairs.ratio.columns())
    columns = [*PROBLEM, "algorithm", "number", "opponent", "why_none", "n_pairs", "n_runs"]
    return frame_of(lines, columns, ["seconds", "opponent_seconds", *(name for name in RATIO if name not in columns)])

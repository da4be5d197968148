"""What the innermost loop of each algorithm costs, in nanoseconds for each object that it visits.

PAM, Reynolds' variant and EagerPAM visit all objects for each swap of a slot with a candidate. The FastPAM family
visits them once for each candidate. Two programs that make the same swaps make the same number of visits.
"""

from collections.abc import Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of
from kmedoids_bench.experiments.rows.keys import PROBLEM
from kmedoids_bench.experiments.studies.swap_time.code_bases import CodeBase, per_count

VISITS = {
    **dict.fromkeys(("pam", "reynolds", "eagerpam"), "slot, candidate, object"),
    **dict.fromkeys(("fastpam1", "fastpam1a", "fastpam2", "fasterpam"), "candidate, object"),
}
NANOSECONDS = 1e9


def costs(bases: Sequence[CodeBase], counts: pd.DataFrame) -> pd.DataFrame:
    """Divide median times by the number of visits.

    `counts` are those of `code_bases.counters`. One line for each problem and algorithm: `PROBLEM`, ``algorithm``,
    ``visit``, and a column of nanoseconds for each implementation, missing where the visits are not known.
    """
    lines = {}
    for base in bases if len(counts) else ():
        for (k, algorithm), contender in base.names.items():
            seconds = base.problems[k].seconds
            if algorithm not in VISITS or contender not in seconds:
                continue
            seconds = per_count(seconds, counts, "n_evaluations")[contender].median()
            slots = k if "slot" in VISITS[algorithm] else 1
            key = (*base.line.values(), k, algorithm)
            line = lines.setdefault(key, dict(zip(PROBLEM, key, strict=False)) | {"algorithm": algorithm})
            line |= {"visit": VISITS[algorithm], base.implementation: seconds * NANOSECONDS / base.line["n"] / slots}
    names = dict.fromkeys(base.implementation for base in bases)
    return frame_of(lines.values(), [*PROBLEM, "algorithm", "visit"], [*names]).dropna(subset=[*names], how="all")

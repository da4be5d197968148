"""Where a speed-up comes from: cheaper candidates, or fewer of them.

time of PAM / time of X = (time per candidate of PAM / that of X) x (candidates of PAM / those of X)
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.code_bases import PAM_TWIN, CodeBase, blocks_of, per_count
from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import pair_up
from kmedoids_bench.experiments.rows.keys import FACET

FACTORS = ("speedup", "cheaper", "fewer")
ENDS = ("", "_low", "_high")
COLUMNS = (*FACET, "start", "k", "implementation", "order", "phase", "algorithm", "n_pairs", "starts")
NUMBERS = tuple(f"{factor}{end}" for factor in FACTORS for end in ENDS)


def decomposition(
    bases: Sequence[CodeBase], counted: pd.DataFrame, algorithms: Collection[str], baseline: str
) -> pd.DataFrame:
    """Split speed-ups over the baseline into their two factors.

    Parameters
    ----------
    bases : sequence of CodeBase
    counted : DataFrame
        As `code_bases.counters` returns it.
    algorithms : collection of str
        Those whose speed-ups are split.
    baseline : str

    Returns
    -------
    DataFrame
        `COLUMNS` and `NUMBERS` (each factor with its 95 % interval); ``block``. Only blocks count in which both
        have counters. Where the baseline was not timed ``fewer`` stands alone.
    """
    lines = []
    for base in bases:
        for (k, algorithm), fast in base.names.items():
            slow = base.names.get((k, baseline))
            if algorithm not in algorithms or slow is None:
                continue
            gone = _candidates(base, k, slow, counted) / _candidates(base, k, fast, counted)
            if (gone := gone.dropna()).empty:
                continue
            lines.append(
                base.facet
                | {"k": k, "implementation": base.implementation, "order": base.order, "phase": base.phase}
                | {"algorithm": algorithm, "starts": len(gone), "block": " ".join(gone.index)}
                | _times(base, k, fast, slow, counted, list(gone.index))
                | _factor("fewer", _fewer(gone))
            )
    frame = pd.DataFrame(lines, columns=[*COLUMNS, *NUMBERS, "block"])
    return frame.astype(dict.fromkeys(NUMBERS, "float64") | {"n_pairs": "Int64"})


def _candidates(base: CodeBase, k: int, contender: str, counted: pd.DataFrame) -> pd.Series:
    """Candidates that a contender evaluated, by block; for a PAM that was cut those of FastPAM1."""
    wide = counted["n_evaluations"].reindex(index=blocks_of(base.cells[k])) if len(counted) else pd.DataFrame()
    missing = pd.Series(np.nan, index=wide.index)
    found = wide.get(contender, missing)
    if contender == base.names.get((k, "pam")):
        found = found.fillna(wide.get(base.names.get((k, PAM_TWIN)), missing))
    return found


def _times(
    base: CodeBase, k: int, fast: str, slow: str, counted: pd.DataFrame, blocks: list[str]
) -> dict[str, float | None]:
    """Speed-up and time per candidate, in the blocks where both have counters."""
    seconds = base.cells[k].seconds.loc[blocks]
    pairs = pair_up(seconds, fast, slow)
    each = pair_up(per_count(seconds, counted, "n_evaluations"), fast, slow)
    if pairs is None or each is None:
        return {"n_pairs": 0}
    speedup, cheaper = pairs.ratio, each.ratio
    return (
        {"n_pairs": speedup.n_pairs}
        | _factor("speedup", (speedup.estimate, speedup.low, speedup.high))
        | _factor("cheaper", (cheaper.estimate, cheaper.low, cheaper.high))
    )


def _fewer(gone: pd.Series) -> tuple[float, float | None, float | None]:
    """Geometric mean over the starts, with its interval; counters of one start do not vary."""
    if len(gone) == 1:
        only = float(gone.iloc[0])
        return only, only, only
    found = Measure.mean_of(np.log(gone))
    interval = found.interval.mapped(np.exp)
    return float(np.exp(found.value)), interval.low, interval.high


def _factor(name: str, values: Sequence[float | None]) -> dict[str, float | None]:
    return {f"{name}{end}": value for end, value in zip(ENDS, values, strict=True)}


def smallest(base: CodeBase, lines: pd.DataFrame, factor: str, *more: str) -> Measure | None:
    """Make a measure of the smallest value of a factor over k; None if there is none."""
    found = lines.dropna(subset=[factor])
    if found.empty:
        return None
    least = found.sort_values([factor, "k"]).iloc[0]
    low, high = (None if pd.isna(least[f"{factor}{end}"]) else float(least[f"{factor}{end}"]) for end in ENDS[1:])
    where = base.where(found["k"], f"smallest at k = {least['k']}", *more)
    n = int(least["starts"] if factor == "fewer" else least["n_pairs"])
    return Measure(float(least[factor]), Interval(low, high), n, where, base.implementation, found)


def of_base(lines: pd.DataFrame, base: CodeBase) -> pd.DataFrame:
    """Keep the lines of one code base."""
    wanted = base.facet | {"implementation": base.implementation, "phase": base.phase}
    keep = np.logical_and.reduce([lines[name] == value for name, value in wanted.items()])
    return lines[keep]

"""Where a speed-up over PAM comes from: cheaper candidates, or fewer of them.

time of PAM / time of X = (time per candidate of PAM / that of X) x (candidates of PAM / those of X)
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, interval_columns
from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import pair_up
from kmedoids_bench.experiments.rows.keys import LINE
from kmedoids_bench.experiments.studies.swap_time.code_bases import BASELINE, BASELINE_TWIN, CodeBase, per_count

SPLIT = ("fastpam2", "fasterpam")  # make other swaps than PAM, and evaluate fewer candidates
FACTORS = {"speedup": "speed-up over PAM", "cheaper": "cheaper candidates", "fewer": "fewer candidates"}


def decomposition(bases: Sequence[CodeBase], counts: pd.DataFrame) -> pd.DataFrame:
    """Split the speed-ups of the algorithms in `SPLIT` into their two factors, each with its interval.

    `counts` are those of `code_bases.counters`. Only blocks count in which both algorithms have counters. Where the
    baseline was not timed ``fewer`` stands alone.
    """
    lines = []
    for base in bases:
        for (k, algorithm), fast in base.names.items():
            slow = base.names.get((k, BASELINE))
            if algorithm not in SPLIT or slow is None:
                continue
            fewer = (_candidates(base, k, slow, counts) / _candidates(base, k, fast, counts)).dropna()
            if fewer.empty:
                continue
            seconds = base.problems[k].seconds
            seconds = seconds[seconds.index.isin(fewer.index, level="block")]
            pairs = pair_up(seconds, fast, slow)
            each = pair_up(per_count(seconds, counts, "n_evaluations"), fast, slow)
            line = {"k": k, "implementation": base.implementation, "order": base.order, "phase": base.phase}
            line |= {"algorithm": algorithm, "starts": len(fewer), "block": " ".join(fewer.index), "n_pairs": 0}
            if pairs and each:
                line |= {"n_pairs": pairs.ratio.n_pairs}
                line |= interval_columns("speedup", pairs.ratio.estimate, pairs.ratio.interval)
                line |= interval_columns("cheaper", each.ratio.estimate, each.ratio.interval)
            lines.append(base.line | line | interval_columns("fewer", *_mean(fewer)))
    columns = [*LINE, "k", "implementation", "order", "phase", "algorithm", "n_pairs", "starts", "block"]
    numbers = [f"{factor}{end}" for factor in FACTORS for end in ("", "_low", "_high")]
    frame = frame_of(lines, [*columns, *(f"{factor}_why_none" for factor in FACTORS)], numbers)
    return frame.astype({"n_pairs": "Int64"})


def _candidates(base: CodeBase, k: int, contender: str, counts: pd.DataFrame) -> pd.Series:
    """Candidates that a contender evaluated, by block; for a PAM that was cut those of its twin."""
    wide = counts["n_evaluations"].reindex(index=base.problems[k].blocks) if len(counts) else pd.DataFrame()
    missing = pd.Series(np.nan, index=wide.index)
    candidates = wide.get(contender, missing)
    if contender == base.names.get((k, BASELINE)):
        candidates = candidates.fillna(wide.get(base.names.get((k, BASELINE_TWIN)), missing))
    return candidates


def _mean(fewer: pd.Series) -> tuple[float, Interval]:
    """Geometric mean over the starts; the counters of a single start do not vary."""
    if len(fewer) == 1:
        only = float(fewer.iloc[0])
        return only, Interval.exact(only)
    mean = Measure.mean_of(np.log(fewer))
    return float(np.exp(mean.value)), mean.interval.mapped(np.exp)


def smallest(base: CodeBase, lines: pd.DataFrame, factor: str) -> Measure | None:
    """Make a measure of the smallest value over k of one of `FACTORS`, from a code base's lines of `decomposition`."""
    lines = _lines_of(base, lines, factor)
    if lines.empty:
        return None
    least = lines.sort_values([factor, "k"]).iloc[0]
    return _measure(base, least, factor, lines, f"smallest at k = {least['k']}")


def each_k(base: CodeBase, lines: pd.DataFrame, factor: str) -> list[Measure]:
    """Make a measure of one of `FACTORS` over k for every k, from a code base's lines of `decomposition`."""
    lines = _lines_of(base, lines, factor)
    ks = lines["k"].to_numpy(float).tolist()
    return [_measure(base, lines.iloc[i], factor, lines.iloc[[i]]).scaled(1 / k) for i, k in enumerate(ks)]


def _lines_of(base: CodeBase, lines: pd.DataFrame, factor: str) -> pd.DataFrame:
    own = base.line | {"implementation": base.implementation, "phase": base.phase}
    return lines[(lines[[*own]] == pd.Series(own)).all(axis=1)].dropna(subset=factor)


def _measure(base: CodeBase, line: pd.Series, factor: str, evidence: pd.DataFrame, *more: str) -> Measure:
    low, high = (None if pd.isna(end) else float(end) for end in line[[f"{factor}_low", f"{factor}_high"]])
    n = int(line["starts"] if factor == "fewer" else line["n_pairs"])
    interval = Interval(low, high, line[f"{factor}_why_none"])
    return base.measure(float(line[factor]), interval, n, evidence["k"], evidence, *more, *base.reservations)

"""What the papers' claims about the speed of the swap phase are decided by."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.code_bases import (
    UNIT,
    CodeBase,
    code_bases,
    counters,
    lines_of,
    of_growth,
    of_ratio,
    of_slope,
    per_count,
)
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Pairs, geometric_mean, pair_up
from kmedoids_bench.experiments.analysis.speedups import cells
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.swap_time.decomposition import decomposition, of_base, smallest

BASELINE = "pam"
LEAST_K = 10  # the claims about slopes speak of k from here on
PRINTED = ("plants_texture", 1599)  # the data for which the papers print numbers
COUNTED_BY_US = f"counted by {OURS}, whose medoids are the same"


def measures(rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Compute what claims are decided by.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class``.

    Returns
    -------
    dict of str to list of Measure
    """
    bases = code_bases(cells(rows))
    counted = counters(rows)
    factors = decomposition(bases, counted, ("fasterpam",), BASELINE)
    found: dict[str, list[Measure]] = {}
    for base in bases:
        for name, measure in (
            *_of_speedups(base),
            *_of_printed(base),
            *_of_factors(base, factors),
            *_of_counts(base, counted),
        ):
            if measure is not None:
                found.setdefault(name, []).append(measure)
    return found


def _of_speedups(base: CodeBase) -> Iterator[tuple[str, Measure | None]]:
    """How many times as fast as PAM, over k."""
    gains = base.over_k("fastpam1", BASELINE)
    evidence = lines_of(base, gains, "pam / fastpam1")
    later = {k: pairs for k, pairs in gains.items() if k >= LEAST_K}
    yield "fastpam1_slope", of_slope(base, later, evidence)
    if 2 in gains:
        yield "fastpam1_at_2", of_ratio(base, 2, gains[2], evidence)
    yield "fastpam1_smallest_step", _smallest_step(base, gains, evidence)
    reynolds = base.over_k("reynolds", BASELINE, LEAST_K)
    yield "reynolds_slope", of_slope(base, reynolds, lines_of(base, reynolds, "pam / reynolds"))
    forms = base.over_k("fastpam1", "fastpam1a")
    mean = geometric_mean(list(forms.values()))
    if mean is not None:
        yield (
            "form_a_over_b",
            Measure(
                mean.estimate,
                mean.interval,
                mean.n_pairs,
                base.where(forms, "geometric mean"),
                base.implementation,
                lines_of(base, forms, "fastpam1a / fastpam1"),
            ),
        )


def _smallest_step(base: CodeBase, gains: dict[int, Pairs], evidence: pd.DataFrame) -> Measure | None:
    """Growth of the speed-up between successive k, where it is smallest."""
    ks = sorted(gains)
    if len(ks) < 2:
        return None
    medians = [np.median(gains[k].logs) for k in ks]
    least = int(np.argmin(np.diff(medians)))
    earlier, later = ks[least], ks[least + 1]
    said = f"smallest of the {len(ks) - 1} steps from k = {ks[0]} to {ks[-1]}"
    return of_growth(base, (later, gains[later]), (earlier, gains[earlier]), evidence, said)


def _of_printed(base: CodeBase) -> Iterator[tuple[str, Measure | None]]:
    """Compute what the papers print for one dataset, of which all objects are needed."""
    if (base.facet["dataset"], base.facet["n"]) != PRINTED:
        return
    fastpam2 = base.over_k("fastpam2", BASELINE)
    if 100 in fastpam2:
        evidence = lines_of(base, fastpam2, "pam / fastpam2")
        yield "fastpam2_at_100", of_ratio(base, 100, fastpam2[100], evidence)
    gains = base.over_k("fasterpam", BASELINE)
    evidence = lines_of(base, gains, "pam / fasterpam")
    for k in (100, 200):
        if k in gains:
            yield f"fasterpam_at_{k}", of_ratio(base, k, gains[k], evidence)
    if {100, 200} <= set(gains):
        growth = of_growth(base, (200, gains[200]), (100, gains[100]), evidence)
        yield "fasterpam_growth_100_200", growth


def _of_factors(base: CodeBase, factors: pd.DataFrame) -> Iterator[tuple[str, Measure | None]]:
    """Where the speed-up of FasterPAM comes from."""
    lines = of_base(factors, base)
    lines = lines[(lines["algorithm"] == "fasterpam") & (lines["k"] >= LEAST_K)]
    for name in ("cheaper", "fewer"):
        yield f"{name}_candidates", smallest(base, lines, name, *_whose_counters(base))


def _of_counts(base: CodeBase, counted: pd.DataFrame) -> Iterator[tuple[str, Measure | None]]:
    """Time of an iteration and of a candidate, over k."""
    for algorithm in (BASELINE, "fastpam1"):
        each = _each(base, algorithm, counted, "n_passes")
        evidence = lines_of(base, each, f"seconds per iteration of {algorithm}")
        yield f"{algorithm}_iteration_slope", of_slope(base, each, evidence, *_whose_counters(base))
    each = _each(base, "fasterpam", counted, "n_evaluations")
    if {LEAST_K, 200} <= set(each):
        evidence = lines_of(base, each, "seconds per candidate of fasterpam")
        growth = of_growth(base, (200, each[200]), (LEAST_K, each[LEAST_K]), evidence, *_whose_counters(base))
        yield "fasterpam_candidate_growth", growth


def _each(base: CodeBase, algorithm: str, counted: pd.DataFrame, counter: str) -> dict[int, Pairs]:
    """Time over a counter, for every k from `LEAST_K` on."""
    found = {}
    for k, cell in base.cells.items():
        name = base.names.get((k, algorithm))
        if k >= LEAST_K and name is not None and len(counted):
            pairs = pair_up(per_count(cell.seconds, counted, counter), UNIT, name)
            found |= {} if pairs is None else {k: pairs}
    return found


def _whose_counters(base: CodeBase) -> tuple[str, ...]:
    return () if base.implementation == OURS else (COUNTED_BY_US,)


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows

"""Code bases over k: whose runs are compared with whose, and what the algorithms counted in them.

A claim about algorithms is decided within one implementation, one memory order and one phase, from the same start.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.analysis.intervals import VALUES_NEEDED, of_pairs, slope_interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Pairs, pair_up
from kmedoids_bench.experiments.analysis.speedups import Cell
from kmedoids_bench.experiments.analysis.where_measured import place
from kmedoids_bench.experiments.rows.keys import FACET, OURS

PAM_TWIN = "fastpam1"  # makes PAM's swaps and counts the same, where PAM itself was cut or not asked for
UNIT = "one"


@dataclass(frozen=True)
class CodeBase:
    """The cells of one dataset and start, as one implementation worked on them.

    Attributes
    ----------
    facet : dict
        `FACET` and ``start``.
    implementation, order, phase : str
        Of several memory orders the one that is faster in most cells.
    cells : dict
        k to `Cell`.
    names : dict
        (k, algorithm) to contender.
    """

    facet: dict
    implementation: str
    order: str
    phase: str
    cells: Mapping[int, Cell]
    names: Mapping[tuple[int, str], str]

    def pairs(self, challenger: str, baseline: str, k: int) -> Pairs | None:
        """Pair the runs of two algorithms."""
        fast, slow = self.names.get((k, challenger)), self.names.get((k, baseline))
        return None if fast is None or slow is None else pair_up(self.cells[k].seconds, fast, slow)

    def over_k(self, challenger: str, baseline: str, least: int = 0) -> dict[int, Pairs]:
        """Pair the runs of two algorithms for every k, from `least` on, at which both were timed."""
        found = {k: self.pairs(challenger, baseline, k) for k in self.cells if k >= least}
        return {k: pairs for k, pairs in found.items() if pairs is not None}

    def where(self, ks: Iterable[int], *more: str) -> str:
        """Say on what, from where and for which k something was measured, and with which reservations."""
        ks = sorted(ks)
        said = f"k = {ks[0]}" if len(ks) == 1 else f"k = {ks[0]} to {ks[-1]}" if ks else ""
        if len(ks) > 1 and set(ks) != {k for k in self.cells if ks[0] <= k <= ks[-1]}:
            said = f"k = {', '.join(map(str, ks))}"
        start = self.facet["start"]
        title = algorithms()[start].title if start in algorithms() else start
        order = [f"memory order {self.order}"] if self.implementation != OURS and self.order in "CF" else []
        whole = ["whole calls, which dilutes the ratio"] if self.phase == "total" else []
        return place(self.facet, f"start {title}", *filter(None, [said]), *order, *whole, *more)


def code_bases(measured: Sequence[Cell]) -> list[CodeBase]:
    """Arrange the runs from given start medoids, at default parameters, by code base.

    Parameters
    ----------
    measured : sequence of Cell
        As `speedups.cells` splits the rows.

    Returns
    -------
    list of CodeBase
        Ours first in every dataset and start.
    """
    found: dict[tuple, dict[str, list[dict]]] = {}
    problems: dict[tuple, dict[int, Cell]] = {}
    for cell in measured:
        here = tuple(cell.problem[name] for name in (*FACET, "start"))
        problems.setdefault(here, {})[int(cell.problem["k"])] = cell
        for line in cell.times.values():
            if not line["setting"] and not line["own_start"] and line["tier"] != "tuned":
                key = (here, line["implementation"] != OURS, line["implementation"], line["phase"])
                found.setdefault(key, {}).setdefault(line["order"], []).append(line)
    bases = []
    for (here, _, implementation, phase), orders in sorted(found.items(), key=lambda item: item[0]):
        order = min(orders, key=lambda name: (-_won(orders[name]), name))
        names = {(int(line["k"]), line["algorithm"]): line["contender"] for line in orders[order]}
        facet = dict(zip((*FACET, "start"), here, strict=True))
        bases.append(CodeBase(facet, implementation, order, phase, problems[here], names))
    return bases


def _won(lines: Sequence[dict]) -> int:
    return sum(bool(line["faster_order"]) and line["blocks"] > 0 for line in lines)


def counters(rows: pd.DataFrame) -> pd.DataFrame:
    """Count what every contender did, block by block, so that the numbers can be compared.

    Implementations count differently, or not at all. Ours count the same things; a library's run has the counters of
    ours if both promise the same result and have the same medoids. PAM has those of FastPAM1 where it has none.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status, with ``result_class`` where libraries are to have counters.

    Returns
    -------
    DataFrame
        Index: block; columns: ``n_passes``, ``n_evaluations`` and ``n_swaps``, each for every contender; NaN where
        nothing can be said.
    """
    names = ["n_passes", "n_evaluations", "n_swaps"]
    if "result_class" not in rows:
        rows = rows.assign(result_class=None)
    done = rows[(rows["status"] == "ok") & rows["medoids"].notna() & (rows["setting"] == "")]
    done = done.drop_duplicates(["block", "contender"])
    done = done.assign(medoid_set=[" ".join(map(str, sorted(medoids))) for medoids in done["medoids"]])
    ours = (done["implementation"] == OURS) & (done["tier"] == "plain") & (done["own_start"] == "")
    own = done[ours & done["n_evaluations"].notna()]
    own = own.drop_duplicates(["block", "algorithm"])[["block", "algorithm", "medoid_set", *names]]
    stand_in = own[own["algorithm"] == PAM_TWIN].assign(algorithm="pam")
    own = pd.concat([own, stand_in]).drop_duplicates(["block", "algorithm"])
    may = ours | done["result_class"].notna()
    claiming = done.loc[may, ["block", "contender", "algorithm", "medoid_set"]]
    both = claiming.merge(own, on=["block", "algorithm", "medoid_set"])
    both = both.astype(dict.fromkeys(names, "float64"))
    return both.pivot(index="block", columns="contender", values=names)


def blocks_of(cell: Cell) -> list[str]:
    """Blocks of a cell in which anything was timed."""
    return list(cell.seconds.index.get_level_values("block").unique())


def per_count(seconds: pd.DataFrame, counted: pd.DataFrame, name: str) -> pd.DataFrame:
    """Divide times by a counter: seconds per iteration, or per candidate.

    Parameters
    ----------
    seconds : DataFrame
        As `ratios.wide_seconds` returns it.
    counted : DataFrame
        As `counters` returns it.
    name : str
        Which counter.

    Returns
    -------
    DataFrame
        As `seconds`, NaN where nothing was counted; and a column `UNIT` of ones, to pair a contender with itself.
    """
    blocks = seconds.index.get_level_values("block")
    counts = pd.DataFrame(counted[name]).reindex(columns=seconds.columns).reindex(blocks)
    divided = pd.DataFrame(seconds.to_numpy() / counts.to_numpy(), index=seconds.index, columns=seconds.columns)
    return divided.assign(**{UNIT: 1.0})


def of_ratio(base: CodeBase, k: int, pairs: Pairs, evidence: pd.DataFrame, *more: str) -> Measure:
    """Make a measure of the ratio in one cell."""
    found = pairs.ratio
    where = base.where([k], *more)
    return Measure(found.estimate, found.interval, found.n_pairs, where, base.implementation, evidence)


def of_slope(base: CodeBase, over_k: Mapping[int, Pairs], evidence: pd.DataFrame, *more: str) -> Measure | None:
    """Make a measure of the slope of log(ratio) over log(k); None for fewer than three k."""
    if len(over_k) < VALUES_NEEDED:
        return None
    replicates = np.array([pairs.replicates(k) for k, pairs in over_k.items()])
    medians = [float(np.median(pairs.logs)) for pairs in over_k.values()]
    value, interval = slope_interval(list(over_k), medians, replicates)
    n = sum(len(pairs.logs) for pairs in over_k.values())
    return Measure(value, interval, n, base.where(over_k, *more), base.implementation, evidence)


def of_growth(
    base: CodeBase, later: tuple[int, Pairs], earlier: tuple[int, Pairs], evidence: pd.DataFrame, *more: str
) -> Measure:
    """Make a measure of how much the ratio grows from one k to another."""
    growth = np.median(later[1].logs) - np.median(earlier[1].logs)
    counts = [len(pairs.logs) for _, pairs in (later, earlier)]
    interval = of_pairs(counts, lambda: later[1].replicates(later[0]) - earlier[1].replicates(earlier[0]))
    where = base.where([earlier[0], later[0]], *more)
    return Measure(float(np.exp(growth)), interval, sum(counts), where, base.implementation, evidence)


def lines_of(base: CodeBase, over_k: Mapping[int, Pairs], what: str) -> pd.DataFrame:
    """List what a measure was computed from, one line for each k, with the blocks whose rows are behind it."""
    lines = [
        base.facet
        | {"k": k, "order": base.order, "compared": what, "median": pairs.median, "pairs": len(pairs.logs)}
        | {"block": " ".join(blocks_of(base.cells[k]))}
        for k, pairs in over_k.items()
    ]
    return pd.DataFrame(lines)

"""Code bases over k: one implementation's runs on one matrix from one start, and the measures they give.

A claim about algorithms is decided within one implementation, one memory order and one phase, from the same start.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.analysis.intervals import POINTS_NEEDED, Interval, difference, of_means, slope_over
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.ratios import Pairs, pair_up
from kmedoids_bench.experiments.analysis.speedups import Problem
from kmedoids_bench.experiments.analysis.where_measured import k_range, place, title_of
from kmedoids_bench.experiments.rows.keys import LINE, OURS
from kmedoids_bench.experiments.rows.reading import at_defaults, from_given_medoids, with_medoid_sets
from kmedoids_bench.experiments.studies.swap_time.derived_times import CORRECTED

BASELINE = "pam"
BASELINE_TWIN = "fastpam1"  # makes PAM's swaps and counts the same, where PAM itself was cut or did not take part
COUNTERS = {"n_passes": "iteration", "n_evaluations": "candidate"}
ONE = "one"  # a column of ones: a time is paired with it to stand alone


@dataclass(frozen=True)
class CodeBase:
    """The problems of one matrix and start, as one implementation worked on them."""

    line: dict  # values of `LINE`
    implementation: str
    order: str  # of several memory orders the one that is faster in most problems
    phase: str
    problems: Mapping[int, Problem]  # by k
    names: Mapping[tuple[int, str], str]  # contenders by k and algorithm

    @property
    def reservations(self) -> tuple[str, ...]:
        """What a measure that divides by counters has to say about them."""
        return () if self.implementation == OURS else (f"counted by {OURS}, whose medoids are the same",)

    def over_k(self, challenger: str, baseline: str = BASELINE, least: int = 0) -> "OverK":
        """Pair the runs of two algorithms for every k, from `least` on, at which both were timed."""
        by_k = ((k, pair_up(problem.seconds, *names)) for k, problem, names in self._from(least, challenger, baseline))
        return OverK(self, {k: pairs for k, pairs in by_k if pairs}, f"{baseline} / {challenger}")

    def per_count(self, algorithm: str, counts: pd.DataFrame, counter: str, least: int = 0) -> "OverK":
        """Divide the times of one algorithm by a counter of `counters`, for every k from `least` on."""
        by_k = (
            (k, pair_up(per_count(problem.seconds, counts, counter).assign(**{ONE: 1.0}), ONE, *names))
            for k, problem, names in (self._from(least, algorithm) if len(counts) else ())
        )
        compared = f"seconds per {COUNTERS[counter]} of {algorithm}"
        return OverK(self, {k: pairs for k, pairs in by_k if pairs}, compared, self.reservations)

    def _from(self, least: int, *algorithms: str) -> Iterator[tuple[int, Problem, list[str]]]:
        """Yield the problems in which the algorithms took part, with the contenders' names."""
        for k, problem in self.problems.items():
            names = [self.names[k, algorithm] for algorithm in algorithms if (k, algorithm) in self.names]
            if k >= least and len(names) == len(algorithms):
                yield k, problem, names

    def measure(
        self, value: float, interval: Interval, n: int, ks: Iterable[int], evidence: pd.DataFrame, *more: str
    ) -> Measure:
        """Make a measure of this code base from its problems of these k; `more` is added to where it was measured."""
        ks = sorted(ks)
        all_between = set(ks) == {k for k in self.problems if ks[0] <= k <= ks[-1]}
        range_of_k = k_range(ks) if all_between else f"k = {', '.join(map(str, ks))}"
        order = [f"memory order {self.order}"] if self.implementation != OURS and self.order in "CF" else []
        whole = ["whole calls, which dilutes the ratio"] if self.phase == "total" else []
        if self.phase == "swap" and self.implementation in CORRECTED:
            whole = ["whole calls less a call without swaps"]
        where = place(self.line, f"start {title_of(self.line['start'])}", range_of_k, *order, *whole, *more)
        return Measure(value, interval, n, where, self.implementation, evidence)


@dataclass(frozen=True)
class OverK:
    """Paired runs of a code base by k, and the measures that are made of them; None where there are too few k."""

    base: CodeBase
    pairs: Mapping[int, Pairs]
    compared: str  # whose times these are, for the evidence: "pam / fastpam1"
    reservations: tuple[str, ...] = ()  # what every measure has to say about them

    @property
    def evidence(self) -> pd.DataFrame:
        """One line for each k, with the blocks whose rows are behind it."""
        return pd.DataFrame(
            self.base.line
            | {"k": k, "order": self.base.order, "compared": self.compared, "median": pairs.ratio.estimate}
            | {"pairs": len(pairs.logs), "block": " ".join(self.base.problems[k].blocks)}
            for k, pairs in self.pairs.items()
        )

    def ratio(self, k: int) -> Measure | None:
        """Measure the ratio at one k."""
        if k not in self.pairs:
            return None
        ratio = self.pairs[k].ratio
        return self._measure(ratio.estimate, ratio.interval, [k])

    def each_k(self) -> Iterator[tuple[int, Measure]]:
        """Measure the ratio at every k, by itself: a mean over k could hide that it falls below 1."""
        for k in self.pairs:
            if (measure := self.ratio(k)) is not None:
                yield k, measure

    def slope(self, least: int = 0) -> Measure | None:
        """Measure the slope of log(ratio) over log(k), for k from `least` on."""
        ks = [k for k in self.pairs if k >= least]
        if len(ks) < POINTS_NEEDED:
            return None
        return self._measure(*of_means([self.pairs[k].medians for k in ks], slope_over(ks)), ks)

    def growth(self, earlier: int, later: int, *more: str) -> Measure | None:
        """Measure how much the ratio grows from one k to another."""
        if not {earlier, later} <= self.pairs.keys():
            return None
        growth, interval = of_means([self.pairs[later].medians, self.pairs[earlier].medians], difference)
        return self._measure(float(np.exp(growth)), interval.mapped(np.exp), [earlier, later], *more)

    def smallest_exponent(self) -> Measure | None:
        """Measure the power of k with which the ratio grows between successive k, where it grows least."""
        ks = sorted(self.pairs)
        if len(ks) < 2:
            return None
        exponents = np.diff([self.pairs[k].medians.mean() for k in ks]) / np.diff(np.log(ks))
        earlier, later = ks[(least := int(np.argmin(exponents))) : least + 2]
        words = f"smallest of the {len(ks) - 1} steps from k = {ks[0]} to {ks[-1]}"
        growth = self.growth(earlier, later, words)
        return growth and growth.mapped(lambda ratio: float(np.log(ratio) / np.log(later / earlier)))

    def _measure(self, value: float, interval: Interval, ks: Collection[int], *more: str) -> Measure:
        n = sum(len(self.pairs[k].logs) for k in ks)
        return self.base.measure(value, interval, n, ks, self.evidence, *more, *self.reservations)


def code_bases(problems: Sequence[Problem]) -> list[CodeBase]:
    """Arrange the runs from given start medoids, at default parameters, by code base.

    Ours is the first one on every matrix and start.
    """
    by_line = gathered((tuple(problem.key[name] for name in LINE), problem) for problem in problems)
    members = gathered(
        ((here, line["implementation"] != OURS, line["implementation"], line["phase"]), line)
        for here, some in by_line.items()
        for problem in some
        for line in problem.times.values()
        if not line["setting"] and not line["own_start"] and line["tier"] != "tuned"
    )
    bases = []
    for (here, _, implementation, phase), lines in sorted(members.items(), key=lambda item: item[0]):
        orders = gathered((line["order"], line) for line in lines)
        wins = {order: sum(line["faster_order"] and line["blocks"] > 0 for line in orders[order]) for order in orders}
        order = min(orders, key=lambda name: (-wins[name], name))
        names = {(int(line["k"]), line["algorithm"]): line["contender"] for line in orders[order]}
        over_k = {int(problem.key["k"]): problem for problem in by_line[here]}
        bases.append(CodeBase(dict(zip(LINE, here, strict=True)), implementation, order, phase, over_k, names))
    return bases


def counters(rows: pd.DataFrame) -> pd.DataFrame:
    """Count what every contender did, block by block, so that the numbers can be compared.

    Implementations count differently, or not at all. Ours count the same things; a library's run has the counters of
    ours if both promise the same result and have the same medoids. PAM has those of FastPAM1 where it has none.

    Index: block; columns: ``n_passes`` and ``n_evaluations``, each for every contender; NaN where it is not known.
    """
    done = with_medoid_sets(rows[at_defaults(rows)]).drop_duplicates(["block", "contender"])
    ours = (done["implementation"] == OURS) & (done["tier"] == "plain") & from_given_medoids(done)
    own = done.loc[ours & done["n_evaluations"].notna(), ["block", "algorithm", "medoid_set", *COUNTERS]]
    stand_in = own[own["algorithm"] == BASELINE_TWIN].assign(algorithm=BASELINE)
    own = pd.concat([own, stand_in]).drop_duplicates(["block", "algorithm"])
    promising = ours | done["result_class"].notna()
    shared = done.loc[promising, ["block", "contender", "algorithm", "medoid_set"]]
    shared = shared.merge(own, on=["block", "algorithm", "medoid_set"]).astype(dict.fromkeys(COUNTERS, "float64"))
    return shared.pivot(index="block", columns="contender", values=list(COUNTERS))


def per_count(seconds: pd.DataFrame, counts: pd.DataFrame, counter: str) -> pd.DataFrame:
    """Divide times, as `wide_seconds` arranges them, by one of `counters`; NaN where nothing was counted."""
    blocks = seconds.index.get_level_values("block")
    divisors = pd.DataFrame(counts[counter]).reindex(columns=seconds.columns).reindex(blocks)
    return pd.DataFrame(seconds.to_numpy() / divisors.to_numpy(), index=seconds.index, columns=seconds.columns)

"""The numbers and names in the text of the article, from the answers of the studies."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.analysis.where_measured import listed, place, span
from kmedoids_bench.experiments.claims.reading import Claim, Source
from kmedoids_bench.experiments.claims.verdicts import VERDICTS, Verdict
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import bracketed, in_short, significant
from kmedoids_bench.experiments.kit.selection import spelt_out
from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.report.about_rows import machine_facts, versions
from kmedoids_bench.experiments.report.claims_section import measured_in_words
from kmedoids_bench.experiments.rows.keys import FACET, OURS
from kmedoids_bench.experiments.studies.answer import Answer
from kmedoids_bench.experiments.studies.swap_time.analysis import PRINTED

DECIDED = Sequence[tuple[Claim, Verdict]]  # each claim with our verdict


@dataclass(frozen=True)
class Facts:
    """What sentences of the article are made of; everything is text, or None where nothing was measured."""

    stored: Stored
    answers: Mapping[str, Answer]
    decided: DECIDED

    def spread(self, quantity: str, percent: bool = False) -> str | None:
        """Write our measures of "study.quantity": one with its interval, of several the lowest and the highest.

        With `percent` the measures are ratios, and how far they are above 1 is written in percent.
        """
        study, _, name = quantity.partition(".")
        measures = self.answers[study].measures.get(name, ()) if study in self.answers else ()
        ours = [one for one in measures if one.code_base == OURS]
        if percent:
            values = sorted(100 * (one.value - 1) for one in ours)
            return " to ".join(dict.fromkeys(f"{value:.2g}" for value in values[:: max(1, len(values) - 1)])) or None
        return in_short(ours) or None

    @property
    def main(self) -> str:
        """The dataset of the figures: the one for which the papers print numbers, or that with the most rows."""
        rows = self.stored.rows
        return PRINTED[0] if PRINTED[0] in set(rows["dataset"]) else str(rows["dataset"].value_counts().index[0])

    def gains(self) -> list[dict[str, Any]]:
        """Return the speed-ups over PAM on the main dataset at the largest k of each start, the largest k first."""
        gained = self._ours("swap_time", "speedup_all")
        gained = gained[gained["faster_order"].astype(bool)] if len(gained) else gained
        lines = [self._at_largest(group, "estimate", "low", "high") for group in self._by_start(gained)]
        compared = ("FastPAM1", "FastPAM2", "FasterPAM")
        return [
            line
            | {"listed": enumerated(f"{line[name]} times as long as {name}'s" for name in compared if name in line)}
            for line in lines
        ]

    def factors(self) -> list[dict[str, Any]]:
        """Return the two factors of FasterPAM's speed-up on the main dataset, at the largest k of each start."""
        split = self._ours("swap_time", "decomposition")
        split = split[split["algorithm"] == "fasterpam"] if len(split) else split
        return [
            self._at_largest(group, "cheaper", "cheaper_low", "cheaper_high")
            | {"fewer": self._at_largest(group, "fewer", "fewer_low", "fewer_high")["FasterPAM"]}
            for group in self._by_start(split)
        ]

    def swaps(self) -> list[dict[str, Any]]:
        """Return swaps and passes on the main dataset at the largest k of each start."""
        counts = self._ours("iterations", "counts")
        return [
            self._at_largest(group, "n_swaps", "n_swaps_low", "n_swaps_high")
            | {"passes": self._at_largest(group, "n_passes", "n_passes_low", "n_passes_high")}
            for group in self._by_start(counts)
        ]

    def agreement(self) -> dict[str, int] | None:
        """Count the pairs of results that promise to be the same, by what became of them."""
        grades = self._table("agreement", "grades")
        names = {"compared": "compared", "identical": "identical", "tied": "equal loss", "different": "different"}
        return {key: int(grades[name].sum()) for key, name in names.items()} if len(grades) else None

    def losses(self) -> list[tuple[str, str, str, int]]:
        """Return each algorithm with its smallest and largest mean loss above PAM's in percent, and of how many."""
        table = self._table("quality", "loss_over_pam")
        return [
            (str(name), f"{group['mean_percent'].min():+.2g}", f"{group['mean_percent'].max():+.2g}", len(group))
            for name, group in (table.groupby("algorithm_title", sort=False) if len(table) else ())
        ]

    def between(self) -> str | None:
        """Write the lowest and the highest ratio of a library's time to ours in a cell."""
        overall = self._table("swap_time", "versus_overall")
        if overall.empty:
            return None
        return f"{significant(overall['lowest'].min())} to {significant(overall['highest'].max())}"

    def counted_times(self) -> str | None:
        """Write the lowest and the highest ratio of a counted time of PAM to one that was measured; None without any.

        Counted are the times of calls that would take minutes (`studies.swap_time.derived_times`).
        """
        ratios = self._table("swap_time", "counted").get("estimate", pd.Series(dtype=float)).dropna()
        return f"{significant(ratios.min())} to {significant(ratios.max())}" if len(ratios) else None

    def false_alarms(self) -> tuple[int, int] | None:
        """Return how many pairs of equal contenders were called different, and how many there were."""
        floor = self._table("self_check", "noise_floor")
        floor = (
            floor[(floor["implementation"] == "all") & (floor["clock"] == "processor time")] if len(floor) else floor
        )
        return (int(floor["different"].iloc[0]), int(floor["pairs"].iloc[0])) if len(floor) else None

    def counts(self) -> list[tuple[str, int]]:
        """Return the verdicts that there are, with the number of claims."""
        numbers = Counter(verdict.verdict for _, verdict in self.decided)
        return [(verdict, numbers[verdict]) for verdict in VERDICTS if numbers[verdict]]

    def sources(self) -> list[tuple[str, int]]:
        """Return where the words of the claims come from, with the number of claims."""
        numbers = Counter(claim.source for claim, _ in self.decided)
        return [(source, numbers[source]) for source in get_args(Source) if numbers[source]]

    def claims(self, verdict: str | None = None) -> list[dict[str, str]]:
        """Return the claims with this verdict, or all, with what was measured."""
        return [
            {"id": str(claim.id), "statement": claim.statement, "verdict": one.verdict, "printed": claim.printed}
            | {"source": claim.source, "measured": measured_in_words(one), "explanation": one.explanation}
            for claim, one in self.decided
            if verdict in (None, one.verdict)
        ]

    def libraries(self) -> list[str]:
        """Return the libraries that took part, with their language."""
        present = set(self.stored.rows["implementation"])
        return [f"{one.title} ({one.language})" for name, one in references().items() if name in present]

    def data_sources(self) -> list[tuple[str, str]]:
        """Return the citations of the data, each with the datasets that it is for."""
        present = set(self.stored.rows["dataset"])
        named: dict[str, list[str]] = {}
        for one in self.stored.context.datasets:
            if one.name in present:
                named.setdefault(one.citation, []).append(one.name)
        return [(", ".join(dict.fromkeys(map(family, names))), citation) for citation, names in named.items()]

    def tables(self) -> dict[str, Table]:
        """Return the tables of the article that no study has: data, verdicts, machine, versions."""
        rows = self.stored.rows
        data = [
            {"dataset": name, "n": span(group["n"]), "metric": listed(group["metric"]), "k": span(group["k"])}
            for name, group in rows.groupby(rows["dataset"].map(family))
        ]
        which = {verdict: [claim["id"] for claim in self.claims(verdict)] for verdict, _ in self.counts()}
        verdicts = [{"verdict": verdict, "claims": len(ids), "which": ", ".join(ids)} for verdict, ids in which.items()]
        made = {
            "data": (data, c.texts(dataset="data", n="n", metric="metric", k="k")),
            "verdicts": (verdicts, (*c.texts("verdict"), *c.integers("claims"), *c.texts("which"))),
            "machine": (
                [{"what": what, "value": value} for what, value in machine_facts(rows)],
                c.texts(what="fact", value="value"),
            ),
            "versions": (
                [{"of": spelt_out(name), "programs": programs} for name, programs in self._programs().items()],
                c.texts(of="implementation", programs="programs"),
            ),
        }
        return {name: Table(pd.DataFrame(lines), columns) for name, (lines, columns) in made.items() if lines}

    def _programs(self) -> dict[str, str]:
        """Name the programs and libraries behind each implementation, with their versions."""
        named = gathered((of, f"{name} {version}") for of, name, version in versions(self.stored.rows))
        return {of: ", ".join(programs) for of, programs in named.items()}

    def _table(self, study: str, name: str) -> pd.DataFrame:
        return self.answers[study].tables[name].frame if study in self.answers else pd.DataFrame()

    def _ours(self, study: str, name: str) -> pd.DataFrame:
        """Return the lines of our plain kernels on the main dataset."""
        table = self._table(study, name)
        if len(table):
            table = table[table["dataset"] == self.main]
        return table[table["implementation"] == OURS] if "implementation" in table else table

    def _by_start(self, lines: pd.DataFrame) -> list[pd.DataFrame]:
        return [group for _, group in lines.groupby([*FACET, "start"])] if len(lines) else []

    def _at_largest(self, group: pd.DataFrame, value: str, low: str, high: str) -> dict[str, Any]:
        """Write the values at the largest k at which there are any, by algorithm; with ``where``, ``start``, ``k``."""
        known = group.dropna(subset=value)
        last = known[known["k"] == known["k"].max()]
        numbers = {
            str(line["algorithm_title"]): bracketed(line[value], line[low], line[high])
            for line in last.to_dict("records")
        }
        first = group.iloc[0].to_dict()
        k = f"{int(last['k'].iloc[0])}" if len(last) else None
        return {"where": place({name: first[name] for name in FACET}), "start": first["start_title"], "k": k, **numbers}


def enumerated(parts: Iterable[str]) -> str:
    """Write "a, b and c"."""
    *others, last = [*parts] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def family(name: str) -> str:
    """Return the name for a dataset in lists: one for all of a long series, "pmed (OR-Library)"."""
    return "pmed (OR-Library)" if re.fullmatch(r"pmed\d+", name) else name

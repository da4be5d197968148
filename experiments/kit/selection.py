"""Which part of the stored rows a figure or a table shows.

Two steps keep every number as it is in the report. The rows of other matrices and of other k are left out before the
analysis. Algorithms, starts and implementations are left out after it: the others may be what a number is relative to,
such as PAM's time or the best loss that anyone reached.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pandas as pd

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.analysis.where_measured import listed, span, title_of
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.planning.profile import unknown
from kmedoids_bench.experiments.rows.keys import GPU, OURS, TUNED

OPTIONS = {"algorithm": "--only", "start": "--start", "implementation": "--implementation"}
PLACES = {"dataset": "a dataset", "n": "a number of objects", "metric": "a metric", "dtype": "a dtype"}


def spelt_out(name: str) -> str:
    """Return the name of an algorithm, a start or a library as papers spell it: "FasterPAM", "kmedoids 0.5.5"."""
    return references()[name].title if name in references() else title_of(name)


def by_name(word: str, known: Collection[str]) -> str | None:
    """Return the name, as rows have it, of what is named so or as papers spell it; None if nothing is."""
    spelt = {spelt_out(name).lower(): name for name in known} | {name.lower(): name for name in known}
    return spelt.get(word.strip().lower())


@dataclass(frozen=True)
class Selection:
    """A part of the rows of a study. What is empty is not restricted."""

    place: Mapping[str, object] = field(default_factory=dict)  # columns of the matrix, and the value of each
    k: Callable[[pd.Series], pd.Series] | None = None  # which numbers of medoids
    who: Mapping[str, Sequence[str]] = field(default_factory=dict)  # columns of `OPTIONS`, and the names in each

    def rows(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of the matrices and of the numbers of medoids; raise Trouble if there are none."""
        for name, value in self.place.items():
            present = sorted(rows[name].unique())
            if value not in present:
                raise Trouble(f"--{name}: {unknown(value, f'{PLACES[name]} with such rows', [*map(str, present)])}")
            rows = rows[rows[name] == value]
        if self.k is not None:
            chosen = rows[self.k(rows["k"])]
            if chosen.empty:
                raise Trouble(f"--k: there are no such rows, but rows of k = {listed(rows['k'])}")
            rows = chosen
        return rows.reset_index(drop=True)

    def result(self, result: Any) -> Any:
        """Keep the algorithms, starts and implementations of a study's result.

        A frame that does not tell them apart loses all lines, so that nothing is shown as if it had been selected; a
        frame in which each has columns of its own is left to `table`. Raises Trouble if no frame tells them apart.
        """
        frames = {one.name: getattr(result, one.name) for one in fields(result)}
        changed: dict[str, Any] = {name: frame for name, frame in frames.items() if isinstance(frame, pd.DataFrame)}
        for what, names in self.who.items():
            told = {name: _told_by(frame, what, names) for name, frame in changed.items()}
            wide = {name for name, frame in changed.items() if any(_mentioned(what, column) for column in frame)}
            if not wide and all(kept is None for kept in told.values()):
                raise Trouble(f"{OPTIONS[what]} does not apply: the study does not tell them apart")
            for name, kept in told.items():
                if kept is not None or name not in wide:
                    frame = changed[name]
                    changed[name] = (frame.iloc[:0] if kept is None else frame[kept]).reset_index(drop=True)
        if (bases := self.who.get("implementation")) and hasattr(result, "measures"):
            kept = {name: [one for one in those if one.code_base in bases] for name, those in result.measures.items()}
            changed["measures"] = kept
        return replace(result, **changed)

    def table(self, table: Table) -> Table:
        """Leave out the columns about what is not selected, where each algorithm or implementation has its own.

        Raises Trouble if the table does not tell them apart, so that nothing could be left out.
        """
        for what, names in self.who.items():
            if _told_by(table.frame, what, names) is not None:
                continue
            about = {column: _mentioned(what, column.source) for column in table.columns}
            if not any(about.values()):
                raise Trouble(f"{OPTIONS[what]} does not apply: this table does not tell them apart")
            kept = [column for column in table.columns if not about[column] or about[column] & {*names}]
            table = replace(table, columns=tuple(kept))
        return table


def _told_by(frame: pd.DataFrame, what: str, names: Sequence[str]) -> pd.Series | None:
    """Return which lines are about these algorithms, starts or implementations; None if the frame does not say."""
    for column in (what, {"algorithm": "result", "implementation": "code_base"}.get(what)):
        if column in frame:
            return frame[column].isin(names)
    if what == "implementation" and {"first", "second"} <= {*frame}:  # contenders
        of = frame[["first", "second"]].apply(lambda sides: sides.str.partition("/")[0])
        return of.isin(names).all(axis=1)
    return None


def _mentioned(what: str, column: str) -> set[str]:
    """Return the algorithms (as starts, too) or implementations in the name of a column: "fastpam1_seconds"."""
    known = {*references(), OURS, TUNED, GPU} if what == "implementation" else algorithms()
    return {name for name in known if re.search(rf"(^|_){name}(_|$)", column)}


def selection(rows: pd.DataFrame, place: Mapping[str, object], k: str | None, who: Mapping[str, str]) -> Selection:
    """Read what a user wrote; `rows` are those of the study, and what none of them has raises Trouble.

    `place` has values for columns of the matrix, None for any. `k` is "10", "10,20,50", or a range with both ends,
    "10:200". `who` maps columns of `OPTIONS` to names with commas between them, as in rows or as papers spell them.
    """
    names = {}
    for column, text in who.items():
        present = rows[column].dropna().unique()
        found = {word: by_name(word, present) for word in text.split(",")}
        for word, name in found.items():
            if name is None:
                what = f"{'an' if column[0] in 'aeiou' else 'a'} {column} with such rows"
                raise Trouble(f"{OPTIONS[column]}: {unknown(word, what, sorted(map(spelt_out, present)))}")
        names[column] = list(dict.fromkeys(found.values()))
    chosen = {name: value for name, value in place.items() if value is not None}
    return Selection(chosen, None if k is None else _numbers(k), names)


def _numbers(text: str) -> Callable[[pd.Series], pd.Series]:
    """Read a number of medoids, several, or a range."""
    try:
        low, colon, high = text.partition(":")
        if colon:
            first, last = int(low or 0), int(high or 10**9)
            return lambda ks: ks.between(first, last)
        several = [int(number) for number in text.split(",")]
    except ValueError:
        raise Trouble(f"--k: {text!r} is neither a number, nor numbers (10,20,50), nor a range (10:200)") from None
    return lambda ks: ks.isin(several)


def choices(rows: pd.DataFrame) -> dict[str, str]:
    """Say in words what there is to be selected, by the option."""
    of_data = rows.groupby("dataset")["n"].unique()
    return {
        "--dataset": ", ".join(f"{name} (n = {span(ns)})" for name, ns in of_data.items()),
        "--metric": listed(rows["metric"]),
        "--k": listed(rows["k"]),
        **{option: ", ".join(map(spelt_out, sorted(rows[what].unique()))) for what, option in OPTIONS.items()},
    }

"""Which figures and tables there are, by what names, and the one that a user asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Literal

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.analysis.where_measured import listed
from kmedoids_bench.experiments.kit.selection import choices
from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.planning.profile import unknown
from kmedoids_bench.experiments.studies.study import FigureWords, Study

What = Literal["figure", "table"]


@dataclass(frozen=True)
class Offer:
    """A kind of figure, or a table, of a study."""

    study: Study
    name: str  # within its study; the name of a figure may go on with the matrix
    about: str  # what it shows, in words

    @property
    def full_name(self) -> str:
        """The name that no other has."""
        return f"{self.study.name}.{self.name}"

    @property
    def for_each_matrix(self) -> bool:
        """Whether there is one for each dataset that was measured; tables have all of them."""
        captions = [words.caption for words in self.study.words.figures.values() if self.name in words.names]
        return any("{where}" in caption or "{dataset}" in caption for caption in captions)

    def is_kind_of(self, name: str) -> bool:
        """Return whether a figure of the study with this name is of this kind."""
        kinds = [kind for words in self.study.words.figures.values() for kind in words.names]
        return self.name == max((kind for kind in kinds if f"{name}_".startswith(f"{kind}_")), key=len, default="")


def offers(studies: Sequence[Study], what: What) -> Iterator[Offer]:
    """Yield all that the studies have, in their order."""
    for study in studies:
        if what == "figure":
            for words in study.words.figures.values():
                yield from _of_kind(study, words)
        else:
            for name, words in study.words.tables.items():
                yield Offer(study, name, words.caption.partition(". ")[0].rstrip(".:"))


def _of_kind(study: Study, words: FigureWords) -> Iterator[Offer]:
    for name, about in words.names.items():
        yield Offer(study, name, about)


def offer(stored: Stored, what: What, word: str) -> Offer:
    """Return the one with this name, which may do without its study where no other has it.

    Raises Trouble if there is none, or if several studies have one.
    """
    every = {one.full_name: one for one in offers(stored.studies, what)}
    named = {one.full_name: one for one in every.values() if word in (one.name, one.full_name)}
    if not named:
        short = [one.name for one in every.values()]
        once = [one.name if short.count(one.name) == 1 else one.full_name for one in every.values()]
        raise Trouble(unknown(word, f"a {what} of the run {stored.name}", once))
    if len(named) > 1:
        raise Trouble(f"several studies have a {what} {word!r}: write {' or '.join(named)}")
    return next(iter(named.values()))


def list_text(stored: Stored, what: What) -> str:
    """Say what there is: for each study its figures or tables, and what can be selected."""
    parts = []
    for study in stored.studies:
        mine, rows = list(offers([study], what)), stored.rows_of(study)
        if not mine or rows.empty:
            continue
        lines = [
            study.words.title,
            *(fill(f"  {one.full_name:<32} {one.about}", 110, subsequent_indent=35 * " ") for one in mine),
            *(fill(f"    {name:<17} {text}", 110, subsequent_indent=22 * " ") for name, text in choices(rows).items()),
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def one_dataset(wanted: Offer, rows: pd.DataFrame) -> None:
    """Raise Trouble if there is a figure for each dataset, and rows of several are left."""
    if wanted.for_each_matrix and rows["dataset"].nunique() > 1:
        present = listed(rows["dataset"])
        raise Trouble(f"there is a figure {wanted.full_name} for each dataset", f"choose one with --dataset: {present}")


def nothing(wanted: Offer, what: What) -> Trouble:
    """Return the error of a selection that leaves nothing."""
    advice = f"kmedoids-bench {what} --list says what was"
    return Trouble(f"nothing of {wanted.full_name} was measured for this selection", advice)

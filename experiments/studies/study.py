"""The declaration of a study: which question it answers and what has to be measured for it.

A study is a folder of `experiments/studies`:

- ``__init__.py``  the declaration, `STUDY`. Planning and measuring read nothing else, so it imports neither pandas nor
  numba nor matplotlib.
- ``words.yaml``   what the reader of the report meets: `Words`.
- ``analysis.py``  ``analyse(rows)``, one pass over the rows, returns a named result. Its ``measures``, if the study has
  quantities, are the numbers that claims are decided by.
- ``exhibits.py``  ``tables(result)`` and, if there are any, ``figures(result)``, by name, the sentences of
  ``findings(result)`` and the numbers of ``headlines(result)`` show that result and compute nothing new.

`answer` brings them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, with_config

ALL_CORES, DOUBLED = 0, -1  # in place of a number of threads: all that there are; 1, 2, 4, ... and all
STRICT = ConfigDict(extra="forbid")
# A text, or a list of texts, some of which other captions share.
Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else " ".join(value))]


@with_config(STRICT)
@dataclass(frozen=True)
class Quantity:
    """A number that a study computes and that claims are decided by."""

    unit: str  # "ratio", "slope", "share", "percent", "count", "bytes", "seconds"
    words: Text  # what it is


@with_config(STRICT)
@dataclass(frozen=True)
class TableWords:
    """What stands above a table; a name in braces is replaced by the constant of that name in the study's analysis."""

    caption: Text
    empty: str = ""  # in place of a table without lines, where that is more than "Nothing was measured."


@with_config(STRICT)
@dataclass(frozen=True)
class FigureWords:
    """What stands below a figure, and what describes it to readers who cannot see it; names in braces are replaced."""

    # Of the figures of this kind, with what each shows; the matrix, and k or the start, are added to them.
    names: dict[str, str]
    caption: Text
    alt: Text


@with_config(STRICT)
@dataclass(frozen=True)
class Words:
    """What the reader of the report meets of a study, apart from its numbers: the content of ``words.yaml``."""

    title: str
    question: str
    tables: dict[str, TableWords]
    figures: dict[str, FigureWords] = field(default_factory=dict)  # of a kind of figure
    quantities: dict[str, Quantity] = field(default_factory=dict)  # all that claims may use

    def figure(self, kind: str, **values: object) -> tuple[str, str]:
        """Return the caption of a figure and its text alternative."""
        return self.figures[kind].caption.format_map(values), self.figures[kind].alt.format_map(values)

    @property
    def of_quantities(self) -> dict[str, str]:
        """The words of every quantity, by its name."""
        return {name: quantity.words for name, quantity in self.quantities.items()}


@dataclass(frozen=True, kw_only=True)
class Study:
    """One question and what is measured for it."""

    module: str = field(kw_only=False)  # its `__name__`
    algorithms: tuple[str, ...]  # every implementation that offers one of them takes part
    timed: bool  # whether interleaved rounds are timed; if not, one run of each contender is enough
    facts: bool = False  # whether runs of our kernels are checked swap by swap; the column ``facts`` has the results
    # Our algorithms also take part with a whole call, to stand beside libraries whose swaps cannot be timed apart.
    whole_calls: bool = False
    # An implementation that can choose the start itself takes part once more, with a call that does both.
    own_starts: bool = False
    # Only calls that choose their start, as users make them; of our algorithms the tuned form where there is one.
    as_called: bool = False
    # Settings of our algorithms, each a contender of its own; an algorithm without an entry runs with its defaults.
    variants: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    # Algorithm of the papers to a newer one of ours that is measured beside it. Its rows are kept out of the study; the
    # report repeats the study with the newer one in the other's place, apart from the reproduction.
    beyond: Mapping[str, str] = field(default_factory=dict)
    twice: bool = False  # every contender is measured a second time under another name, in a process of its own
    # An implementation that can use as many threads is a contender with each number; also `ALL_CORES`, or `DOUBLED`.
    threads: tuple[int, ...] = (1,)
    gpu: tuple[str, ...] = ()  # algorithms whose form for a card takes part, and its yardstick
    tuned: tuple[str, ...] = ()  # algorithms whose tuned form takes part, and the yardstick that only reads the matrix

    @property
    def name(self) -> str:
        """Name of the folder; also the key in a profile and the prefix of the study's files."""
        return self.module.rpartition(".")[2]

    @cached_property
    def words(self) -> Words:
        """What the report says of it; read from ``words.yaml`` when it is first needed."""
        text = files(self.module).joinpath("words.yaml").read_text(encoding="utf-8")
        return TypeAdapter(Words).validate_python(yaml.safe_load(text))

    @property
    def measured(self) -> tuple[str, ...]:
        """All algorithms that take part in one form or another."""
        return tuple(dict.fromkeys((*self.algorithms, *self.tuned, *self.gpu)))

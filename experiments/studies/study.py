"""The declaration of a study: which question it answers and what has to be measured for it.

A study is a folder of `experiments/studies`:

- ``__init__.py``  the declaration, `STUDY`. Planning and measuring read nothing else, so it imports neither pandas nor
  numba nor matplotlib.
- ``analysis.py``  ``analyse(rows)``, one pass over the rows, returns a named result. Its ``measures``, if the study has
  quantities, are the numbers that claims are decided by.
- ``exhibits.py``  ``tables(result)`` and ``figures(result)``, by name, and the sentences of ``findings(result)`` show
  that result and compute nothing new.

`answer` brings the three together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Quantity:
    """A number that a study computes and that claims are decided by."""

    name: str  # as ``claims.yaml`` writes it behind the name of the study: "fastpam1_slope"
    unit: str  # "ratio", "slope", "share", "percent", "count", "bytes", "seconds"
    words: str  # what it is, for the reader of the report


def quantities(unit: str, **words: str) -> tuple[Quantity, ...]:
    """Declare quantities of one unit, each as name=words."""
    return tuple(Quantity(name, unit, text) for name, text in words.items())


@dataclass(frozen=True, kw_only=True)
class Study:
    """One question and what is measured for it."""

    name: str  # of the folder; also the key in a profile and the prefix of the study's files
    title: str
    question: str  # one paragraph for the reader of the report
    algorithms: tuple[str, ...]  # every implementation that offers one of them takes part
    timed: bool  # whether interleaved rounds are timed; if not, one run of each contender is enough
    facts: bool = False  # whether runs of our kernels are checked swap by swap; the column ``facts`` has the results
    # An implementation that can choose the start itself takes part a second time, with a call that does both.
    whole_calls: bool = False
    # Settings of our algorithms, each a contender of its own; an algorithm without an entry runs with its defaults.
    variants: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    # Algorithm of the papers to a newer one of ours that is measured beside it. Its rows are kept out of the study; the
    # report repeats the study with the newer one in the other's place, apart from the reproduction.
    beyond: Mapping[str, str] = field(default_factory=dict)
    twice: bool = False  # every contender is measured a second time under another name, in a process of its own
    threads: tuple[int, ...] = (1,)  # an implementation that can use as many threads is a contender with each number
    tuned: tuple[str, ...] = ()  # algorithms whose tuned form takes part, and the yardstick that only reads the matrix
    quantities: tuple[Quantity, ...] = ()  # all that may be measured; `claims.yaml` is checked against them

    @property
    def measured(self) -> tuple[str, ...]:
        """All algorithms that take part in one form or another."""
        return tuple(dict.fromkeys((*self.algorithms, *self.tuned)))

    @property
    def words(self) -> dict[str, str]:
        """The words of every quantity, by its name."""
        return {quantity.name: quantity.words for quantity in self.quantities}

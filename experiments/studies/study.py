"""The declaration of a study: what to measure and what to show of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.report.exhibits import Figure, Table


@dataclass(frozen=True)
class Study:
    """One question, in one file; the registry finds it by the name ``STUDY``.

    Attributes
    ----------
    name : str
        Short, ASCII, as in the configuration and in file names.
    title : str
    question : str
        One paragraph for the reader of the report.
    algorithms : tuple of str
        Every implementation that offers one of them takes part.
    timed : bool
        True: interleaved rounds; False: one run of each contender is enough.
    facts : bool
        Runs of ours are also checked swap by swap; the findings are in the column ``facts``.
    whole_calls : bool
        Who can choose the cell's start itself takes part once more with a call that does both.
    measures : callable
        Rows to name -> list of `Measure`, one for each dataset, start and code base: what claims are decided by.
    variants : mapping of str to tuple of dict
        Settings of our algorithms, each a contender of its own; without an entry the defaults alone.
    beyond : mapping of str to str
        Algorithm of the papers to one of ours, newer than them, that is measured beside it. Its rows are kept out of
        the study; the report repeats the study with it in the other's place, apart from the reproduction.
    threads : tuple of int
        Who offers to work with these numbers of threads does so, each a contender of its own.
    tuned : tuple of str
        Algorithms whose tuned form takes part, with or without the others, and the yardstick that only reads the
        matrix.
    tables : callable
        Rows to name -> `Table`.
    figures : callable
        Rows to name -> `Figure`.
    findings : callable
        Rows to sentences with numbers, the most important first. Empty when nothing was measured.

    Notes
    -----
    The rows a study receives are those of its algorithms, of any status, with a column ``result_class``:
    contenders with the same value promise the same result from the same start; missing without a promise.
    """

    name: str
    title: str
    question: str
    algorithms: tuple[str, ...]
    timed: bool
    tables: Callable[[pd.DataFrame], dict[str, Table]]
    figures: Callable[[pd.DataFrame], dict[str, Figure]]
    findings: Callable[[pd.DataFrame], list[str]]
    facts: bool = False
    whole_calls: bool = False
    measures: Callable[[pd.DataFrame], dict[str, list[Measure]]] = lambda rows: {}
    variants: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    beyond: Mapping[str, str] = field(default_factory=dict)
    threads: tuple[int, ...] = (1,)
    tuned: tuple[str, ...] = ()

    @property
    def measured(self) -> tuple[str, ...]:
        """All that takes part in one form or another."""
        return tuple(dict.fromkeys((*self.algorithms, *self.tuned)))

"""What a study hands to the report: tables that know how to be read, figures with a text alternative, headlines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pandas as pd
from matplotlib.figure import Figure as Drawing

Scale = Literal["linear", "log", "symlog"]
Kind = Literal["text", "integer", "milliseconds", "seconds", "ratio", "scientific"]


@dataclass(frozen=True)
class Column:
    """One column as a reader sees it. All fields but the first and `kind` name columns of the frame."""

    heading: str
    source: str
    kind: Kind = "text"  # how the value is written; "milliseconds" is written from seconds
    interval: tuple[str, str] | None = None  # lower and upper end, written in brackets after the value
    instead: str | None = None  # the text to show where the value is missing
    why_none: str | None = None  # why a value has no interval; the frame may lack this column

    @property
    def is_number(self) -> bool:
        """Whether the column is aligned and sorted as numbers."""
        return self.kind != "text"


@dataclass(frozen=True)
class Table:
    """A table: everything in `frame`, in full precision, goes to the csv, `columns` to the editions for readers.

    `empty` is shown in place of a table without lines. The caption and this text of a study are in its ``words.yaml``.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    caption: str = ""
    empty: str = "Nothing was measured."

    @classmethod
    def of(cls, frame: pd.DataFrame, *columns: Column | Iterable[Column], **words: str) -> "Table":
        """Make a table of columns that are given alone or in groups; `words` are ``caption`` and ``empty``."""
        groups = ([one] if isinstance(one, Column) else one for one in columns)
        return cls(frame, tuple(chain.from_iterable(groups)), **words)


@dataclass(frozen=True)
class Chart:
    """The data of a figure, from which the page draws a chart.

    `points` has a line for each point: ``panel``, ``algorithm`` with its ``colour`` and ``marker``, ``implementation``,
    ``x`` and ``y``; the ends of the interval, ``low`` and ``high``, a lower ``bound`` where there is no y, and what the
    point rests on, if the frame has such columns.
    """

    kind: str  # figures of one kind are one chart
    choices: Mapping[str, str]  # what tells them apart: heading to value
    points: pd.DataFrame
    x: str
    x_unit: str
    y: str
    unit: str  # of y: "s", "%", "times" or none
    scale: Scale  # of y, at first
    joined: bool = True  # by lines
    printed: Sequence[tuple[str, float, float]] = ()  # what the papers print: algorithm, x, y


@dataclass(frozen=True)
class Figure:
    """A figure; `alt` describes it to readers who cannot see it."""

    drawing: Drawing
    caption: str
    alt: str
    chart: Chart | None = None


@dataclass(frozen=True)
class Headline:
    """A number for the first screen. It never rests on a single pair of runs or a single start."""

    value: str
    words: str  # what it is, as a phrase

"""What a study hands to the report: tables that know how to be read, and figures with a text alternative."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pandas as pd
from matplotlib.figure import Figure as Drawing

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
class Figure:
    """A figure; `alt` describes it to readers who cannot see it."""

    drawing: Drawing
    caption: str
    alt: str

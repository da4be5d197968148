"""What a study hands to the report: tables that know how to be read, and figures with a text alternative."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd
from matplotlib.figure import Figure as Drawing

Kind = Literal["text", "integer", "milliseconds", "seconds", "ratio", "scientific"]


@dataclass(frozen=True)
class Column:
    """One column as a reader sees it.

    Attributes
    ----------
    heading : str
    source : str
        Column of the frame.
    kind : str
        How the value is written. "milliseconds" is written from seconds.
    interval : tuple of two str, optional
        Columns of the frame with the lower and upper end, written in brackets after the value.
    instead : str, optional
        Column of the frame with the text to show where the value is missing.
    why_none : str, optional
        Column of the frame with the reason why a value has no interval.
    """

    heading: str
    source: str
    kind: Kind = "text"
    interval: tuple[str, str] | None = None
    instead: str | None = None
    why_none: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether the column is aligned and sorted as numbers."""
        return self.kind != "text"


@dataclass(frozen=True)
class Table:
    """A table: everything in `frame` goes to the csv, `columns` to the editions for readers.

    Attributes
    ----------
    frame : DataFrame
        Full precision, machine-readable names.
    caption : str
    columns : tuple of Column
    empty : str
        The text to show when the frame has no lines.
    """

    frame: pd.DataFrame
    caption: str
    columns: tuple[Column, ...]
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Figure:
    """A figure; `alt` describes it to readers who cannot see it."""

    drawing: Drawing
    caption: str
    alt: str

"""What a study hands to the report: tables that know how to be read, figures with words for the blind."""

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
        Columns of the frame with the lower and upper end, written behind the value in brackets.
    instead : str, optional
        Column of the frame with the text to show where the value is missing.
    """

    heading: str
    source: str
    kind: Kind = "text"
    interval: tuple[str, str] | None = None
    instead: str | None = None


@dataclass(frozen=True)
class Table:
    """A table: everything goes to the csv, `columns` to the editions made for reading.

    Attributes
    ----------
    frame : DataFrame
        Full precision, machine-readable names.
    caption : str
    columns : tuple of Column
    empty : str
        What to say when the frame has no line.
    """

    frame: pd.DataFrame
    caption: str
    columns: tuple[Column, ...]
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Figure:
    """A figure.

    Attributes
    ----------
    drawing : matplotlib.figure.Figure
    caption : str
    alt : str
        What it shows, for readers who cannot see it.
    """

    drawing: Drawing
    caption: str
    alt: str

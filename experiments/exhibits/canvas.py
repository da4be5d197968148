"""Where a figure will stand: on the page of the report, or in a column of a paper. Figures ask for their `canvas`."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

NARROWEST = 1.9  # a panel, in inches
SHAPE, WIDEST = 0.62, 3.5  # height of a panel over its width, and the width up to which it grows with it
BELOW, ABOVE = 0.3, 0.15  # inches for what stands below the lowest panels, and for the title of each


@dataclass(frozen=True)
class Canvas:
    """The size of a figure and what its user wants changed; without arguments, the page of the report."""

    width: float | None = None  # of the figure, in inches; None: what its panels need
    rc: Mapping[str, Any] = field(default_factory=dict)  # matplotlib's parameters, over those of the report
    marks: float = 1.0  # size of the markers over that in the report
    # What is written in the report to what is written here, and the names of algorithms in rows to their look.
    labels: Mapping[str, str] = field(default_factory=dict)  # of axes
    titles: Mapping[str, str] = field(default_factory=dict)  # of panels
    legend: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    markers: Mapping[str, str] = field(default_factory=dict)

    def arrange(self, panels: int, width: float, height: float, beside: float, free: bool) -> tuple[int, float, float]:
        """Return how many of the panels stand in a row, and the width and the height of the figure, in inches.

        On the page that is all of them; `width` and `height` are what the figure has there, with `beside` for its
        labels. In a column the height follows from the width if it is `free`; if not, each row has that of the page.
        """
        if self.width is None:
            return panels, width, height
        rows = math.ceil(panels / max(1, int((self.width - beside) / NARROWEST)))
        columns = math.ceil(panels / rows)
        of_panel = ABOVE + SHAPE * min(self.width / columns, WIDEST)
        return columns, self.width, BELOW + rows * of_panel if free else rows * height


REPORT = Canvas()
_CANVAS = ContextVar("canvas", default=REPORT)
canvas = _CANVAS.get


@contextmanager
def on_canvas(chosen: Canvas) -> Iterator[None]:
    """Make and save the figures of this block for such a place."""
    token = _CANVAS.set(chosen)
    try:
        yield
    finally:
        _CANVAS.reset(token)

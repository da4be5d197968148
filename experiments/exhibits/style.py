"""One look for all figures: colours and markers of algorithms, lines of implementations, how files are saved.

The colours are those of Okabe & Ito, which can be told apart with any colour vision; markers and line styles repeat the
information for prints in grey. Files carry no date, so the same rows give the same bytes.
"""

import io
import re
import shutil
import zlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import Formatter

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits.canvas import canvas
from kmedoids_bench.experiments.rows.keys import OURS

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#6B6B6B"

IMPLEMENTATIONS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK, "#8C6D31", "#6B6ECF", "#9C9C9C")

# matplotlib escapes only % and ^ for LaTeX.
LATEX = str.maketrans({"_": r"\_", "&": r"\&", "#": r"\#", "\N{MULTIPLICATION SIGN}": r"\texttimes{}"})

RC = mpl.rc_params_from_file(Path(__file__).with_name("figures.mplstyle"), use_default_template=False)


def drawing_style() -> AbstractContextManager[None]:
    """Return the context in which every figure is made and saved."""
    parameters: dict[Any, Any] = {**RC, **canvas().rc}
    return mpl.rc_context(parameters)


@dataclass(frozen=True)
class Look:
    """How an algorithm is written and drawn everywhere."""

    title: str
    colour: str
    marker: str


LOOKS = {
    "pam": (VERMILION, "s"),
    "fastpam1": (BLUE, "o"),
    "fasterpam": (GREEN, "^"),
    "fastpam2": (SKY, "D"),
    "eagerpam": (ORANGE, "v"),
    "reynolds": (PURPLE, "P"),
    "alternating": (BLACK, "X"),
}
# Starts share the colours, since a figure shows either algorithms or starts; their markers are their own.
START_LOOKS = {
    "build": (VERMILION, "p"),
    "lab": (BLUE, "<"),
    "random": (GREEN, ">"),
    "kmeanspp": (SKY, "h"),
    "park_jun": (PURPLE, "d"),
    "greedy_g": (ORANGE, "*"),
}
# And so do the algorithms of the medoid silhouette, which are drawn beside FasterPAM only.
SILHOUETTE_LOOKS = {
    "pammedsil": (VERMILION, "p"),
    "fastmsc": (BLUE, "D"),
    "fastermsc": (PURPLE, "v"),
    "dynmsc": (BLACK, "*"),
}
# Sampling algorithms and their rivals, which figures of loss against time show together.
SAMPLING_LOOKS = {
    "clara": (VERMILION, "p"),
    "fastclara": (BLUE, "h"),
    "fastclara2": (SKY, "d"),
    "fasterclara": (GREEN, "D"),
    "clarans": (VERMILION, "<"),
    "fastclarans": (BLUE, ">"),
    "fasterclarans": (GREEN, "v"),
    "onebatchpam": (PURPLE, "P"),
    "banditpam": (BLACK, "*"),
    "banditpam_orig": (GREY, "8"),
    "fastkmedoids": (ORANGE, "X"),
}
SPARE_COLOURS = (PURPLE, ORANGE, SKY, BLACK, GREY)
SPARE_MARKERS = ("P", "X", "D", "v", "<", ">", "p", "h")
DASHES = ((0, (5, 2)), (0, (1, 1.5)), (0, (6, 1.5, 1, 1.5)), (0, (3, 1, 1, 1, 1, 1)), (0, (9, 3)))


def algorithm_look(name: str) -> Look:
    """Return the look of an algorithm; one that is in no table always gets the same spare look."""
    number = zlib.crc32(name.encode())
    spare = SPARE_COLOURS[number % len(SPARE_COLOURS)], SPARE_MARKERS[number % len(SPARE_MARKERS)]
    colour, marker = (LOOKS | START_LOOKS | SILHOUETTE_LOOKS | SAMPLING_LOOKS).get(name, spare)
    return Look(title_of(name), canvas().colours.get(name, colour), canvas().markers.get(name, marker))


def implementation_lines(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the line and marker style of each implementation, ours first, as keyword arguments for matplotlib.

    Ours are solid, filled and on top; libraries are dashed and hollow.
    """
    present = set(names)
    small, large = 4 * canvas().marks, 7.5 * canvas().marks
    ours = {OURS: {"linestyle": "-", "markersize": small, "zorder": 3}} if OURS in present else {}
    hollow = {"markerfacecolor": "white", "markersize": large, "zorder": 2}
    libraries = enumerate(sorted(present - {OURS}))
    return ours | {name: {"linestyle": DASHES[place % len(DASHES)], **hollow} for place, name in libraries}


@cache
def tex_system() -> str | None:
    """Return the LaTeX command that measures texts for pgf files, or None if there is none on PATH."""
    return next((name for name in ("pdflatex", "xelatex", "lualatex") if shutil.which(name)), None)


def pgf_text(figure: Figure) -> bytes:
    r"""Draw a figure as commands to ``\input`` in a LaTeX document (package pgf), in the document's own fonts.

    Raises RuntimeError or ValueError, with LaTeX's message, if LaTeX fails, e.g. because it lacks the package pgf.
    """
    target = io.BytesIO()
    texts = {text: text.get_text() for text in figure.findobj(Text)}
    formatters = {axis: axis.get_major_formatter() for axis in figure.findobj(Axis)}
    try:
        for text, words in texts.items():
            text.set_text(words.translate(LATEX))
        for axis, formatter in formatters.items():
            axis.set_major_formatter(_ForLatex(formatter))
        with drawing_style(), mpl.rc_context({"pgf.texsystem": tex_system(), "pgf.rcfonts": False}):
            figure.savefig(target, format="pgf")
    finally:
        for text, words in texts.items():
            text.set_text(words)
        for axis, formatter in formatters.items():
            axis.set_major_formatter(formatter)
    return target.getvalue()


class _ForLatex(Formatter):
    """Writes the labels of ticks as another formatter does, for LaTeX."""

    def __init__(self, other: Formatter) -> None:
        self.other = other

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.other(x, pos).translate(LATEX)

    def set_locs(self, locs: Any) -> None:
        self.other.set_locs(locs)


def figure_bytes(figure: Figure, suffix: str, *, white: bool = False) -> bytes:
    """Render a figure as "png", "pdf" or "svg"; the same figure always gives the same bytes.

    An svg is for the page unless `white`: transparent, since the page has a background of its own, light or dark, and
    small, since the page holds dozens. Its texts stay texts, and its numbers have two decimals.
    """
    on_page = suffix == "svg" and not white
    undated: dict[str, Any] = {
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        "svg": {"Date": None, "Creator": None},
    }[suffix]
    target = io.BytesIO()
    with drawing_style(), mpl.rc_context({"svg.fonttype": "none"} if on_page else {}):
        figure.savefig(target, format=suffix, metadata=undated, transparent=on_page)
    return _lean(target.getvalue()) if on_page else target.getvalue()


def _lean(svg: bytes) -> bytes:
    for what, instead in ((rb"<metadata>.*?</metadata>", b""), (rb"\s+", b" "), (rb"(\.\d\d)\d+", rb"\1")):
        svg = re.sub(what, instead, svg, flags=re.DOTALL)
    return svg

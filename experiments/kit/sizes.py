"""How wide a column is and how large its font, in the common document classes of papers."""

import re
from dataclasses import dataclass
from typing import Any

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.canvas import Canvas
from kmedoids_bench.experiments.planning.profile import unknown

POINTS = {"pt": 1.0, "in": 72.27, "cm": 72.27 / 2.54, "mm": 7.227 / 2.54}  # TeX's
SLACK = 0.1  # points, less than TeX calls overfull: programs round sizes
SMALL = 0.8  # \footnotesize over \normalsize: ticks, legends and tables
TALLEST = 8.5  # inches: a float that is larger fits on no page of these classes


@dataclass(frozen=True)
class Column:
    """The width of a figure or a table, and the size of the text around it, in TeX's points."""

    width: float
    font_size: float
    both: bool = False  # whether it is as wide as both columns of a page that has two

    def canvas(self, **changed: Any) -> Canvas:
        """Return the canvas of a figure of this width; `changed` are further fields of it.

        Legends spell libraries as they are called: "kmedoids 0.5.5".
        """
        changed["legend"] = {name: one.title for name, one in references().items()} | dict(changed.get("legend", {}))
        inches = (self.width - SLACK) / POINTS["in"]
        rc = _parameters(self.font_size) | dict(changed.pop("rc", {})) | FIXED
        return Canvas(inches, rc, marks=0.75, **changed)


@dataclass(frozen=True)
class DocumentClass:
    """The two widths of a class, one column and the whole page, and the size of its text, in TeX's points."""

    title: str
    single: float
    double: float
    font_size: float = 10


# From the classes themselves: \columnwidth and \textwidth with the options that are named.
CLASSES = {
    "ieee": DocumentClass("IEEE: IEEEtran, conference or journal", 252, 516),
    "acm": DocumentClass("ACM: acmart, sigconf", 241.1475, 506.295, 9),
    "acmsmall": DocumentClass("ACM: acmart, acmsmall; one column", 395.8225, 395.8225),
    "lncs": DocumentClass("Springer LNCS: llncs; one column", 347.1235, 347.1235),
    "elsevier": DocumentClass("Elsevier: elsarticle, 5p", 252, 522),
    "elsevier1p": DocumentClass("Elsevier: elsarticle, 1p; one column", 384, 384),
    "elsevier3p": DocumentClass("Elsevier: elsarticle, 3p; one column", 468, 468),
}
# The layout is for exactly this size.
FIXED = {"savefig.bbox": None, "figure.constrained_layout.use": True}


def column(name: str, width: str, font_size: float | None = None) -> Column:
    """Return a column of a document class.

    `width` is "single", "double" or a length such as "240pt" or "8.6cm"; `font_size`, in points, is that of the class
    if it is None. Raises Trouble for an unknown class and for a width that is no length or not that of a column.
    """
    if name not in CLASSES:
        raise Trouble(f"--class: {unknown(name, 'a document class', CLASSES)}")
    of_class = CLASSES[name]
    length = re.fullmatch(rf"(\d+(?:\.\d+)?)\s*({'|'.join(POINTS)})", width)
    if width in ("single", "double"):
        points = getattr(of_class, width)
    elif length:
        points = float(length[1]) * POINTS[length[2]]
    else:
        raise Trouble(f"--width: {width!r} is neither single nor double nor a length such as 240pt or 8.6cm")
    if not 100 <= points <= 2000:
        raise Trouble(f"--width: {width} is not the width of a column")
    return Column(points, font_size or of_class.font_size, both=points > of_class.single)


def _parameters(size: float) -> dict[str, Any]:
    """Return matplotlib's parameters for a text of this size; a pgf takes the document's fonts instead of these."""
    small = dict.fromkeys(("xtick.labelsize", "ytick.labelsize", "legend.fontsize"), SMALL * size)
    same = dict.fromkeys(("font.size", "axes.titlesize", "axes.labelsize"), size)
    lines = {"lines.linewidth": 1.2, "lines.markersize": 4, "axes.linewidth": 0.6, "grid.linewidth": 0.4}
    legend = {"legend.handlelength": 2.2, "legend.columnspacing": 1.2}
    return {"font.family": "STIXGeneral", "mathtext.fontset": "stix", **same, **small, **lines, **legend}

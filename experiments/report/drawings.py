"""The figures of a study on the page: those of one kind become one chart, with the first one as its image."""

import base64
import gzip
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import vl_convert

from kmedoids_bench.experiments.analysis.frames import gathered
from kmedoids_bench.experiments.exhibits.exhibit import Chart, Figure
from kmedoids_bench.experiments.report.outputs import ShownFigure

HEADINGS = {"dataset": "data", "dtype": "numbers"}  # of choices; the others are named as in the rows
LOOK = ["colour", "marker"]
VEGA_LITE = {"vl_version": "6.4"}


@dataclass(frozen=True)
class Drawn:
    """One place on the page for one figure, or for all figures of one kind."""

    name: str  # the anchor
    shown: ShownFigure  # what stands there at first, and where the page runs no programs
    others: Sequence[tuple[str, str]] = ()  # the other figures of its kind: captions and pdfs
    data: Mapping[str, Any] | None = None  # what the chart draws


def drawings(study: str, figures: Mapping[str, Figure], shown: Mapping[str, ShownFigure]) -> list[Drawn]:
    """Put the figures of a study, by name, in their places; `shown` has each as "<study>_<name>"."""
    places = gathered((figure.chart.kind if figure.chart else name, name) for name, figure in figures.items())
    return [
        _drawn(f"{study}-{kind}", [(figures[name], shown[f"{study}_{name}"]) for name in names])
        for kind, names in places.items()
    ]


@cache
def charts_library() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one program, compressed: gzip in base64, 0.4 MB in place of 0.9."""
    program = vl_convert.javascript_bundle(**VEGA_LITE)
    return base64.b64encode(gzip.compress(program.encode(), mtime=0)).decode()


def _drawn(name: str, figures: Sequence[tuple[Figure, ShownFigure]]) -> Drawn:
    first = figures[0][0].chart
    if first is None:
        return Drawn(name, figures[0][1])
    charts = [(figure.chart, figure.caption, shown) for figure, shown in figures if figure.chart]
    points = pd.concat(chart.points for chart, _, _ in charts)
    looks = points.drop_duplicates("algorithm").set_index("algorithm")[LOOK]
    fields = [str(column) for column in points if column not in LOOK]
    # A figure with the same points on other axes is one more file; on the page the reader chooses the axes.
    different = gathered((tuple(chart.choices.values()), one) for one in charts for chart in one[:1])
    data = {
        **{name: getattr(first, name) for name in ("x", "x_unit", "y", "unit", "scale", "joined")},
        "looks": {str(name): look for name, look in zip(looks.index, looks.to_numpy().tolist(), strict=True)},
        "headings": [HEADINGS.get(heading, heading) for heading in first.choices],
        "fields": fields,
        "figures": [
            {
                **{"choices": list(choices), "caption": caption, "file": shown.file},
                **{"points": list(_lines(chart, fields)), "printed": list(chart.printed)},
            }
            for choices, ((chart, caption, shown), *_) in different.items()
        ],
    }
    return Drawn(name, charts[0][2], [(caption, shown.file) for _, caption, shown in charts[1:]], data)


def _lines(chart: Chart, fields: Sequence[str]) -> Iterator[list]:
    """Yield the points as lists of JSON values, numbers with five digits: nobody sees more."""
    for line in chart.points.reindex(columns=list(fields)).to_numpy(object).tolist():
        yield [value if isinstance(value, str) else _short(value) for value in line]


def _short(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(f"{value:.5g}")

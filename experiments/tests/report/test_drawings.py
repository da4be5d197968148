import base64
import gzip
import json
import math

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from kmedoids_bench.experiments.exhibits.exhibit import Chart, Figure
from kmedoids_bench.experiments.report.drawings import charts_library, drawings
from kmedoids_bench.experiments.report.outputs import ShownFigure


def points(y):
    fields = {"panel": "BUILD", "algorithm": "PAM", "colour": "#000000", "marker": "s", "implementation": "ours"}
    return pd.DataFrame([fields | {"x": 10.0, "y": y, "low": float("nan"), "high": float("nan"), "pairs": 3}])


def made(kind, dataset, y=1.23456789, scale="log"):
    chart = Chart(kind, {"dataset": dataset, "n": "100"}, points(y), "k", "", "time", "s", scale)
    return Figure(Canvas(), f"{kind} on {dataset}.", "A text alternative.", chart)


@pytest.fixture
def places():
    figures = {
        "time_a": made("time", "a"),
        "linear_a": made("time", "a", scale="linear"),
        "swaps_a": made("swaps", "a"),
        "time_b": made("time", "b", y=math.inf),
        "matrix": Figure(Canvas(), "A matrix.", "A text alternative."),
    }
    shown = {f"study_{name}": ShownFigure(figure, b"<svg/>", f"figures/{name}.pdf") for name, figure in figures.items()}
    return drawings("study", figures, shown)


def test_figures_of_one_kind_are_one_chart_and_others_stay_figures(places):
    assert [place.name for place in places] == ["study-time", "study-swaps", "study-matrix"]
    assert [place.data is None for place in places] == [False, False, True]
    assert [place.shown.file for place in places] == ["figures/time_a.pdf", "figures/swaps_a.pdf", "figures/matrix.pdf"]


def test_every_other_figure_is_a_file(places):
    assert [file for _, file in places[0].others] == ["figures/linear_a.pdf", "figures/time_b.pdf"]


def test_the_same_points_on_other_axes_are_no_choice_of_their_own(places):
    figures = places[0].data["figures"]
    assert [one["choices"] for one in figures] == [["a", "100"], ["b", "100"]]
    assert places[0].data["scale"] == "log"
    assert places[0].data["headings"] == ["data", "n"]


def test_points_are_short_and_are_json(places):
    data = places[0].data
    (line,) = data["figures"][0]["points"]
    at = dict(zip(data["fields"], line, strict=True))
    assert (at["y"], at["low"], at["pairs"]) == (1.2346, None, 3)
    assert data["looks"] == {"PAM": ["#000000", "s"]}
    assert "Infinity" not in json.dumps(data)


def test_the_library_is_compressed_and_can_stand_in_a_page():
    packed = charts_library()
    assert "vegaEmbed" in gzip.decompress(base64.b64decode(packed)).decode()
    assert len(packed) < 500_000

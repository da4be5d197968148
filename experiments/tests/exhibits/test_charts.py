import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.charts import AXES, curves, loss_over_time
from kmedoids_bench.experiments.exhibits.plots import factor_axis, percent_axis, seconds_axis

WORDS = ("A caption.", "A text alternative.")
FACET = {"dataset": "digits", "n": 1797, "metric": "euclidean"}


@pytest.fixture
def lines():
    return pd.DataFrame(
        {
            "algorithm": ["pam", "pam", "fasterpam"],
            "implementation": "kmedoids_bench",
            "k": [10, 100, 10],
            "value": [1.0, np.nan, 12.5],
            "low": [0.9, np.nan, 12.0],
            "high": [1.1, np.nan, 13.0],
            "bound": [np.nan, 240.0, np.nan],
            "n_pairs": [6, 0, 6],
        }
    )


def test_a_figure_keeps_its_points(lines):
    figure = curves(WORDS, {"BUILD": lines}, "value", "speed-up", factor_axis, kind="speedup", choices=FACET)
    chart = figure.chart
    assert (figure.caption, figure.alt) == WORDS
    assert (chart.kind, chart.choices) == ("speedup", {"dataset": "digits", "n": "1,797", "metric": "euclidean"})
    assert (chart.y, chart.unit, chart.scale, chart.x) == ("speed-up", "times", "log", "number of medoids k")
    points = chart.points
    assert points["algorithm"].tolist() == ["PAM", "PAM", "FasterPAM"]
    assert points[["x", "y"]].fillna(-1).to_numpy().tolist() == [[10, 1], [100, -1], [10, 12.5]]
    assert points["bound"].dropna().tolist() == [240]
    assert points["pairs"].tolist() == [6, 0, 6]
    assert points["colour"].nunique() == points["marker"].nunique() == 2


def test_what_has_neither_value_nor_bound_is_no_point(lines):
    lines["bound"] = np.nan
    figure = curves(WORDS, {"BUILD": lines}, "value", "time", seconds_axis, kind="time", choices={})
    assert len(figure.chart.points) == 2


def assert_whole(drawing):
    """Nothing of a figure is cut at its edges."""
    drawing.draw_without_rendering()
    inside, (width, height) = drawing.get_tightbbox(), drawing.get_size_inches()
    assert inside.x0 >= 0
    assert inside.y0 >= 0
    assert inside.x1 <= width
    assert inside.y1 <= height


def test_a_legend_that_is_wider_than_the_figure_has_more_rows(lines):
    both = pd.concat([lines, lines.assign(implementation="kmedoids_055")]).drop(columns="bound")
    figure = curves(WORDS, {"BUILD": both}, "value", "speed-up", factor_axis, kind="", choices={})
    assert len(figure.drawing.legends[0].get_texts()) == 5  # which would be one row
    assert_whole(figure.drawing)


def test_printed_numbers_stand_in_every_panel(lines):
    panels, printed = {"BUILD": lines, "random": lines}, [("fasterpam", 10, 4_580_000.0)]
    figure = curves(WORDS, panels, "value", "speed-up", factor_axis, kind="", choices={}, printed=printed)
    assert figure.chart.printed == (("FasterPAM", 10, 4_580_000.0),)
    assert [[text.get_text() for text in axes.texts].count("4.58e+06") for axes in figure.drawing.axes] == [1, 1]
    assert_whole(figure.drawing)  # there is room for the longer numbers at the axis, too


def test_points_over_time():
    lines = pd.DataFrame(
        {
            "algorithm": ["pam", "fasterpam", "pam"],
            "implementation": ["kmedoids_bench", "elki", "elki"],
            "k": [10, 10, 20],
            "seconds": [2.0, 0.1, 3.0],
            "excess_percent": [0.0, 0.3, 0.1],
        }
    )
    chart = loss_over_time(WORDS, lines, FACET, implementations=True).chart
    assert chart.points["panel"].tolist() == ["k = 10", "k = 10", "k = 20"]
    assert (chart.x_unit, chart.unit, chart.joined) == ("s", "%", False)


def test_every_axis_has_a_unit_and_a_scale():
    assert AXES[percent_axis] == ("%", "symlog")
    assert {scale for _, scale in AXES.values()} == {"linear", "log", "symlog"}

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.forest_plot import forest

LINES = pd.DataFrame(
    [("a", "one", 2.0, 1.5, 2.5), ("a", "two", 4.0, np.nan, np.nan), ("b", "two", 0.5, 0.4, 0.6)],
    columns=["where", "machine", "value", "low", "high"],
)


@pytest.fixture(scope="module")
def axes():
    return forest(LINES, ["one", "two"], "a ratio", [3.0]).axes[0]


def marks(axes):
    lines = [line for line in axes.lines if line.get_marker() not in ("None", "")]
    return {float(line.get_xdata()[0]): (float(line.get_ydata()[0]), line.get_color()) for line in lines}


def test_every_value_stands_on_the_line_of_its_place_and_machines_do_not_overlap(axes):
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b"]
    found = marks(axes)
    assert {value: round(height) for value, (height, _) in found.items()} == {2.0: 0, 4.0: 0, 0.5: 1}
    assert found[2.0][0] < 0 < found[4.0][0]
    assert found[4.0][1] == found[0.5][1] != found[2.0][1]  # a machine has one colour


def test_intervals_bounds_and_one(axes):
    spans = {tuple(map(float, line.get_xdata())) for line in axes.lines if len(line.get_xdata()) == 2}
    assert {(1.5, 2.5), (0.4, 0.6), (1.0, 1.0), (3.0, 3.0)} == spans  # of (a, two) there is no interval


def test_the_legend_names_the_machines():
    legend = forest(LINES, ["one", "two"], "a ratio").legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["one", "two"]

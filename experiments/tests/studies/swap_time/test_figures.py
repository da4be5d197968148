import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.studies.swap_time import figures as module
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS


def figures(rows):
    return module.figures(analyse(rows.assign(result_class=None)))


@pytest.fixture(scope="module")
def drawn(rows):
    return figures(rows)


def test_one_set_of_figures_for_each_dataset(drawn):
    kinds = ("time", "time_linear", "speedup", "decomposition", "libraries_time", "libraries_speedup")
    assert set(drawn) == {f"{kind}_{data}" for kind in kinds for data in ("digits", "plants_texture")}


def test_libraries_have_figures_of_their_own(rows, drawn):
    def legend(name):
        return {text.get_text() for text in drawn[name].drawing.legends[0].get_texts()}

    assert "kmedoids_055" not in legend("time_digits") | legend("speedup_digits")
    assert "kmedoids_055" in legend("libraries_time_digits") & legend("libraries_speedup_digits")
    assert not any("libraries" in name for name in figures(rows[rows["implementation"] == "kmedoids_bench"]))


def test_linear_axes(drawn):
    axes = drawn["time_linear_digits"].drawing.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")
    assert axes.get_ylim()[0] == 0


def test_one_panel_for_each_start(drawn):
    assert [axes.get_title(loc="left") for axes in drawn["time_digits"].drawing.axes] == ["BUILD", "random"]


def test_axes_are_logarithmic_and_have_units(drawn):
    axes = drawn["time_digits"].drawing.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    drawn["time_digits"].drawing.canvas.draw()
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert "10 ms" in labels
    assert "1 s" in labels


def test_cut_runs_are_arrows_at_the_limit(drawn):
    arrows = [line for line in drawn["time_digits"].drawing.axes[1].lines if "arrow" in str(line.get_marker())]
    assert arrows
    assert all(np.asarray(line.get_ydata()) == pytest.approx(10.0) for line in arrows)


@pytest.mark.proof
def test_sizes_of_one_dataset_have_figures_of_their_own(rows):
    half = rows[rows["dataset"] == "digits"].assign(dtype="float64")
    both = figures(pd.concat([rows, half]))
    assert "time_digits_1797_euclidean_float64" in both
    assert "time_plants_texture" in both


def test_nothing_is_drawn_of_nothing(rows):
    assert figures(rows[rows["status"] == "unavailable"]) == {}
    assert figures(rows[:0]) == {}


def factors():
    table = pd.DataFrame({"k": [100, 10], "speedup": [450.0, np.nan], "cheaper": [90.0, np.nan], "fewer": [5.0, 2.0]})
    ends = {f"{name}{end}": np.nan for name in FACTORS for end in ("_low", "_high")}
    both = [table.assign(start=start, implementation="kmedoids_bench", **ends) for start in ("build", "random")]
    return pd.concat(both)


def test_three_curves_over_k():
    figure = module._decomposition(factors(), "digits")
    drawing = figure.drawing
    assert [axes.get_title(loc="left") for axes in drawing.axes] == ["BUILD", "random"]
    assert [text.get_text() for text in drawing.legends[0].get_texts()] == list(FACTORS.values())
    assert drawing.axes[0].get_ylabel() == "FasterPAM over PAM"
    curves = [container.lines[0] for container in drawing.axes[0].containers]
    assert [np.asarray(curve.get_ydata())[-1] for curve in curves] == [450, 90, 5]
    assert [list(np.asarray(curve.get_xdata())) for curve in curves] == [[100], [100], [10, 100]]
    assert "one panel for each start: BUILD, random." in figure.alt

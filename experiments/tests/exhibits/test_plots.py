import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.plots import (
    Curve,
    curves,
    factor_axis,
    linear_seconds_axis,
    panels_over_k,
    seconds_axis,
    seconds_over_n,
    share_matrix,
)
from kmedoids_bench.experiments.exhibits.style import LOOKS


def some_curves():
    return [
        Curve("pam", "kmedoids_bench", [2, 10], [0.1, 1.0], bound_k=[50], bound=[10.0]),
        Curve("fasterpam", "kmedoids_bench", [2, 10, 50], [0.1, 0.1, 0.2]),
        Curve("fasterpam", "lib", [2, 10], [0.2, 0.2], low=[0.1, np.nan], high=[0.3, np.nan]),
    ]


def test_panels_share_axes_and_have_one_legend():
    figure = panels_over_k({"BUILD": some_curves(), "random": some_curves()[:1]}, "time", seconds_axis)
    left, right = figure.axes
    assert left.get_ylim() == right.get_ylim()
    assert left.get_xlim() == right.get_xlim()
    assert left.get_ylabel() == "time"
    (legend,) = figure.legends
    # Row by row: algorithms first; a legend is filled column by column.
    texts = [text.get_text() for text in legend.get_texts()]
    assert sorted(texts) == sorted(["PAM", "FasterPAM", "kmedoids_bench", "lib", "cut: above this"])


def test_legend_puts_algorithms_in_the_first_line():
    many = [Curve(name, who, [2], [1.0]) for name in ("pam", "fastpam1", "fasterpam") for who in ("a", "b", "c")]
    (legend,) = panels_over_k({"BUILD": many}, "time", seconds_axis).legends
    texts = [text.get_text() for text in legend.get_texts()]
    assert texts[::2] == ["PAM", "FastPAM1", "FasterPAM"]
    assert texts[1::2] == ["a", "b", "c"]


def test_every_k_is_a_tick():
    axes = panels_over_k({"BUILD": some_curves()}, "time", seconds_axis).axes[0]
    assert axes.get_xticks().tolist() == [2, 10, 50]
    assert not axes.get_xticks(minor=True).tolist()


def test_algorithms_keep_their_colour_and_libraries_are_hollow():
    axes = panels_over_k({"BUILD": some_curves()}, "time", seconds_axis).axes[0]
    drawn = [line for line in axes.lines if line.get_marker() == LOOKS["fasterpam"].marker]
    assert len(drawn) == 2
    assert {line.get_color() for line in drawn} == {LOOKS["fasterpam"].colour}
    assert sorted(line.get_markerfacecolor() == "white" for line in drawn) == [False, True]


def test_missing_intervals_are_drawn_without_bars():
    axes = panels_over_k({"BUILD": some_curves()[2:]}, "speed-up", factor_axis).axes[0]
    (bars,) = axes.containers[0][2]
    heights = [segment[1][1] - segment[0][1] for segment in bars.get_segments()]
    assert heights == pytest.approx([0.2, 0.0])


def test_speedup_axis_shows_k_and_one():
    axes = panels_over_k({"BUILD": some_curves()}, "speed-up", factor_axis).axes[0]
    diagonal = [line for line in axes.lines if len(line.get_xdata()) == 2 and np.array_equal(*line.get_data())]
    assert diagonal
    assert [text.get_text() for text in axes.texts] == ["speed-up = k"]


def test_panel_of_bounds_alone_can_be_drawn():
    only = Curve("pam", "lib", [], [], bound_k=[100], bound=[10.0])
    panels_over_k({"random": [only]}, "time", seconds_axis).canvas.draw()


def test_matrix_holds_every_pair_once():
    frame = pd.DataFrame({"first": ["a", "a", "b"], "second": ["b", "c", "c"], "hits": [9, 0, 5], "total": [9, 9, 9]})
    (axes,) = share_matrix({"promise": frame}).axes
    assert sorted(text.get_text() for text in axes.texts) == ["0/9", "5/9", "9/9"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "c"]
    shares = np.ma.filled(axes.images[0].get_array(), np.nan)
    assert shares[1, 0] == 1
    assert shares[2, 0] == 0
    assert np.isnan(shares[0]).all()


def test_an_axis_over_n_has_a_square_below():
    curve = Curve("fasterpam", "kmedoids_bench", k=[1000, 2000, 4000], value=[0.1, 0.4, 1.6])
    figure = panels_over_k({"swaps": [curve]}, "time", seconds_over_n)
    axes = figure.axes[0]
    assert axes.get_xlabel() == "number of objects n"
    ns, guide = axes.lines[-1].get_data()
    assert np.log(guide[1] / guide[0]) / np.log(ns[1] / ns[0]) == pytest.approx(2)


def test_curves_of_a_table_follow_its_order_and_skip_what_has_no_value():
    lines = pd.DataFrame(
        [("pam", 10, 2.0, 1.5, np.nan), ("pam", 50, np.nan, np.nan, 9.0), ("pam", 2, 1.0, np.nan, np.nan)]
        + [("build", 2, 3.0, 2.5, np.nan)],
        columns=["algorithm", "k", "estimate", "low", "bound"],
    ).assign(implementation="kmedoids_bench", high=4.0)
    pam, build = curves(lines, "estimate", interval=("low", "high"), bound="bound")
    assert (pam.algorithm, pam.k, pam.value, pam.bound_k, pam.bound) == ("pam", [2, 10], [1.0, 2.0], [50], [9.0])
    assert (np.isnan(pam.low[0]), pam.low[1], pam.high) == (True, 1.5, [4.0, 4.0])
    assert (build.value, build.bound) == ([3.0], [])
    assert curves(lines, "estimate")[0].low is None


def test_linear_axes_begin_at_zero():
    for axes in panels_over_k({"a": some_curves(), "b": some_curves()}, "time", linear_seconds_axis).axes:
        assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")
        assert axes.get_xlim()[0] == axes.get_ylim()[0] == 0
        assert axes.get_xlim()[1] > 50

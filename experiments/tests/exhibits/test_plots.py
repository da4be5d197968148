import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from kmedoids_bench.experiments.exhibits.plots import (
    apart,
    factor_axis,
    k_axis,
    linear_seconds_axis,
    panels_over_k,
    seconds_axis,
    seconds_over_n,
    silhouette_axis,
    threads_axis,
    time_and_loss,
)
from kmedoids_bench.experiments.exhibits.style import algorithm_look


def lines(*lines):
    return pd.DataFrame(lines, columns=["algorithm", "implementation", "k", "value", "low", "high", "bound"])


def point(algorithm, implementation, k, value=np.nan, low=np.nan, high=np.nan, bound=np.nan):
    return algorithm, implementation, k, value, low, high, bound


PAM = lines(
    point("pam", "kmedoids_bench", 2, 0.1),
    point("pam", "kmedoids_bench", 10, 1.0),
    point("pam", "kmedoids_bench", 50, bound=10.0),
)
OF_LIBRARY = lines(point("fasterpam", "lib", 10, 0.2), point("fasterpam", "lib", 2, 0.2, 0.1, 0.3))
SOME = pd.concat(
    [PAM, lines(*(point("fasterpam", "kmedoids_bench", k, 0.1 * k**0.1) for k in (2, 10, 50))), OF_LIBRARY]
)


def drawn(panels, axis=seconds_axis, label="time", **more):
    return panels_over_k(panels, "value", label, axis, **more)


def test_panels_share_axes_and_have_one_legend():
    figure = drawn({"BUILD": SOME, "random": PAM})
    left, right = figure.axes
    assert left.get_ylim() == right.get_ylim()
    assert left.get_xlim() == right.get_xlim()
    assert left.get_ylabel() == "time"
    (legend,) = figure.legends
    # Row by row: algorithms first; a legend is filled column by column.
    texts = [text.get_text() for text in legend.get_texts()]
    assert sorted(texts) == sorted(["PAM", "FasterPAM", "kmedoids_bench", "lib", "stopped at the limit: lower bound"])


def test_legend_puts_algorithms_in_the_first_line():
    many = lines(*(point(name, who, 2, 1.0) for name in ("pam", "fastpam1", "fasterpam") for who in ("a", "b", "c")))
    (legend,) = drawn({"BUILD": many}).legends
    texts = [text.get_text() for text in legend.get_texts()]
    assert texts[::2] == ["PAM", "FastPAM1", "FasterPAM"]
    assert texts[1::2] == ["a", "b", "c"]


def test_every_k_is_a_tick():
    axes = drawn({"BUILD": SOME}).axes[0]
    assert axes.get_xticks().tolist() == [2, 10, 50]
    assert not axes.get_xticks(minor=True).tolist()


def test_of_many_k_only_some_have_a_tick():
    axes = drawn({"BUILD": lines(*(point("pam", "kmedoids_bench", k, 1.0) for k in range(2, 31)))}).axes[0]
    assert axes.get_xticks().tolist() == [2, 5, 10, 20]
    assert axes.get_xlim()[1] > 30


def test_silhouettes_have_a_linear_axis():
    axes = drawn({"random": SOME}, silhouette_axis).axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")


def test_algorithms_keep_their_colour_and_libraries_are_hollow():
    axes = drawn({"BUILD": SOME}).axes[0]
    curves = [line for line in axes.lines if line.get_marker() == algorithm_look("fasterpam").marker]
    assert len(curves) == 2
    assert {curve.get_color() for curve in curves} == {algorithm_look("fasterpam").colour}
    assert sorted(curve.get_markerfacecolor() == "white" for curve in curves) == [False, True]


def test_missing_intervals_are_drawn_without_bars():
    axes = drawn({"BUILD": OF_LIBRARY}, factor_axis).axes[0]
    (bars,) = axes.containers[0][2]
    heights = [segment[1][1] - segment[0][1] for segment in bars.get_segments()]
    assert heights == pytest.approx([0.2, 0.0])


def test_speedup_axis_shows_k_and_one():
    figure = drawn({"BUILD": SOME}, factor_axis)
    axes = figure.axes[0]
    diagonal = [line for line in axes.lines if len(line.get_xdata()) == 2 and np.array_equal(*line.get_data())]
    assert diagonal
    assert figure.legends[0].get_texts()[-1].get_text() == "speed-up = k"


def test_an_axis_of_threads_shows_what_each_would_bring_at_best():
    gains = lines(*(point("pam", "ours", threads, threads**0.5) for threads in (1, 2, 4)))
    figure = drawn({"k = 10": gains.rename(columns={"k": "number"})}, threads_axis, over="number")
    axes = figure.axes[0]
    assert axes.get_xlabel() == "number of threads"
    assert axes.get_xticks().tolist() == [1, 2, 4]
    assert np.array_equal(*axes.lines[-1].get_data())
    assert figure.legends[0].get_texts()[-1].get_text() == "speed-up = threads"


def test_panel_of_bounds_alone_can_be_drawn():
    drawn({"random": lines(point("pam", "lib", 100, bound=10.0))}).canvas.draw()


def test_an_axis_over_n_has_a_square_below():
    sizes = lines(*(point("fasterpam", "kmedoids_bench", n, n**2 / 1e7) for n in (1000, 2000, 4000)))
    figure = drawn({"swaps": sizes.rename(columns={"k": "n"})}, seconds_over_n, over="n")
    axes = figure.axes[0]
    assert axes.get_xlabel() == "number of objects n"
    ns, guide = axes.lines[-1].get_data()
    assert np.log(guide[1] / guide[0]) / np.log(ns[1] / ns[0]) == pytest.approx(2)


def test_a_curve_is_sorted_and_skips_what_has_no_value():
    frame = pd.concat([PAM[::-1], lines(point("build", "kmedoids_bench", 2), point("build", "kmedoids_bench", 5, 3.0))])
    axes = drawn({"BUILD": frame.drop(columns=["low", "high"])}).axes[0]
    data = [tuple(map(list, curve.get_data())) for curve in axes.lines]
    assert data == [([2, 10], [0.1, 1.0]), ([50], [10.0]), ([5], [3.0])]
    assert not axes.containers


def test_linear_axes_begin_at_zero():
    for axes in drawn({"a": SOME, "b": SOME}, linear_seconds_axis).axes:
        assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")
        assert axes.get_xlim()[0] == axes.get_ylim()[0] == 0
        assert axes.get_xlim()[1] > 50


def test_losses_are_in_percent_and_no_marker_is_cut():
    lines = pd.DataFrame(
        {
            "k": [10, 10, 50],
            "algorithm": ["pam", "clara", "pam"],
            "implementation": "kmedoids_bench",
            "seconds": [1.0, 0.01, 2.0],
            "excess_percent": [0.0, 12.0, 0.3],
        }
    )
    axes = time_and_loss(lines).axes[0]
    low, high = axes.get_ylim()
    assert low < 0
    assert high > 12 * 1.5
    assert axes.yaxis.get_major_formatter()(0.1, 0) == "0.1 %"


def test_labels_of_k_do_not_touch():
    assert apart([2, 5, 10, 20, 50, 100, 200, 300]) == [2, 5, 10, 20, 50, 100, 300]
    assert apart([2, 5, 10, 20, 50, 100, 200]) == [2, 5, 10, 20, 50, 100, 200]
    assert apart([7]) == [7]
    assert apart([]) == []
    axes = Figure().subplots()
    k_axis(axes, [2, 200, 300])
    assert axes.get_xticks().tolist() == [2, 300]

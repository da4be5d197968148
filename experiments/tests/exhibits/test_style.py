import itertools

import pytest
from matplotlib.figure import Figure

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.exhibits.style import (
    LOOKS,
    SAMPLING_LOOKS,
    SILHOUETTE_LOOKS,
    START_LOOKS,
    algorithm_look,
    drawing_style,
    figure_bytes,
    implementation_lines,
    pgf_text,
    tex_system,
)


def luminance(colour):
    """Relative luminance by WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_algorithms_differ_in_colour_and_in_marker():
    for looks in (LOOKS, START_LOOKS, [*SILHOUETTE_LOOKS, "fasterpam"]):
        for one, other in itertools.combinations(map(algorithm_look, looks), 2):
            assert one.colour != other.colour
            assert one.marker != other.marker


@pytest.mark.parametrize("name", ["pam", "fastpam1", "fasterpam"])
def test_main_colours_stand_out_from_paper(name):
    assert (1.05) / (luminance(algorithm_look(name).colour) + 0.05) >= 3  # WCAG's contrast for graphics


def test_markers_tell_apart_what_is_drawn_over_time():
    markers = [algorithm_look(name).marker for name in (*SAMPLING_LOOKS, "fasterpam")]
    assert len(set(markers)) == len(markers)


def test_looks_are_of_algorithms_that_exist():
    assert {*LOOKS, *START_LOOKS, *SILHOUETTE_LOOKS} <= algorithms().keys()


def test_unknown_algorithm_always_looks_the_same():
    assert algorithm_look("onebatch") == algorithm_look("onebatch")
    assert algorithm_look("onebatch").title == "onebatch"


def test_ours_is_solid_and_filled_libraries_are_neither():
    lines = implementation_lines(name for name in ["zeta", "kmedoids_bench", "alpha", "zeta"])
    assert list(lines) == ["kmedoids_bench", "alpha", "zeta"]
    assert lines["kmedoids_bench"]["linestyle"] == "-"
    assert "markerfacecolor" not in lines["kmedoids_bench"]
    assert lines["alpha"]["linestyle"] != lines["zeta"]["linestyle"]
    assert lines["alpha"]["markerfacecolor"] == "white"
    assert "kmedoids_bench" not in implementation_lines(["alpha"])


def drawing():
    from matplotlib.figure import Figure

    with drawing_style():
        figure = Figure(figsize=(2, 2))
        figure.subplots().plot([1, 2], [3, 4], marker="o", label="x")
    return figure


@pytest.mark.parametrize(("suffix", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_files_are_the_same_each_time(suffix, begins):
    first = figure_bytes(drawing(), suffix)
    assert first.startswith(begins)
    assert first == figure_bytes(drawing(), suffix)
    for word in (b"CreationDate", b"dc:date", b"matplotlib.org", b"/Producer"):
        assert word not in first


def test_png_is_fine_enough_for_print():
    width = int.from_bytes(figure_bytes(drawing(), "png")[16:20], "big")
    assert width >= 2 * 150


@pytest.mark.skipif(tex_system() is None, reason="needs LaTeX")
def test_pgf_is_what_latex_can_read_and_the_same_each_time():
    with drawing_style():
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 2], [1, 2])
        axes.set_title("plants_texture & 95 %")
        axes.set_yticks([1, 2], ["german_credit", "a_b"])
    text = pgf_text(figure)
    assert rb"german\_credit" in text
    assert rb"plants\_texture \& 95" in text
    assert pgf_text(figure) == text
    assert axes.get_title("left") == "plants_texture & 95 %"  # the other formats want it as it was
    assert [label.get_text() for label in axes.get_yticklabels()] == ["german_credit", "a_b"]

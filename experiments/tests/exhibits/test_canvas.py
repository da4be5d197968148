import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.canvas import REPORT, Canvas, canvas, on_canvas
from kmedoids_bench.experiments.exhibits.plots import count_axis, panels_over_k
from kmedoids_bench.experiments.exhibits.share_matrix import share_matrix
from kmedoids_bench.experiments.exhibits.style import algorithm_look

FRAME = pd.DataFrame(
    {
        "algorithm": ["pam", "pam", "fasterpam", "fasterpam", "alternating"],
        "implementation": ["kmedoids_bench"] * 5,
        "k": [10, 100, 10, 100, 10],
        "value": [20.0, 200.0, 5.0, 9.0, 4.0],
    }
)


def drawn(chosen, *titles):
    with on_canvas(chosen):
        return panels_over_k(dict.fromkeys(titles, FRAME), "value", "number of swaps", count_axis)


def test_a_canvas_is_left_as_it_was_found_also_after_an_error():
    def fail():
        with on_canvas(Canvas(3.0)):
            assert canvas().width == 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert canvas() is REPORT


@pytest.mark.parametrize(
    ("width", "titles", "columns"),
    [(3.5, "ab", 1), (7.1, "ab", 2), (7.1, "abc", 3), (7.1, "abcd", 2), (4.8, "abcde", 2), (None, "abcde", 5)],
)
def test_panels_stand_in_as_many_rows_as_the_width_needs(width, titles, columns):
    figure = drawn(Canvas(width), *titles)
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(titles)
    assert len({round(axes.get_position().x0, 6) for axes in figure.axes}) == columns
    if width:
        assert figure.get_figwidth() == width
    for place, axes in enumerate(figure.axes):
        lowest = place + columns >= len(titles)
        assert axes.get_xlabel() == ("number of medoids k" if lowest else "")
        assert axes.xaxis.get_tick_params()["labelbottom"] == lowest
        assert axes.get_ylabel() == ("" if place % columns else "number of swaps")


def test_the_legend_takes_as_many_columns_as_fit_and_the_figure_grows_with_it():
    wide, narrow = (drawn(Canvas(width), "a") for width in (4.0, 2.2))
    for figure in (wide, narrow):
        legend = figure.legends[0].get_window_extent()
        assert legend.width < figure.bbox.width
        assert figure.axes[0].get_tightbbox().y0 >= legend.y1  # below the panel, not over it
    panels = [figure.axes[0].get_position().height * figure.get_figheight() for figure in (wide, narrow)]
    assert panels[1] > 0.5 * panels[0]


def test_a_matrix_that_is_too_wide_is_refused():
    pairs = pd.DataFrame({"first": list("abcd"), "second": list("bcde"), "hits": 1, "total": 1})
    with on_canvas(Canvas(7.0)):
        assert share_matrix({"promise": pairs}).get_figwidth() == 7
    with on_canvas(Canvas(3.5)), pytest.raises(Trouble, match="a matrix of 5 contenders needs 4.1 inches"):
        share_matrix({"promise": pairs})


def test_names_labels_and_looks_are_those_of_the_canvas():
    changed = Canvas(
        3.5,
        {"font.size": 7},
        labels={"number of swaps": "swaps"},
        titles={"a": "from BUILD"},
        legend={"PAM": "PAM (1987)"},
        colours={"pam": "red"},
        markers={"pam": "*"},
    )
    figure = drawn(changed, "a")
    axes, texts = figure.axes[0], [text.get_text() for text in figure.legends[0].get_texts()]
    assert (axes.get_ylabel(), axes.get_title(loc="left")) == ("swaps", "from BUILD")
    assert {"PAM (1987)", "FasterPAM", "Alternating", "k"} == set(texts)
    assert ("red", "*") in {(line.get_color(), line.get_marker()) for line in axes.lines}
    assert algorithm_look("pam").colour != "red"

import re

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.canvas import on_canvas
from kmedoids_bench.experiments.exhibits.style import tex_system
from kmedoids_bench.experiments.kit.figures import draw, how_to_include, write
from kmedoids_bench.experiments.kit.finding import offer
from kmedoids_bench.experiments.kit.selection import selection
from kmedoids_bench.experiments.kit.sizes import column

IEEE = column("ieee", "single")


def drawn(some, name, place=None, who=None, k=None, canvas=None):
    wanted = offer(some, "figure", name)
    with on_canvas(canvas or IEEE.canvas()):
        return draw(some, wanted, selection(some.rows_of(wanted.study), place or {}, k, who or {}))


def test_a_selection_is_one_figure_with_what_was_selected(some):
    who = {"algorithm": "PAM,FasterPAM", "start": "BUILD"}
    name, figure = drawn(some, "speedup", {"dataset": "digits"}, who, "10:50")
    assert name == "speedup_digits"
    (axes,) = figure.drawing.axes
    assert axes.get_xticks().tolist() == [10, 20, 50]
    assert [text.get_text() for text in figure.drawing.legends[0].get_texts()] == ["FasterPAM", "speed-up = k"]
    assert figure.drawing.get_figwidth() == IEEE.canvas().width
    assert "digits (n = 1,797" in figure.caption


@pytest.mark.parametrize(
    ("name", "place", "who", "message"),
    [
        ("speedup", {}, {}, "choose one with --dataset: digits, plants_texture"),
        ("speedup", {"dataset": "digits"}, {"algorithm": "PAM"}, "nothing of swap_time.speedup was measured for this"),
        ("loss_by_method", {"dataset": "digits"}, {"algorithm": "FastPAM1"}, "nothing of quality.loss_by_method"),
    ],
)
def test_what_is_not_one_figure_is_refused(some, name, place, who, message):
    with pytest.raises(Trouble, match=message):
        drawn(some, name, place, who)


def test_a_figure_that_no_page_holds_is_refused(some, monkeypatch):
    monkeypatch.setattr("kmedoids_bench.experiments.kit.figures.TALLEST", 3.0)
    with pytest.raises(Trouble, match="inches high, and a page has room for 3"):
        drawn(some, "speedup", {"dataset": "digits"})


def test_files_have_the_size_of_the_column(some, tmp_path):
    name, figure = drawn(some, "speedup", {"dataset": "digits"})
    with on_canvas(IEEE.canvas()):
        pdf, svg = write(name, figure, ("pdf", "svg"), tmp_path, "a command")
    left, low, right, high = map(float, re.search(rb"/MediaBox \[ ([^]]+) \]", pdf.read_bytes())[1].split())
    assert (left, low) == (0, 0)
    assert right * 72.27 / 72 == pytest.approx(252 - 0.1, abs=0.01)
    assert re.search(rf'width="{right:.4f}\d*pt"', svg.read_text())
    assert rf"\includegraphics{{{pdf}}}" in how_to_include([svg, pdf], figure, IEEE)


@pytest.mark.skipif(tex_system() is None, reason="needs LaTeX")
def test_a_pgf_says_what_made_it_and_is_used_first(some, tmp_path):
    name, figure = drawn(some, "speedup", {"dataset": "digits"}, k="10:50")
    with on_canvas(IEEE.canvas()):
        paths = write(name, figure, ("pdf", "pgf"), tmp_path, "a command\n\\input x")
    text = (tmp_path / f"{name}.pgf").read_text()
    assert text.startswith("% a command\n% \\input x\n% Speed-up of the swap phase over PAM")
    assert rf"\input{{{paths[1]}}}" in how_to_include(paths[1:], figure, IEEE)


def test_without_latex_a_pgf_is_refused(some, tmp_path, monkeypatch):
    monkeypatch.setattr("kmedoids_bench.experiments.kit.figures.tex_system", lambda: None)
    name, figure = drawn(some, "speedup", {"dataset": "digits"}, k="10:50")
    with pytest.raises(Trouble, match="a pgf needs LaTeX"):
        write(name, figure, ("pgf",), tmp_path, "")

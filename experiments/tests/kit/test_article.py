import re
from dataclasses import replace

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.canvas import on_canvas
from kmedoids_bench.experiments.exhibits.style import tex_system
from kmedoids_bench.experiments.kit import article
from kmedoids_bench.experiments.kit.article import Raw, compile_article, write_article
from kmedoids_bench.experiments.kit.figures import draw, write
from kmedoids_bench.experiments.kit.finding import offer
from kmedoids_bench.experiments.kit.latex import floating
from kmedoids_bench.experiments.kit.selection import selection
from kmedoids_bench.experiments.kit.sizes import CLASSES, column
from kmedoids_bench.experiments.kit.tables import choose, fitted

LATEX = pytest.mark.skipif(tex_system() is None, reason="needs LaTeX")


@pytest.fixture
def without_latex(monkeypatch):
    monkeypatch.setattr("kmedoids_bench.experiments.kit.article.tex_system", lambda: None)


def words(text):
    """The text of an article as its readers meet it, nearly: without comments and tables, with an X for a command."""
    body = re.sub(r"(?s)\\begingroup.*?\\endgroup|(?m:^%.*$)", "", text.partition(r"\begin{document}")[2])
    return re.sub(r"\s+", " ", re.sub(r"\\[A-Za-z]+", "X", body))


def test_an_article_is_whole_where_there_is_no_latex(some, tmp_path, without_latex):
    source = write_article(some, tmp_path)
    text = source.read_text()
    labels, references = (re.findall(rf"\\{name}\{{(\w+:\w+)\}}", text) for name in ("label", "ref"))
    assert set(references) <= set(labels)
    assert {"fig:speedup", "fig:quality", "tab:data", "tab:verdicts", "tab:machine"} <= set(labels)
    for picture in re.findall(r"\\includegraphics\{([^}]+)\}", text):
        assert (tmp_path / picture).is_file()
    assert not re.search(r"\b(nan|None|Undefined)\b|<<|>>|<%|%>", words(text))
    assert not re.search(r" [,.;:]|\(\)|\.\.|, ?\.", words(text))  # what a part that was left out leaves behind
    for section in ("Question", "Method", "Results", "Verdicts", "Limitations", "Machine and reproduction"):
        assert rf"\section{{{section}}}" in text
    with pytest.raises(Trouble, match="article.tex, but there is no LaTeX on PATH"):
        compile_article(source)


def test_an_article_about_little_says_only_what_was_measured(some, tmp_path, without_latex):
    rows = some.rows[some.rows["algorithm"] == "fasterpam"]
    context = replace(some.context, config={"studies": {"iterations": {}}})
    text = write_article(replace(some, rows=rows, context=context), tmp_path).read_text()
    assert r"\subsection{Swaps and passes}" in text
    assert r"\subsection{Speed of the swap phase}" not in text
    assert not re.search(r"\b(nan|None)\b", words(text))
    with pytest.raises(Trouble, match="the run made_up has no rows"):
        write_article(replace(some, rows=rows[:0]), tmp_path)


def test_what_a_tag_prints_is_escaped(monkeypatch):
    template = article._template().environment.from_string("<< a >> << b >><% if false %>x<% endif %>{#1}")
    assert template.render(a="50 % of a_b", b=Raw(r"\ref{x}")) == r"50~\% of a\_b \ref{x}{#1}"


@LATEX
def test_what_latex_cannot_read_is_one_message(tmp_path):
    (tmp_path / "article.tex").write_text(r"\documentclass{article}\begin{document}\undefined\end{document}")
    with pytest.raises(Trouble, match=r"LaTeX cannot read .*article.tex: ! Undefined control sequence"):
        compile_article(tmp_path / "article.tex")


@LATEX
@pytest.mark.proof
def test_the_article_has_no_line_wider_than_its_column_and_is_the_same_each_time(some, tmp_path):
    pages = []
    for name in ("first", "second"):
        pdf = compile_article(write_article(some, tmp_path / name))
        assert "Overfull" not in pdf.with_suffix(".log").read_text(errors="replace")
        pages.append(pdf.read_bytes())
    assert pages[0] == pages[1]


FIGURES = (("speedup", "single"), ("decomposition", "single"), ("swaps", "single"), ("swap_time.time", "double"))
TABLES = (("overview", "single"), ("overview", "double"), ("versus_overall", "double"))
BUILD = {"start": "BUILD", "implementation": "kmedoids_bench", "algorithm": "PAM,FastPAM1,FasterPAM"}


@LATEX
@pytest.mark.proof
@pytest.mark.parametrize("name", CLASSES)
def test_four_figures_and_three_tables_fit_the_columns_of_every_class(some, tmp_path, name):
    """The page is that of the class: the classes themselves are not installed everywhere."""
    record, floats = CLASSES[name], []
    for number, (word, width) in enumerate(FIGURES):
        place, wanted = column(name, width), offer(some, "figure", word)
        chosen = selection(some.rows_of(wanted.study), {"dataset": "digits"}, None, {})
        with on_canvas(place.canvas()):
            _, figure = draw(some, wanted, chosen)
            write(f"f{number}", figure, ("pgf" if number % 2 else "pdf",), tmp_path, "")
        content = rf"\input{{f{number}.pgf}}" if number % 2 else rf"\includegraphics{{f{number}.pdf}}"
        floats.append(floating("figure", content, figure.caption, f"f{number}", place.both))
    for number, (word, width) in enumerate(TABLES):
        place, wanted = column(name, width), offer(some, "table", word)
        who = BUILD if word == "overview" else {}
        made = fitted(
            choose(some, wanted, selection(some.rows_of(wanted.study), {"dataset": "digits"}, None, who)), place
        )
        floats.append(floating("table", made.tabular, made.caption, f"t{number}", place.both))
    two = record.double > record.single
    columns = f"twocolumn,textwidth={record.double}pt,columnsep={record.double - 2 * record.single}pt"
    page = columns if two else f"textwidth={record.single}pt"
    source = tmp_path / "article.tex"
    source.write_text(
        rf"\documentclass[{'twocolumn' if two else 'onecolumn'}]{{article}}\usepackage[textheight=640pt,"
        + page.removeprefix("twocolumn,")
        + r"]{geometry}\usepackage{pgf,graphicx,booktabs}\usepackage[T1]{fontenc}\begin{document}Text."
        + "\n".join(floats)
        + r"\end{document}"
    )
    log = compile_article(source).with_suffix(".log").read_text(errors="replace")
    assert "Overfull" not in log
    assert "Float too large" not in log

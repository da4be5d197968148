import pytest
from click.testing import CliRunner

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.papers.paper_pdf import paper_pdf


def test_an_article_is_written_also_without_latex(some, tmp_path, monkeypatch):
    monkeypatch.setattr("kmedoids_bench.experiments.kit.stored.stored", lambda run, profile: some)
    monkeypatch.setattr("kmedoids_bench.experiments.kit.article.tex_system", lambda: None)
    monkeypatch.setattr("kmedoids_bench.experiments.kit.article.EXHIBITS", {})
    done = CliRunner().invoke(paper_pdf, ["--out", str(tmp_path)])
    assert isinstance(done.exception, Trouble)
    assert "no LaTeX on PATH" in str(done.exception)
    assert r"\section{Question}" in (tmp_path / "article.tex").read_text()


def test_a_run_and_a_profile_exclude_each_other(tmp_path):
    done = CliRunner().invoke(paper_pdf, ["--run", str(tmp_path), "--profile", "smoke", "--out", str(tmp_path)])
    with pytest.raises(Trouble, match="exclude each other"):
        raise done.exception

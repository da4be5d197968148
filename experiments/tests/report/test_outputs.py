from pathlib import Path

import jinja2
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.report.outputs import TEMPLATES, Outputs

TABLE = Table(pd.DataFrame({"k": [1, 2, 3]}), (Column("k", "k", "integer"),), "Some k.")


def test_the_page_shows_the_first_lines_and_the_files_have_all(tmp_path):
    (shown,) = Outputs(tmp_path).write_tables("study", {"ks": TABLE}, limit=2)
    assert shown.lines == [["1"], ["2"]]
    assert (tmp_path / shown.file).read_text().splitlines() == ["k", "1", "2", "3"]
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert names == {"study_ks.csv", "study_ks.md", "study_ks.tex"}


def test_what_an_earlier_report_left_is_removed_and_nothing_else(tmp_path):
    earlier = Outputs(tmp_path)
    others = ("tables/audit_answers.csv", "tables/mine.csv", "figures/study.pdf", "report.html")
    for name in ("tables/study_old.csv", "figures/study_old.pdf", *others):
        earlier.write(name, b"")
    (tmp_path / "tables" / "folder").mkdir()
    outputs = Outputs(tmp_path)
    outputs.write_tables("study", {"ks": TABLE})
    outputs.remove_leftovers(["study", "run"])
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {Path(name).name for name in others} | {"study_ks.csv", "study_ks.md", "study_ks.tex"}
    Outputs(tmp_path).remove_leftovers(["audit"])
    assert "study_ks.csv" in {path.name for path in (tmp_path / "tables").iterdir()}
    assert not (tmp_path / "tables" / "audit_answers.csv").exists()


def test_a_template_that_lacks_a_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        TEMPLATES.get_template("page.html.j2").render()

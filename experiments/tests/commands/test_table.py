from functools import partial

import pytest
import rich_click as click
from click.testing import CliRunner

from kmedoids_bench.experiments.commands.papers.table import table

CHOICE = ("overview", "--dataset", "digits", "--only", "PAM,FasterPAM", "--implementation", "kmedoids_bench")


@pytest.fixture
def call(call_on_rows):
    return partial(call_on_rows, table)


def test_the_list_says_what_each_table_has(call):
    assert "Median time of the swap phase and speed-up over PAM" in call("--list").output


def test_a_table_is_written_in_every_format_and_how_to_include_it_is_said(call, tmp_path):
    done = call(*CHOICE, "--format", "tex,md,csv", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        f"swap_time_overview.{suffix}" for suffix in ("tex", "md", "csv")
    }
    tex = (tmp_path / "swap_time_overview.tex").read_text()
    assert r"\toprule" in tex
    assert "nan" not in tex
    assert "rows of made_up, commit 0123456789ab" in tex.splitlines()[0]
    assert f"\\input{{{tmp_path / 'swap_time_overview.tex'}}}" in done.output
    assert "In all lines, data = digits, n = 1,797, implementation = kmedoids" in done.output


def test_columns_are_chosen_by_their_headings(call, tmp_path):
    call(*CHOICE, "--column", "k", "--column", "PAM (ms)", "--format", "md", "--out", tmp_path)
    heading = (tmp_path / "swap_time_overview.md").read_text().splitlines()[2]
    assert [word.strip() for word in heading.split("|")] == ["", "k", "PAM (ms)", ""]


def test_formats_are_checked_before_anything_is_read():
    done = CliRunner().invoke(table, [*CHOICE, "--format", "tex,pdf"], standalone_mode=False)
    assert isinstance(done.exception, click.UsageError)
    assert "'pdf' is not a format" in str(done.exception)

from functools import partial
from pathlib import Path

import pytest
import rich_click as click
from click.testing import CliRunner

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.papers.figure import figure

CHOICE = ("speedup", "--dataset", "digits", "--only", "PAM,FasterPAM", "--start", "BUILD")


@pytest.fixture
def call(call_on_rows):
    return partial(call_on_rows, figure)


def test_the_list_is_what_a_call_without_a_name_gives(call):
    listed = call("--list").output
    assert listed == call().output
    assert "swap_time.speedup" in listed


def test_a_figure_is_written_and_how_to_include_it_is_said(call, tmp_path):
    (tmp_path / "own.yaml").write_text("labels: {number of medoids k: K}")
    done = call(*CHOICE, "--style", tmp_path / "own.yaml", "--format", "pdf,png", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"speedup_digits.pdf", "speedup_digits.png"}
    assert f"\\includegraphics{{{tmp_path / 'out' / 'speedup_digits.pdf'}}}" in done.output
    assert r"\caption{Speed-up of the swap phase over PAM" in done.output


def test_formats_are_checked_before_anything_is_read():
    done = CliRunner().invoke(figure, [*CHOICE, "--format", "pdf,eps"], standalone_mode=False)
    assert isinstance(done.exception, click.UsageError)
    assert "'eps' is not a format" in str(done.exception)


def test_a_mistake_writes_nothing(call, tmp_path):
    done = call("speedup", "--dataset", "digitz", "--out", tmp_path / "out")
    assert isinstance(done.exception, Trouble)
    assert not Path(tmp_path / "out").exists()

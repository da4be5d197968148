"""The table of the campaign. What it does to runs is tested by its parts."""

import json

import pytest
from click.testing import CliRunner

from kmedoids_bench.experiments.tests.campaign import campaign
from kmedoids_bench.experiments.tests.campaign.campaign import PARTS, Line, page_text, summed

PART = """
from kmedoids_bench.experiments.tests.campaign.campaign import Line
NOT_TRIED = ["nobody pulled the plug"]
def lines(length, folder):
    yield Line("was kicked", length.kills, lost=length.seed)
"""


def test_lines_about_the_same_harm_are_added_and_keep_their_order():
    lines = [Line("killed", 3, lost=1), Line("cut", 2), Line("killed", 4, hangs=2)]
    assert summed(lines) == [Line("killed", 7, lost=1, hangs=2), Line("cut", 2)]
    assert [line.harmless for line in summed(lines)] == [False, True]


def test_the_page_has_a_table_for_each_part_with_its_sum():
    text = page_text({"kills": [Line("killed", 3), Line("cut", 2, wrong=1)]}, ["a plug that is pulled"])
    assert "## Kills" in text
    assert [cell.strip() for cell in text.partition("| all together")[2].splitlines()[0].split("|")[1:3]] == ["5", "0"]
    assert "- a plug that is pulled\n" in text


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the program with one made-up part; the damage is as large as the seed."""
    (tmp_path / "kicks.py").write_text(PART)
    monkeypatch.syspath_prepend(tmp_path)
    real = campaign.importlib.import_module
    monkeypatch.setattr(campaign.importlib, "import_module", lambda name: real(name.rpartition(".")[2]))
    monkeypatch.setattr(campaign, "PARTS", ("kicks",))

    def run(*words):
        return CliRunner().invoke(campaign.main, ["--file", str(tmp_path / "lines.jsonl"), *words])

    return run


def test_runs_are_added_up_and_damage_fails(run, tmp_path):
    assert run("--kills", "3").exit_code == 0
    done = run("--kills", "4", "--seed", "2", "--page", str(tmp_path / "page.md"))
    assert done.exit_code == 1
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text().splitlines()]
    assert [(line["part"], line["times"], line["lost"]) for line in lines] == [("kicks", 3, 0), ("kicks", 4, 2)]
    page = (tmp_path / "page.md").read_text()
    assert [cell.strip() for cell in page.partition("| was kicked")[2].splitlines()[0].split("|")[1:3]] == ["7", "2"]
    assert "nobody pulled the plug" in page
    assert run("--table").exit_code == 1
    assert len((tmp_path / "lines.jsonl").read_text().splitlines()) == 2


def test_every_part_has_what_the_table_needs():
    for name in PARTS:
        part = campaign.importlib.import_module(f"{campaign.HERE}.{name}")
        assert callable(part.lines)
        assert all(isinstance(sentence, str) for sentence in part.NOT_TRIED)

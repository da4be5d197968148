import json
from dataclasses import replace

import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.publishing.published import ROWS, publish, published_folder, read_run, write_rows
from kmedoids_bench.experiments.report.context import DataSource, ReportContext, Unavailable
from kmedoids_bench.experiments.rows.reading import NESTED

CONTEXT = ReportContext(
    profile="quick",
    title="Quick",
    config={"studies": {"swap_time": {}}},
    datasets=[DataSource("digits", "Digits", "someone", "CC BY 4.0", "there")],
    unavailable=[Unavailable("library elki", "no jar", "name one")],
    time_spent=[("timed runs", 3.5)],
    asked={"swap_time": {"block": ["kmedoids_bench/pam/C"]}},
)


def comparable(rows):
    """Columns in one order, nested values as texts: None and NaN are both nothing."""
    texts = {name: rows[name].map(lambda v: json.dumps(v) if isinstance(v, list | dict) else "") for name in NESTED}
    return rows.assign(**texts)[sorted(rows)]


@pytest.fixture
def results(tmp_path):
    folder = tmp_path / "results"
    for name in ("tables/a.csv", "figures/a.pdf", "figures/a.png", "tables/a.md", "tables/a.tex", "report.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_what_is_published_is_read_back_as_it_was(rows, results, tmp_path):
    target = publish(rows, CONTEXT, results, tmp_path / "published" / "quick")
    again, context = read_run(target)
    pd.testing.assert_frame_equal(comparable(again), comparable(rows))
    assert context == CONTEXT
    assert (target / "report.html").read_text() == "report.html"
    assert {path.suffix for folder in ("tables", "figures") for path in (target / folder).iterdir()} == {".csv", ".pdf"}


def test_publishing_again_replaces_everything(rows, results, tmp_path):
    target = tmp_path / "published" / "quick"
    publish(rows, CONTEXT, results, target)
    (results / "tables" / "a.csv").rename(results / "tables" / "b.csv")
    publish(rows.head(3), CONTEXT, results, target)
    assert [path.name for path in (target / "tables").iterdir()] == ["b.csv"]
    assert len(read_run(target)[0]) == 3


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows, context: (rows.head(0), context), "no current rows"),
        (lambda rows, context: (rows, replace(context, dirty=True)), "not committed"),
        (lambda rows, context: (rows.assign(dirty=True), context), "not committed"),
    ],
)
def test_what_cannot_be_checked_is_not_published(rows, results, tmp_path, spoil, message):
    with pytest.raises(Trouble, match=message):
        publish(*spoil(rows, CONTEXT), results, tmp_path / "published" / "quick")


def test_what_is_too_large_is_not_published_and_leaves_the_old_one(rows, results, tmp_path, monkeypatch):
    target = publish(rows, CONTEXT, results, tmp_path / "published" / "quick")
    before = (target / ROWS).read_bytes()
    monkeypatch.setattr("kmedoids_bench.experiments.publishing.published.LARGEST_BYTES", 1000)
    with pytest.raises(Trouble, match="publish a smaller profile"):
        publish(rows, CONTEXT, results, target)
    assert (target / ROWS).read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["quick"]


def test_a_run_whose_replacement_was_killed_is_still_there(rows, results, tmp_path):
    target = publish(rows, CONTEXT, results, tmp_path / "published" / "quick")
    target.replace(target.with_name(".quick.former"))  # a kill -9 between the two renames
    with pytest.raises(ZeroDivisionError), published_folder(target):
        raise ZeroDivisionError
    assert len(read_run(target)[0]) == len(rows)
    assert [path.name for path in target.parent.iterdir()] == ["quick"]


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(Trouble, match="is not a published run"):
        read_run(tmp_path)


def test_lists_and_dicts_are_texts_in_the_file(rows, tmp_path):
    write_rows(rows, tmp_path / ROWS)
    flat = pd.read_parquet(tmp_path / ROWS)
    assert json.loads(flat["medoids"].dropna().iloc[0])

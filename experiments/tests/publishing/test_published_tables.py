"""The published runs' rows, read by the code as it is, give the tables that were published, number by number."""

from pathlib import Path

import pandas as pd
import pytest

from kmedoids_bench.experiments.commands.console import main
from kmedoids_bench.experiments.publishing.published import check_sums, read_run

PUBLISHED = Path(__file__).resolve().parents[3] / "results" / "published"
RUNS = sorted(path.parent.name for path in PUBLISHED.glob("*/run.json"))

# Tables that have another name than the published files.
RENAMED_TABLES = {f"cells_{name}": f"blocks_{name}" for name in ("failures", "outcomes")}
# The columns that rows had when the run was published; today's may have more.
NOT_OF_ROWS = "rows_columns"
# Numbers as texts, which the tables no longer have beside the numbers themselves.
FORMATTED = ["written"]
# Texts that are worded differently than in the published files: {table: columns}.
REWORDED_COLUMNS = {"starts_comparisons": ["quantity"], "beyond_starts_comparisons": ["quantity"]}


def lines(path):
    """Return the lines of a table, sorted: the order in which they are shown may change."""
    frame = pd.read_csv(path).drop(columns=[*REWORDED_COLUMNS.get(path.stem, []), *FORMATTED], errors="ignore")
    # Today's texts also say why there is no interval.
    texts = {
        name: frame[name].str.replace(r"\(no interval: [^)]*\)", "(no interval)", regex=True)
        for name in frame
        if frame[name].dtype == "str"
    }
    frame = frame.assign(**texts)
    columns = sorted(frame.columns)
    return frame[columns].sort_values(columns, ignore_index=True)


def test_runs_are_published():
    assert {"paper", "engineering"} <= set(RUNS)


@pytest.mark.parametrize("run", RUNS)
def test_every_file_is_as_it_was_published(run):
    assert check_sums(PUBLISHED / run) > 10


def test_the_audit_is_as_it_was_published():
    assert check_sums(PUBLISHED / "audit", needed=()) > 100


@pytest.mark.proof
@pytest.mark.parametrize("run", RUNS)
def test_the_rows_are_readable(run):
    rows, context = read_run(PUBLISHED / run)
    assert len(rows) > 200
    assert context.profile == run


@pytest.mark.proof
@pytest.mark.parametrize("run", RUNS)
def test_the_published_rows_give_the_published_tables(run, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch, layout=True)
    monkeypatch.setattr("kmedoids_bench.experiments.report.page.ROWS_FOR_PROCESSES", 10**6)  # others would draw
    main(["redraw", "--run", str(PUBLISHED / run), "--results", str(tmp_path)], standalone_mode=False)
    published = {path for path in (PUBLISHED / run / "tables").glob("*.csv") if path.stem != NOT_OF_ROWS}
    for path in sorted(published):
        was = lines(path)
        now = lines(tmp_path / "tables" / f"{RENAMED_TABLES.get(path.stem, path.stem)}.csv")
        pd.testing.assert_frame_equal(was, now[list(was.columns)], rtol=1e-12, check_dtype=False, obj=path.stem)

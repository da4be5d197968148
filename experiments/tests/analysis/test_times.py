import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.times import failures, status_counts, status_words, times
from kmedoids_bench.experiments.rows.reading import rows_frame


def lines(records):
    return times(rows_frame(records)).to_dict("records")


def test_times_are_medians_over_blocks(factory):
    records = [factory.record(block="b1", seed=0, seconds=seconds, round=i) for i, seconds in enumerate((1, 2, 9))]
    records += [factory.record(block="b2", seed=1, seconds=4.0, n_swaps=5)]
    (line,) = lines(records)
    assert line["seconds"] == 3.0  # of 2 and 4
    assert (line["fastest"], line["slowest"]) == (1.0, 9.0)
    assert (line["cells"], line["blocks"], line["runs"]) == (2, 2, 4)
    assert line["n_swaps"] == 4.0  # of 3 and 5
    assert (line["status"], line["note"]) == ("ok", "")


def test_first_call_stands_on_one_row_only(factory):
    (line,) = lines([factory.record(first_seconds=1.5), factory.record(round=1)])
    assert line["first_seconds"] == 1.5


def test_cut_cells_have_a_line(factory):
    (line,) = lines([factory.failure("timeout", "cut after 10 s", limit_seconds=10.0)])
    assert pd.isna(line["seconds"])
    assert (line["status"], line["note"], line["blocks"], line["runs"]) == ("timeout", "cut at 10 s", 0, 0)


def test_timeout_is_named_before_other_failures(factory):
    records = [
        factory.failure("skipped", "not tried", seed=1, block="b1", limit_seconds=10.0),
        factory.failure("timeout", "cut", seed=2, block="b2", limit_seconds=10.0),
    ]
    assert [line["status"] for line in lines(records)] == ["timeout"]


def test_the_limit_is_that_at_which_a_call_was_cut(factory):
    records = [factory.failure("timeout", "cut after 10 s", limit_seconds=10.0)]
    records.append(factory.failure("memory", "too much", limit_seconds=60.0, series=1))
    (line,) = lines(records)
    assert line["note"] == "cut at 10 s"


def test_partly_measured_cell_says_how_many_starts(factory):
    records = [factory.record(block="b1"), factory.failure("timeout", "cut", block="b2", limit_seconds=10.0)]
    (line,) = lines(records)
    assert (line["status"], line["note"]) == ("ok", "1 of 2 starts")


def test_runs_without_time_are_not_missing_times(factory):
    assert lines([factory.record(seconds=None)]) == []
    (line,) = lines([factory.record(block="b1"), factory.record(block="b2", seconds=None)])
    assert line["cells"] == 1


@pytest.mark.parametrize(
    ("status", "limit", "words"),
    [
        ("ok", None, ""),
        ("timeout", 10.0, "cut at 10 s"),
        ("timeout", 0.25, "cut at 0.25 s"),
        ("timeout", None, "cut"),
        ("timeout", float("nan"), "cut"),
        ("skipped", 10.0, "skipped"),
        ("crash", 10.0, "crash"),
    ],
)
def test_status_words(status, limit, words):
    assert status_words(status, limit) == words


def test_failures_are_grouped_by_reason_with_all_cells_named(factory):
    reason, advice = "cut after 10 s", "allow more time"
    records = [
        factory.failure("timeout", reason, advice, block="b1", k=100, seed=0, start="random"),
        factory.failure("timeout", reason, advice, block="b2", k=50, seed=1, start="random"),
        factory.failure("timeout", reason, advice, block="b2", k=50, seed=1, start="random", round=1),
        factory.record(block="b2", k=50, seed=1, start="random", round=2),
        factory.failure("crash", "signal 11", block="b3", k=50),
    ]
    crash, timeout = failures(rows_frame(records)).to_dict("records")
    assert (crash["status"], crash["reason"], crash["cells"]) == ("crash", "signal 11", 1)
    assert (timeout["k"], timeout["seeds"], timeout["cells"], timeout["finished"]) == ("50, 100", "0, 1", 2, 1)
    assert timeout["advice"] == advice


def test_failures_without_any(factory):
    assert failures(rows_frame([factory.record()])).empty
    assert failures(rows_frame([])).empty


def test_status_counts(factory):
    records = [
        factory.record(block="b1"),
        factory.failure("timeout", "cut", block="b1", round=1),  # finished otherwise
        factory.failure("timeout", "cut", block="b2"),
        factory.failure("unavailable", "not installed", block="b1", implementation="lib"),
    ]
    ours, library = status_counts(rows_frame(records)).to_dict("records")
    assert ours == {"contender": "kmedoids_bench/pam/C", "ok": 1, "timeout": 1, "unavailable": 0}
    assert library == {"contender": "lib/pam/C", "ok": 0, "timeout": 0, "unavailable": 1}
    assert status_counts(rows_frame([])).empty

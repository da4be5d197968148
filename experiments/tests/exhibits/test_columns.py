import pandas as pd

from kmedoids_bench.experiments.exhibits import columns
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.tables import entries


def test_no_heading_and_no_source_is_defined_twice():
    shared = [value for value in vars(columns).values() if isinstance(value, Column)]
    assert len({column.heading for column in shared}) == len({column.source for column in shared}) == len(shared)


def test_plain_columns_are_named_like_their_source_or_as_the_keyword_says():
    assert columns.integers("runs", optimal="local optima") == (
        Column("runs", "runs", "integer"),
        Column("local optima", "optimal", "integer"),
    )
    assert columns.texts(note="remark") == (Column("remark", "note"),)


def test_a_ratio_has_its_interval_and_the_reason_why_there_is_none():
    assert columns.ratio("swaps", "n_swaps", "n_swaps_").why_none == "n_swaps_why_none"
    column = columns.ratio("time / ours", "relative", instead="note")
    assert (column.interval, column.instead, column.why_none) == (("low", "high"), "note", "why_none")
    without_reasons = Table(pd.DataFrame({"relative": [2.0], "low": [None], "high": [None]}), (column,))
    assert entries(without_reasons)[0][0] == "2.00 (no interval)"

import dataclasses

import pandas as pd
import pytest

from kmedoids_bench.experiments.rows import reading
from kmedoids_bench.experiments.rows.row import DTYPES, Row, columns


def test_every_column_has_a_type_and_a_meaning():
    assert {one.type for one in columns()} <= set(DTYPES)
    assert all(one.meaning for one in columns())
    assert [one.name for one in columns()] == [field.name for field in dataclasses.fields(Row)]


def test_a_row_without_what_it_needs_is_refused():
    with pytest.raises(TypeError, match="missing .* required keyword-only arguments"):
        Row(schema=2, id="1")


def test_types_are_those_of_a_table(factory):
    rows = reading.rows_frame([factory.record()])
    assert {name: str(rows[name].dtype) for name in ("n", "seed", "loss", "local_optimum", "facts")} == {
        "n": "Int64",
        "seed": "Int64",
        "loss": "float64",
        "local_optimum": "boolean",
        "facts": "object",
    }
    assert isinstance(rows["start"].dtype, pd.StringDtype)

import dataclasses
import json

import pandas as pd
import pytest

from kmedoids_bench.experiments.rows import lines, reading, row
from kmedoids_bench.experiments.rows.row import DTYPES, Row, RowColumn, columns, optional


def test_every_column_has_a_type_and_a_meaning():
    assert {one.type for one in columns()} <= set(DTYPES)
    assert all(one.meaning for one in columns())
    assert [one.name for one in columns()] == [field.name for field in dataclasses.fields(Row)]


def test_a_row_without_what_it_needs_is_refused():
    with pytest.raises(TypeError, match="missing .* required keyword-only arguments"):
        Row(schema=2, id="1")


def test_a_new_column_is_declared_in_one_place(factory, monkeypatch, tmp_path):
    """Written, read, typed and explained: nothing else has to know of it."""

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Longer(Row):
        temperature: float | None = optional("of the processor, in degrees Celsius")

    for module in (row, reading, lines):
        monkeypatch.setattr(module, "columns", lambda: columns(Longer))
    names = {field.name for field in dataclasses.fields(Longer)}
    record = {name: value for name, value in factory.record().items() if name in names}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(Longer(**record, temperature=61.5).record()) + "\n")
    rows = reading.read_rows([path])
    assert rows["temperature"].tolist() == [61.5]
    assert rows["temperature"].dtype == "float64"
    assert reading.rows_frame([record])["temperature"].isna().all()
    assert row.columns()[-1] == RowColumn("temperature", float, "of the processor, in degrees Celsius", False)


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

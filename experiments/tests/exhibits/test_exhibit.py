import dataclasses

import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table


def test_tables_and_columns_are_fixed_once_made():
    column = Column("time (ms)", "seconds", "milliseconds")
    table = Table(pd.DataFrame({"seconds": [1.0]}), (column,), "caption")
    for record, field in ((column, "kind"), (table, "caption")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, "other")


def test_an_empty_table_has_something_to_say():
    assert Table(pd.DataFrame(), ()).empty


def test_columns_are_given_alone_or_in_groups():
    first, second, third = (Column(name, name) for name in ("k", "n", "loss"))
    assert Table.of(pd.DataFrame(), first, (second, third)).columns == (first, second, third)

"""Tables with mixed columns."""

import numpy as np
import pytest

from kmedoids_bench.datasets.mixed import make_table, read_table

TEXT = "1.5, b, 20, 1, x\n\n4, ?, ?, 0, x\n ?, a, 10, ?, y\n2, b, 50, 1, y\n"


@pytest.fixture
def path(tmp_path):
    (tmp_path / "mixed.data").write_text(TEXT)
    return tmp_path / "mixed.data"


def test_a_text_file(path):
    table = read_table(path, "ncop-")
    assert table.kinds == "ncop"
    assert len(table) == 4
    np.testing.assert_array_equal(table.values[:, 0], [1.5, 4, np.nan, 2])
    np.testing.assert_array_equal(table.values[:, 1] == table.values[0, 1], [True, False, False, True])
    np.testing.assert_array_equal(table.values[:, 2], [1, np.nan, 0, 2])  # ranks
    np.testing.assert_array_equal(table.values[:, 3], [1, 0, np.nan, 1])
    np.testing.assert_array_equal(np.isnan(table.values).sum(axis=0), [1, 1, 1, 1])
    np.testing.assert_array_equal(table.ranges, [2.5, 1, 2, 1])


def test_blanks_between_the_columns(tmp_path):
    (tmp_path / "a").write_text("1  b\n3 a\n")
    np.testing.assert_array_equal(read_table(tmp_path / "a", "nc", delimiter=None).values, [[1, 1], [3, 0]])


def test_a_part_keeps_the_ranges_of_all(path):
    part = read_table(path, "ncop-")[2:4]
    assert len(part) == 2
    np.testing.assert_array_equal(part.ranges, [2.5, 1, 2, 1])


def test_a_column_of_one_value_has_the_range_one():
    table = make_table([np.array([7.0, 7.0, np.nan]), np.array([1.0, 1.0, 1.0])], "no")
    np.testing.assert_array_equal(table.ranges, [1, 1])


def test_another_number_of_columns_is_an_error_that_names_the_object(path):
    with pytest.raises(ValueError, match="mixed.data: object 0 has 5 columns, not 4"):
        read_table(path, "ncop")


def test_a_number_that_is_none(path):
    with pytest.raises(ValueError, match="could not convert string to float: 'b'"):
        read_table(path, "nnop-")

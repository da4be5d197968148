"""German credit."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

GERMAN = datasets()["german_credit"]


def test_values(fetched):
    table = GERMAN.load(fetched(GERMAN))
    assert table.values.shape == (1000, 20)
    assert (table.kinds.count("n"), table.kinds.count("c")) == (7, 13)
    numbers = [j for j, kind in enumerate(table.kinds) if kind == "n"]
    np.testing.assert_array_equal(table.values[0, numbers], [6, 1169, 4, 4, 67, 2, 1])
    assert not np.isnan(table.values).any()


def test_a_dissimilarity_by_hand(fetched):
    """A11 6 A34 A43 1169 A65 A75 4 A93 A101 4 A121 67 A143 A152 2 A173 1 A192 A201
    A12 48 A32 A43 5951 A61 A73 2 A92 A101 2 A121 22 A143 A152 1 A173 1 A191 A201."""
    table = GERMAN.load(fetched(GERMAN))
    numbers = 42 / 68 + 4782 / 18174 + 2 / 3 + 2 / 3 + 45 / 56 + 1 / 3 + 0
    categories = 6  # columns 1, 3, 6, 7, 9 and 19
    by_hand = (numbers + categories) / 20
    assert block_function(table, "gower")(slice(0, 1), slice(1, 2)) == pytest.approx(by_hand, rel=1e-14)

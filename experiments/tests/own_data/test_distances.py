from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data.columns import Columns
from kmedoids_bench.experiments.own_data.distances import asymmetry, look, square


def looked_at(matrix, form=None, asymmetric=None):
    return look(Path("d.npy"), Columns(pd.DataFrame(matrix), None, ()), form, asymmetric)


@pytest.mark.parametrize("n", [3, 300])
def test_the_first_of_the_largest_differences_is_found(n):
    matrix = np.ones((n, n))
    assert asymmetry(matrix) == (0, (0, 0))
    matrix[n - 1, 0], matrix[2, 1] = 4, 3
    assert asymmetry(matrix) == (3, (0, n - 1))


def test_rows_of_points_are_no_distances_unless_the_user_says_so():
    points = np.arange(9.0).reshape(3, 3) + 1
    assert looked_at(points) is None
    assert looked_at(np.zeros((3, 2))) is None
    with pytest.raises(Trouble, match=r"d\(0, 0\) is 1.0, the distance of an object to itself must be 0"):
        looked_at(points, "distances")


def test_whole_numbers_stay_whole_where_nothing_is_averaged():
    whole = np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]])
    assert looked_at(whole).matrix.dtype.kind == "i"
    whole[0, 1] = 4
    assert looked_at(whole, asymmetric="mean").matrix[1, 0] == 2.5
    assert looked_at(whole, asymmetric="max").matrix.tolist()[0] == [0, 4, 2]


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "float32"])
def test_the_mean_of_two_distances_does_not_overflow(dtype):
    large = 120 if dtype == "int8" else 200
    matrix = np.array([[0, large, 2], [100, 0, 3], [2, 3, 0]], dtype)
    assert looked_at(matrix, asymmetric="mean").matrix[0, 1] == (large + 100) / 2


def test_a_diagonal_that_is_zero_but_for_rounding_is_made_zero():
    matrix = np.array([[1e-9, 1, 2], [1, 0, 3], [2, 3, 0.0]])
    assert not np.diagonal(looked_at(matrix).matrix).any()
    assert matrix[0, 0] == 1e-9  # the user's array is not changed


def test_a_text_among_distances_is_named():
    frame = pd.DataFrame([[0, "x", 1], [2, 0, 3], [1, 3, 0]])
    with pytest.raises(Trouble, match="row 0, column 1 is 'x', not a distance"):
        look(Path("d.csv"), Columns(frame, None, ()), "distances", None)


def test_a_vector_is_the_upper_triangle():
    assert square(Path("d.npy"), np.array([1, 2, 3])).tolist() == [[0, 1, 2], [1, 0, 3], [2, 3, 0]]

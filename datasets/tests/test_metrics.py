"""Blocks of dissimilarities against independent ways to compute them."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import floyd_warshall
from scipy.spatial.distance import cdist

from kmedoids_bench.datasets.metrics import block_function

ALL = slice(0, 40)


def whole_numbers(largest: int, dtype: str = "float64") -> np.ndarray:
    points = np.random.default_rng(1).integers(0, largest, (40, 30)).astype(dtype)
    points[7] = points[31]
    return points


def real_numbers() -> np.ndarray:
    points = np.random.default_rng(2).normal(1000, 1, (40, 30))
    points[7] = points[31]
    return points


@pytest.mark.parametrize(
    "points",
    [whole_numbers(256, "uint8"), whole_numbers(17), -whole_numbers(1000, "int32"), whole_numbers(10**6)],
)
def test_the_fast_form_for_whole_numbers_is_scipys_result_to_the_last_bit(points):
    block = block_function(points, "euclidean")
    exact = cdist(points.astype(float), points.astype(float))
    np.testing.assert_array_equal(block(ALL, ALL), exact)
    np.testing.assert_array_equal(block(slice(3, 8), slice(30, 40)), exact[3:8, 30:40])


@pytest.mark.parametrize(
    "points", [whole_numbers(256), whole_numbers(2**40), real_numbers()], ids=["fast", "too large", "real"]
)
def test_equal_points_have_the_distance_zero(points):
    block = block_function(points, "euclidean")
    assert block(slice(7, 8), slice(31, 32)) == 0
    assert not np.diagonal(block(ALL, ALL)).any()


def test_the_fast_form_would_be_wrong_for_real_numbers():
    """The reason for the two ways: keep it as long as there are two."""
    x = real_numbers()
    squared = (x**2).sum(1)[:, None] + (x**2).sum(1) - 2 * x @ x.T
    assert np.sqrt(np.abs(squared[7, 31])) > 1e-6


def test_euclidean_by_its_definition():
    points = real_numbers()
    d = block_function(points, "euclidean")(slice(0, 2), slice(2, 4))
    assert d[1, 0] == pytest.approx(np.sqrt(((points[1] - points[2]) ** 2).sum()), rel=1e-14)


@pytest.mark.parametrize("metric", ["cityblock", "manhattan", "l1"])
def test_names_of_scipy_and_of_scikit_learn(metric):
    points = real_numbers()
    d = block_function(points, metric)(slice(0, 3), slice(5, 9))
    np.testing.assert_allclose(d, np.abs(points[0:3, None] - points[None, 5:9]).sum(2), rtol=1e-12)


def test_an_unknown_metric_is_an_error_that_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown metric 'euclid_ean'.*shortest_path.*scipy.*manhattan"):
        block_function(real_numbers(), "euclid_ean")


def test_a_metric_that_needs_all_objects_at_once_is_refused():
    with pytest.raises(ValueError, match=r"'seuclidean' depends on a parameter"):
        block_function(real_numbers(), "seuclidean")


def test_shortest_paths():
    rng = np.random.default_rng(3)
    weights = np.triu(rng.integers(1, 100, (40, 40)) * (rng.random((40, 40)) < 0.2), 1).astype(float)
    graph = csr_array(weights + weights.T)
    block = block_function(graph, "shortest_path")
    expected = floyd_warshall(graph, directed=False)
    np.testing.assert_array_equal(block(ALL, ALL), expected)
    np.testing.assert_array_equal(block(slice(3, 8), slice(5, 40)), expected[3:8, 5:])
    one_way = block_function(csr_array(weights), "shortest_path")
    np.testing.assert_array_equal(
        one_way(ALL, ALL), expected
    )  # an edge leads both ways, written down once or twice

"""Blocks of dissimilarities against independent ways to compute them."""

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import floyd_warshall
from scipy.spatial.distance import cdist

from kmedoids_bench.datasets.metrics import block_function
from kmedoids_bench.datasets.mixed import Table, make_table

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
    "points", [whole_numbers(256, "uint8"), whole_numbers(17), -whole_numbers(1000, "int32"), whole_numbers(10**6)]
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
    np.testing.assert_array_equal(one_way(ALL, ALL), expected)  # an edge leads both ways, written down once or twice


# Categories


def letters() -> np.ndarray:
    rows = np.random.default_rng(4).choice(list("abcd?"), (40, 9))
    rows[7] = rows[31]
    return rows


@pytest.mark.parametrize("objects", [letters(), whole_numbers(3, "uint8")], ids=["letters", "numbers"])
def test_hamming_counts_the_columns_that_differ(objects):
    count = (objects[:, None] != objects[None]).sum(axis=2)
    block = block_function(objects, "hamming")
    np.testing.assert_array_equal(block(ALL, ALL), count)
    np.testing.assert_array_equal(block(slice(3, 8), slice(30, 40)), count[3:8, 30:40])
    assert count[7, 31] == 0


def test_jaccard_of_categories_is_that_of_their_one_hot_coding():
    rows = letters()
    one_hot = np.hstack([rows == category for category in np.unique(rows)])
    block = block_function(rows, "jaccard")
    np.testing.assert_allclose(block(ALL, ALL), cdist(one_hot, one_hot, "jaccard"), rtol=1e-14)
    assert block(slice(7, 8), slice(31, 32)) == 0


def test_jaccard_of_numbers_is_scipys():
    presence = whole_numbers(2)
    np.testing.assert_array_equal(block_function(presence, "jaccard")(ALL, ALL), cdist(presence, presence, "jaccard"))


# Mixed columns


def mixed_table() -> Table:
    nan = np.nan
    columns = [
        [1, 4, nan, 2.5, 1],  # number: range 3
        [10, nan, 20, 70, 10],  # ranks 0, -, 1, 2, 0
        [0, 1, 0, nan, 0],  # category
        [1, 0, 0, 1, nan],  # presence
        [0, 0, 1, 1, 1],  # presence
    ]
    return make_table([np.array(column, float) for column in columns], "nocpp")


def test_gower_by_hand():
    d = block_function(mixed_table(), "gower")(slice(0, 5), slice(0, 5))
    assert d[0, 1] == (1 + 1 + 1) / 3  # the ranks cannot be compared, nor what both lack
    assert d[0, 2] == (0.5 + 0 + 1 + 1) / 4
    assert d[0, 3] == (0.5 + 1 + 0 + 1) / 4
    assert d[2, 4] == (0.5 + 0 + 0) / 3
    assert not np.diagonal(d).any()


def test_gower_is_what_r_says():
    """daisy(x, type = list(asymm = 4:5)) of R's cluster 2.1.4, the first three columns number, ordered, factor."""
    expected = [
        [0, 1, 0.625, 0.625, 0.25],
        [1, 0, 1, 0.83333333333333337, 1],
        [0.625, 1, 0, 0.5, 0.16666666666666666],
        [0.625, 0.83333333333333337, 0.5, 0, 0.5],
        [0.25, 1, 0.16666666666666666, 0.5, 0],
    ]
    np.testing.assert_array_max_ulp(
        block_function(mixed_table(), "gower")(slice(0, 5), slice(0, 5)), np.array(expected)
    )


def test_gower_is_the_same_to_the_last_bit_in_both_directions_and_in_every_block():
    rng = np.random.default_rng(5)
    columns = [*rng.normal(size=(6, 40)), *rng.integers(0, 3, (6, 40)).astype(float)]
    for column in columns:
        column[rng.random(40) < 0.1] = np.nan
    table = make_table(columns, "nnnnoocccccc")
    block = block_function(table, "gower")
    whole = block(ALL, ALL)
    np.testing.assert_array_equal(whole, whole.T)
    for i in range(40):
        np.testing.assert_array_equal(block(slice(i, i + 1), slice(39, 40)), whole[i : i + 1, 39:])
    np.testing.assert_array_equal(block_function(table[5:20], "gower")(slice(0, 15), slice(0, 15)), whole[5:20, 5:20])


def test_objects_without_a_column_to_compare_have_no_dissimilarity():
    table = make_table([np.array([1, np.nan]), np.array([np.nan, 0])], "nc")
    assert np.isnan(block_function(table, "gower")(slice(0, 1), slice(1, 2)))


# Strings


def test_levenshtein():
    words = ["kitten", "sitting", "", "Saturday", "Sunday", "sitting", "café"]
    d = block_function(words, "levenshtein")(slice(0, 7), slice(0, 7))
    assert (d[0, 1], d[3, 4], d[1, 5]) == (3, 3, 0)
    np.testing.assert_array_equal(d[2], [len(word) for word in words])
    np.testing.assert_array_equal(d, d.T)
    np.testing.assert_array_equal(block_function(words, "levenshtein")(slice(2, 4), slice(1, 7)), d[2:4, 1:])


# Series


def warpings(n: int, shift: int, start: tuple[int, int] = (0, 0)) -> Iterator[list[tuple[int, int]]]:
    """Every warping path from the start to the ends of two series of length n, shifted at most so far."""
    i, j = start
    if max(i, j) == n or abs(i - j) > shift:
        return
    if start == (n - 1, n - 1):
        yield [start]
    for step in (i + 1, j), (i, j + 1), (i + 1, j + 1):
        for rest in warpings(n, shift, step):
            yield [start, *rest]


@pytest.mark.parametrize(("metric", "shift"), [("dtw", 6), ("dtw_band", 1)])
def test_dynamic_time_warping_is_the_best_of_all_paths(metric, shift):
    series = np.random.default_rng(6).normal(size=(5, 6))
    paths = list(warpings(6, shift))
    assert len(paths) == (1683 if metric == "dtw" else 571)  # Delannoy's number; a(n) = 4 a(n-1) - a(n-2)
    best = [[np.sqrt(min(sum((x[i] - y[j]) ** 2 for i, j in path) for path in paths)) for y in series] for x in series]
    block = block_function(series, metric)
    d = block(slice(0, 5), slice(0, 5))
    np.testing.assert_allclose(d, best, rtol=1e-14)
    np.testing.assert_array_equal(d, d.T)
    np.testing.assert_array_equal(block(slice(1, 3), slice(0, 5)), d[1:3])
    np.testing.assert_array_equal(block(slice(3, 5), slice(4, 5)), d[3:, 4:])
    assert not np.diagonal(d).any()


def test_a_shifted_series_is_near():
    x = np.array([0, 0, 1, 2, 1, 0, 0, 0, 0, 0.0])
    series = np.array([x, np.roll(x, 1), np.roll(x, 3)])
    d = {metric: block_function(series, metric)(slice(0, 1), slice(0, 3))[0] for metric in ("dtw", "dtw_band")}
    np.testing.assert_array_equal(d["dtw"], [0, 0, 0])
    assert d["dtw_band"][1] == 0 < d["dtw_band"][2]

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist, squareform

from kmedoids_bench.algorithms import Problem, build, fasterpam, fastpam1, pam, random_start
from kmedoids_bench.algorithms.core.problem import is_symmetric

GOOD = np.ones((6, 6)) - np.eye(6)


def changed(row, column, value, dtype=float):
    dist = GOOD.astype(dtype)
    dist[row, column] = value
    return dist


@pytest.mark.parametrize(
    ("distances", "error", "message"),
    [
        (np.ones((3, 4)), ValueError, r"distances must be a square matrix, its shape is \(3, 4\)"),
        (np.ones(9), ValueError, r"its shape is \(9,\)"),
        (np.empty((0, 0)), ValueError, "distances is empty"),
        (changed(2, 3, np.nan), ValueError, r"distances\[2, 3\] is nan"),
        (changed(0, 5, np.inf, np.float32), ValueError, r"distances\[0, 5\] is inf"),
        (changed(4, 1, -2), ValueError, r"distances\[4, 1\] is -2.0: dissimilarities must be finite and not neg"),
        (changed(4, 1, -2, np.int64), ValueError, r"distances\[4, 1\] is -2"),
        (changed(3, 3, 1), ValueError, r"distances\[3, 3\] is 1.0: the diagonal must be zero"),
        (changed(1, 2, 1e308), ValueError, r"distances\[1, 2\] is 1e\+308: sums of 6 such numbers overflow"),
        (GOOD.astype(object), TypeError, "distances has elements of type object"),
        (GOOD.astype(complex), TypeError, "of type complex128"),
        (GOOD.astype(np.float16), TypeError, "of type float16"),
        (GOOD.astype(bool), TypeError, "of type bool"),
        (GOOD.astype(">f8"), TypeError, "of type >f8"),
        ("nonsense", ValueError, r"its shape is \(\)"),
        (None, ValueError, r"its shape is \(\)"),
        (np.ma.masked_equal(GOOD, 0), TypeError, "masked"),
    ],
)
def test_bad_matrix(distances, error, message):
    for call in (pam, fastpam1, fasterpam):
        with pytest.raises(error, match=message):
            call(distances, [0, 1])
    for call in (build, random_start):
        with pytest.raises(error, match=message):
            call(distances, 2)
    with pytest.raises(error, match=message):
        Problem(distances)


def test_the_first_bad_entry_is_named_also_beyond_the_first_block():
    dist = np.ones((700, 700), np.float32) - np.eye(700, dtype=np.float32)
    dist[600, 12] = dist[650, 3] = np.nan
    with pytest.raises(ValueError, match=r"distances\[600, 12\] is nan"):
        Problem.of(dist)


@pytest.mark.parametrize(
    ("medoids", "error", "message"),
    [
        ([0, 3, 0], ValueError, r"medoids\[2\] is 0, as is medoids\[0\]"),
        ([0, 6], ValueError, r"medoids\[1\] is 6, must be in 0 .. 5"),
        ([-1, 2], ValueError, r"medoids\[0\] is -1"),
        ([], ValueError, "at least one object id"),
        ([[0, 1]], ValueError, "at least one object id"),
        ([0.0, 1.0], TypeError, "medoids has elements of type float64"),
        ([True, False], TypeError, "medoids has elements of type bool"),
        ([0, 1, 2, 3, 4, 5, 5], ValueError, r"medoids\[6\] is 5"),
    ],
)
def test_bad_start_medoids(medoids, error, message):
    for call in (pam, fastpam1, fasterpam):
        with pytest.raises(error, match=message):
            call(GOOD, medoids)


@pytest.mark.parametrize(
    ("k", "error", "message"),
    [
        (0, ValueError, "k is 0, must be in 1 .. 6"),
        (7, ValueError, "k is 7, must be in 1 .. 6"),
        (-1, ValueError, "k is -1"),
        (2.0, TypeError, "k is 2.0, must be an integer"),
        (True, TypeError, "k is True"),
        ("2", TypeError, "k is '2'"),
    ],
)
def test_bad_k(k, error, message):
    for call in (build, random_start):
        with pytest.raises(error, match=message):
            call(GOOD, k)
    for call in (pam, fastpam1, fasterpam):
        with pytest.raises(error, match=message):
            call(GOOD, k=k)


@pytest.mark.parametrize("max_passes", [0, -3])
def test_bad_max_passes(max_passes):
    with pytest.raises(ValueError, match=f"max_passes is {max_passes}, must be at least 1"):
        pam(GOOD, k=2, max_passes=max_passes)
    with pytest.raises(TypeError, match="max_passes is 1.5"):
        pam(GOOD, k=2, max_passes=1.5)


def test_c_order_is_used_in_place_and_symmetric_f_order_too():
    points = np.random.default_rng(0).normal(size=(50, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    assert Problem.of(dist).distances is dist
    by_columns = np.asfortranarray(dist)
    assert np.shares_memory(Problem.of(by_columns).distances, by_columns)


def test_an_asymmetric_matrix_means_the_same_in_every_memory_order():
    dist = np.random.default_rng(0).random((40, 40))
    np.fill_diagonal(dist, 0)
    strided = np.repeat(np.repeat(dist, 2, axis=0), 2, axis=1)[::2, ::2]
    results = [pam(m, k=4) for m in (dist, np.asfortranarray(dist), strided)]
    assert len({tuple(map(tuple, r.swaps)) for r in results}) == 1
    assert len({r.loss for r in results}) == 1


def test_a_problem_and_nested_lists_are_welcome():
    assert pam(Problem.of(GOOD), k=2).loss == pam(GOOD.tolist(), k=2).loss == 4


def test_by_object_is_the_transpose_and_a_symmetric_matrix_is_not_copied():
    rng = np.random.default_rng(0)
    dist = rng.random((300, 300))
    np.fill_diagonal(dist, 0)
    problem = Problem.of(dist)
    np.testing.assert_array_equal(problem.by_object, dist.T)
    assert problem.by_object.flags.c_contiguous
    assert problem.by_object is problem.by_object
    symmetric = np.maximum(dist, dist.T)
    assert Problem.of(symmetric).by_object is symmetric


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (599, 0), (0, 599), (300, 20), (20, 300), (599, 598)])
def test_one_entry_makes_a_matrix_asymmetric_wherever_it_stands(place):
    dist = np.zeros((600, 600), np.float32)
    assert is_symmetric(dist)
    dist[place] = 1
    assert not is_symmetric(dist)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
@pytest.mark.parametrize("n", [2, 3, 40])
def test_a_condensed_vector_stands_for_its_matrix(n, dtype):
    condensed = (100 * pdist(np.random.default_rng(0).normal(size=(n, 2)))).astype(dtype)
    dist = Problem.of(condensed).distances
    np.testing.assert_array_equal(dist, squareform(condensed))
    assert dist.dtype == dtype
    assert pam(condensed, k=2).medoids.tolist() == pam(dist, k=2).medoids.tolist()


@pytest.mark.parametrize(
    ("condensed", "error", "message"),
    [
        (np.ones(11), ValueError, r"square matrix, its shape is \(11,\).*pdist"),
        (np.ones(0), ValueError, r"its shape is \(0,\)"),
        (np.ones(10, bool), TypeError, "of type bool"),
        (np.array([1, 1, 1, 1, np.nan, 1]), ValueError, r"distances\[1, 3\] is nan"),
    ],
)
def test_bad_condensed_vector(condensed, error, message):
    with pytest.raises(error, match=message):
        Problem.of(condensed)


def labelled(dist):
    names = [f"object {o}" for o in range(len(dist))]
    return pd.DataFrame(dist, index=names, columns=names)


def test_a_frame_with_labels_stands_for_its_values():
    dist = np.random.default_rng(0).random((20, 20))
    np.fill_diagonal(dist, 0)
    result = pam(labelled(dist), k=3)
    assert result.swaps.tolist() == pam(dist, k=3).swaps.tolist()
    assert result.loss == pam(dist, k=3).loss
    assert pam(pd.DataFrame(dist), k=3).loss == result.loss


@pytest.mark.parametrize(
    ("frame", "error", "message"),
    [
        (labelled(GOOD).iloc[::-1], ValueError, "row 0 of distances is labelled 'object 5' and column 0 'object 0'"),
        (labelled(GOOD).reset_index(drop=True), ValueError, "row 0 of distances is labelled 0 and column 0 'object 0'"),
        (labelled(GOOD).iloc[:3], ValueError, r"its shape is \(3, 6\)"),
        (labelled(changed(2, 3, np.nan)), ValueError, r"distances\[2, 3\] is nan"),
        (labelled(GOOD).astype(str), TypeError, "distances has elements of type object"),
    ],
)
def test_bad_frame(frame, error, message):
    with pytest.raises(error, match=message):
        Problem.of(frame)

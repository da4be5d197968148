import json
from dataclasses import fields

import naive
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fasterclara, pam
from kmedoids_bench.algorithms.core.clustering import assign


def test_ties_go_to_the_lowest_slot_but_a_medoid_is_its_own():
    dist = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 2], [1, 1, 2, 0]])
    labels, loss = assign(dist, np.array([1, 0]))
    assert labels.tolist() == [1, 0, 0, 0]
    assert loss == 2


@given(problems.started(st.one_of(problems.tied_matrices(), problems.tie_free_matrices())))
def test_every_object_is_assigned_to_its_nearest_medoid(problem):
    dist, medoids = problem
    labels, loss = assign(dist, np.array(medoids))
    assert loss == pytest.approx(naive.loss(dist.tolist(), medoids), rel=1e-12)
    np.testing.assert_array_equal(dist[medoids][labels, np.arange(len(dist))], dist[medoids].min(axis=0))


def test_the_direction_of_an_asymmetric_matrix():
    # Object 1 costs 5 when 0 is its medoid; object 0 costs 1 when 1 is its medoid.
    dist = np.array([[0, 5], [1, 0]])
    assert pam(dist, k=1).medoids.tolist() == [1]
    assert pam(dist, k=1).loss == 1
    assert pam(dist.T, k=1).medoids.tolist() == [0]


def test_the_loss_is_summed_in_float64():
    dist = np.full((2000, 2000), 1 / 3, np.float32)
    np.fill_diagonal(dist, 0)
    assert pam(dist, [0]).loss == 1999 * float(np.float32(1 / 3))


@pytest.fixture
def result():
    x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    return pam(np.abs(x[:, None] - x), [0, 3])


def test_unpacks(result):
    medoids, labels, loss = result
    assert (medoids.tolist(), labels.tolist(), loss) == ([1, 4], [0, 0, 0, 1, 1, 1], 4.0)
    assert result.k == 2


def test_prints_itself_briefly(result):
    assert repr(result) == "Clustering(k=2, n=6, loss=4, n_swaps=2, n_passes=3)"
    assert "k = 2, n = 6, loss = 4" in result._repr_html_()
    assert "medoid 4" in result._repr_html_()


def test_a_dict_survives_json(result):
    written = json.loads(json.dumps(result.to_dict()))
    assert written == result.to_dict()
    assert written["swaps"] == [[0, 1], [3, 4]]
    assert written.keys() == {"k", *(field.name for field in fields(result))}
    json.dumps(fasterclara(np.ones((9, 9)) - np.eye(9), 2, seed=0).to_dict())


def test_other_objects_go_to_their_nearest_medoids(result):
    new, x = np.array([9.0, -3.0, 6.0]), np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    to_all = np.abs(new[:, None] - x)
    assert result.predict(to_all).tolist() == [1, 0, 0]  # 6 lies between both
    assert result.predict(to_all[:, result.medoids].tolist()).tolist() == [1, 0, 0]
    assert result.predict(np.empty((0, 2))).tolist() == []


def test_with_as_many_medoids_as_objects_the_columns_are_medoids():
    everything = pam(np.ones((3, 3)) - np.eye(3), [2, 0, 1])
    assert everything.predict([[5, 1, 5]]).tolist() == [1]


@pytest.mark.parametrize("wrong", [np.ones((2, 3)), np.ones(2), np.ones((2, 2, 2))])
def test_other_objects_need_a_distance_to_every_medoid(result, wrong):
    with pytest.raises(ValueError, match=r"must have a row for each new object, with 2 columns .* or 6 for all"):
        result.predict(wrong)
    with pytest.raises(ValueError, match="nan"):
        result.predict([[np.nan, 1.0]])

import math

import numpy as np
import pytest

from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import known as best


def test_whole_numbers_are_noticed_in_every_type():
    dist = np.array([[0, 3], [3, 0]])
    for dtype in (np.uint8, np.int64, np.float32, np.float64):
        assert best.is_whole(dist.astype(dtype))
    assert not best.is_whole(dist * 1.1)


def test_what_is_enough_to_prove_an_optimum():
    medoids = np.zeros(1, np.int64)
    assert best.enough_for(best.Known(medoids, 10.0, True)) == math.nextafter(9.0, 10.0)
    assert best.enough_for(best.Known(medoids, 9.5, True)) == math.nextafter(9.0, 10.0)
    assert 10.0 - 2e-8 < best.enough_for(best.Known(medoids, 10.0, False)) < 10.0
    assert best.enough_for(best.Known(medoids, 0.0, False)) == -math.inf


def test_losses_beyond_exact_floats_are_not_whole():
    for largest, whole in ((2**50, True), (2**54, False)):
        dist = np.full((3, 3), largest) - largest * np.eye(3, dtype=np.int64)
        assert best.known_of(Problem.of(dist), np.array([0])).whole == whole


def test_the_loss_is_rounded_once():
    dist = np.random.default_rng(0).exponential(size=(50, 50)) ** 20
    np.fill_diagonal(dist, 0)
    assert best.loss_of(Problem.of(dist), np.array([3, 9])) == math.fsum(np.minimum(dist[3], dist[9]))


def test_a_bound_on_the_optimum_is_not_negative_and_whole_where_losses_are():
    medoids = np.zeros(1, np.int64)
    for bound, of_whole, otherwise in ((-math.inf, 0.0, 0.0), (2.5, 3.0, 2.5), (3.0, 3.0, 3.0)):
        assert best.bound_of(bound, best.Known(medoids, 9.0, True)) == of_whole
        assert best.bound_of(bound, best.Known(medoids, 9.0, False)) == otherwise


@pytest.mark.parametrize(
    ("loss", "bound", "gap"), [(3.0, 2.0, 0.5), (2.0, 2.0, 0.0), (2.0, 3.0, 0.0), (1.0, 0.0, math.inf), (0.0, 0.0, 0.0)]
)
def test_the_gap(loss, bound, gap):
    assert best.gap_of(loss, bound) == gap


def test_more_starts_are_searched_while_there_is_time():
    points = np.random.default_rng(1).normal(size=(120, 2))
    problem = Problem.of(np.linalg.norm(points[:, None] - points, axis=-1))
    once, often = (best.loss_of(problem, best.search(problem, 20, restarts, 60.0, 1)) for restarts in (1, 10))
    assert often < once
    assert best.loss_of(problem, best.search(problem, 20, 10, 0.0, 1)) == once

import numpy as np
import pytest

from kmedoids_bench.algorithms import build, pam
from kmedoids_bench.experiments.harness.workers.process import Failure


@pytest.fixture
def fastkmedoids(library):
    return library("fastkmedoids")


@pytest.mark.parametrize(("metric", "norm"), [("euclidean", 2), ("manhattan", 1)])
def test_with_a_sample_of_nearly_all_it_is_close_to_pam(fastkmedoids, plane, metric, norm):
    distances = np.linalg.norm(plane[:, None] - plane[None], ord=norm, axis=-1)
    fastkmedoids.load_points(plane, metric)
    for k in (2, 3, 5):
        answer = fastkmedoids.run("fastkmedoids", k, seed=0)
        best = pam(distances, build(distances, k).medoids).loss
        assert fastkmedoids.check(answer, distances, k).loss <= 1.2 * best
        assert answer["medoids"] == fastkmedoids.run("fastkmedoids", k, seed=0)["medoids"]


def test_it_searches_a_sample(fastkmedoids):
    points = np.random.default_rng(1).normal(size=(600, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    fastkmedoids.load_points(points)
    answers = [fastkmedoids.run("fastkmedoids", 4, seed=seed, start="random") for seed in (0, 1, 2)]
    losses = [fastkmedoids.check(answer, distances, 4).loss for answer in answers]
    assert len(set(losses)) > 1
    whole = fastkmedoids.run("fastkmedoids", 4, seed=0, parameters={"frac_sample_size": 1.0})
    assert fastkmedoids.check(whole, distances, 4).local_optimum


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(fastkmedoids, dtype):
    line = np.array([[0], [1], [2], [10], [11]], dtype)
    fastkmedoids.load_points(line)
    assert fastkmedoids.check(fastkmedoids.run("fastkmedoids", 2, seed=0), np.abs(line - line.T), 2).loss == 3


def test_a_metric_that_it_does_not_know(fastkmedoids, plane):
    with pytest.raises(Failure, match="the library knows euclidean, manhattan"):
        fastkmedoids.load_points(plane, "chebyshev")

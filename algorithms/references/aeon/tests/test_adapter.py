import numpy as np
import pytest

from kmedoids_bench.algorithms import alternating, build, pam
from kmedoids_bench.experiments.harness.verify import verify
from kmedoids_bench.experiments.harness.workers.process import Failure

METHODS = ("pam", "alternating")
SAMPLING = ("clara", "clarans")


@pytest.fixture
def aeon(library):
    return library("aeon")


@pytest.mark.parametrize("algorithm", METHODS)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(aeon, algorithm, dtype):
    line = np.array([[0], [1], [2], [10], [11]], dtype)
    aeon.load_points(line, "manhattan")
    distances = np.abs(line - line.T).astype(float)
    assert aeon.check(aeon.run(algorithm, 2, [0, 3]), distances, 2).loss == 3


@pytest.mark.parametrize(("metric", "power"), [("euclidean", 1), ("sqeuclidean", 2)])
def test_it_starts_from_the_start_and_ends_near_our_result(aeon, plane, distances, metric, power):
    aeon.load_points(plane, metric)
    dist = distances**power
    for seed in range(5):
        start = np.random.default_rng(seed).choice(60, 4, replace=False)
        for name, ours in (("pam", pam), ("alternating", alternating)):
            answer = aeon.run(name, 4, start)
            loss = aeon.check(answer, dist, 4).loss
            assert loss < dist[start].min(axis=0).sum()
            assert loss == pytest.approx(ours(dist, start).loss, rel=0.15)
            assert answer["medoids"] == aeon.run(name, 4, start)["medoids"]


@pytest.mark.parametrize("algorithm", METHODS)
def test_its_own_random_start(aeon, plane, distances, algorithm):
    aeon.load_points(plane)
    answers = [aeon.run(algorithm, 4, start="random", seed=seed)["medoids"] for seed in (1, 1, 2, 3, 4)]
    assert answers[0] == answers[1]
    assert len(set(map(tuple, answers))) > 1
    assert all(verify(distances, medoids, 4) for medoids in answers)


@pytest.mark.parametrize("algorithm", SAMPLING)
def test_sampling(aeon, plane, distances, algorithm):
    aeon.load_points(plane)
    best = pam(distances, build(distances, 4).medoids).loss
    answers = [aeon.run(algorithm, 4, seed=seed, start="random") for seed in (0, 0, 1, 2)]
    for answer in answers:
        assert aeon.check(answer, distances, 4).loss <= 1.4 * best
    assert answers[0]["medoids"] == answers[1]["medoids"]


@pytest.mark.parametrize(("algorithm", "count"), [("clara", "n_sampling_iters"), ("clarans", "n_init")])
def test_more_samples_never_end_worse(aeon, plane, distances, algorithm, count):
    aeon.load_points(plane)
    losses = [
        aeon.check(aeon.run(algorithm, 5, seed=0, parameters={count: number}), distances, 5).loss
        for number in (1, 2, 4)
    ]
    assert losses == sorted(losses, reverse=True)


@pytest.mark.parametrize("algorithm", ["pam", "clara"])
def test_one_medoid_is_an_error(aeon, plane, algorithm):
    aeon.load_points(plane)
    with pytest.raises(Failure, match="IndexError"):
        aeon.run(algorithm, 1, None if algorithm == "clara" else [3], start="random" if algorithm == "clara" else None)


def test_equal_points_are_told_apart(aeon):
    points = np.array([[0.0], [0.0], [1.0], [5.0], [5.0], [6.0]])
    aeon.load_points(points)
    # Of any five of these points two are equal.
    assert aeon.check(aeon.run("clarans", 5, seed=0), np.abs(points - points.T), 5).loss == 0


def test_a_metric_that_it_does_not_know(aeon, plane):
    with pytest.raises(Failure, match="the library knows euclidean, sqeuclidean, manhattan"):
        aeon.load_points(plane, "hamming")

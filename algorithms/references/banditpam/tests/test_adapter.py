import numpy as np
import pytest

from kmedoids_bench.algorithms import build, pam
from kmedoids_bench.experiments.harness.verify import verify
from kmedoids_bench.experiments.harness.workers.process import Failure

BANDITS = ("banditpam", "banditpam_orig")
EXACT = ("pam", "fastpam1")


@pytest.fixture
def matrices(library):
    return library("banditpam")


@pytest.fixture
def points(library):
    return library("banditpam_points")


@pytest.mark.parametrize("algorithm", BANDITS)
def test_bandits_on_a_matrix(matrices, distances, algorithm):
    matrices.load(distances.astype(np.float32))
    best = pam(distances, build(distances, 3).medoids).loss
    for seed in (0, 1):
        answer = matrices.run(algorithm, 3, seed=seed, start="build")
        assert matrices.check(answer, distances, 3, rel=1e-5).loss <= 1.05 * best
        assert answer["medoids"] == matrices.run(algorithm, 3, seed=seed, start="build")["medoids"]


@pytest.mark.parametrize("algorithm", BANDITS)
def test_bandits_use_the_matrix_and_nothing_else(matrices, algorithm):
    hops = np.random.default_rng(0).integers(1, 9, size=(60, 60)).astype(float)
    hops = np.triu(hops, 1) + np.triu(hops, 1).T  # no points of any space
    matrices.load(hops.astype(np.float32))
    matrices.check(matrices.run(algorithm, 4, start="build"), hops, 4)


@pytest.mark.parametrize("algorithm", BANDITS)
def test_one_medoid_is_the_best_and_its_loss_is_not_told(matrices, distances, algorithm):
    matrices.load(distances.astype(np.float32))
    answer = matrices.run(algorithm, 1, start="build")
    assert verify(distances, answer["medoids"], 1).loss == pytest.approx(distances.sum(axis=1).min())
    assert answer["reported_loss"] == 0.0


@pytest.mark.parametrize("algorithm", BANDITS)
def test_it_refuses_so_few_objects(matrices, packed, algorithm):
    matrices.load(packed.astype(np.float32))
    with pytest.raises(Failure, match="object has no elements"):
        matrices.run(algorithm, 2, start="build")


@pytest.mark.parametrize("algorithm", EXACT)
@pytest.mark.parametrize("metric", ["euclidean", "manhattan", "chebyshev"])
def test_the_exact_ones_give_our_result_on_points(points, plane, algorithm, metric):
    plane = plane.astype(np.float32)
    difference = np.abs(plane[:, None].astype(float) - plane[None])
    norm = {"euclidean": 2, "manhattan": 1, "chebyshev": np.inf}[metric]
    distances = np.linalg.norm(difference, ord=norm, axis=-1)
    points.load_points(plane, metric)
    for k in (2, 5):
        answer = points.run(algorithm, k, start="build")
        ours = pam(distances, build(distances, k).medoids)
        assert sorted(answer["medoids"]) == sorted(ours.medoids.tolist())
        assert answer["reported_loss"] == 0.0  # it says nothing of its loss: the attribute is never set
        answer["reported_loss"] = None
        assert points.check(answer, distances, k).local_optimum


@pytest.mark.parametrize("algorithm", BANDITS)
def test_bandits_on_points(points, plane, distances, algorithm):
    points.load_points(plane)
    points.check(points.run(algorithm, 3, start="build"), distances, 3, rel=1e-5)


@pytest.mark.parametrize("algorithm", EXACT)
def test_small_expectations(points, algorithm):
    line = np.array([[0.0], [1.0], [2.0], [10.0], [11.0]], np.float32)
    points.load_points(line, "manhattan")
    for k, loss in ((2, 3), (3, 2)):
        medoids = points.run(algorithm, k, start="build")["medoids"]
        assert verify(np.abs(line - line.T), medoids, k).loss == loss


def test_the_first_call_of_a_worker(matrices, distances):
    matrices.load(distances.astype(np.float32))
    assert matrices.run("banditpam", 3, start="build", tiny=True)["seconds"] > 0


def test_a_metric_that_it_does_not_know(points, plane):
    with pytest.raises(Failure, match="the library knows euclidean, manhattan"):
        points.load_points(plane, "hamming")


def test_one_thread(matrices):
    many = np.random.default_rng(0).normal(size=(800, 2))
    distances = np.linalg.norm(many[:, None] - many[None], axis=-1)
    matrices.load(distances.astype(np.float32))
    answer = matrices.run("banditpam", 5, start="build")
    assert answer["processor_seconds"] <= 1.2 * answer["seconds"] + 0.02


def test_it_ends_although_it_swaps_to_and_fro(matrices):
    points = np.random.default_rng(1).normal(size=(500, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    matrices.load(distances.astype(np.float32))
    answer = matrices.run("banditpam_orig", 10, seed=1, start="build")
    ours = pam(distances, build(distances, 10).medoids).loss
    assert verify(distances, answer["medoids"], 10).loss == pytest.approx(ours, rel=0.01)
    assert answer["reported_loss"] == 0.0  # the cap ended it

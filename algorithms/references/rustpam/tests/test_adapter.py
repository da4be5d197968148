import numpy as np
import pytest

from kmedoids_bench.algorithms import build, pam
from kmedoids_bench.experiments.harness.verify import verify


@pytest.fixture
def rustpam(library):
    return library("rustpam")


def test_with_all_objects_in_the_batch_it_is_close_to_pam(rustpam, plane, distances):
    rustpam.load_points(plane.astype(np.float32))
    for k in (2, 3, 5):
        ours = pam(distances, build(distances, k).medoids).loss
        answer = rustpam.run("onebatchpam", k, seed=0)
        assert rustpam.check(answer, distances, k, rel=1e-4).loss <= 1.1 * ours
        assert answer["medoids"] == rustpam.run("onebatchpam", k, seed=0)["medoids"]
        assert answer["n_swaps"] > 0


def test_a_batch_of_some_objects(rustpam):
    points = np.random.default_rng(1).normal(size=(3000, 2)).astype(np.float32)
    distances = np.abs(points[:, None] - points[None]).sum(axis=-1)
    rustpam.load_points(points, "manhattan")
    answers = [rustpam.run("onebatchpam", 10, seed=seed, start="random") for seed in (1, 1, 2)]
    assert answers[0]["medoids"] == answers[1]["medoids"] != answers[2]["medoids"]
    random = distances[:10].min(axis=0).sum()
    assert all(rustpam.check(answer, distances, 10, rel=1e-4).loss < 0.8 * random for answer in answers)


def test_small_expectations(rustpam):
    line = np.array([[0.0], [1.0], [2.0], [10.0], [11.0]], np.float32)
    rustpam.load_points(line)
    answer = rustpam.run("onebatchpam", 2, seed=0)
    assert verify(np.abs(line - line.T), answer["medoids"], 2).loss == 3


def test_one_medoid_ends(rustpam, plane, distances):
    rustpam.load_points(plane)
    rustpam.check(rustpam.run("onebatchpam", 1, seed=0), distances, 1, rel=1e-4)

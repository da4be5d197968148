import numpy as np
import pytest

from kmedoids_bench.algorithms import build, pam
from kmedoids_bench.experiments.harness.verify import verify


@pytest.fixture
def onebatch(library):
    return library("onebatch")


def test_with_all_objects_in_the_batch_it_is_close_to_pam(onebatch, plane, distances):
    onebatch.load_points(plane.astype(np.float32))
    for k in (2, 3, 5):
        ours = pam(distances, build(distances, k).medoids).loss
        answer = onebatch.run("onebatchpam", k, seed=0)
        assert onebatch.check(answer, distances, k).loss <= 1.1 * ours
        assert answer["medoids"] == onebatch.run("onebatchpam", k, seed=0)["medoids"]


def test_a_batch_of_some_objects(onebatch):
    points = np.random.default_rng(1).normal(size=(3000, 2)).astype(np.float32)
    distances = np.abs(points[:, None] - points[None]).sum(axis=-1)
    onebatch.load_points(points, "manhattan")
    answers = [onebatch.run("onebatchpam", 10, seed=seed, start="random")["medoids"] for seed in (1, 1, 2)]
    assert answers[0] == answers[1] != answers[2]
    random = distances[:10].min(axis=0).sum()
    assert all(verify(distances, medoids, 10).loss < 0.8 * random for medoids in answers)


def test_small_expectations(onebatch):
    line = np.array([[0.0], [1.0], [2.0], [10.0], [11.0]], np.float32)
    onebatch.load_points(line)
    answer = onebatch.run("onebatchpam", 2, seed=0)
    assert verify(np.abs(line - line.T), answer["medoids"], 2).loss == 3


def test_one_medoid_ends(onebatch, plane, distances):
    onebatch.load_points(plane)
    onebatch.check(onebatch.run("onebatchpam", 1, seed=0), distances, 1)

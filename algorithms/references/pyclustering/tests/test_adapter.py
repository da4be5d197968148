import numpy as np
import pytest

from kmedoids_bench.algorithms import pam

NAME = "kmedoids_pyclustering"


@pytest.fixture
def pyclustering(library):
    return library("pyclustering")


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(pyclustering, packed, dtype):
    pyclustering.load(packed.astype(dtype))
    assert pyclustering.check(pyclustering.run(NAME, 2, [0, 1]), packed, 2).loss == 4
    assert "compiled core" in pyclustering.worker.hello["versions"]["pyclustering"]


def test_the_last_swap_is_made_although_it_raises_the_loss(pyclustering, packed, ladder):
    pyclustering.load(packed)
    assert pyclustering.check(pyclustering.run(NAME, 1, [1]), packed, 1).loss == 16  # 14 was found on the way
    pyclustering.load(ladder)
    for k, best in ((1, 14), (2, 9), (3, 5)):
        assert pyclustering.check(pyclustering.run(NAME, k, range(k)), ladder, k).loss > best


def test_it_starts_from_the_start_and_ends_within_one_swap_of_pam(pyclustering, distances):
    pyclustering.load(distances)
    for seed in range(5):
        start = np.random.default_rng(seed).choice(60, 4, replace=False)
        answer = pyclustering.run(NAME, 4, start)
        verified = pyclustering.check(answer, distances, 4)
        ours = pam(distances, start)
        assert verified.loss < distances[start].min(axis=0).sum()
        assert verified.loss >= ours.loss - 1e-9
        assert len(set(answer["medoids"]) & set(ours.medoids.tolist())) >= 3
        assert answer["medoids"] == pyclustering.run(NAME, 4, start)["medoids"]


def test_one_thread(pyclustering):
    points = np.random.default_rng(0).normal(size=(500, 2))
    pyclustering.load(np.linalg.norm(points[:, None] - points[None], axis=-1))
    answer = pyclustering.run(NAME, 5, range(5))
    assert answer["processor_seconds"] <= 1.2 * answer["seconds"] + 0.02

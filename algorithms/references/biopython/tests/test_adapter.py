import numpy as np
import pytest

from kmedoids_bench.algorithms import alternating


@pytest.fixture
def biopython(library):
    return library("biopython")


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(biopython, packed, dtype, order):
    biopython.load(packed.astype(dtype), order)
    assert biopython.check(biopython.run("alternating", 2, [1, 4]), packed, 2).loss == 4


def test_it_starts_from_the_start_and_ends_near_alternating(biopython, distances):
    biopython.load(distances)
    same = 0
    for seed in range(10):
        start = np.random.default_rng(seed).choice(60, 4, replace=False)
        answer = biopython.run("alternating", 4, start)
        verified = biopython.check(answer, distances, 4)
        ours = alternating(distances, start)
        assert verified.loss < distances[start].min(axis=0).sum()
        assert verified.loss == pytest.approx(ours.loss, rel=0.1)
        same += sorted(answer["medoids"]) == sorted(ours.medoids.tolist())
        assert answer["medoids"] == biopython.run("alternating", 4, start)["medoids"]
    assert same >= 7


def test_a_medoid_keeps_its_cluster_where_two_are_equal(biopython):
    points = np.array([0.0, 0.0, 1.0, 5.0])
    biopython.load(np.abs(points[:, None] - points))
    answer = biopython.run("alternating", 3, [0, 1, 3])
    assert len(answer["medoids"]) == 3

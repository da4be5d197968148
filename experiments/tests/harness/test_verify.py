from statistics import mean

import numpy as np
import pytest

from kmedoids_bench.datasets.metrics import block_function
from kmedoids_bench.experiments.harness import verify as verify_module
from kmedoids_bench.experiments.harness.verify import Nonsense, best_gain, verify, verify_from_points


def loss(dist, medoids):
    return sum(min(dist[m][o] for m in medoids) for o in range(len(dist)))


def silhouette(dist, medoids):
    """The mean medoid silhouette by its definition."""
    two = [sorted(dist[m][o] for m in medoids)[:2] for o in range(len(dist))]
    return mean(1 - (a / b if a else 0) for a, b in two)


@pytest.mark.parametrize("k", [1, 2, 5, 11, 12])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32])
def test_the_best_gain_is_that_of_enumeration(k, dtype):
    rng = np.random.default_rng(k)
    dist = rng.integers(0, 6, (12, 12))  # ties, duplicates, not symmetric
    np.fill_diagonal(dist, 0)
    dist = dist.astype(dtype)
    rows = dist.tolist()
    for _ in range(10):
        medoids = rng.choice(12, k, replace=False).tolist()
        swaps = [
            loss(rows, [*medoids[:i], c, *medoids[i + 1 :]]) for i in range(k) for c in range(12) if c not in medoids
        ]
        expected = max(0, loss(rows, medoids) - min(swaps, default=np.inf))
        assert best_gain(dist, dist[medoids].astype(float)) == pytest.approx(expected)
        checked = verify(dist, medoids, k)
        assert checked.loss == loss(rows, medoids)
        assert checked.local_optimum == (expected == 0)
        assert checked.medoid_silhouette == (None if k == 1 else pytest.approx(silhouette(rows, medoids)))


@pytest.mark.parametrize(
    ("medoids", "message"),
    [
        ([0, 1], "returned 2 medoids instead of 3"),
        ([0, 1, 1], "the same medoid more than once"),
        ([0, 1, 9], "not in 0 .. 8"),
        ([0, 1, -1], "not in 0 .. 8"),
        ([0, 1, 1.5], "not in 0 .. 8"),
        ([0, 1, float("nan")], "not in 0 .. 8"),
    ],
)
def test_nonsense(medoids, message):
    with pytest.raises(Nonsense, match=message):
        verify(np.ones((9, 9)) - np.eye(9), medoids, 3)


def test_who_chooses_their_number_may_return_fewer_medoids():
    dist = np.ones((9, 9)) - np.eye(9)
    assert verify(dist, [0, 1], 3, fewer=True) == verify(dist, [0, 1], 2)
    for medoids, message in ([], "0 medoids instead of at most 3"), ([0, 1, 2, 3], "4 medoids instead of at most 3"):
        with pytest.raises(Nonsense, match=message):
            verify(dist, medoids, 3, fewer=True)
    with pytest.raises(Nonsense, match="more than once"):
        verify(dist, [1, 1], 3, fewer=True)


@pytest.mark.parametrize("metric", ["euclidean", "manhattan", "hamming"])
@pytest.mark.parametrize("whole", [True, False])
def test_the_loss_from_points_is_that_of_their_matrix(metric, whole, monkeypatch):
    monkeypatch.setattr(verify_module, "PART", 7)
    points = np.random.default_rng(0).normal(size=(40, 3))
    points = np.rint(3 * points) if whole else points
    distances = block_function(points, metric)(slice(0, 40), slice(0, 40))
    for medoids in ([3], [0, 39, 17, 5]):
        checked = verify_from_points(points, metric, medoids, len(medoids))
        assert checked.loss == pytest.approx(verify(distances, medoids, len(medoids)).loss, rel=1e-12)
        assert checked.local_optimum is None
    with pytest.raises(Nonsense, match="the same medoid more than once"):
        verify_from_points(points, metric, [1, 1], 2)

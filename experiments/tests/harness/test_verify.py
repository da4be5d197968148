import numpy as np
import pytest

from kmedoids_bench.experiments.harness.verify import Nonsense, best_gain, verify


def loss(dist, medoids):
    return sum(min(dist[m][o] for m in medoids) for o in range(len(dist)))


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

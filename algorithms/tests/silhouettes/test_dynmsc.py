import naive_silhouettes
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import dynmsc, fastermsc


@given(problems.started(problems.matrices_of_powers(min_n=2), min_k=2), st.integers(2, 4))
def test_makes_the_searches_of_the_specification(problem, least_k):
    dist, start = problem
    least_k = min(least_k, len(start))
    ends, swaps = naive_silhouettes.dynmsc(dist.tolist(), start, least_k)
    means = {k: naive_silhouettes.mean_silhouette(dist.tolist(), medoids) for k, medoids in ends.items()}
    result = dynmsc(dist, start, least_k=least_k)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert list(result.by_k) == list(range(len(start), least_k - 1, -1))
    assert result.by_k == pytest.approx({k: float(mean) for k, mean in means.items()}, abs=1e-15)
    best = min(k for k in means if means[k] == max(means.values()))
    assert result.medoids.tolist() == ends[best]
    assert result.mean_silhouette == pytest.approx(result.by_k[best])


def test_finds_the_number_of_clusters():
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(centre, 0.3, (30, 2)) for centre in ((0, 0), (4, 0), (0, 4), (4, 4), (9, 9))])
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    result = dynmsc(dist, k=12, seed=0)
    assert result.k == 5
    assert max(result.by_k, key=lambda k: result.by_k[k]) == 5
    assert result.mean_silhouette == pytest.approx(fastermsc(dist, k=5, seed=0).mean_silhouette, rel=0.01)


def test_of_equal_silhouettes_the_fewest_medoids():
    places = np.repeat([0.0, 1, 5], 4)
    dist = np.abs(places[:, None] - places)
    result = dynmsc(dist, [0, 1, 4, 5, 8, 9])
    assert result.by_k == {6: 1, 5: 1, 4: 1, 3: 1, 2: pytest.approx(1 - 4 * (1 / 5) / 12)}
    assert result.k == 3


def test_the_first_search_is_fastermsc_and_the_order_counts():
    points = np.random.default_rng(3).normal(size=(80, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    for order in (None, 5):
        first = fastermsc(dist, range(9), order=order)
        result = dynmsc(dist, range(9), order=order)
        assert result.swaps.tolist()[: first.n_swaps] == first.swaps.tolist()
        assert result.by_k[9] == pytest.approx(first.mean_silhouette)
        assert result.losses.tolist()[: first.n_swaps] == first.losses.tolist()
        assert result.n_passes > first.n_passes + 6
        assert result.n_evaluations >= first.n_evaluations + sum(80 - k for k in range(2, 9))
    assert dynmsc(dist, range(9), max_passes=1).n_passes == 8


@pytest.mark.parametrize(
    ("least_k", "error", "message"),
    [
        (1, ValueError, "least_k is 1, must be at least 2"),
        (4, ValueError, "least_k is 4, but at most 3 medoids are tried"),
        (2.0, TypeError, "least_k is 2.0, must be an integer"),
    ],
)
def test_bad_least_k(least_k, error, message):
    with pytest.raises(error, match=message):
        dynmsc(np.ones((6, 6)) - np.eye(6), k=3, least_k=least_k)

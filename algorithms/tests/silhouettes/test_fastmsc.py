import naive_silhouettes
import numpy as np
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import fastmsc, pammedsil


@given(problems.started(problems.matrices_of_powers(min_n=2), min_k=2), st.sampled_from([1, 2, 10**9]))
def test_makes_the_swaps_of_the_specification(problem, max_passes):
    dist, start = problem
    medoids, swaps = naive_silhouettes.pammedsil(dist.tolist(), start, max_passes)
    result = fastmsc(dist, start, max_passes=max_passes)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert (result.n_passes, result.n_evaluations) == (
        min(len(swaps) + 1, max_passes),
        min(len(swaps) + 1, max_passes) * (len(dist) - len(start)),
    )


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2))
def test_ends_in_a_local_optimum_of_the_silhouette(problem):
    dist, start = problem
    assert naive_silhouettes.is_local_optimum(dist.tolist(), fastmsc(dist, start).medoids.tolist())


def test_makes_the_swaps_of_pammedsil_on_points():
    points = np.random.default_rng(4).normal(size=(120, 3))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    for k in (2, 3, 10, 40):
        mine, other = fastmsc(dist, k=k, start="random", seed=k), pammedsil(dist, k=k, start="random", seed=k)
        assert mine.n_swaps > 1
        assert mine.swaps.tolist() == other.swaps.tolist()
        np.testing.assert_allclose(mine.losses, other.losses, rtol=1e-12)

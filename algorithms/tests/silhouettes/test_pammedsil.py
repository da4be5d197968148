import naive_silhouettes
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import pammedsil


@given(problems.started(problems.matrices_of_powers(min_n=2), min_k=2), st.sampled_from([1, 2, 10**9]))
def test_makes_the_swaps_of_the_specification(problem, max_passes):
    dist, start = problem
    medoids, swaps = naive_silhouettes.pammedsil(dist.tolist(), start, max_passes)
    result = pammedsil(dist, start, max_passes=max_passes)
    assert result.swaps.tolist() == [list(swap) for swap in swaps]
    assert result.medoids.tolist() == medoids
    assert result.n_passes == min(len(swaps) + 1, max_passes)
    n, k = len(dist), len(start)
    assert result.n_evaluations == result.n_passes * (n - k)
    assert result.n_lookups == n * k * (1 + result.n_evaluations * k)


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2))
def test_ends_in_a_local_optimum_of_the_silhouette(problem):
    dist, start = problem
    assert naive_silhouettes.is_local_optimum(dist.tolist(), pammedsil(dist, start).medoids.tolist())

import naive
import numpy as np
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import alternating


@given(problems.started(st.one_of(problems.tied_matrices(), problems.tie_free_matrices())))
def test_makes_the_steps_of_the_specification(problem):
    dist, start = problem
    medoids, changed = naive.alternating(dist.tolist(), start)
    result = alternating(dist, start)
    assert result.swaps.tolist() == [list(swap) for swap in changed]
    assert result.medoids.tolist() == medoids


@given(problems.started(problems.tied_matrices(min_n=2), min_k=2))
def test_every_medoid_is_the_centre_of_its_cluster(problem):
    dist, start = problem
    result = alternating(dist, start)
    for slot, medoid in enumerate(result.medoids.tolist()):
        members = np.flatnonzero(result.labels == slot)
        sums = dist[np.ix_(members, members)].sum(axis=1, dtype=np.float64)
        assert dist[medoid, members].sum(dtype=np.float64) == sums.min()


def test_counts_by_hand():
    x = np.array([0, 1, 2, 10, 11, 12])
    result = alternating(np.abs(x[:, None] - x), [0, 3])
    assert result.swaps.tolist() == [[0, 1], [3, 4]]
    assert result.losses.tolist() == [4, 4]
    assert (result.n_passes, result.n_evaluations) == (2, 2 * 6)
    # finding the nearest medoids, and in each pass two clusters of three and finding them again
    assert result.n_lookups == 2 * 6 + 2 * (2 * 3 * 3 + 2 * 6)
    assert alternating(np.abs(x[:, None] - x), [0, 3], max_passes=1).n_passes == 1


def test_a_fixed_point_need_not_be_a_local_optimum():
    x = np.array([0, 1, 2, 10, 11, 12, 30, 31, 32])
    dist = np.abs(x[:, None] - x)
    start = [0, 2, 4]
    result = alternating(dist, start)
    assert not naive.is_local_optimum(dist.tolist(), result.medoids.tolist())

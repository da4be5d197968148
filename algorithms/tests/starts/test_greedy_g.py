import naive_starts
import numpy as np
import problems
from hypothesis import given, settings
from hypothesis import strategies as st

from kmedoids_bench.algorithms import alternating, build, greedy_g


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()), st.data())
@settings(max_examples=80)
def test_chooses_what_the_specification_chooses(dist, data):
    k = data.draw(st.integers(1, len(dist)))
    assert greedy_g(dist, k).medoids.tolist() == naive_starts.greedy_g(dist.tolist(), k)


def test_medoids_are_the_centres_of_their_clusters_which_build_s_are_not():
    points = np.random.default_rng(1).normal(size=(100, 2))
    dist = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))
    assert alternating(dist, greedy_g(dist, 8).medoids).n_swaps == 0
    assert alternating(dist, build(dist, 8).medoids).n_swaps > 0
    assert greedy_g(dist, 8).loss < build(dist, 8).loss


def test_counts_by_hand():
    x = np.array([0.0, 1, 2, 10, 11, 12])
    result = greedy_g(np.abs(x[:, None] - x), 2)
    assert result.medoids.tolist() == [1, 4]
    # all objects for the first medoid, the others for the second, two alternating steps from 2 and 4
    assert (result.n_evaluations, result.n_passes) == (6 + 5 + 2 * 6, 0)

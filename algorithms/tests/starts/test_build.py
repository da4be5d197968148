import naive
import problems
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import build


@given(st.one_of(problems.tied_matrices(), problems.tie_free_matrices()))
def test_chooses_what_the_specification_chooses(dist):
    n = len(dist)
    result = build(dist, n)
    assert result.medoids.tolist() == naive.build(dist.tolist(), n)
    assert result.loss == 0
    assert result.n_evaluations == sum(range(1, n + 1))


@given(problems.tied_matrices(min_n=3))
def test_fewer_medoids_are_the_first_of_more(dist):
    assert build(dist, 2).medoids.tolist() == build(dist, 3).medoids[:2].tolist()

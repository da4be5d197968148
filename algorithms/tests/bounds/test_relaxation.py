import naive_bounds
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import relaxation as relaxed
from kmedoids_bench.algorithms.bounds.lagrangian import EXCLUDED, OPEN, REQUIRED


def allowed(relaxation, medoids):
    """Whether k medoids agree with how the candidates stand."""
    standing = dict(zip(relaxation.candidates.tolist(), relaxation.standing.tolist(), strict=True))
    required = {c for c, way in standing.items() if way == REQUIRED}
    return required <= set(medoids) and all(standing.get(m, EXCLUDED) != EXCLUDED for m in medoids)


@given(problem=problems.started(problems.tied_matrices(min_n=2)), seed=st.integers(0, 2**32 - 1))
def test_what_is_settled_holds_for_all_better_medoids_and_the_bound_for_all_allowed_ones(problem, seed):
    dist, start = problem
    k, rng = len(start), np.random.default_rng(seed)
    losses = naive_bounds.losses(dist, k)
    relaxation = relaxed.relaxation_of(Problem.of(dist), np.array(start), None)
    for _ in range(3):
        enough = float(rng.choice([*losses.values(), 0.5 * float(max(losses.values()))]))
        better = [medoids for medoids, loss in losses.items() if loss < enough and allowed(relaxation, medoids)]
        u = relaxation.floors + (relaxation.limits - relaxation.floors) * rng.random(len(dist))
        evaluation = relaxation.evaluate(u)
        assert all(evaluation.bound <= losses[medoids] for medoids in losses if allowed(relaxation, medoids))
        after = relaxation.settled(evaluation, enough)
        assert after.is_empty <= (not better)
        if after.is_empty:
            return
        assert all(allowed(after, medoids) for medoids in better)
        packed = after.packed()
        assert [m for m in losses if allowed(packed, m)] == [m for m in losses if allowed(after, m)]
        only = packed.only_choice()
        assert (only is not None) == (sum(allowed(packed, m) for m in losses) == 1)
        if only is not None:
            assert allowed(packed, only.tolist())
            return
        place = int(rng.choice(np.flatnonzero(packed.standing == OPEN)))
        relaxation = packed.with_standing(place, int(rng.choice([REQUIRED, EXCLUDED]))).packed()
        relaxation = relaxed.replace(relaxation, lists=relaxation.lists if rng.random() < 0.5 else None)


def test_lists_are_made_when_few_objects_are_close():
    dist = problems.distances_between(np.arange(40)[:, None]).astype(np.float64)
    few = relaxed.relaxation_of(Problem.of(dist), np.arange(0, 40, 4), None)
    many = relaxed.relaxation_of(Problem.of(dist), np.array([10, 30]), None)
    assert few.lists is not None
    assert many.lists is None
    kept = np.where(np.arange(40) < 8, OPEN, EXCLUDED).astype(np.int8)
    assert relaxed.replace(many, standing=kept).packed().lists is not None


@pytest.mark.parametrize(
    "dtype", [np.float64, *(pytest.param(t, marks=pytest.mark.proof) for t in (np.float32, np.uint8))]
)
def test_both_forms_are_compiled_beforehand_for_every_type(dtype):
    relaxed.compile_for(Problem.of(np.zeros((2, 2), dtype)), None)


@pytest.mark.parametrize("k", [1, 2])
def test_multipliers_are_limited_by_the_two_nearest_medoids(k):
    dist = problems.distances_between(np.array([[0], [1], [10], [12]])).astype(np.float64)
    relaxation = relaxed.relaxation_of(Problem.of(dist), np.array([0, 2])[:k], None)
    first, second = ([0, 1, 0, 2], [10, 9, 10, 12]) if k == 2 else ([12, 11, 10, 12],) * 2
    assert (relaxation.floors <= first).all()
    assert (relaxation.limits >= second).all()
    assert (relaxation.limits <= np.array(second) * 1.1 + 1.1).all()

from itertools import combinations

import naive_bounds
import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmedoids_bench.algorithms.bounds import lagrangian as bounds

matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())


@st.composite
def priced(draw):
    """A matrix, k, and multipliers: whole, arbitrary, or of very different size."""
    dist = draw(matrices)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    multipliers = rng.random(len(dist)) * 2.0 * max(1.0, float(dist.max()))
    kind = draw(st.sampled_from(["whole", "arbitrary", "wide"]))
    if kind == "whole":
        multipliers = np.floor(multipliers)
    elif kind == "wide":
        multipliers *= 10.0 ** rng.integers(-9, 9, len(dist))
    return dist, draw(st.integers(1, len(dist))), multipliers


@given(problem=priced())
def test_the_bound_is_the_definition_s_less_a_little_and_never_above_the_optimum(problem):
    dist, k, multipliers = problem
    by_definition = naive_bounds.lagrangian(dist, k, multipliers.tolist())
    bound = bounds.lagrangian(dist, k, multipliers)
    assert bound <= by_definition <= naive_bounds.optimum(dist, k)
    assert bound >= by_definition - 1e-12 * multipliers.sum()


@given(problem=priced())
def test_reduced_costs_and_violations_are_the_definition_s(problem):
    dist, k, multipliers = problem
    reduced = [naive_bounds.reduced_cost(dist, multipliers.tolist(), c) for c in range(len(dist))]
    np.testing.assert_allclose(bounds.reduced_costs(dist, multipliers), np.array(reduced, float), rtol=1e-14)
    chosen = np.arange(k)
    violated = bounds.violations(dist, multipliers, chosen)
    assert violated.tolist() == naive_bounds.violations(dist, multipliers, chosen)


def test_rounding_never_lifts_a_bound():
    """Thousands of sums that rounding would lift: multipliers and distances of every size, in every type."""
    rng = np.random.default_rng(0)
    lifted = 0
    for dtype in (np.float64, np.float32, np.int64):
        for _ in range(100):
            dist = rng.exponential(size=(7, 7)) ** 9
            dist = (dist * 2**30 if dtype is np.int64 else dist).astype(dtype)
            np.fill_diagonal(dist, 0)
            k, u = int(rng.integers(1, 8)), np.partition(dist.astype(float), 1, axis=0)[1] * rng.random(7) * 2
            exact = naive_bounds.lagrangian(dist, k, u.tolist())
            reduced = bounds.reduced_costs(dist, u)
            chosen, _, _ = bounds.choose(reduced, np.zeros(7, np.int8), k)
            value, error = bounds.value(reduced, chosen, u)
            lifted += value > exact
            assert abs(value - exact) <= error
            assert bounds.lagrangian(dist, k, u) <= exact
    assert lifted > 20  # without the error term these were no bounds


@pytest.mark.parametrize("seed", range(40))
def test_of_all_allowed_choices_the_one_with_the_least_sum(seed):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(2, 8))
    reduced, standing = (
        -rng.integers(0, 5, m).astype(float),
        rng.choice([bounds.OPEN, *range(-1, 2)], m).astype(np.int8),
    )
    required, left = (standing == bounds.REQUIRED).sum(), (standing != bounds.EXCLUDED).sum()
    for k in range(max(1, required), left + 1):
        allowed = [
            set(choice)
            for choice in combinations(np.flatnonzero(standing != bounds.EXCLUDED).tolist(), k)
            if set(np.flatnonzero(standing == bounds.REQUIRED).tolist()) <= set(choice)
        ]
        chosen, greatest, least_other = bounds.choose(reduced, standing, k)
        mine = set(np.flatnonzero(chosen).tolist())
        assert mine in allowed
        least = min(reduced[list(choice)].sum() for choice in allowed)
        assert reduced[chosen].sum() == least
        for c in np.flatnonzero(standing == bounds.OPEN).tolist():  # the bound if it had to stand the other way
            others = [reduced[list(choice)].sum() for choice in allowed if (c in choice) != (c in mine)]
            expected = min(others, default=np.inf) - least
            assert (least_other - reduced[c] if c in mine else reduced[c] - greatest) == expected


def test_an_object_at_its_multiplier_is_not_served():
    dist, multipliers = np.array([[0, 2], [2, 0]]), np.array([2.0, 0.0])
    assert bounds.violations(dist, multipliers, np.arange(2)).tolist() == [0.0, 1.0]
    assert bounds.violations(dist, multipliers + 0.5, np.arange(2)).tolist() == [-1.0, 0.0]


def test_the_k_least_of_many():
    reduced = -np.random.default_rng(0).random(3000)
    rank = np.sort(reduced)
    for k in (1, 2, 3, 700, 1501, 2999):
        chosen, greatest, least_other = bounds.choose(reduced, np.zeros(3000, np.int8), k)
        assert sorted(reduced[chosen]) == rank[:k].tolist()
        assert (greatest, least_other) == (rank[k - 1], rank[k])

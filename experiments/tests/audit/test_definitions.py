"""The definitions, on matrices small enough to be worked out by hand, and beside our kernels."""

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.audit.definitions import (
    DEFINED,
    FROM_START,
    Judge,
    build,
    expected,
    loss,
    losses_after_swaps,
)


def matrix(*lower):
    n = int((2 * len(lower)) ** 0.5) + 1
    dist = np.zeros((n, n))
    dist[np.tril_indices(n, -1)] = lower
    return dist + dist.T


# Packed lower triangle, known losses.
FIVE = matrix(1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
LINE = matrix(1, 4, 3, 6, 5, 2)  # positions 0, 1, 4, 6


@pytest.mark.parametrize(
    ("name", "k", "total"), [("build", 1, 14), ("build", 2, 4), ("pam", 2, 4), ("fasterpam", 2, 4)]
)
def test_known_losses(name, k, total):
    judge = Judge(close=1e-9, exact=True)
    medoids = build(FIVE, k, judge) if name == "build" else FROM_START[name](FIVE, range(k), judge)
    assert loss(FIVE, medoids) == total


def test_all_swaps():
    after = losses_after_swaps(LINE, (0, 1))
    assert after[0, 2] == loss(LINE, (2, 1))
    assert after[1, 3] == loss(LINE, (0, 3))
    assert np.isinf(after[:, :2]).all()


def test_two_equally_good_choices_are_not_clear():
    square = matrix(1, 2, 1, 1, 2, 1)  # corners of a square: any of them is as good
    assert expected("pam", square, 1, (0,), close=1e-9, exact=False) is None
    assert expected("build", square, 1, None, close=1e-9, exact=True) is None


def test_an_exact_problem_knows_when_a_change_is_none():
    pair = matrix(1)
    assert expected("pam", pair, 1, (0,), close=1e-9, exact=True) == (0,)
    assert expected("pam", pair, 1, (0,), close=1e-9, exact=False) is None


@pytest.mark.parametrize("name", DEFINED)
def test_our_kernels_do_the_same_where_the_way_is_clear(name):
    compared = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        points = rng.normal(size=(int(rng.integers(5, 20)), 2))
        dist = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=-1))
        k = int(rng.integers(2, 5))
        start = rng.choice(len(dist), k, replace=False)
        wanted = expected(name, dist, k, tuple(start), close=1e-9, exact=False)
        if wanted is not None:
            call = algorithms()[name].call
            result = call(dist, k) if name == "build" else call(dist, start)
            assert set(result.medoids.tolist()) == set(wanted)
            compared += 1
    assert compared >= 5

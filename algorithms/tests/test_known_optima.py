"""The OR-Library's p-median problems: their optima are known, and no result can be below them."""

import os

import numba
import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import Problem
from kmedoids_bench.algorithms.bounds import certify, lower_bound, optimal
from kmedoids_bench.algorithms.core.registry import algorithms

datasets = pytest.importorskip("kmedoids_bench.datasets")
pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="NUMBA_DISABLE_JIT: would take hours")

SWAPS = [pytest.param(a, id=a.name) for a in algorithms().values() if a.kind == "swap"]
SMALL = [f"pmed{number}" for number in range(1, 11)]  # n = 100 and 200
ALL = [f"pmed{number}" for number in range(1, 41)]


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """known(name) is (problem, k, optimum) of an instance; skips if it cannot be had."""
    folder, found = tmp_path_factory.mktemp("pmed"), {}

    def get(name):
        record = datasets.datasets()[name]
        if name not in found:
            try:
                path = datasets.write_matrix(record, folder, dtype="int32" if problems.PROOF else "float64").path
            except datasets.DatasetUnavailable as unavailable:
                if os.environ.get("KMEDOIDS_BENCH_MIRROR"):
                    raise
                pytest.skip(str(unavailable))
            found[name] = Problem.of(np.load(path))
        return found[name], record.facts["k"], record.facts["optimum"]

    return get


@pytest.mark.parametrize("algorithm", SWAPS)
def test_no_result_is_below_the_optimum(algorithm, known):
    for seed, name in enumerate(SMALL):
        problem, k, optimum = known(name)
        assert algorithm.call(problem, k=k, start="random", seed=seed).loss >= optimum


@pytest.mark.proof
def test_pam_ends_within_two_percent_on_average(known):
    # On all 40 in seconds, thanks to an algorithm that promises PAM's result.
    algorithm, ratios = algorithms()["fastpam1"], []
    assert algorithm.same_result_as == "pam"
    for name in ALL:
        problem, k, optimum = known(name)
        ratios.append(algorithm.call(problem, k=k).loss / optimum)
    assert min(ratios) >= 1
    assert np.mean(ratios) < 1.02
    for name, ratio in zip(SMALL, ratios, strict=False):
        problem, k, optimum = known(name)
        assert algorithms()["pam"].call(problem, k=k).loss / optimum == ratio


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in SMALL else pytest.mark.proof) for name in ALL])
def test_bounds_do_not_exceed_the_optimum_and_it_is_found_and_proven(name, known):
    problem, k, optimum = known(name)
    for loss in (None, optimum):
        bound = lower_bound(problem, k, loss=loss)
        assert 0.985 * optimum <= bound.bound <= optimum
        assert bound.gap >= bound.loss / optimum - 1
    result = optimal(problem, k)
    assert result.proven
    assert result.loss == result.bound == optimum
    assert certify(problem, result.medoids).bound <= optimum
    exact = problem.distances[result.medoids].min(axis=0).sum()
    assert exact == optimum


@pytest.mark.proof
def test_whole_numbers_of_another_type_have_the_same_proof(known):
    problem, k, optimum = known("pmed1")
    result = optimal(problem.distances.astype(np.float32), k)
    assert result.proven
    assert result.bound == optimum

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.harness.workers import own_adapter

points = np.random.default_rng(0).normal(size=(40, 2))
DIST = np.linalg.norm(points[:, None] - points[None], axis=-1)


def test_every_algorithm_can_be_run_by_name():
    problem = own_adapter.prepare(DIST)
    start = np.arange(4)
    for name in ("build", "random", "pam", "fastpam1", "fasterpam"):
        answer = own_adapter.read(own_adapter.call(name, problem, 4, start, 3, {})())
        assert len(set(answer["medoids"])) == 4
        assert all(type(m) is int for m in answer["medoids"])
    assert (
        algorithms()["pam"].call(problem, start).n_swaps
        == own_adapter.read(own_adapter.call("pam", problem, 4, start, None, {})())["n_swaps"]
    )


def test_the_digest_tells_sequences_of_swaps_apart():
    problem = own_adapter.prepare(DIST)
    digests = [
        own_adapter.read(own_adapter.call("fasterpam", problem, 4, np.array(start), None, {})())["swaps_digest"]
        for start in ([0, 1, 2, 3], [0, 1, 2, 3], [4, 5, 6, 7])
    ]
    assert digests[0] == digests[1] != digests[2]


def test_versions_are_those_that_matter():
    assert {"python", "numpy", "numba"} <= set(own_adapter.versions())


def test_a_parameter_may_grow_with_n_and_k():
    assert own_adapter.resolved("80+4k", 100, 10) == 120
    assert own_adapter.resolved("40+2k", 100, 1) == 42
    assert [own_adapter.resolved("10+1sqrt(n)", n, 3) for n in (100, 101)] == [20, 21]
    assert [own_adapter.resolved("2.5% of n-k", n, 20) for n in (21, 60, 100, 101)] == [1, 1, 2, 3]
    assert own_adapter.resolved("1.25% of k(n-k)", 100, 20) == 20
    as_it_is = [7, 0.5, "pam", "4k", None]
    assert [own_adapter.resolved(value, 100, 10) for value in as_it_is] == as_it_is
    problem = own_adapter.prepare(DIST)
    sized = [
        own_adapter.read(own_adapter.call("clara", problem, 4, None, 3, {"sample_size": size})())["n_lookups"]
        for size in ("4+4k", 20, 21)
    ]
    assert sized[0] == sized[1] < sized[2]


@pytest.mark.parametrize(
    ("algorithm", "parameters"),
    [
        ("lab", {"sample_size": "10+1sqrt(n)"}),
        ("fastclarans", {"max_candidates": "2.5% of n-k"}),
        ("fasterclarans", {"max_candidates": "2.5% of n-k"}),
    ],
)
def test_the_defaults_are_those_of_the_papers(algorithm, parameters):
    points = np.random.default_rng(3).normal(size=(300, 2))
    problem = own_adapter.prepare(np.hypot(*(points[:, None] - points).T))
    written, default = (
        own_adapter.read(own_adapter.call(algorithm, problem, 7, None, 5, given)()) for given in (parameters, {})
    )
    assert written["n_evaluations"] == default["n_evaluations"]
    assert written["medoids"] == default["medoids"]

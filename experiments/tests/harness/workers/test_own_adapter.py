import numpy as np

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


def test_a_parameter_may_grow_with_k():
    assert own_adapter.resolved("80+4k", 10) == 120
    assert own_adapter.resolved("40+2k", 1) == 42
    assert [own_adapter.resolved(value, 10) for value in (7, 0.5, "pam", "4k", None)] == [7, 0.5, "pam", "4k", None]
    problem = own_adapter.prepare(DIST)
    sized = [
        own_adapter.read(own_adapter.call("clara", problem, 4, None, 3, {"sample_size": size})())["n_lookups"]
        for size in ("4+4k", 20, 21)
    ]
    assert sized[0] == sized[1] < sized[2]

import pytest

from kmedoids_bench.experiments.harness.cell import Cell, Contender, Lane, Start
from kmedoids_bench.experiments.harness.cost import expected_call, expected_seconds


def cell(n=1000, k=10, start="build"):
    start = Start(name=start, seed=None, medoids=())
    return Cell(dataset="d", n=n, k=k, dtype="float32", metric="m", matrix_sha256="", start=start)


def lane(algorithm, rounds):
    return Lane(Contender(implementation="x", algorithm=algorithm, order="C", tier="plain"), rounds)


def test_expectations_follow_the_theory():
    assert expected_call("pam", cell(k=100)) > 50 * expected_call("fastpam1", cell(k=100))
    assert expected_call("fastpam1", cell(k=100, start="random")) > 2 * expected_call("fastpam1", cell(k=100))
    assert expected_call("fasterpam", cell(n=2000)) == pytest.approx(4 * expected_call("fasterpam", cell()))


def test_limits_bound_what_is_expected():
    big = cell(n=30000, k=100, start="random")
    assert expected_seconds(lane("pam", 9), big, call_limit=10, budget=2) < 11
    assert expected_seconds(lane("pam", 0), big, call_limit=10, budget=2) < 11

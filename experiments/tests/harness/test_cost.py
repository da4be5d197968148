import pytest

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.algorithms.references.reference import titles
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Lane, Start
from kmedoids_bench.experiments.harness.cost import ENTRIES, expected_call, expected_seconds
from kmedoids_bench.experiments.rows.keys import (
    CERTIFICATE,
    CERTIFICATE_SECONDS,
    FILLING,
    ONE_PASS,
    ONE_PASS_SETTING,
    YARDSTICK,
)


def cell(n=1000, k=10, start="build"):
    start = Start(name=start, seed=None, medoids=())
    return Cell(dataset="d", n=n, k=k, dtype="float32", metric="m", matrix_sha256="", start=start)


def lane(algorithm, rounds):
    return Lane(Contender(implementation="x", algorithm=algorithm, order="C", tier="plain"), rounds)


def test_expectations_follow_the_theory():
    assert expected_call("pam", cell(k=100)) > 50 * expected_call("fastpam1", cell(k=100))
    assert expected_call("fastpam1", cell(k=100, start="random")) > 2 * expected_call("fastpam1", cell(k=100))
    assert expected_call("fasterpam", cell(n=2000)) == pytest.approx(4 * expected_call("fasterpam", cell()))


@pytest.mark.parametrize("algorithm", ONE_PASS.values())
def test_a_pass_takes_a_part_of_a_call(algorithm):
    whole = expected_call(algorithm, cell(k=100))
    assert whole / 50 < expected_call(algorithm, cell(k=100), ONE_PASS_SETTING) < whole / 10


def test_limits_bound_what_is_expected():
    big = cell(n=30000, k=100, start="random")
    assert expected_seconds(lane("pam", 9), big, call_limit=10, budget=2) < 11
    assert expected_seconds(lane("pam", 0), big, call_limit=10, budget=2) < 11


def test_an_algorithm_without_an_estimate_is_named(caplog):
    assert expected_call("brand_new", cell()) == expected_call("fasterpam", cell())
    assert "no estimate of the time of brand_new" in caplog.text


def test_estimates_are_of_algorithms_that_exist():
    assert ENTRIES.keys() <= {*names(), *titles(), YARDSTICK, FILLING, CERTIFICATE}


def test_a_certificate_takes_its_time_and_no_more():
    assert expected_call(CERTIFICATE, cell()) == pytest.approx(300 * expected_call(YARDSTICK, cell()))
    assert expected_call(CERTIFICATE, cell(n=100_000)) == pytest.approx(CERTIFICATE_SECONDS)

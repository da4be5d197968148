import pytest

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.algorithms.references.reference import titles
from kmedoids_bench.experiments.harness.cell import Cell, Contender, Lane, Start
from kmedoids_bench.experiments.harness.cost import ENTRIES, expected_call, expected_seconds
from kmedoids_bench.experiments.rows.keys import (
    CERTIFICATE,
    CERTIFICATE_SECONDS,
    FILLING,
    FIXED_WORK,
    GPU,
    ONE_PASS,
    ONE_PASS_SETTING,
    OURS,
    TUNED,
    YARDSTICK,
)


def cell(n=1000, k=10, start="build"):
    start = Start(name=start, seed=None, medoids=())
    return Cell(dataset="d", n=n, k=k, dtype="float32", metric="m", matrix_sha256="", start=start)


def contender(algorithm, implementation="x", **others):
    return Contender(implementation=implementation, algorithm=algorithm, **({"order": "C", "tier": "plain"} | others))


def lane(algorithm, rounds, seconds=0.0):
    return Lane(contender(algorithm), rounds, seconds=seconds)


def call(algorithm, cell, implementation="x", **others):
    return expected_call(contender(algorithm, implementation, **others), cell)


def test_expectations_follow_the_theory():
    assert call("pam", cell(k=100)) > 50 * call("fastpam1", cell(k=100))
    assert call("fastpam1", cell(k=100, start="random")) > 2 * call("fastpam1", cell(k=100))
    assert call("fasterpam", cell(n=2000)) == pytest.approx(4 * call("fasterpam", cell()))
    assert call("alternating", cell(k=10)) < call("alternating", cell(k=2))


def test_a_library_has_its_own_speed_and_slows_down_on_matrices_beyond_the_caches():
    assert call("pam", cell(), OURS) < call("pam", cell()) < call("pam", cell(), "cluster")
    assert call("fasterpam", cell(n=40000)) > 5 * call("fasterpam", cell(n=20000))
    assert call("fasterpam", cell(n=40000), OURS) == pytest.approx(4 * call("fasterpam", cell(n=20000), OURS))


def test_a_call_that_chooses_its_start_or_computes_dissimilarities_takes_longer():
    assert call("fasterpam", cell(), own_start="build") > call("fasterpam", cell()) + call("build", cell()) * 0.99
    assert call("clarans", cell(), OURS, order="points") > 100 * call("clarans", cell(), OURS)


def test_forms_that_keep_the_gains_take_a_few_passes_and_a_card_is_much_faster():
    many = cell(n=20000, k=1000, start="random")
    assert call("pam", many, TUNED) == call("fasterpam", many, TUNED) < call("pam", many, OURS) / 100
    assert call("pam", many, TUNED, own_start="build") == pytest.approx(2 * call("pam", many, TUNED))
    assert call("pam", many, GPU) < call("pam", many, TUNED) / 10


def test_threads_share_the_memory():
    assert 1.2 < call("fasterpam", cell(), TUNED) / call("fasterpam", cell(), TUNED, threads=2) < 2


def test_runs_end_when_the_budget_is_spent():
    assert expected_seconds(lane("pam", 9), cell(n=5000), call_limit=60, budget=0.1) < 1.2 * call("pam", cell(n=5000))
    enough = 3 * call("pam", cell(n=5000))
    assert expected_seconds(lane("pam", 9, enough), cell(n=5000), call_limit=60, budget=0.1) > enough


@pytest.mark.parametrize("algorithm", ONE_PASS.values())
def test_a_pass_takes_a_part_of_a_call(algorithm):
    whole = call(algorithm, cell(k=100))
    assert whole / 50 < call(algorithm, cell(k=100), parameters=ONE_PASS_SETTING) < whole / 10


def test_limits_bound_what_is_expected():
    big = cell(n=30000, k=100, start="random")
    assert expected_seconds(lane("pam", 9), big, call_limit=10, budget=2) < 11
    assert expected_seconds(lane("pam", 0), big, call_limit=10, budget=2) < 11


def test_an_algorithm_without_an_estimate_is_named(caplog):
    assert call("brand_new", cell()) == call("fasterpam", cell())
    assert "no estimate of the time of brand_new" in caplog.text


def test_estimates_are_of_algorithms_that_exist():
    assert ENTRIES.keys() <= {*names(), *titles(), FIXED_WORK, YARDSTICK, FILLING, CERTIFICATE}


def test_a_certificate_takes_its_time_and_no_more():
    assert call(CERTIFICATE, cell()) == pytest.approx(300 * call(YARDSTICK, cell()))
    assert call(CERTIFICATE, cell(n=100_000)) == pytest.approx(CERTIFICATE_SECONDS)

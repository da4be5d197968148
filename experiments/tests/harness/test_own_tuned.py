import numba
import numpy as np
import pytest

from kmedoids_bench.algorithms.registry import algorithms
from kmedoids_bench.algorithms.tuned import scan
from kmedoids_bench.experiments.harness import own, own_tuned, worker
from kmedoids_bench.experiments.plan import tuned_contenders


@pytest.fixture(scope="module")
def distances():
    points = np.random.default_rng(0).normal(size=(60, 3))
    return np.sqrt(((points[:, None] - points) ** 2).sum(2)).astype(np.float32)


@pytest.mark.parametrize("algorithm", ["fasterpam", "lab"])
def test_the_tuned_call_answers_as_the_plain_one(distances, algorithm):
    medoids = None if algorithm == "lab" else np.arange(4)
    answers = [
        adapter.read(adapter.call(algorithm, adapter.prepare(distances), 4, medoids, 1, {})())
        for adapter in (own, own_tuned)
    ]
    assert answers[0]["medoids"] == answers[1]["medoids"]
    assert answers[0]["reported_loss"] == answers[1]["reported_loss"]


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="a single core")
def test_a_call_on_the_tiny_problem_compiles_the_form_for_several_threads(distances):
    dist = own_tuned.prepare(
        distances[: worker.TINY, : worker.TINY].astype(np.int16)
    )  # a type nothing else uses
    kept, before = len(scan.evaluate_in_parallel.signatures), numba.get_num_threads()
    numba.set_num_threads(2)
    try:
        answer = own_tuned.call("fasterpam", dist, 2, np.arange(2), None, {})()
    finally:
        numba.set_num_threads(before)
    assert len(scan.evaluate_in_parallel.signatures) == kept + 1
    assert (
        answer.medoids.tolist() == own.call("fasterpam", dist, 2, np.arange(2), None, {})().medoids.tolist()
    )


def test_the_yardstick_reads_everything_and_returns_what_it_was_given(distances):
    answer = own_tuned.call(own_tuned.YARDSTICK, own_tuned.prepare(distances), 3, [5, 7, 9], None, {})()
    assert own_tuned.read(answer) == {"medoids": [5, 7, 9], "reported_loss": None}
    assert answer.total == pytest.approx(distances.sum(dtype=np.float64), rel=1e-5)
    assert own_tuned.sum_of_by_threads(distances) == pytest.approx(answer.total, rel=1e-5)


def test_who_takes_threads_takes_part_with_each_number_of_them():
    assert [one.threads for one in tuned_contenders("fasterpam", (1, 2))] == [1, 2]
    assert [one.threads for one in tuned_contenders("alternating", (1, 2))] == [1]
    assert [one.threads for one in tuned_contenders(own_tuned.YARDSTICK, (1, 2))] == [1, 2]
    assert tuned_contenders("reynolds", (1,)) == []


def test_every_tuned_algorithm_promises_the_result_of_a_plain_one():
    for name in algorithms("tuned"):
        (one, *_) = tuned_contenders(name, (1,))
        assert one.implementation == "kmedoids_bench_tuned"
        assert one.same_result_as in algorithms()

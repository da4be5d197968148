import numba
import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.tuned import fasterpam, scan
from kmedoids_bench.experiments.harness.workers import own_adapter, tuned_adapter, worker
from kmedoids_bench.experiments.planning.contenders import tuned_contenders


@pytest.fixture(scope="module")
def distances():
    points = np.random.default_rng(0).normal(size=(60, 3))
    return np.sqrt(((points[:, None] - points) ** 2).sum(2))


@pytest.mark.parametrize("algorithm", ["fasterpam", "lab"])
def test_the_tuned_call_answers_as_the_plain_one(distances, algorithm):
    medoids = None if algorithm == "lab" else np.arange(4)
    answers = [
        adapter.read(adapter.call(algorithm, adapter.prepare(distances), 4, medoids, 1, {})())
        for adapter in (own_adapter, tuned_adapter)
    ]
    assert answers[0]["medoids"] == answers[1]["medoids"]
    assert answers[0]["reported_loss"] == answers[1]["reported_loss"]


def test_a_call_on_points_computes_the_matrix_itself():
    points = np.random.default_rng(0).normal(size=(60, 3))
    problem = tuned_adapter.prepare_points(points, "euclidean")
    answer = tuned_adapter.call("fasterpam", problem, 4, None, 1, {}, "random")()
    assert answer.medoids.tolist() == fasterpam(problem, k=4, start="random", seed=1).medoids.tolist()


@pytest.mark.proof
@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="a single core")
def test_a_call_on_the_tiny_problem_compiles_the_form_for_several_threads(distances):
    dist = tuned_adapter.prepare(distances[: worker.TINY, : worker.TINY].astype(np.int16))  # a type nothing else uses
    kept, before = len(scan.evaluate_in_parallel.signatures), numba.get_num_threads()
    numba.set_num_threads(2)
    try:
        answer = tuned_adapter.call("fasterpam", dist, 2, np.arange(2), None, {})()
    finally:
        numba.set_num_threads(before)
    assert len(scan.evaluate_in_parallel.signatures) == kept + 1
    assert answer.medoids.tolist() == own_adapter.call("fasterpam", dist, 2, np.arange(2), None, {})().medoids.tolist()


def test_the_yardstick_reads_everything_and_returns_what_it_was_given(distances):
    answer = tuned_adapter.call(tuned_adapter.YARDSTICK, tuned_adapter.prepare(distances), 3, [5, 7, 9], None, {})()
    assert tuned_adapter.read(answer) == {"medoids": [5, 7, 9], "reported_loss": None}
    assert answer.total == pytest.approx(distances.sum())
    assert tuned_adapter.sum_of_by_threads(distances) == pytest.approx(answer.total)


def test_the_certificate_is_of_the_medoids_it_was_given(distances):
    given, prepared = np.array([5, 7, 9]), tuned_adapter.prepare(distances)
    answer = tuned_adapter.read(tuned_adapter.call("certificate", prepared, 3, given, None, {})())
    assert answer["medoids"] == [5, 7, 9]
    assert answer["reported_loss"] == pytest.approx(distances[given].min(axis=0).sum())
    assert 0 < answer["lower_bound"] < answer["reported_loss"]
    assert answer["n_passes"] > 1


def test_who_takes_threads_takes_part_with_each_number_of_them():
    assert [one.threads for one in tuned_contenders("fasterpam", (1, 2))] == [1, 2]
    assert [one.threads for one in tuned_contenders("alternating", (1, 2))] == [1]
    for beside in (tuned_adapter.YARDSTICK, tuned_adapter.CERTIFICATE):
        assert [one.threads for one in tuned_contenders(beside, (1, 2))] == [1, 2]
    assert tuned_contenders("reynolds", (1,)) == []


def test_every_tuned_algorithm_promises_the_result_of_a_plain_one():
    for name in algorithms("tuned"):
        (one, *_) = tuned_contenders(name, (1,))
        assert one.implementation == "kmedoids_bench_tuned"
        assert one.same_result_as in algorithms()

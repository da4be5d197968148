import numpy as np
import pytest

from kmedoids_bench.algorithms import build, pam
from kmedoids_bench.experiments.harness.workers.process import Failure

NAMES = ("clarans", "fastclarans")


@pytest.fixture
def clarans(library):
    return library("scikit_clarans")


@pytest.mark.parametrize("algorithm", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(clarans, packed, ladder, algorithm, dtype):
    clarans.load(packed.astype(dtype))
    assert clarans.check(clarans.run(algorithm, 2, seed=0), packed, 2).loss == 4
    clarans.load(ladder.astype(dtype))
    for k, loss in ((1, 14), (2, 9), (3, 5)):  # 250 swaps tried are all there are, many times
        assert clarans.check(clarans.run(algorithm, k, seed=0), ladder, k).loss == loss


@pytest.mark.parametrize("algorithm", NAMES)
def test_matrix_and_points_give_the_same(clarans, plane, distances, algorithm):
    best = pam(distances, build(distances, 4).medoids).loss
    found = []
    for load in (lambda: clarans.load(distances), lambda: clarans.load_points(plane)):
        load()
        answers = [clarans.run(algorithm, 4, seed=seed, start="random") for seed in (0, 0, 1, 2)]
        for answer in answers:
            assert clarans.check(answer, distances, 4).loss <= 1.1 * best
            assert answer["n_swaps"] > 0
        assert answers[0]["medoids"] == answers[1]["medoids"]
        found.append([sorted(answer["medoids"]) for answer in answers])
    assert found[0] == found[1]


@pytest.mark.parametrize("algorithm", NAMES)
def test_more_restarts_never_end_worse(clarans, distances, algorithm):
    clarans.load(distances)
    losses = [
        clarans.check(clarans.run(algorithm, 5, seed=0, parameters={"num_local": count}), distances, 5).loss
        for count in (1, 2, 4, 8)
    ]
    assert losses == sorted(losses, reverse=True)


def test_bad_input_is_refused_although_calls_do_not_check_it(clarans, distances):
    bad = distances.copy()
    bad[3, 4] = np.inf
    with pytest.raises(Failure, match="infinity"):
        clarans.load(bad)

import numpy as np
import pytest

from kmedoids_bench.algorithms import alternating, build, pam
from kmedoids_bench.experiments.harness.workers.process import Failure

METHODS = ("pam", "alternating")


@pytest.fixture
def matrices(library):
    return library("sklearn_extra")


@pytest.fixture
def clara(library):
    return library("sklearn_extra_clara")


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_small_expectations(matrices, packed, ladder, order, dtype):
    matrices.load(packed.astype(dtype), order)
    assert matrices.check(matrices.run("pam", 2, [0, 1]), packed, 2).loss == 4
    assert matrices.run("pam", 2, [0, 1])["n_passes"] == 2
    assert matrices.check(matrices.run("pam", 2, start="build"), packed, 2).loss == 4
    matrices.load(ladder.astype(dtype), order)
    for k, loss in ((2, 9), (3, 5)):
        assert matrices.check(matrices.run("pam", k, start="build"), ladder, k).loss == loss


def test_one_medoid_is_not_improved(matrices, packed):
    matrices.load(packed)
    assert matrices.check(matrices.run("pam", 1, [1]), packed, 1).loss == packed[1].sum()
    assert matrices.check(matrices.run("alternating", 1, [1]), packed, 1).loss == 14
    assert matrices.check(matrices.run("pam", 1, start="build"), packed, 1).loss == 14


@pytest.mark.parametrize("order", ["C", "F"])
def test_it_starts_from_the_start_and_gives_our_result(matrices, distances, order):
    matrices.load(distances, order)
    for seed in range(5):
        start = np.random.default_rng(seed).choice(60, 4, replace=False)
        at_start = distances[start].min(axis=0).sum()
        for name, ours in (("pam", pam), ("alternating", alternating)):
            answer = matrices.run(name, 4, start)
            verified = matrices.check(answer, distances, 4)
            expected = ours(distances, start)
            assert verified.loss < at_start
            assert sorted(answer["medoids"]) == sorted(expected.medoids.tolist())
            assert verified.local_optimum or name == "alternating"


@pytest.mark.parametrize("algorithm", METHODS)
def test_its_own_starts(matrices, distances, algorithm):
    matrices.load(distances)
    ours = {"pam": pam, "alternating": alternating}[algorithm](distances, build(distances, 4).medoids)
    answer = matrices.run(algorithm, 4, start="build")
    assert sorted(answer["medoids"]) == sorted(ours.medoids.tolist())
    answers = [matrices.run(algorithm, 4, start="random", seed=seed)["medoids"] for seed in (1, 1, 2, 3, 4)]
    assert answers[0] == answers[1]
    assert len(set(map(tuple, answers))) > 1


def test_a_start_that_it_would_misread_is_refused(matrices, plane):
    twice = np.repeat(plane[:10], 2, axis=0)
    matrices.load(np.linalg.norm(twice[:, None] - twice[None], axis=-1))
    with pytest.raises(Failure, match="the rows of objects 4 and 5 are equal"):
        matrices.run("pam", 2, [4, 8])
    assert matrices.run("pam", 2, start="build")["medoids"]


def test_bad_input_is_refused_although_calls_do_not_check_it(matrices, distances):
    bad = distances.copy()
    bad[3, 4] = np.nan
    with pytest.raises(Failure, match="NaN"):
        matrices.load(bad)
    matrices.load(distances - 1)
    with pytest.raises(Failure, match="[Nn]egative"):
        matrices.run("pam", 3, start="build")


def test_many_passes_are_not_cut(matrices):
    points = np.random.default_rng(1).normal(size=(400, 1)) ** 3
    distances = np.abs(points - points.T)
    matrices.load(distances)
    answer = matrices.run("pam", 60, range(60))
    assert matrices.check(answer, distances, 60).local_optimum


def test_clara(clara, plane, distances):
    clara.load_points(plane)
    answers = [clara.run("clara", 3, seed=seed, start="random") for seed in (0, 0, 1, 2)]
    for answer in answers:
        clara.check(answer, distances, 3)
    assert answers[0]["medoids"] == answers[1]["medoids"]
    one = clara.run("clara", 3, seed=0, parameters={"n_sampling_iter": 1})
    assert clara.check(one, distances, 3).loss > 0
    clara.load_points(plane, metric="manhattan")
    by_blocks = np.abs(plane[:, None] - plane[None]).sum(axis=-1)
    clara.check(clara.run("clara", 3, seed=0), by_blocks, 3)


def test_clara_ends_with_its_last_sample_not_with_its_best(clara):
    points = np.random.default_rng(0).normal(size=(500, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    clara.load_points(points)
    losses = []
    for count in range(1, 6):  # the same samples, and one more
        answer = clara.run("clara", 5, seed=0, parameters={"n_sampling_iter": count})
        losses.append(clara.check(answer, distances, 5).loss)
    assert losses[4] > min(losses)

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references

SWAPS = ("pam", "fastpam1", "fasterpam", "alternating")


@pytest.fixture(params=["kmedoids_055", "kmedoids_043", "kmedoids_033"])
def kmedoids(library, request):
    return library(request.param)


def test_the_environment_has_the_version_of_the_record(library):
    for name in ("kmedoids_055", "kmedoids_043", "kmedoids_033"):
        kmedoids = library(name)
        kmedoids.ask(op="hello")
        assert references()[name].title == f"kmedoids {kmedoids.worker.hello['versions']['kmedoids']}"


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int64"])
def test_small_expectations(kmedoids, packed, ladder, order, dtype):
    kmedoids.load(packed.astype(dtype), order)
    for algorithm in ("pam", "fastpam1", "fasterpam"):
        assert kmedoids.check(kmedoids.run(algorithm, 2, [0, 1]), packed, 2).loss == 4
    kmedoids.load(ladder.astype(dtype), order)
    for k, loss in ((2, 9), (3, 5)):
        assert kmedoids.check(kmedoids.run("fasterpam", k, start="build"), ladder, k).loss == loss


@pytest.mark.parametrize("algorithm", SWAPS)
def test_it_starts_from_the_start_and_gives_our_result(kmedoids, distances, algorithm):
    kmedoids.load(distances)
    offer = references()["kmedoids_055"].algorithms[algorithm]
    ours = algorithms()[offer.same_result_as].call
    for seed in range(5):
        start = np.random.default_rng(seed).choice(60, 4, replace=False)
        answer = kmedoids.run(algorithm, 4, start)
        verified = kmedoids.check(answer, distances, 4)
        assert sorted(answer["medoids"]) == sorted(ours(distances, start).medoids.tolist())
        assert verified.local_optimum or not offer.local_optimum
        assert answer["n_passes"] > 0


@pytest.mark.parametrize("k", [2, 5])
@pytest.mark.parametrize("algorithm", ["pammedsil", "fastmsc", "fastermsc"])
def test_it_raises_the_silhouette_as_ours_does(library, distances, algorithm, k):
    kmedoids = library("kmedoids_055")
    kmedoids.load(distances)
    ours = algorithms()[references()["kmedoids_055"].algorithms[algorithm].same_result_as].call
    for seed in range(5):
        start = np.random.default_rng(seed).choice(60, k, replace=False)
        answer = kmedoids.run(algorithm, k, start)
        kmedoids.check(answer, distances, k)
        assert answer["reported_loss"] is None
        assert sorted(answer["medoids"]) == sorted(ours(distances, start).medoids.tolist())


def test_dynmsc_chooses_the_number_of_clusters(library):
    kmedoids = library("kmedoids_055")
    centres = np.repeat([(0, 0), (9, 0), (0, 9), (9, 9), (4, 20)], 12, axis=0)
    points = centres + np.random.default_rng(0).normal(size=centres.shape)
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    kmedoids.load(distances)
    answer = kmedoids.run("dynmsc", 9, range(0, 54, 6))
    assert len(answer["medoids"]) == 5
    ours = algorithms()["dynmsc"].call(distances, range(0, 54, 6))
    checked = kmedoids.check(answer, distances, 5)
    assert checked.medoid_silhouette == pytest.approx(ours.mean_silhouette, rel=0.01)


def test_its_build_is_ours(kmedoids, distances):
    kmedoids.load(distances)
    for k in (1, 2, 5):
        assert kmedoids.run("build", k)["medoids"] == algorithms()["build"].call(distances, k).medoids.tolist()


@pytest.mark.parametrize("algorithm", ["fastpam1", "fasterpam", "alternating"])
def test_its_own_starts(kmedoids, distances, algorithm):
    kmedoids.load(distances)
    build = algorithms()["build"].call(distances, 4).medoids
    from_build = kmedoids.run(algorithm, 4, build)["medoids"]
    assert sorted(kmedoids.run(algorithm, 4, start="build")["medoids"]) == sorted(from_build)
    answers = [kmedoids.run(algorithm, 4, start="random", seed=seed)["medoids"] for seed in (1, 1, 2, 3, 4)]
    assert answers[0] == answers[1]
    assert len(set(map(tuple, answers))) > 1


def test_many_passes_are_not_cut(kmedoids):
    points = np.random.default_rng(1).normal(size=(600, 1)) ** 3
    distances = np.abs(points - points.T)
    kmedoids.load(distances)
    answer = kmedoids.run("fastpam1", 250, range(250))
    assert answer["n_passes"] > 100  # the library's default for max_iter
    assert kmedoids.check(answer, distances, 250).local_optimum

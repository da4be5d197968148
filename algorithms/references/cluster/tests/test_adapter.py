"""R's cluster through a real worker, against the small expectations and our own algorithms."""

import re

import numpy as np
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.harness.verify import verify
from kmedoids_bench.experiments.harness.workers import runtimes
from kmedoids_bench.experiments.harness.workers.process import Failure

PAM = references()["cluster"]
DTYPES = PAM.dtypes
SWAPS = sorted(name for name, offer in PAM.algorithms.items() if offer.makes_start)
TWINS = [name for name in SWAPS if PAM.algorithms[name].same_result_as]


try:
    runtimes.r("cluster")
    WHY_NOT = ""
except runtimes.Unavailable as error:
    WHY_NOT = str(error)

pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=f"needs R: {WHY_NOT}")


@pytest.fixture
def pam(library):
    return library("cluster")


@pytest.fixture
def clara(library):
    return library("cluster_clara")


def triangle(*entries):
    """Matrix whose lower triangle is given row by row."""
    n = int((1 + (1 + 8 * len(entries)) ** 0.5) / 2)
    matrix = np.zeros((n, n))
    matrix[np.tril_indices(n, -1)] = entries
    return matrix + matrix.T


FIRST = triangle(1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
SECOND = triangle(2, 3, 6, 4, 7, 9, 5, 8, 10, 11)


def points(n=150, seed=0, dimensions=3):
    return np.random.default_rng(seed).normal(size=(n, dimensions))


def distances(n=150, seed=0, dtype="float64"):
    x = points(n, seed)
    matrix = np.sqrt(((x[:, None] - x) ** 2).sum(axis=-1))
    return (1000 * matrix).astype(dtype)


def loss_of(matrix, medoids):
    return float(matrix[medoids].astype(float).min(axis=0).sum())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("algorithm", SWAPS)
def test_small_expectations(pam, algorithm, dtype):
    pam.load(FIRST.astype(dtype), "dist")
    assert loss_of(FIRST, pam.run(algorithm, 2, [0, 1])["medoids"]) == 4
    assert pam.run(algorithm, 1, [1])["reported_loss"] == pytest.approx(14, rel=1e-12)
    assert pam.run(algorithm, 1, [1])["medoids"] == [0]
    pam.load(SECOND.astype(dtype), "dist")
    for k, loss in ((1, 14), (2, 9), (3, 5)):
        answer = pam.run(algorithm, k, start="build")
        assert loss_of(SECOND, answer["medoids"]) == loss
        assert answer["reported_loss"] == pytest.approx(loss, rel=1e-12)


def test_build_on_the_small_example(pam):
    pam.load(FIRST, "dist")
    answer = pam.run("build", 2)
    assert loss_of(FIRST, answer["medoids"]) == answer["reported_loss"] == 4


def test_a_call_without_swaps_does_all_but_the_swaps(pam):
    matrix = distances()
    pam.load(matrix, "dist")
    start = [3, 70, 20]
    answer = pam.run("no_swap", 3, start)
    assert sorted(answer["medoids"]) == sorted(start)
    assert answer["reported_loss"] == pytest.approx(loss_of(matrix, start), rel=1e-12)
    assert answer["labels"] == matrix[answer["medoids"]].argmin(axis=0).tolist()


@pytest.mark.parametrize("k", [1, 2, 7])
@pytest.mark.parametrize("algorithm", SWAPS)
def test_the_answer_is_complete_and_keeps_what_it_promises(pam, algorithm, k):
    matrix = distances()
    pam.load(matrix, "dist")
    for fields in ({"medoids": list(range(k))}, {"start": "build"}):
        answer = pam.run(algorithm, k, **fields)
        checked = verify(matrix, answer["medoids"], k)
        assert answer["reported_loss"] == pytest.approx(checked.loss, rel=1e-12)
        assert checked.local_optimum
        assert answer["labels"] == matrix[answer["medoids"]].argmin(axis=0).tolist()
        assert answer["untouched"] is True


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("algorithm", TWINS)
def test_it_finds_what_ours_finds_from_the_same_start(pam, algorithm, dtype):
    ours = algorithms()[PAM.algorithms[algorithm].same_result_as].call
    for seed in range(3):
        matrix = distances(seed=seed, dtype=dtype)
        pam.load(matrix, "dist")
        for k in (2, 5, 12):
            start = np.random.default_rng(k).choice(len(matrix), k, replace=False)
            theirs = pam.run(algorithm, k, start.tolist())["medoids"]
            same = matrix.astype(np.float64)  # the type for which other tests compile, too
            assert set(theirs) == set(ours(same, start).medoids.tolist())


def test_its_build_is_ours_without_ties(pam):
    for seed in range(3):
        matrix = distances(seed=seed)
        pam.load(matrix, "dist")
        for k in (1, 2, 5, 12):
            ours = algorithms()["build"].call(matrix, k).medoids.tolist()
            assert set(pam.run("build", k)["medoids"]) == set(ours)


@pytest.mark.parametrize("algorithm", SWAPS)
def test_build_within_the_call_is_build_before_it(pam, algorithm):
    matrix = distances(seed=5)
    pam.load(matrix, "dist")
    start = pam.run("build", 6)["medoids"]
    assert set(pam.run(algorithm, 6, start)["medoids"]) == set(pam.run(algorithm, 6, start="build")["medoids"])


def test_loops_start_from_the_same_medoids_each_time(pam):
    pam.load(distances(), "dist")
    for algorithm in SWAPS:
        once = pam.run(algorithm, 4, [0, 1, 2, 3])
        assert pam.run(algorithm, 4, [0, 1, 2, 3], loops=3)["medoids"] == once["medoids"]


def test_not_a_number_is_an_error(pam):
    matrix = distances(20)
    matrix[3, 2] = matrix[2, 3] = np.nan
    pam.load(matrix, "dist")
    with pytest.raises(Failure, match="NA values in the dissimilarity matrix not allowed"):
        pam.run("pam", 2, [0, 1])


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"algorithm": "pam", "k": 20, "medoids": list(range(20))}, r"'k' must be in"),
        ({"algorithm": "pam", "k": 0, "medoids": []}, r"'k' must be in"),
        ({"algorithm": "pam", "k": 2, "medoids": [3, 3]}, "2 distinct indices"),
        ({"algorithm": "pam", "k": 2, "medoids": [0, 20]}, "2 distinct indices"),
        ({"algorithm": "pam", "k": 2, "medoids": [0]}, "2 distinct indices"),
        ({"algorithm": "pam", "k": 2}, "either start medoids or the name of a start"),
        ({"algorithm": "pam", "k": 2, "start": "lab"}, 'no start "lab"'),
        ({"algorithm": "pam", "k": 2, "medoids": [0, 1], "parameters": {"x": 1}}, "no parameter x"),
        ({"algorithm": "alternating", "k": 2, "medoids": [0, 1]}, "no algorithm alternating"),
    ],
)
def test_what_it_refuses_is_an_error_that_says_why(pam, request_, reason):
    pam.load(distances(20), "dist")
    with pytest.raises(Failure, match=reason) as failure:
        pam.run(**request_)
    assert failure.value.status == "error"


def test_versions_are_those_of_all_that_counts(pam):
    pam.load(FIRST, "dist")
    versions = pam.worker.hello["versions"]
    assert set(versions) == {"R", "cluster", "jsonlite"}
    assert all(re.fullmatch(r"\d+[\d.-]+", version) for version in versions.values())


@pytest.mark.parametrize("metric", ["euclidean", "manhattan"])
@pytest.mark.parametrize("k", [1, 2, 6])
def test_clara_returns_medoids_with_their_loss_and_labels(clara, metric, k):
    x = points(500)
    clara.load_points(x, metric)
    difference = np.abs(x[:, None] - x)
    matrix = difference.sum(axis=-1) if metric == "manhattan" else np.sqrt((difference**2).sum(axis=-1))
    answer = clara.run("clara", k, seed=1)
    assert len(set(answer["medoids"])) == k
    assert answer["reported_loss"] == pytest.approx(loss_of(matrix, answer["medoids"]), rel=1e-12)
    assert answer["labels"] == matrix[answer["medoids"]].argmin(axis=0).tolist()
    assert answer["untouched"] is True


def test_clara_repeats_itself_with_the_same_seed_only(clara):
    clara.load_points(points(500))
    results = [clara.run("clara", 5, seed=seed)["medoids"] for seed in (1, 1, 2, 3)]
    assert results[0] == results[1]
    assert len(set(map(tuple, results))) > 1
    assert clara.run("clara", 5, seed=1, loops=3)["medoids"] == results[0]
    assert clara.run("clara", 5)["medoids"] == clara.run("clara", 5, seed=0)["medoids"]
    assert clara.run("clara", 5, seed=1, start="random")["medoids"] == results[0]


def test_more_samples_of_clara_are_no_worse_on_average(clara):
    clara.load_points(points(500))

    def losses(**parameters):
        runs = [clara.run("clara", 5, seed=seed, parameters=parameters) for seed in range(8)]
        return sum(run["reported_loss"] for run in runs)

    assert losses(samples=20) <= losses(samples=1)
    assert losses(samples=1, sampsize=200) <= losses(samples=1, sampsize=12)


def test_a_sample_of_all_objects_is_pam(clara):
    x = points(60)
    clara.load_points(x)
    matrix = np.sqrt(((x[:, None] - x) ** 2).sum(axis=-1))
    answer = clara.run("clara", 12)  # 40 + 2k would be 64 objects
    assert verify(matrix, answer["medoids"], 12).local_optimum


def test_clara_refuses_other_metrics_and_parameters(clara):
    with pytest.raises(Failure, match='"euclidean" and "manhattan", not "cosine"'):
        clara.load_points(points(50), "cosine")
    clara.load_points(points(50))
    with pytest.raises(Failure, match="clara has no parameter n_samples"):
        clara.run("clara", 2, parameters={"n_samples": 3})
    with pytest.raises(Failure, match="number of cluster should be at least 1"):
        clara.run("clara", 50)


def test_clara_runs_on_the_tiny_problem(clara):
    clara.load_points(points(50))
    assert len(clara.run("clara", 9, tiny=True)["medoids"]) == 2

import numpy as np
import pytest

from kmedoids_bench.algorithms import build, fasterpam, fastpam1, pam, random_start

points = np.random.default_rng(0).normal(size=(60, 2))
DIST = np.linalg.norm(points[:, None] - points[None], axis=-1)


@pytest.mark.parametrize("algorithm", [pam, fastpam1, fasterpam])
def test_its_own_start_equals_the_same_start_given(algorithm):
    for start, medoids in (
        ("build", build(DIST, 5).medoids),
        ("random", random_start(DIST, 5, seed=7).medoids),
    ):
        own = algorithm(DIST, k=5, start=start, seed=7)
        assert own.swaps.tolist() == algorithm(DIST, medoids).swaps.tolist()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, TypeError, "neither medoids nor k"),
        ({"medoids": [0, 1], "k": 3}, ValueError, "k is 3, but 2 start medoids are given"),
        ({"k": 3, "start": "bulid"}, ValueError, r"start is 'bulid', must be one of \['build'"),
        ({"k": 3, "start": "pam"}, ValueError, "start is 'pam', must be one of"),
    ],
)
def test_bad_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        pam(DIST, **arguments)

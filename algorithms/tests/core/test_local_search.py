import numpy as np
import pytest

from kmedoids_bench.algorithms import build, fasterpam, fastpam1, pam, random_start
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.problem import UNLIMITED
from kmedoids_bench.algorithms.core.single_medoid import swap_single_medoid
from kmedoids_bench.algorithms.swaps.alternating import swap_alternating
from kmedoids_bench.algorithms.swaps.eagerpam import swap_eagerpam
from kmedoids_bench.algorithms.swaps.fasterpam import swap_fasterpam
from kmedoids_bench.algorithms.swaps.fastpam1 import swap_fastpam1
from kmedoids_bench.algorithms.swaps.fastpam1a import swap_fastpam1a
from kmedoids_bench.algorithms.swaps.fastpam2 import swap_fastpam2
from kmedoids_bench.algorithms.swaps.pam import swap_pam
from kmedoids_bench.algorithms.swaps.resende_werneck import swap_resende_werneck
from kmedoids_bench.algorithms.swaps.reynolds import swap_reynolds

points = np.random.default_rng(0).normal(size=(60, 2))
DIST = np.linalg.norm(points[:, None] - points[None], axis=-1)


@pytest.mark.parametrize("algorithm", [pam, fastpam1, fasterpam])
def test_its_own_start_equals_the_same_start_given(algorithm):
    for start, medoids in (("build", build(DIST, 5).medoids), ("random", random_start(DIST, 5, seed=7).medoids)):
        own = algorithm(DIST, k=5, start=start, seed=7)
        assert own.swaps.tolist() == algorithm(DIST, medoids).swaps.tolist()


@pytest.mark.parametrize(
    ("swap_kernel", "arguments"),
    [
        (swap_pam, (np.arange(5), UNLIMITED)),
        (swap_fastpam1, (np.arange(5), UNLIMITED)),
        (swap_reynolds, (np.arange(5), UNLIMITED)),
        (swap_fastpam1a, (np.arange(5), UNLIMITED)),
        (swap_fastpam2, (np.arange(5), UNLIMITED, 1.0)),
        (swap_eagerpam, (np.arange(5), UNLIMITED)),
        (swap_fasterpam, (np.arange(5), UNLIMITED, np.arange(60))),
        (swap_resende_werneck, (np.arange(5), UNLIMITED, DIST)),
        (swap_alternating, (np.arange(5), UNLIMITED)),
        (swap_single_medoid, (np.arange(1),)),
    ],
)
def test_kernels_leave_the_start_medoids_alone(swap_kernel, arguments):
    found = swap_kernel(DIST, *arguments)
    assert len(Outcome(*found).losses) > 0
    assert arguments[0].tolist() == list(range(len(arguments[0])))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, TypeError, "neither medoids nor k"),
        ({"medoids": 10}, ValueError, "medoids is 10, must be a list of object ids: .* write k=10"),
        ({"medoids": [0, 1], "k": 3}, ValueError, "k is 3, but 2 start medoids are given"),
        ({"k": 3, "start": "bulid"}, ValueError, r"start is 'bulid', must be one of \[.*'build', "),
        ({"k": 3, "start": "pam"}, ValueError, "start is 'pam', must be one of"),
    ],
)
def test_bad_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        pam(DIST, **arguments)

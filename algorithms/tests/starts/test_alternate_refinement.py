import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms import alternate_refinement, alternating, lab, park_jun, random_start
from kmedoids_bench.algorithms.core.registry import algorithms

points = np.random.default_rng(1).normal(size=(100, 2))
DIST = problems.exact(np.linalg.norm(points[:, None] - points[None], axis=-1))


def test_is_the_start_and_then_alternating_steps():
    for start, chosen in (
        ("random", random_start(DIST, 6, 3)),
        ("park_jun", park_jun(DIST, 6)),
        ("lab", lab(DIST, 6, 3)),
    ):
        refined, then = alternate_refinement(DIST, 6, 3, start=start), alternating(DIST, chosen.medoids)
        assert refined.medoids.tolist() == then.medoids.tolist()
        assert refined.loss < chosen.loss
        assert refined.n_evaluations == chosen.n_evaluations + then.n_evaluations
        assert refined.n_lookups == chosen.n_lookups + then.n_lookups
        one_step = alternate_refinement(DIST, 6, 3, start=start, max_passes=1)
        assert one_step.medoids.tolist() == alternating(DIST, chosen.medoids, max_passes=1).medoids.tolist()


def test_any_start_can_be_refined():
    for name in [name for name, record in algorithms().items() if record.kind == "start"]:
        assert alternating(DIST, alternate_refinement(DIST, 6, 0, start=name).medoids).n_swaps == 0


def test_bad_arguments():
    with pytest.raises(ValueError, match="start is 'pam', must be one of"):
        alternate_refinement(DIST, 6, start="pam")
    with pytest.raises(ValueError, match="max_passes is 0, must be at least 1"):
        alternate_refinement(DIST, 6, max_passes=0)

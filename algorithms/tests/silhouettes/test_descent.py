import numpy as np
import pytest

from kmedoids_bench.algorithms.silhouettes.descent import begin, swap_if_better

DIST = np.abs(np.subtract.outer([0.0, 1, 2, 10, 11, 12], [0.0, 1, 2, 10, 11, 12]))


def test_a_swap_is_made_if_scan_and_loss_agree():
    given = np.array([0, 1])
    medoids, near, log = begin(DIST, given)
    assert log.loss == pytest.approx(1 / 2 + 9 / 10 + 10 / 11 + 11 / 12)
    log, made = swap_if_better(DIST, medoids, near, log, -1.0, 0, 4)
    assert made
    assert (medoids.tolist(), given.tolist()) == ([4, 1], [0, 1])
    assert (log.n_swaps, log.removed[0], log.added[0]) == (1, 0, 4)
    assert log.losses[0] == log.loss == pytest.approx(1 / 11 + 0 + 1 / 9 + 1 / 9 + 0 + 1 / 11)


@pytest.mark.parametrize(("start", "change"), [([0, 1], 0.0), ([4, 1], -1.0)])
def test_a_swap_is_not_made_if_the_scan_or_the_loss_says_that_nothing_is_gained(start, change):
    medoids, near, log = begin(DIST, np.array(start))
    after, made = swap_if_better(DIST, medoids, near, log, change, 0, 3)
    assert (made, after.n_swaps, after.loss, medoids.tolist()) == (False, 0, log.loss, start)

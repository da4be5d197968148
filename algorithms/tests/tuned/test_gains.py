import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.loss import loss_change, removal_loss
from kmedoids_bench.algorithms.nearest import Nearest, nearest_medoids, swap
from kmedoids_bench.algorithms.tuned import gains as tables


def changes(kept, k):
    """A_c + B_ic of the tables, shape (k, n)."""
    together = kept.shared[:, None, :] + kept.extra
    return together.transpose(1, 0, 2).reshape(k, -1)[:, : kept.n]


@pytest.mark.parametrize("k", [2, 5, tables.FEW + 3])  # the branch-free form, and the one for many medoids
def test_the_tables_are_what_every_swap_would_change_after_each_swap(k):
    rng = np.random.default_rng(k)
    n = 90
    dist = problems.distances_between(rng.integers(0, 20, (n, 2))).astype(np.float32)
    medoids = rng.permutation(n)[:k]
    near = nearest_medoids(dist, medoids)
    kept, before = tables.new_gains(n, k), tables.without_shares(near)
    least = np.empty(kept.shared.shape)
    for _ in range(8):
        removal = removal_loss(near, k)
        changed = tables.changed_objects(before, near, k)
        tables.refresh_serially(dist, changed, before, near, kept, removal, least)
        found = removal[:, None] + changes(kept, k)
        for c in np.setdiff1d(np.arange(n), medoids)[::7]:
            expected = [loss_change(dist, near, slot, c) for slot in range(k)]
            np.testing.assert_allclose(found[:, c], expected, rtol=0, atol=1e-9)
        np.testing.assert_allclose(least.ravel()[:n], found.min(axis=0), rtol=0, atol=1e-9)
        before = Nearest(*(field.copy() for field in near))
        swap(dist, medoids, near, int(rng.integers(k)), int(rng.choice(np.setdiff1d(np.arange(n), medoids))))

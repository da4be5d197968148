import numpy as np
import problems
import pytest

from kmedoids_bench.algorithms.core.loss import loss_change, removal_loss
from kmedoids_bench.algorithms.core.nearest import Nearest
from kmedoids_bench.algorithms.swaps.fastpam1 import best_swap
from kmedoids_bench.algorithms.tuned import gains as tables
from kmedoids_bench.algorithms.tuned.nearest import new_state, swap


def by_slots(table, n):
    """Rows of a table in tiles, shape (rows, n)."""
    return table.transpose(1, 0, 2).reshape(table.shape[1], -1)[:, :n]


@pytest.mark.parametrize("n", [90, 97])
@pytest.mark.parametrize("k", [2, 5, 15, tables.FEW + 3])  # the forms for few medoids, and those for many
def test_the_tables_are_what_every_swap_would_change_after_each_swap(k, n):
    rng = np.random.default_rng(k)
    dist = problems.distances_between(rng.integers(0, 20, (n, 2))).astype(np.float64)
    medoids = rng.permutation(n)[:k]
    state, kept = new_state(dist, medoids), tables.new_gains(n, k)
    near, removal = state.near, removal_loss(state.near, k)
    tables.fill(dist, near, state.bounds, removal, kept, None)
    for _ in range(8):
        others = np.setdiff1d(np.arange(n), medoids)
        least = removal[:, None] + by_slots(kept.extra, n)
        found = least + kept.shared.ravel()[:n]
        for c in others[::7]:
            expected = [loss_change(dist, near, slot, c) for slot in range(k)]
            np.testing.assert_allclose(found[:, c], expected, rtol=0, atol=1e-9)
        assert (kept.floor.ravel()[:n] <= least.min(axis=0)).all()
        change, slot, candidate = tables.best_swap(medoids, removal, kept)
        assert (slot, candidate) == best_swap(dist, medoids, near)[1:]
        assert change == found[:, others].min()
        before = Nearest(*(field.copy() for field in near))
        swap(dist, medoids, state, int(rng.integers(k)), int(rng.choice(others)))
        removal = removal_loss(near, k)
        changed = tables.changed_objects(before, near, k)
        slots = tables.changed_slots(changed, before, near, k)
        tables.update(dist, changed, before, near, slots, removal, kept, None)

import numpy as np
import pytest

from kmedoids_bench.algorithms import Points
from kmedoids_bench.algorithms.core import clustering
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import METRICS
from kmedoids_bench.algorithms.tuned.assignment import assign


@kernel
def own_metric(x, y):
    return abs(x[0] - y[0])


def coordinates(kind, rng):
    """Points with ties, far apart, or in one place."""
    if kind == "ties":
        return rng.integers(1, 4, (1500, 3)).astype(float)
    if kind == "far from the origin":
        return 1e8 + rng.normal(size=(1500, 4))
    if kind == "large squares":
        return 1e150 * rng.normal(size=(200, 4))
    if kind == "two far places":  # the bounds are wide here: many medoids can be the nearest
        return rng.choice([-1e6, 1e6], (1500, 1)) + 0.1 * rng.normal(size=(1500, 4))
    return np.ones((40, 3)) if kind == "one place" else rng.normal(size=(1500, 20))


@pytest.mark.parametrize("metric", [*METRICS, own_metric])
@pytest.mark.parametrize(
    "kind", ["scattered", "ties", "far from the origin", "large squares", "one place", "two far places"]
)
def test_labels_and_loss_are_those_of_the_specification_to_the_bit(metric, kind):
    rng = np.random.default_rng(0)
    points = Points(coordinates(kind, rng), metric)
    for k in (1, 30):
        medoids = rng.choice(points.n, k, replace=False)
        (labels, loss), (expected, total) = (form(points.distances, medoids) for form in (assign, clustering.assign))
        assert labels.tolist() == expected.tolist()
        assert loss == total


def test_a_matrix_is_left_to_the_specification():
    dist = np.abs(np.arange(9.0)[:, None] - np.arange(9.0))
    assert assign(dist, np.array([1, 7]))[0].tolist() == clustering.assign(dist, np.array([1, 7]))[0].tolist()

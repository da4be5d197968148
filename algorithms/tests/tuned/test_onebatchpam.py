import grids
import numpy as np
import pytest

from kmedoids_bench.algorithms import Points, onebatchpam
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.metrics import METRICS
from kmedoids_bench.algorithms.sampling.onebatchpam import read_block
from kmedoids_bench.algorithms.tuned import onebatchpam as tuned_onebatchpam
from kmedoids_bench.algorithms.tuned.sampling.onebatchpam import WIDTH, read_columns


@kernel
def own_metric(x, y):
    return abs(x[0] - y[0])


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("m", [1, WIDTH, 2 * WIDTH + 3])
def test_the_block_is_that_of_the_plain_one_to_the_bit(metric, m):
    coordinates = np.random.default_rng(m).normal(size=(1500, 5))
    coordinates[7] = coordinates[1400]  # two in the same place
    dist = Points(coordinates, metric).distances
    batch = np.sort(np.random.default_rng(0).choice(1500, m, replace=False))
    plain, tuned = np.full((1500, m), np.nan, np.float32), np.full((1500, m), np.nan, np.float32)
    assert read_columns(dist, batch, tuned) == pytest.approx(read_block(dist, batch, plain), rel=1e-7)
    np.testing.assert_array_equal(tuned, plain)


@pytest.mark.parametrize("metric", ["euclidean", own_metric])
def test_from_points_it_finds_what_the_plain_one_finds(metric):
    points, _ = grids.scattered(300)
    for variant in ("unif", "debias", "nniw"):
        parameters = {"batch_size": 90, "variant": variant, "seed": 4}
        mine, other = (call(Points(points, metric), 7, **parameters) for call in (tuned_onebatchpam, onebatchpam))
        for field in ("medoids", "labels", "swaps", "losses"):
            assert getattr(mine, field).tolist() == getattr(other, field).tolist()
        assert (mine.loss, mine.n_lookups) == (other.loss, other.n_lookups)

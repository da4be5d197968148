import numpy as np

from kmedoids_bench.datasets.mixture import CLUSTERS, DATASETS, load


def test_the_points_are_the_same_every_time_and_not_in_the_order_of_their_clusters():
    (mixture,) = DATASETS
    points = load(())
    assert points.shape == (mixture.n, 8)
    np.testing.assert_array_equal(points[:1000], load(())[:1000])
    first, last = points[:10_000], points[-10_000:]
    assert np.abs(first.mean(axis=0) - last.mean(axis=0)).max() < 0.3
    assert mixture.facts == {"clusters": CLUSTERS}

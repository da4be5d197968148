import pytest

from kmedoids_bench.experiments.analysis.elbow import elbow


@pytest.mark.parametrize(
    ("ks", "losses", "place"),
    [
        ([1, 2, 3, 4, 5], [100.0, 60.0, 20.0, 15.0, 12.0], 2),
        ([2, 4, 8, 16], [50.0, 20.0, 10.0, 2.0], 1),  # the distance between the k counts
        ([2, 3, 4, 5], [9.0, 5.0, 4.0, 1.0], 1),
        ([1, 2, 3], [3.0, 2.0, 1.0], None),  # a straight line
        ([1, 2, 3], [3.0, 2.9, 1.0], None),  # bent the other way
        ([1, 2, 3], [0.0, 0.0, 0.0], None),
        ([1, 2], [3.0, 1.0], None),
    ],
)
def test_the_elbow_is_farthest_below_the_straight_line(ks, losses, place):
    assert elbow(ks, losses) == place

"""Points of TSPLIB."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets

ENDS = {
    "fl1400": ([2104.61, 1968.35], [0, 0]),
    "pcb3038": ([2830, 40], [38, 3941]),
    "rl5934": ([1488, 14146], [18064, 4840]),
}


@pytest.mark.parametrize("name", ENDS)
def test_values(fetched, name):
    dataset = datasets()[name]
    points = dataset.load(fetched(dataset))
    assert points.shape == (dataset.n, 2) == (int(name.lstrip("abcdefghijklmnopqrstuvwxyz")), 2)
    np.testing.assert_array_equal(points[[0, -1]], ENDS[name])


def test_coordinates_on_the_globe_are_refused(tmp_path):
    path = tmp_path / "geo.tsp"
    path.write_text("EDGE_WEIGHT_TYPE : GEO\nNODE_COORD_SECTION\n1 10.2 3.4\nEOF\n")
    with pytest.raises(ValueError, match="no points in the plane"):
        datasets()["fl1400"].load((path,))

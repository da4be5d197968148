import numpy as np
import pytest

from kmedoids_bench.algorithms.core.metrics import METRICS, chebyshev, named_distance, unit_vectors

DEFINITIONS = {
    "euclidean": lambda x, y: np.sqrt(((x - y) ** 2).sum()),
    "sqeuclidean": lambda x, y: ((x - y) ** 2).sum(),
    "manhattan": lambda x, y: np.abs(x - y).sum(),
    "chebyshev": lambda x, y: np.abs(x - y).max(),
    "cosine": lambda x, y: 1 - (x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()),
    "hamming": lambda x, y: (x != y).mean(),
}


@pytest.mark.parametrize("name", METRICS)
def test_every_name_means_its_definition(name):
    rng = np.random.default_rng(0)
    for points in (rng.normal(size=(8, 5)).astype(np.float32), rng.integers(0, 4, (8, 5)) + np.eye(8, 5)):
        stored = unit_vectors(points) if name == "cosine" else points
        for x, y, a, b in zip(points, points[::-1], stored, stored[::-1], strict=True):
            wanted = DEFINITIONS[name](x.astype(np.float64), y.astype(np.float64))
            assert named_distance(METRICS.index(name), a, b) == pytest.approx(wanted, rel=1e-12, abs=1e-15)
            assert named_distance(METRICS.index(name), a, a) == 0


def test_sums_are_float64_and_integers_do_not_wrap_around():
    x, y = np.array([2, 250], np.uint8), np.array([4, 10], np.uint8)
    assert named_distance(METRICS.index("manhattan"), x, y) == 242
    assert named_distance(METRICS.index("sqeuclidean"), x, y) == 57604
    assert named_distance(METRICS.index("chebyshev"), x, y) == 240
    x, y = np.array([3e25], np.float32), np.array([0], np.float32)
    assert named_distance(METRICS.index("sqeuclidean"), x, y) == float(np.float32(3e25)) ** 2


def test_unit_vectors_of_numbers_whose_squares_leave_the_range():
    expected = [[0.6, 0.8], [0.6, -0.8], [1, 0]]
    np.testing.assert_allclose(unit_vectors(np.array([[3e200, 4e200], [3e-200, -4e-200], [7, 0]])), expected)
    np.testing.assert_array_equal(unit_vectors(np.array([[-(2**63), 0]])), [[-1, 0]])


def test_a_zero_vector_has_no_direction():
    with pytest.raises(ValueError, match=r"coordinates\[2\] is zero"):
        unit_vectors(np.array([[1, 2], [0, 1], [0, 0], [0, 0]]))


def test_chebyshev_looks_at_every_coordinate():
    for place in range(3):
        x = np.zeros(3)
        x[place] = 5.0
        assert chebyshev(x, np.ones(3)) == 4.0

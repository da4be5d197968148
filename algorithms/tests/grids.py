"""Points on integer grids: their dissimilarities are integers, exact and often tied. In float64, to compile once."""

import numpy as np
from hypothesis import strategies as st

MAX_N = 12


def squared(points):
    return ((points[:, None, :] - points[None, :, :]) ** 2).sum(-1)


def manhattan(points):
    return np.abs(points[:, None, :] - points[None, :, :]).sum(-1)


@st.composite
def grids(draw, min_n=1):
    """Return points, some in the same place, the name of a metric, and their matrix."""
    n = draw(st.integers(min_n, MAX_N))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = rng.integers(0, draw(st.sampled_from([1, 4, 50])), (n, 2)).astype(np.float64)
    metric, matrix = draw(st.sampled_from([("sqeuclidean", squared), ("manhattan", manhattan)]))
    return points, metric, matrix(points)


def scattered(n, seed=0):
    """Return n points without ties to speak of, and the matrix of their squared distances."""
    points = np.random.default_rng(seed).integers(0, 1000, (n, 3)).astype(np.float64)
    return points, squared(points)

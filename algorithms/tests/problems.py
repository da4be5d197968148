"""Generated problems: full of ties, duplicates and edge cases on the one hand, free of ties on the other."""

import os

import numpy as np
from hypothesis import strategies as st

MAX_N = 10
# Every kernel is compiled for every type, which takes longer than the tests; `make proof` has more of them. Kernels
# read each number into a float64, whatever its type.
PROOF = bool(os.environ.get("KMEDOIDS_BENCH_PROOF"))
REALS = [np.float64, *([np.float32] if PROOF else [])]
DTYPES = [*REALS, *([np.int64] if PROOF else [])]


def distances_between(points) -> np.ndarray:
    """Manhattan distances of points on a grid: integers, exact in every dtype."""
    return np.abs(points[:, None, :] - points[None, :, :]).sum(-1)


def exact(dist: np.ndarray) -> np.ndarray:
    """Round to multiples of 2^-12: sums of thousands of such numbers are exact in float64, in any order."""
    return np.round(dist * 2**12) / 2**12


def within_the_tolerance():
    """Object 1 is a better medoid of 0, 1 and 2 than 0, by less than the tolerance; 4 is that of 3, 4 and 5."""
    dist = np.full((6, 6), 9.0)
    dist[:3, :3] = [[0, 1, 1 + 2e-14], [1, 0, 1], [1 + 2e-14, 1, 0]]
    dist[3:, 3:] = [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    return dist


class Counted:
    """A matrix that counts the entries read from it."""

    def __init__(self, dist):
        self.dist, self.shape, self.n_read = dist, dist.shape, 0

    def __getitem__(self, index):
        self.n_read += self.dist[index].size
        return self.dist[index]


@st.composite
def tied_matrices(draw, min_n=1):
    """Matrices of whole numbers: a coarse grid, every point twice, all points equal, arbitrary, asymmetric, huge."""
    n = draw(st.integers(min_n, MAX_N))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["grid", "twice", "equal", "arbitrary", "asymmetric", "huge"]))
    if kind == "grid":
        dist = distances_between(rng.integers(0, 3, (n, 2)))
    elif kind == "twice":
        dist = distances_between(rng.integers(0, 5, ((n + 1) // 2, 1)).repeat(2, axis=0)[:n])
    elif kind == "equal":
        dist = np.zeros((n, n), np.int64)
    else:
        dist = rng.integers(0, {"arbitrary": 6, "asymmetric": 9, "huge": 2**40}[kind], (n, n))
        if kind != "asymmetric":
            dist = np.triu(dist, 1) + np.triu(dist, 1).T
        np.fill_diagonal(dist, 0)
    dtypes = [dtype for dtype in DTYPES if kind != "huge" or np.dtype(dtype).itemsize == 8]
    return dist.astype(draw(st.sampled_from(dtypes)))


@st.composite
def tie_free_matrices(draw, min_n=1):
    """Euclidean distances of points drawn from a continuous distribution, float64 or float32.

    Rounded to multiples of 2^-12, so that all sums are exact: a few ties remain even here (two objects that
    only have each other are equally good medoids), and rounding must not decide them.
    """
    n = draw(st.integers(min_n, MAX_N))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = rng.normal(size=(n, 2))
    dist = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return exact(dist).astype(draw(st.sampled_from(REALS)))


@st.composite
def matrices_of_powers(draw, min_n=1):
    """Matrices of powers of two and zeros: ratios of distances are exact, and so are their sums; many or few ties."""
    n = draw(st.integers(min_n, MAX_N))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    dist = 2.0 ** rng.integers(0, draw(st.sampled_from([2, 4, 20])), (n, n))
    dist[rng.random((n, n)) < draw(st.sampled_from([0, 0.3]))] = 0  # in the same place
    if draw(st.booleans()):
        dist = np.triu(dist, 1) + np.triu(dist, 1).T
    np.fill_diagonal(dist, 0)
    return dist.astype(draw(st.sampled_from(DTYPES)))


@st.composite
def started(draw, matrices, min_k=1):
    """A matrix and k distinct start medoids, k from `min_k` to n."""
    dist = draw(matrices)
    medoids = draw(st.permutations(range(len(dist))))
    return dist, medoids[: draw(st.integers(min_k, len(dist)))]

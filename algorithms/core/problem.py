"""Validated input: what goes into a kernel has passed here, so kernels check nothing."""

from dataclasses import dataclass
from functools import cached_property
from math import isqrt

import numpy as np

# Rows looked at together while a matrix is checked: few enough that a block's temporaries stay small.
BLOCK = 256

UNLIMITED = np.iinfo(np.int64).max  # passes

# Sums over all objects, and differences of two of them, have to stay finite.
LARGEST = np.finfo(np.float64).max / 4


@dataclass(frozen=True, eq=False)
class Problem:
    """A dissimilarity matrix that has been checked; algorithms take it in place of the array.

    Checking costs a pass over the matrix, so whoever calls several algorithms on one matrix makes a Problem
    once: `problem = Problem(distances)`.

    Parameters
    ----------
    distances : array_like of shape (n, n) or (n(n-1)/2,), or pandas.DataFrame
        float32, float64 or integers; finite, not negative, zero on the diagonal. It need not be symmetric
        nor satisfy the triangle inequality: `distances[c, o]` is always read as the dissimilarity of object
        o (column) to the medoid or candidate c (row). Pass the transpose for the other direction.
        A C-ordered array is used as it is, and so is a symmetric F-ordered one; any other is copied.
        A vector is read as scipy's `pdist` writes it, the rows of the upper triangle one after the other.
        A DataFrame must have the same labels for rows and columns; results speak of positions, and
        `frame.index[result.medoids]` are the labels.

    Raises
    ------
    TypeError
        If the elements are not float32, float64 or integers, or some are masked.
    ValueError
        If the matrix is empty or not square, or an entry is NaN, infinite, negative, not zero on the
        diagonal, or so large that sums overflow. The message names the first such entry. Also if the labels of
        the rows and columns differ.
    """

    distances: np.ndarray  # shape (n, n), C order; distances[c, o] is d(o, c): row = medoid, column = object

    def __post_init__(self) -> None:
        dist = unchecked_matrix(self.distances)
        check_entries(dist)
        object.__setattr__(self, "distances", by_rows(dist))

    @property
    def n(self) -> int:
        """Number of objects."""
        return self.distances.shape[0]

    @cached_property
    def by_object(self) -> np.ndarray:
        """The same dissimilarities with one row per object: by_object[o, c] is d(o, c).

        For algorithms that ask what one object contributes to all candidates. It is the matrix itself if that
        is symmetric, and a transposed copy otherwise; which of them is found out once, in a pass over the
        matrix, at the first use.
        """
        return self.distances if is_symmetric(self.distances) else np.ascontiguousarray(self.distances.T)

    @classmethod
    def of(cls, distances) -> "Problem":
        """Return a Problem as it is, that of `Points`, and check anything else: what algorithms do with their input."""
        if isinstance(distances, Problem):
            return distances
        return distances.as_problem() if hasattr(distances, "as_problem") else cls(distances)


def unchecked_matrix(distances) -> np.ndarray:
    """Return a matrix of the right shape and type; its entries have not been checked."""
    if np.ma.is_masked(distances):
        raise TypeError("distances has masked entries: fill them, every dissimilarity is needed")
    dist = square_matrix(without_labels(distances))
    check_shape(dist)
    check_dtype(dist)
    return dist


def unchecked_problem(dist, by_object=None) -> Problem:
    """Return a Problem of a matrix that needs no check, such as the part of one that has passed it.

    `by_object` is what the property of this name would find out, if it is known.
    """
    problem = object.__new__(Problem)
    object.__setattr__(problem, "distances", dist)
    if by_object is not None:
        vars(problem)["by_object"] = by_object
    return problem


def without_labels(distances):
    """Return the values of a DataFrame whose rows and columns have the same labels, and anything else as it is."""
    if not (hasattr(distances, "index") and hasattr(distances, "columns")):
        return distances
    rows, columns = list(distances.index), list(distances.columns)
    for position, (row, column) in enumerate(zip(rows, columns, strict=False)):
        if row != column:
            raise ValueError(
                f"row {position} of distances is labelled {row!r} and column {position} {column!r}: both must be the "
                "same objects in the same order; distances.to_numpy() has no labels"
            )
    return distances.to_numpy()


def square_matrix(distances) -> np.ndarray:
    """Return a vector of the upper triangle, row by row, as a symmetric matrix, and anything else as an array."""
    dist = np.asarray(distances)
    n = (1 + isqrt(1 + 8 * dist.size)) // 2
    if dist.ndim != 1 or dist.size == 0 or dist.size != n * (n - 1) // 2:
        return dist
    check_dtype(dist)
    square, end = np.zeros((n, n), dist.dtype), 0
    for o in range(n - 1):
        start, end = end, end + n - 1 - o
        square[o, o + 1 :] = square[o + 1 :, o] = dist[start:end]
    return square


def check_shape(dist: np.ndarray) -> None:
    """Raise ValueError unless the matrix is square and not empty."""
    if dist.ndim != 2 or dist.shape[0] != dist.shape[1]:
        raise ValueError(
            f"distances must be a square matrix, its shape is {dist.shape}: compute all pairs of objects, "
            "for instance with scipy.spatial.distance.cdist or pdist"
        )
    if dist.size == 0:
        raise ValueError("distances is empty: there is nothing to cluster")


def check_dtype(dist: np.ndarray) -> None:
    """Raise TypeError unless the elements are float32, float64 or integers in the machine's byte order."""
    if not (dist.dtype.kind in "iu" or dist.dtype in (np.float32, np.float64)) or not dist.dtype.isnative:
        raise TypeError(
            f"distances has elements of type {dist.dtype}, must be float32, float64 or integers: "
            "convert it with distances.astype(float)"
        )


def check_entries(dist: np.ndarray) -> None:
    """Raise ValueError, naming the first offending entry in the order of the rows, if there is one."""
    for top in range(0, len(dist), BLOCK):
        block = dist[top : top + BLOCK]
        # NaN is the least and the greatest of all, so two sweeps see every kind of bad entry.
        if not (block.min() >= 0 and block.max() < np.inf):
            row, column = np.argwhere(~((block >= 0) & (block < np.inf)))[0] + (top, 0)
            raise ValueError(
                f"distances[{row}, {column}] is {dist[row, column]}: dissimilarities must be finite and not negative"
            )
        if float(block.max()) > LARGEST / len(dist):
            row, column = np.unravel_index(block.argmax(), block.shape)
            raise ValueError(
                f"distances[{top + row}, {column}] is {block[row, column]}: sums of {len(dist)} such numbers "
                "overflow; divide all dissimilarities by a constant"
            )
    nonzero = np.flatnonzero(np.diagonal(dist))
    if len(nonzero):
        o = nonzero[0]
        raise ValueError(f"distances[{o}, {o}] is {dist[o, o]}: the diagonal must be zero (did you pass similarities?)")


def by_rows(dist: np.ndarray) -> np.ndarray:
    """Return the matrix in C order: as it is, transposed if that is the same matrix, or copied."""
    if dist.flags.c_contiguous:
        return dist
    if dist.flags.f_contiguous and is_symmetric(dist):
        return dist.T
    return np.ascontiguousarray(dist)


def is_symmetric(dist: np.ndarray) -> bool:
    """Whether the matrix equals its transpose, to the bit."""
    # Square by square: both of a pair fit into the cache, where one of them is read against its order.
    steps = range(0, len(dist), BLOCK)
    return all(
        np.array_equal(dist[a : a + BLOCK, b : b + BLOCK], dist[b : b + BLOCK, a : a + BLOCK].T)
        for a in steps
        for b in steps
        if b <= a
    )


def checked_k(k, n: int) -> int:
    """Return k as an int; raise TypeError or ValueError unless it is an integer in 1 .. n."""
    if isinstance(k, bool | np.bool_) or not isinstance(k, int | np.integer):
        raise TypeError(f"k is {k!r}, must be an integer")
    if not 1 <= k <= n:
        raise ValueError(f"k is {k}, must be in 1 .. {n}, the number of objects")
    return int(k)


def checked_medoids(medoids, n: int) -> np.ndarray:
    """Return start medoids as a new int64 array of shape (k,); raise TypeError or ValueError for bad input."""
    given = np.asarray(medoids)
    if given.ndim == 0 and given.dtype.kind in "iu":
        raise ValueError(f"medoids is {given}, must be a list of object ids: for a number of medoids write k={given}")
    if given.ndim != 1 or given.size == 0:
        raise ValueError(f"medoids must be a list of at least one object id, its shape is {given.shape}")
    if given.dtype.kind not in "iu":
        raise TypeError(f"medoids has elements of type {given.dtype}, must be integers: ids of objects")
    seen: dict[int, int] = {}
    for slot, m in enumerate(given.tolist()):
        if not 0 <= m < n:
            raise ValueError(f"medoids[{slot}] is {m}, must be in 0 .. {n - 1}")
        if m in seen:
            raise ValueError(f"medoids[{slot}] is {m}, as is medoids[{seen[m]}]: start medoids must be distinct")
        seen[m] = slot
    return given.astype(np.int64)


def checked_max_passes(max_passes) -> int:
    """Return the limit on passes, `UNLIMITED` for None; raise TypeError or ValueError unless it is >= 1."""
    return UNLIMITED if max_passes is None else checked_count(max_passes, "max_passes")


def checked_count(count, name: str, least: int = 1) -> int:
    """Return the parameter `name` as an int; raise TypeError or ValueError unless it is at least `least`."""
    if isinstance(count, bool | np.bool_) or not isinstance(count, int | np.integer):
        raise TypeError(f"{name} is {count!r}, must be an integer")
    if not least <= count <= UNLIMITED:
        limit = f"at least {least}" if count < least else f"at most {UNLIMITED}"
        raise ValueError(f"{name} is {count}, must be {limit}")
    return int(count)


def checked_choice(chosen, name: str) -> bool:
    """Return the parameter `name`, True or False; raise TypeError for anything else."""
    if not isinstance(chosen, bool | np.bool_):
        raise TypeError(f"{name} is {chosen!r}, must be True or False")
    return bool(chosen)


def generator(seed) -> np.random.Generator:
    """Return a source of random numbers; raise TypeError or ValueError for what cannot be the seed of one."""
    try:
        if isinstance(seed, bool | np.bool_):
            raise TypeError
        return np.random.default_rng(seed)
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(
            f"seed is {seed!r}, must be an integer that is not negative, a Generator of numpy, or None"
        ) from None


def checked_number(name: str, value, least: float, most: float) -> float:
    """Return a parameter as a float; raise TypeError or ValueError unless it is a number in least .. most."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} is {value!r}, must be a number")
    if not least <= value <= most:
        raise ValueError(f"{name} is {value}, must be in {least:g} .. {most:g}")
    return float(value)


def checked_order(order, n: int) -> np.ndarray:
    """Return the order of candidates, shape (n,), int64, or raise TypeError or ValueError; a number is its seed."""
    if order is None:
        return np.arange(n)
    if np.ndim(order) == 0:
        return np.random.default_rng(checked_count(order, "order", least=0)).permutation(n)
    given = np.asarray(order)
    if given.dtype.kind not in "iu":
        raise TypeError(f"order has elements of type {given.dtype}, must be integers")
    if given.shape != (n,):
        raise ValueError(f"order has shape {given.shape}, must be a permutation of 0 .. {n - 1}")
    wrong = np.flatnonzero(np.sort(given) != np.arange(n))
    if len(wrong):
        raise ValueError(
            f"order is not a permutation of 0 .. {n - 1}: {wrong[0]} is missing or another id occurs twice"
        )
    return given.astype(np.int64)

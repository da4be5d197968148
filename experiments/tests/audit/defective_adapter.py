"""A correct PAM, and the same with one defect per algorithm. Run by a real worker in the tests."""

import ctypes
import itertools
import os
import time

import numpy as np

CALLS = itertools.count()
KEPT = []


def versions():
    return {"defective": "1"}


def prepare(matrix):
    return matrix


def call(algorithm, matrix, k, medoids, seed, parameters, start=None):
    if start == "random":
        return lambda: of_samples(matrix, k, seed, keep_last=algorithm == "last_sample", **parameters)
    return lambda: globals()[algorithm](matrix, medoids)


def read(result):
    medoids, dist, labels = result
    answer = {"medoids": [int(m) for m in medoids], "labels": labels}
    if dist is not None:
        answer["reported_loss"] = dist if isinstance(dist, float) else loss(dist, medoids)
    return answer


def check(matrix, medoids):
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError("not square")
    if not (np.isfinite(matrix).all() and (matrix >= 0).all()):
        raise ValueError("not finite, or negative")
    check_start(matrix, medoids)


def check_start(matrix, medoids):
    if len(medoids) == 0 or len(set(medoids.tolist())) < len(medoids):
        raise ValueError("no distinct start medoids")
    if not all(0 <= m < len(matrix) for m in medoids):
        raise ValueError("no such object")


def loss(dist, medoids):
    return float(np.asarray(dist[medoids], np.float64).min(axis=0).sum())


def labelled(dist, medoids):
    return medoids, dist, np.asarray(dist)[medoids].argmin(axis=0)


def descend(dist, medoids, candidates=None):
    """PAM; the first met of equally good swaps."""
    medoids = [int(m) for m in medoids]
    dist = np.asarray(dist)
    allowed = np.full(len(dist), candidates is None)
    if candidates is not None:
        allowed[list(candidates)] = True
    while True:
        after = np.full((len(dist), len(medoids)), np.inf)
        for i in range(len(medoids)):
            others = [*medoids[:i], *medoids[i + 1 :]]
            swapped = np.minimum(dist, dist[others].min(axis=0)) if others else dist
            after[:, i] = swapped.sum(axis=1, dtype=np.float64)
        after[~allowed] = after[medoids] = np.inf
        if not after.min() < loss(dist, medoids) * (1 - 1e-12):
            return np.array(medoids)
        c, i = divmod(int(after.argmin()), len(medoids))
        medoids[i] = c


def of_samples(matrix, k, seed, keep_last, n_samples=3):
    if not 1 <= k <= len(matrix):
        raise ValueError("k")
    rng = np.random.default_rng(seed)
    drawn = [rng.choice(len(matrix), k, replace=False) for _ in range(n_samples)]
    check(matrix, drawn[0])
    return labelled(matrix, drawn[-1] if keep_last else min(drawn, key=lambda m: loss(matrix, m)))


def correct(matrix, medoids):
    check(matrix, medoids)
    return labelled(matrix, descend(matrix, medoids))


# The defects, each named after the question that must find it, with a number if there are several.


def answers_1(matrix, medoids):  # a segmentation fault where two objects are at the same place
    if (matrix + np.eye(len(matrix)) == 0).any():
        ctypes.string_at(0)
    return correct(matrix, medoids)


def answers_2(matrix, medoids):  # hangs where all distances are equal
    if len(np.unique(matrix)) < 3:
        time.sleep(60)
    return correct(matrix, medoids)


def answers_3(matrix, medoids):  # takes all memory
    while len(KEPT) < 1000:
        KEPT.append(bytearray(b"x" * 2**24))
        time.sleep(0.005)


def answers_4(matrix, medoids):  # raises for more than ten medoids
    if len(medoids) > 10:
        raise RuntimeError("too many")
    return correct(matrix, medoids)


def answers_5(matrix, medoids):  # leaves without a word
    if len(matrix) > 20:
        os._exit(3)
    return correct(matrix, medoids)


def distinct_1(matrix, medoids):  # fewer medoids where these do as well
    check(matrix, medoids)
    found = descend(matrix, medoids)
    _, first = np.unique(matrix[found], axis=0, return_index=True)
    return labelled(matrix, found[first])


def distinct_2(matrix, medoids):  # ids from 1
    found, dist, labels = correct(matrix, medoids)
    return found + 1, None, labels


def reported_loss_1(matrix, medoids):  # of the swaps before the last
    check(matrix, medoids)
    found = descend(matrix, medoids)
    changed = set(found.tolist()) != set(medoids.tolist())
    return found, loss(matrix, medoids if changed else found), None


def reported_loss_2(matrix, medoids):  # not a number for many objects
    found, dist, labels = correct(matrix, medoids)
    return found, float("nan") if len(matrix) > 9 else dist, labels


def not_worse(matrix, medoids):  # swaps also if the loss rises
    check(matrix, medoids)
    return labelled(matrix, np.sort(np.argsort(-matrix.sum(axis=0), kind="stable")[: len(medoids)]))


def local_optimum_1(matrix, medoids):  # never swaps
    check(matrix, medoids)
    return labelled(matrix, medoids)


def local_optimum_2(matrix, medoids):  # never looks at the first object
    check(matrix, medoids)
    return labelled(matrix, descend(matrix, medoids, range(1, len(matrix))))


def same_result(matrix, medoids):  # a local optimum, but another one: first the swaps with the upper half
    check(matrix, medoids)
    return labelled(matrix, descend(matrix, descend(matrix, medoids, range(len(matrix) // 2, len(matrix)))))


def repeatable(matrix, medoids):  # every third call gives the start
    check(matrix, medoids)
    return labelled(matrix, medoids if next(CALLS) % 3 == 0 else descend(matrix, medoids))


def memory_order(matrix, medoids):  # no swaps in F order
    check(matrix, medoids)
    return labelled(matrix, descend(matrix, medoids) if matrix.flags.c_contiguous else medoids)


def layout(matrix, medoids):  # reads a view as if it had no strides
    check(matrix, medoids)
    if not (matrix.flags.c_contiguous or matrix.flags.f_contiguous):
        whole = matrix.base
        matrix = whole.ravel()[: matrix.size].reshape(matrix.shape)
    return labelled(matrix, descend(matrix, medoids))[0], None, None


def number_type(matrix, medoids):  # adds up in the type of the matrix, of which it takes half
    small = matrix.astype(np.int16) if matrix.dtype == np.int32 else matrix
    return descend(small, medoids), None, None


def labels(matrix, medoids):  # the last object's is off
    found, dist, right = correct(matrix, medoids)
    right[-1] = len(found) - 1 - right[-1]
    return found, dist, right


def untouched(matrix, medoids):  # uses the diagonal for its own
    result = correct(np.array(matrix), medoids)
    if matrix.flags.writeable:
        matrix[0, 0] = 1
    return result


def permuted(matrix, medoids):  # only tries the first objects after the start
    check(matrix, medoids)
    return labelled(matrix, descend(matrix, medoids, range(min(6, len(matrix)))))


def one_or_all_1(matrix, medoids):  # the second nearest medoid of one medoid
    if len(medoids) == len(matrix):
        ctypes.string_at(0)
    return correct(matrix, medoids)


def one_or_all_2(matrix, medoids):  # returns the start for k = 1
    check(matrix, medoids)
    return labelled(matrix, medoids if len(medoids) == 1 else descend(matrix, medoids))


def not_a_number_1(matrix, medoids):  # waits for a comparison to be true
    if np.isnan(matrix).any():
        time.sleep(60)
    return correct(matrix, medoids)


def not_a_number_2(matrix, medoids):  # takes what comes
    return labelled(matrix, descend(matrix, medoids))


def infinite(matrix, medoids):  # never goes where infinity is
    reachable = np.flatnonzero(np.isfinite(matrix).all(axis=1))
    return labelled(matrix, descend(matrix, medoids, reachable))


def negative(matrix, medoids):  # takes the absolute value
    check(np.abs(matrix), medoids)
    return labelled(np.abs(matrix), descend(np.abs(matrix), medoids))


def asymmetric(matrix, medoids):  # takes the mean of both directions
    check(matrix, medoids)
    mean = (matrix + matrix.T) / 2
    return labelled(mean, descend(mean, medoids))


def not_square(matrix, medoids):  # uses what is there
    n = min(matrix.shape)
    matrix = matrix[:n, :n]
    return labelled(matrix, descend(matrix, medoids[medoids < n]))


def impossible_k(matrix, medoids):  # gives as many as there are
    known = np.array([m for m in medoids if m < len(matrix)], np.int64)
    return labelled(matrix, descend(matrix, known)) if len(known) else (known, 0.0, None)


def repeated_start(matrix, medoids):  # never notices
    return labelled(matrix, medoids)


def missing_start(matrix, medoids):  # counts from the beginning again
    return correct(matrix, medoids % len(matrix))

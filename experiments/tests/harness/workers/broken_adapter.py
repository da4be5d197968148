"""An adapter whose every algorithm fails in a way of its own. Run by a real worker in the tests."""

import contextlib
import ctypes
import itertools
import os
import sys
import time

import numpy as np

CALLS = itertools.count()


def versions():
    return {"broken": "1"}


def prepare(matrix):
    return matrix


def call(algorithm, matrix, k, medoids, seed, parameters):
    return lambda: globals()[algorithm](matrix, k)


def read(result):
    return {"medoids": result}


def good(matrix, k):
    return list(range(k))


def good_after_noise(matrix, k):
    sys.stdout.write("a library that prints\n")
    sys.stdout.flush()
    os.write(1, b"and one that writes to the descriptor\n")
    return list(range(k))


def numbers_of_numpy(matrix, k):
    return list(np.arange(k))


def forges_an_answer(matrix, k):
    forged = b'{"seconds": 0.0, "processor_seconds": 0.0, "memory": 0, "medoids": [0, 1, 2]}\n'
    for descriptor in range(3, 20):  # the worker's pipe is one of them
        with contextlib.suppress(OSError):
            os.write(descriptor, forged)
    return list(range(k))


def segmentation_fault(matrix, k):
    ctypes.string_at(0)


def exits(matrix, k):
    sys.stderr.write("leaving\n")
    sys.stderr.flush()
    os._exit(3)


def sleeps(matrix, k):
    time.sleep(0.3)
    return list(range(k))


def at_once_the_first_time(matrix, k):
    time.sleep(0.05 if next(CALLS) else 0)
    return list(range(k))


def hangs(matrix, k):
    time.sleep(60)


def hungry(matrix, k):
    kept = []
    while True:
        kept.append(bytearray(b"x" * 2**24))
        time.sleep(0.01)


def raises(matrix, k):
    raise ArithmeticError("no luck")


def too_few(matrix, k):
    return list(range(k - 1))


def out_of_range(matrix, k):
    return [*range(k - 1), len(matrix)]


def twice(matrix, k):
    return [0] * k


def not_numbers(matrix, k):
    return [float("nan")] * k


def nothing(matrix, k):
    return None


def writes_into_the_matrix(matrix, k):
    matrix[:] = 0
    return list(range(k))

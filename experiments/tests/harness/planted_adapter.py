"""The adapter of our own algorithms with a slowdown of a known size, for `trust`.

The parameter ``slower`` is the factor: after a call the worker computes on until that many times its time has passed.
"""

import time

from kmedoids_bench.experiments.harness.workers import own_adapter
from kmedoids_bench.experiments.harness.workers.own_adapter import facts, prepare, prepare_points, read, versions

__all__ = ["call", "facts", "prepare", "prepare_points", "read", "versions"]


def call(algorithm, problem, k, medoids, seed, parameters, start=None):
    """Return the call that is timed; parameters are those of `own_adapter.call`, and ``slower``."""
    slower = parameters.pop("slower", 1.0)
    timed = own_adapter.call(algorithm, problem, k, medoids, seed, parameters, start)
    return timed if slower == 1 else lambda: slowed(timed, slower)


def slowed(timed, slower):
    """Make the call take `slower` times its time."""
    began = time.perf_counter()
    result = timed()
    end = began + slower * (time.perf_counter() - began)
    while time.perf_counter() < end:
        pass
    return result

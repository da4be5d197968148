"""What a public function answers if it is given a parameter of another library."""

import functools
import inspect
from collections.abc import Callable

OURS = {
    "n_clusters": "k",
    "n_medoids": "k",
    "init": "start",
    "initial_medoids": "medoids",
    "random_state": "seed",
    "max_iter": "max_passes",
}
"""Names of parameters in other libraries, and ours."""
METRIC = (
    "pass Points(x, metric=...) in place of the distances, or compute them, for instance with "
    "scipy.spatial.distance.cdist(x, x, metric=...); kmedoids_bench.KMedoids takes a metric, too"
)


def with_advice(function: Callable, package: str) -> Callable:
    """Return the function with a TypeError that says what to write in place of a parameter that it does not have.

    `package` is the module that offers the result under the name of the function, which is where pickle looks for it.
    """
    parameters = tuple(inspect.signature(function).parameters)

    @functools.wraps(function)
    def call(*args, **keywords):
        for name in keywords:
            if name not in parameters:
                raise TypeError(f"{function.__name__}() has no parameter {name!r}: {advice(name, parameters)}")
        return function(*args, **keywords)

    call.__module__ = package
    return call


def advice(name: str, parameters: tuple[str, ...]) -> str:
    """Return what to write in place of a parameter of that name."""
    if name == "metric":
        return METRIC
    if OURS.get(name) in parameters:
        return f"write {OURS[name]}=..."
    return f"its parameters are {', '.join(parameters)}"

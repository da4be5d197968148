"""What the public calls of all swap algorithms have in common: check the input, choose the start, run, complete."""

from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.outcome import Outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k, checked_max_passes, checked_medoids
from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.core.single_medoid import swap_single_medoid


def local_search(
    swap_kernel, distances, medoids, k, start, seed, max_passes, *parameters, tier="plain", threads=1
) -> Clustering:
    """Run `swap_kernel(dist, medoids, max_passes, *parameters)` from given or chosen start medoids.

    A start of the `tier` is preferred to the plain one of its name, and may use that many `threads`.
    """
    problem = Problem.of(distances)
    limit = checked_max_passes(max_passes)
    first = start_medoids(problem, medoids, k, start, seed, tier, threads)
    return clustering_of(problem, search_from(swap_kernel, problem, first, limit, *parameters))


def search_from(swap_kernel, problem: Problem, medoids, max_passes: int, *parameters) -> Outcome:
    """Run `swap_kernel` from checked start medoids; for k = 1 find the best single medoid instead."""
    if len(medoids) == 1:
        return Outcome(*run(swap_single_medoid, problem.distances, medoids))
    return Outcome(*run(swap_kernel, problem.distances, medoids, max_passes, *parameters))


def start_medoids(problem: Problem, medoids, k, start: str, seed, tier="plain", threads=1):
    """Return the given start medoids, or let `start` choose k of them; int64, shape (k,).

    Raises
    ------
    TypeError, ValueError
        If neither medoids nor k are given, both are and disagree, or `start` is not a registered start.
    """
    given = given_medoids(problem.n, medoids, k)
    return choose_start(problem, k, start, seed, tier, threads).medoids if given is None else given


def given_medoids(n: int, medoids, k):
    """Return the given start medoids of n objects, or None if k of them are to be chosen; errors as above."""
    if medoids is None:
        if k is None:
            raise TypeError("neither medoids nor k is given: pass start medoids, or their number k=...")
        return None
    given = checked_medoids(medoids, n)
    if k is not None and checked_k(k, n) != len(given):
        raise ValueError(f"k is {k}, but {len(given)} start medoids are given: leave k out")
    return given


def choose_start(problem: Problem, k, start: str, seed, tier="plain", threads=1) -> Clustering:
    """Let the start of that name choose k medoids; raise TypeError or ValueError for a bad k or name."""
    name = checked_start(start)
    choose = algorithms(tier).get(name) or algorithms()[name]
    more = {"seed": seed} if choose.seeded else {}
    return choose.call(problem, checked_k(k, problem.n), **more, **({"threads": threads} if choose.threads else {}))


def checked_start(start) -> str:
    """Return the name of a start; raise ValueError for anything else."""
    starts = [name for name, record in algorithms().items() if record.kind == "start"]
    if not isinstance(start, str) or start not in starts:
        raise ValueError(f"start is {start!r}, must be one of {sorted(starts)}")
    return start

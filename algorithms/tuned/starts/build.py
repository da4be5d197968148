"""BUILD on maintained gains, engineered for the machine. Specification: `build`; as loops: `build_gains`.

Layout. A is cut into tiles of candidates that stay in the cache, and that threads share out, while the objects that
came nearer pass by with their rows of the matrix, four at a time and branch-free. One thread has one tile as far as
possible: long pieces of the rows matter more than a small A. The sums over all objects that choose the first medoid are
made in the same way, in the order of the objects.
"""

import numpy as np
from numba import prange

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering, clustering_of
from kmedoids_bench.algorithms.core.interrupt import interrupted, run
from kmedoids_bench.algorithms.core.kernel import kernel, parallel
from kmedoids_bench.algorithms.core.outcome import start_outcome
from kmedoids_bench.algorithms.core.problem import Problem, checked_k
from kmedoids_bench.algorithms.tuned.gains import less, more
from kmedoids_bench.algorithms.tuned.threads import several_threads

WIDTH = 16384  # candidates in a tile at most


def build(distances, k, *, threads=1) -> Clustering:
    """Choose BUILD's k medoids. Parameters and errors are those of the plain `build`, and `threads` as for `pam`.

    Where two candidates gain equally much up to rounding, the two may take different ones. An asymmetric matrix is
    copied once (`Problem.by_object`).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> build(np.abs(x[:, None] - x), 2).medoids.tolist()
    [2, 4]
    """
    problem = Problem.of(distances)
    k = checked_k(k, problem.n)
    with several_threads(threads, problem.n) as several:
        found = run(build_medoids, problem.distances, k, several, problem.by_object)
    return clustering_of(problem, start_outcome(*found))


@kernel
def build_medoids(dist, k, threads, by_object):
    """BUILD with A_c kept from step to step; by_object[o, c] = dist[c, o]  [RW07]. Ties: lowest index.

    `threads` is None for one.
    """
    n = dist.shape[0]
    medoids = np.empty(k, np.int64)
    everyone, changes, d_first = np.arange(n), np.zeros(n), np.full(n, np.inf)
    d_new = np.full(n, -np.inf)  # no medoid yet
    add_moves(by_object, everyone, d_first, d_new, changes, threads)
    medoids[0] = np.argmin(changes)
    changes[:] = 0.0
    d_new = dist[medoids[0]].astype(np.float64)
    add_moves(by_object, everyone, d_first, d_new, changes, threads)
    d_first = d_new.copy()
    n_evaluations, n_lookups = n, 2 * n * n + n
    for t in range(1, k):
        changes[medoids[t - 1]] = np.inf  # chosen
        medoids[t] = np.argmin(changes)
        row = dist[medoids[t]]
        for o in range(n):
            d_new[o] = min(d_first[o], np.float64(row[o]))
        moved = np.flatnonzero(d_new < d_first)
        if t < k - 1:
            add_moves(by_object, moved, d_first, d_new, changes, threads)
            n_lookups += len(moved) * n
        d_first[:] = d_new
        n_evaluations += n - t
        n_lookups += n
    return medoids, n_evaluations, n_lookups


def add_tiles(tiles, by_object, objects, d_old, d_new, changes):
    """Change A for all candidates, tile by tile; `tiles` is what their number is a multiple of."""
    n = by_object.shape[1]
    tiles *= (n + tiles * WIDTH - 1) // (tiles * WIDTH)
    width = (n + tiles - 1) // tiles
    for tile in prange(tiles):
        part = changes[width * tile : width * tile + width]
        add_by_fours(by_object, objects, d_old, d_new, min(n, width * tile), part)


add_serially, add_in_parallel = kernel(add_tiles), parallel(add_tiles)


@kernel
def add_moves(by_object, objects, d_old, d_new, changes, threads):
    """Change A for all candidates: these objects are now d_new from their medoids, no longer d_old.

    Where d_old is infinite, there was no medoid yet; where d_new is negative, there is none now, and the distances to
    the objects are added up. `threads` is None for one.
    """
    if threads is None:  # decided when it is compiled
        add_serially(1, by_object, objects, d_old, d_new, changes)
    else:
        add_in_parallel(threads, by_object, objects, d_old, d_new, changes)


@kernel
def add_by_fours(by_object, objects, d_old, d_new, start, changes):
    """Change A for the candidates from `start` on, four objects at a time."""
    stop = start + len(changes)
    whole = len(objects) - len(objects) % 4
    for j in range(0, whole, 4):
        if interrupted(j // 4):
            break
        a, b, c, d = objects[j], objects[j + 1], objects[j + 2], objects[j + 3]
        old, new = (d_old[a], d_old[b], d_old[c], d_old[d]), (d_new[a], d_new[b], d_new[c], d_new[d])
        rows = (by_object[a, start:stop], by_object[b, start:stop], by_object[c, start:stop], by_object[d, start:stop])
        if d_new[a] < 0:
            add_four_totals(rows, changes)
        elif d_old[a] == np.inf:
            add_four_shares(rows, new, changes)
        else:
            add_four_moves(rows, old, new, changes)
    for o in objects[whole:]:
        row = by_object[o, start:stop]
        for c in range(len(changes)):
            if d_new[o] < 0:
                changes[c] += np.float64(row[c])
            elif d_old[o] == np.inf:
                changes[c] += share(row[c], d_new[o])
            else:
                changes[c] += move(row[c], d_old[o], d_new[o])


@kernel
def add_four_totals(rows, totals):
    """Add the distances to four objects, in their order."""
    a, b, c, d = rows
    for j in range(len(totals)):
        total = totals[j] + np.float64(a[j])
        total += np.float64(b[j])
        total += np.float64(c[j])
        totals[j] = total + np.float64(d[j])


@kernel
def add_four_shares(rows, new, changes):
    """Give four objects their shares in A, in their order."""
    a, b, c, d = rows
    for j in range(len(changes)):
        change = changes[j] + share(a[j], new[0])
        change += share(b[j], new[1])
        change += share(c[j], new[2])
        changes[j] = change + share(d[j], new[3])


@kernel
def add_four_moves(rows, old, new, changes):
    """Change the shares of four objects, in their order."""
    a, b, c, d = rows
    for j in range(len(changes)):
        change = changes[j] + move(a[j], old[0], new[0])
        change += move(b[j], old[1], new[1])
        change += move(c[j], old[2], new[2])
        changes[j] = change + move(d[j], old[3], new[3])


@kernel
def share(entry, new):
    """Share of an object: min(d(o, c), dn(o)) - dn(o)."""
    return less(np.float64(entry), new) - new


@kernel
def move(entry, old, new):
    """Change of the share of an object whose medoid is nearer than before."""
    return old - less(more(np.float64(entry), new), old)


ALGORITHM = Algorithm(
    __name__,
    title="BUILD (tuned)",
    paper="resende2007",
    cost="O(n² log k) on average",
    memory="O(n)",
    local_optimum=False,
    same_result_as="build",
    threads=True,
)

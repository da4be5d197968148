"""PAM on maintained gains, engineered for the machine. Specification: `pam`; as loops: `resende_werneck`.

Layout. The tables are those of `gains`, in tiles that threads share out; the medoids' columns lie side by side
(`nearest`). Before the search ends, FastPAM1's full scan (`scan`), which knows nothing of the tables, has to agree that
no swap is left; else they are filled afresh.
"""

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.clustering import Clustering
from kmedoids_bench.algorithms.core.descent import loss_if_better
from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel
from kmedoids_bench.algorithms.core.local_search import local_search
from kmedoids_bench.algorithms.core.loss import removal_loss, total_deviation
from kmedoids_bench.algorithms.core.nearest import Nearest
from kmedoids_bench.algorithms.core.outcome import append, new_log, outcome
from kmedoids_bench.algorithms.core.problem import Problem
from kmedoids_bench.algorithms.tuned.gains import best_swap, changed_objects, changed_slots, fill, new_gains, update
from kmedoids_bench.algorithms.tuned.nearest import new_state, swap
from kmedoids_bench.algorithms.tuned.scan import best_swap as best_swap_by_scan
from kmedoids_bench.algorithms.tuned.scan import padded
from kmedoids_bench.algorithms.tuned.threads import with_threads


def pam(distances, medoids=None, *, k=None, start="build", seed=None, max_passes=None, threads=1) -> Clustering:
    """Cluster with PAM: the same sequence of swaps as the plain `pam`.

    Parameters and errors are those of the plain one, and one more. The tables need 8nk bytes; an asymmetric matrix
    is copied once (`Problem.by_object`).

    Parameters
    ----------
    threads : int
        Number of threads. The result does not depend on it, to the bit. Meant for free cores: the threads wait for
        one another many times a pass, and where another program holds a core, several are slower than one, less so
        with ``OMP_WAIT_POLICY=passive`` in the environment. One thread is used where the others are not to be had:
        while another call of this process has them, and in a forked process.

    Returns
    -------
    Clustering
        PAM's result: a single-swap local optimum. Where two swaps, or two candidates of BUILD, are equally good up
        to rounding, the two may take different ones. `n_evaluations` counts a candidate once in every pass and once
        more in each full scan that confirms the end; `n_lookups` counts the entries of the matrix that are read,
        those included that fill up the last group of a scan.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    >>> result = pam(np.abs(x[:, None] - x), k=2)
    >>> sorted(result.medoids.tolist()), result.loss
    ([1, 4], 4.0)
    """
    problem = Problem.of(distances)
    search, more = with_threads(swap_pam, threads), {"tier": "tuned", "threads": threads}
    return local_search(search, problem, medoids, k, start, seed, max_passes, problem.by_object, **more)


@kernel
def swap_pam(dist, medoids, max_passes, threads, by_object):
    """SWAP on maintained gains from the given medoids (at least two); by_object[o, c] = dist[c, o]  [RW07].

    `threads` is None for one.
    """
    n, k = dist.shape[0], len(medoids)
    medoids = medoids.copy()
    state, gains = new_state(dist, medoids), new_gains(n, k)
    near = state.near
    log, removal = new_log(total_deviation(near)), removal_loss(near, k)
    n_passes, n_evaluations, n_lookups = 0, 0, 2 * n * k
    refill = True
    while n_passes < max_passes:
        n_passes += 1
        if refill:
            fill(dist, near, state.bounds, removal, gains, threads)
            n_lookups += gains.shared.size * n
            refill = False
        if interrupted_now():
            break
        change, slot, candidate = best_swap(medoids, removal, gains)
        n_evaluations += n - k
        n_lookups += n * (change < 0)
        new_loss = loss_if_better(dist, near, log.loss, change, slot, candidate)
        if new_loss == log.loss:  # the end, unless the tables are wrong
            change, slot, candidate = best_swap_by_scan(dist, medoids, state, removal, threads)
            n_evaluations += n - k
            n_lookups += padded(n - k, k) * n + n * (change < 0)
            new_loss = loss_if_better(dist, near, log.loss, change, slot, candidate)
            if new_loss == log.loss:
                break
            refill = True
        log = append(log, medoids[slot], candidate, new_loss)
        before = Nearest(near.first.copy(), near.second, near.d_first.copy(), near.d_second.copy(), near.lookups)
        swap(dist, medoids, state, slot, candidate)
        n_lookups += n
        removal = removal_loss(near, k)
        if not refill:
            changed = changed_objects(before, near, k)
            slots = changed_slots(changed, before, near, k)
            update(by_object, changed, before, near, slots, removal, gains, threads)
            n_lookups += len(changed) * n
    return outcome(medoids, log, n_passes, n_evaluations, n_lookups)


ALGORITHM = Algorithm(
    __name__,
    title="PAM (tuned)",
    paper="resende2007",
    cost="O(n²) once, then O(n²/k + nk) a pass on average",
    memory="O(nk)",
    local_optimum=True,
    same_result_as="pam",
    threads=True,
)

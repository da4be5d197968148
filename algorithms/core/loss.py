"""The loss (total deviation TD) and what swaps do to it.

Everything is summed in float64, whatever the matrix holds. `algorithms/__init__.py` has the notation.
"""

import numpy as np

from kmedoids_bench.algorithms.core.kernel import kernel

# A swap must lower the loss by more than this share of it. Without a tolerance, rounding makes some equal
# solutions look better than each other and FasterPAM cycles between them for ever (seen on the texture of
# the plants, k=200, float64). Every algorithm of this package uses this one number, through `improves`.
TOLERANCE = 1e-12


@kernel
def improves(new_loss, loss):
    """Whether a swap that leads to `new_loss` is accepted."""
    return new_loss < loss - TOLERANCE * loss


@kernel
def total_deviation(near):
    """Return the loss: TD = sum over all o of dn(o)."""
    loss = 0.0
    for o in range(len(near.d_first)):
        loss += near.d_first[o]
    return loss


@kernel
def comes_before(change, candidate, best, best_candidate):
    """Whether a swap is better than the best one so far: where slots are the outer loop, ties need this.

    With candidates outside and slots inside, as in PAM, the first met wins and nothing has to be compared.
    """
    return change < best or (change == best and candidate < best_candidate)


@kernel
def removal_loss(near, k):
    """By how much the loss grows when the medoid of a slot is removed: R_i, shape (k,)  [SR21, Algorithm 3]."""
    removal = np.zeros(k)
    for o in range(len(near.first)):
        removal[near.first[o]] += near.d_second[o] - near.d_first[o]
    return removal


@kernel
def addition_change(dist, d_first, candidate):
    """Change of the loss when `candidate` becomes one more medoid: A_c, O(n)  [KR90, ch. 2].

    `d_first` has the distance of every object to its nearest medoid so far. The candidate's own move, from
    there to itself, counts.
    """
    change = in_memory()
    for o in range(dist.shape[0]):
        d = np.float64(dist[candidate, o])
        if d < d_first[o]:
            change[0] += d - d_first[o]
    return change[0]


@kernel
def loss_change(dist, near, slot, candidate):
    """Change of the loss when `candidate` replaces the medoid in `slot`: dTD(i, c), O(n)  [KR90, ch. 2]."""
    # Callers count the look-ups: if it is done here, PAM's scan takes 15 % longer.
    change = in_memory()
    for o in range(dist.shape[0]):
        d = np.float64(dist[candidate, o])
        if near.first[o] == slot:  # o loses its medoid: to the candidate, or to its second nearest
            change[0] += (d if d < near.d_second[o] else near.d_second[o]) - near.d_first[o]
        elif d < near.d_first[o]:  # o moves to the candidate
            change[0] += d - near.d_first[o]
    return change[0]


@kernel
def in_memory():
    """Return a sum of 0 as an array of shape (1,), for loops in which few objects contribute.

    LLVM turns `if ...: change += ...` on a local variable into masked additions that wait for each other, for all
    objects. Around a sum in memory it leaves the branch, which is what the papers' `if` is meant to save: from k = 10
    on PAM takes a fifth less time, and Reynolds' variant and BUILD take a third of it.
    """
    return np.zeros(1)


@kernel
def loss_changes(dist, near, removal, candidate, changes):
    """Change of the loss when `candidate` replaces each one of the medoids: dTD(i, c) for all i at once.

    Writes the parts that depend on the slot, R_i + B_ic, to `changes` (shape (k,)) and returns the part that
    all slots share, A_c; their sum is dTD(i, c). O(n + k)  [SR21, Algorithm 3, lines 6 to 14].
    """
    near.lookups[0] += dist.shape[0]
    changes[:] = removal
    row, shared = dist[candidate], 0.0
    for o in range(len(row)):
        d = np.float64(row[o])
        if d < near.d_second[o]:
            if d < near.d_first[o]:  # o moves to the candidate whatever is removed
                shared += d - near.d_first[o]
                changes[near.first[o]] += near.d_first[o] - near.d_second[o]
            else:  # o moves to the candidate only if its own medoid is removed
                changes[near.first[o]] += d - near.d_second[o]
    return shared


@kernel
def loss_after_swap(dist, near, slot, candidate):
    """Return the loss after `candidate` has replaced the medoid in `slot`, O(n).

    A sum of terms that are not negative, hence free of cancellation: what decides whether a swap is accepted.
    The changes above are differences of possibly much larger sums and only say which swap to try.
    """
    near.lookups[0] += dist.shape[0]
    loss = 0.0
    for o in range(dist.shape[0]):
        d = np.float64(dist[candidate, o])
        other = near.d_second[o] if near.first[o] == slot else near.d_first[o]
        loss += d if d < other else other
    return loss

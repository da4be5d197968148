"""The loss of the medoid silhouette, and what swaps do to it.

The medoid silhouette of object o is 1 - d1(o) / d2(o), with the distances to its nearest and second nearest medoid
[Van der Laan 2003]. Its mean, the "average medoid silhouette" of Lenssen & Schubert [LS22], is largest where the sum of
the ratios d1 / d2 is least. That sum is the loss here, so that the rules on ties and tolerance of `core.loss` hold.

A ratio 0 / 0, of an object in the same place as two medoids, is 0, as in the authors' program ("with 0/0 as 0"): such
an object has the silhouette 1. A ratio to a third medoid that is not there (k = 2) is 0 as well, and always corrected,
since the candidate takes that place.
"""

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import interrupted_now
from kmedoids_bench.algorithms.core.kernel import kernel


@kernel
def ratio(near, far):
    """Return near / far, for near <= far; 0 / 0 is 0."""
    return near / far if near > 0 else 0.0


@kernel
def least_ratio(d, near, far):
    """Return the ratio of the two least of three distances, of which near <= far."""
    if d < near:
        return ratio(d, near)
    return ratio(near, d) if d < far else ratio(near, far)


@kernel
def total_ratio(near):
    """Return the loss: the sum over all o of d1(o) / d2(o)."""
    loss = 0.0
    for o in range(len(near.d_first)):
        loss += ratio(near.d_first[o], near.d_second[o])
    return loss


@kernel
def ratios_from(dist, medoids, slot, candidate, nearest, second):
    """Return the loss if `candidate` replaced the medoid in `slot`, from the matrix alone; O(nk).

    With the medoid itself as the candidate, it is the loss as it is. Overwrites `nearest` and `second`, float64 of
    shape (n,).
    """
    nearest[:], second[:] = np.inf, np.inf
    for i in range(len(medoids)):
        if interrupted_now():
            break
        m = candidate if i == slot else medoids[i]
        for o in range(len(nearest)):  # without branches, so that it is vectorised
            d = np.float64(dist[m, o])
            second[o] = min(second[o], max(nearest[o], d))
            nearest[o] = min(nearest[o], d)
    loss = 0.0
    for o in range(len(nearest)):
        loss += ratio(nearest[o], second[o])
    return loss


@kernel
def removal_loss(near, k):
    """By how much the loss grows when the medoid of a slot is removed, shape (k,)  [LS22].

    An object that loses its nearest medoid is left with d2 / d3, one that loses its second nearest with d1 / d3.
    """
    removal = np.zeros(k)
    for o in range(len(near.first)):
        d1, d2, d3 = near.d_first[o], near.d_second[o], near.d_third[o]
        removal[near.first[o]] += ratio(d2, d3) - ratio(d1, d2)
        removal[near.second[o]] += ratio(d1, d3) - ratio(d1, d2)
    return removal


@kernel
def loss_changes(dist, near, removal, candidate, changes):
    """Change of the loss when `candidate` replaces each one of the medoids, for all slots at once.

    Writes the parts that depend on the slot to `changes` (shape (k,)) and returns the part that all slots share, as
    `core.loss.loss_changes` does; their sum is the change. O(n + k)  [LS22, FastMSC].
    """
    near.lookups[0] += dist.shape[0]
    changes[:] = removal
    row, shared = dist[candidate], 0.0
    for o in range(len(row)):
        d = np.float64(row[o])
        if d < near.d_third[o]:  # otherwise the candidate is none of the three nearest, whatever is removed
            d1, d2, d3 = near.d_first[o], near.d_second[o], near.d_third[o]
            gain = least_ratio(d, d1, d2) - ratio(d1, d2)  # neither of its two nearest is removed
            shared += gain
            changes[near.first[o]] += least_ratio(d, d2, d3) - ratio(d2, d3) - gain
            changes[near.second[o]] += least_ratio(d, d1, d3) - ratio(d1, d3) - gain
    return shared


@kernel
def loss_after_swap(dist, near, slot, candidate):
    """Return the loss after `candidate` has replaced the medoid in `slot`, O(n).

    A sum of terms that are not negative: what decides whether a swap is accepted, as in `core.loss`.
    """
    near.lookups[0] += dist.shape[0]
    loss = 0.0
    for o in range(dist.shape[0]):
        nearer, farther = near.d_first[o], near.d_second[o]
        if near.first[o] == slot:
            nearer, farther = near.d_second[o], near.d_third[o]
        elif near.second[o] == slot:
            farther = near.d_third[o]
        loss += least_ratio(np.float64(dist[candidate, o]), nearer, farther)
    return loss

"""The Lagrangian bound on the loss of any k medoids, as its formula. O(n^2) for a set of multipliers.

Without its first condition, the problem

    minimise    sum over o, c of d(o, c) x_oc
    subject to  sum over c of x_oc = 1          every object o has one medoid
                x_oc <= y_c, sum over c of y_c = k, all 0 or 1

falls apart into one question for each candidate c. A multiplier u_o for each object is the price of leaving the
condition out. A candidate then serves the objects with d(o, c) < u_o, and the k candidates that save most are chosen:

    r_c  = sum over o of min(0, d(o, c) - u_o)
    L(u) = sum over o of u_o + the sum of the k least r_c

L(u) is at most the loss of any k medoids, whatever the multipliers. L is concave, and

    g_o = 1 - the number of chosen c with d(o, c) < u_o

is a subgradient: where an object is served by nobody, its multiplier has to grow. The greatest L(u) is the bound of the
linear relaxation.

If a candidate c that is not chosen had to be, the bound would be L(u) + r_c - the greatest r of a chosen one; if one
that is chosen were excluded, L(u) - r_c + the least r of another one. Where this is above the loss of known medoids, c
is in none of the better solutions, or in all of them.

Cornuejols, Fisher & Nemhauser, "Location of bank accounts to optimize float", Management Science 23 (1977) [CFN77];
Beasley, "A note on solving large p-median problems", European Journal of Operational Research 21 (1985) [B85].
"""

import numpy as np

from kmedoids_bench.algorithms.core.interrupt import run
from kmedoids_bench.algorithms.core.kernel import kernel

EPSILON = float(np.finfo(np.float64).eps)
OPEN, REQUIRED, EXCLUDED = 0, 1, -1  # how a candidate stands: it may be a medoid, has to be one, or cannot be


@kernel
def reduced_costs(dist, multipliers):
    """Return what each candidate saves: r_c, shape (n,), all at most 0  [CFN77]."""
    n = dist.shape[0]
    reduced = np.zeros(n)
    for c in range(n):
        for o in range(n):
            d = np.float64(dist[c, o])
            if d < multipliers[o]:
                reduced[c] += d - multipliers[o]
    return reduced


@kernel
def choose(reduced, standing, k):
    """Return which k candidates are chosen: the required ones, and of the open ones those with the least r_c.

    Ties: lowest index. Also returns the greatest r_c of an open one that is chosen (-inf if there is none), and the
    least r_c of an open one that is not (inf).
    """
    rank = np.where(standing == EXCLUDED, np.inf, np.where(standing == REQUIRED, -np.inf, reduced))
    limit = np.partition(rank, k - 1)[k - 1]
    chosen = rank < limit
    missing = k - chosen.sum()
    for c in range(len(rank)):
        if missing > 0 and rank[c] == limit:
            chosen[c] = True
            missing -= 1
    least_other = np.inf
    for c in range(len(rank)):
        if not chosen[c] and rank[c] < least_other:
            least_other = rank[c]
    return chosen, limit, least_other


@kernel
def violations(dist, multipliers, chosen):
    """Return the subgradient g_o: 1 less the number of chosen candidates that serve o; float64, shape (n,)  [B85]."""
    violated = np.ones(len(multipliers))
    for c in chosen:
        for o in range(len(multipliers)):
            violated[o] -= np.float64(dist[c, o]) < multipliers[o]
    return violated


def value(reduced: np.ndarray, chosen: np.ndarray, multipliers: np.ndarray) -> tuple[float, float]:
    """Return L(u), and how far rounding can have moved it at most.

    Let e = 2^-53, U the sum of all u_o, which are not negative, R the sum of the chosen |r_c|. All terms of an r_c have
    one sign, so its sum of n rounded differences is wrong by at most (n + 1) e |r_c|. An integer d(o, c) that is
    rounded to float64 moves its term by at most e u_o: k e U for the chosen. The sums of the u_o and of the r_c are
    wrong by n e U and k e R. All of it is less than (n + k + 1) e (R + U); what is returned is more than twice that.
    """
    gained, total = -float(reduced[chosen].sum()), float(multipliers.sum())
    n, k = len(multipliers), int(chosen.sum())
    return total - gained, (n + k + 4) * EPSILON * (gained + total)


def lagrangian(dist: np.ndarray, k: int, multipliers: np.ndarray) -> float:
    """Return a number that is at most the loss of any k medoids, whatever the multipliers; rounding is accounted for.

    Parameters
    ----------
    dist : array of shape (n, n)
        Checked dissimilarities (`Problem`).
    multipliers : float64 array of shape (n,)
        Not negative.
    """
    reduced = run(reduced_costs, dist, multipliers)
    chosen, _, _ = run(choose, reduced, np.zeros(len(reduced), np.int8), k)
    bound, error = value(reduced, chosen, multipliers)
    return bound - error

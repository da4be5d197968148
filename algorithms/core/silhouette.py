"""Silhouettes: how much nearer each object is to its own cluster than to the next one."""

import numpy as np


def silhouettes(dist, labels: np.ndarray, k: int) -> np.ndarray:
    """Return the silhouette of every object, -1 .. 1  [Rousseeuw 1987], O(n^2); float64, shape (n,).

    (b - a) / max(a, b), where a is the mean dissimilarity of the object to the others of its cluster and b the least
    of its means for the other clusters; 0 for an object that is alone, and where a = b = 0.

    P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", Journal
    of Computational and Applied Mathematics 20 (1987) 53-65.
    """
    n = len(labels)
    objects, sizes = np.arange(n), np.bincount(labels, minlength=k)
    sums = np.zeros((k, n))
    for c in range(n):  # by rows, which points evaluate one at a time
        sums[labels[c]] += dist[c]
    to_own = sums[labels, objects] / np.maximum(sizes[labels] - 1, 1)
    sums /= sizes[:, None]
    sums[labels, objects] = np.inf
    to_next = sums.min(axis=0)
    greater = np.maximum(to_own, to_next)
    defined = (sizes[labels] > 1) & (greater > 0)
    return np.divide(to_next - to_own, greater, out=np.zeros(n), where=defined)


def medoid_silhouettes(dist, medoids: np.ndarray) -> np.ndarray:
    """Return the medoid silhouette of every object, 0 .. 1  [Van der Laan 2003], O(nk); float64, shape (n,).

    1 - a / b, where a and b are the dissimilarities to the nearest and the second nearest medoid; 1 where a = 0.

    M. van der Laan, K. Pollard & J. Bryan, "A new partitioning around medoids algorithm", Journal of Statistical
    Computation and Simulation 73 (2003) 575-584.
    """
    nearest, second = np.partition(np.array([dist[m] for m in medoids], np.float64), 1, axis=0)[:2]
    return 1.0 - np.divide(nearest, second, out=np.zeros(len(nearest)), where=nearest > 0)

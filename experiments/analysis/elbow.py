"""The elbow of the loss over k: the number of medoids beyond which further ones bring little."""

from collections.abc import Sequence

import numpy as np


def elbow(ks: Sequence[int], losses: Sequence[float]) -> int | None:
    """Return the place of the k where the loss is farthest below the straight line from the first k to the last.

    This is the "knee" of V. Satopaa, J. Albrecht, D. Irwin & B. Raghavan, "Finding a 'Kneedle' in a Haystack", ICDCS
    Workshops 2011, without its smoothing. None if there are fewer than three k, or none is below the line.

    >>> elbow([2, 3, 4, 5], [60.0, 20.0, 15.0, 12.0])
    1
    """
    if len(ks) < 3 or losses[0] <= losses[-1]:
        return None
    k, loss = np.asarray(ks, np.float64), np.asarray(losses, np.float64)
    below = (loss[0] - loss) / (loss[0] - loss[-1]) - (k - k[0]) / (k[-1] - k[0])
    return int(below.argmax()) if below.max() > 0 else None

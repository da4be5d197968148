"""One problem to be solved: data, number of medoids, start, seed."""

from dataclasses import dataclass, field, replace

import numpy as np


@dataclass(frozen=True, eq=False)
class Case:
    """A problem for an implementation.

    `data` is a matrix of shape (n, n), data[c, o] being the dissimilarity of object o to medoid c; or, if `metric`
    is not empty, points of shape (n, d). Answers for points are judged by the float64 matrix of their distances.
    """

    data: np.ndarray
    k: int
    metric: str = ""  # "euclidean" or "manhattan"
    start: tuple[int, ...] | None = None  # given start medoids
    own_start: str | None = None  # or the name of a start that the implementation chooses
    seed: int = 0
    parameters: dict = field(default_factory=dict)  # other than its defaults
    exact: bool = False  # integers so small that every sum is exact, even in float32
    family: str = ""  # see `instances`

    @property
    def n(self) -> int:
        """Number of objects."""
        return len(self.data)

    @property
    def matrix(self) -> np.ndarray:
        """The dissimilarities by which answers are judged: float64, shape (n, n)."""
        return distances(self.data, self.metric) if self.metric else self.data.astype(np.float64)

    @property
    def data_key(self) -> tuple:
        """Equal for equal data."""
        return self.data.tobytes(), str(self.data.dtype), self.data.shape, self.metric

    def of(self, objects) -> "Case":
        """Return the case with these objects in this order; removed objects also leave the start, and k shrinks."""
        objects = [int(o) for o in objects]
        data = self.data[objects] if self.metric else self.data[np.ix_(objects, objects)]
        if self.start is None:
            return replace(self, data=data)
        place = {o: i for i, o in enumerate(objects)}
        start = tuple(place[m] for m in self.start if m in place)
        return replace(self, data=data, start=start, k=len(start))


def distances(points: np.ndarray, metric: str) -> np.ndarray:
    """Return the distances of all pairs by their definition, float64; exactly symmetric, zero on the diagonal."""
    x = points.astype(np.float64)
    differences = np.abs(x[:, None, :] - x[None, :, :])
    return differences.sum(axis=-1) if metric == "manhattan" else np.sqrt((differences**2).sum(axis=-1))

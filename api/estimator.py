"""`KMedoids`: k-medoids as a scikit-learn estimator, with the constructor of scikit-learn-extra's class.

Code that uses ``sklearn_extra.cluster.KMedoids`` works with this class after its import is changed. Other than there:

- The defaults are ``method="pam"`` and ``init="build"``, which end in lower losses than its ``method="alternate"`` and
  ``init="heuristic"``; both are available.
- Asymmetric precomputed distances have one direction, from the object (row) to the medoid (column). There, `fit`
  assigns by the other one, and `inertia_` and `predict` use this one.
- A medoid belongs to its own cluster, so no cluster is empty, also where medoids coincide. There, the lower label takes
  all, with a warning.
- An outlier that is farther away than all else gets a medoid of its own, since that lowers the loss most. There, a
  test expects otherwise; ``method="alternate"`` from ``init="heuristic"`` does so, here as well, with more loss.
- One cluster has the best single medoid. There, ``method="pam"`` leaves that of the start.
- `fit` changes no parameter of the constructor. There, it overwrites `n_clusters` and `max_iter` in some cases.
- `n_iter_` counts the passes, the last one without a change included. There, it is one less, and missing for
  ``max_iter=0``.
- ``metric="seuclidean"`` and ``"mahalanobis"`` keep the variances of the data that was fitted. There, `predict`
  estimates them from the objects to predict, or raises an error.
- ``init="k-medoids++"`` draws by the distances, which are what the loss adds up. There, it draws by their squares.
- `init` may also be the row numbers of the start medoids; centres that are not rows of the data are an error.
- `fit` takes `sample_weight`.
- Distances must be finite and not negative, and zero on the diagonal; so must those of a callable `metric`.
"""

import warnings
from typing import Any

import numpy as np

from kmedoids_bench.algorithms.core.algorithm import Algorithm
from kmedoids_bench.algorithms.core.problem import Problem, check_shape, checked_medoids, unchecked_problem
from kmedoids_bench.algorithms.core.registry import algorithms, names

try:
    from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, ClusterMixin, TransformerMixin
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.metrics import pairwise_distances
    from sklearn.utils import check_array, check_random_state
    from sklearn.utils.validation import check_is_fitted, validate_data
except ImportError as error:
    raise ImportError("KMedoids needs scikit-learn 1.6 or newer: pip install scikit-learn") from error

METHODS = {"alternate": "alternating"}
INITS = {"k-medoids++": "kmeanspp"}
"""Names in scikit-learn-extra, and ours."""
FLOATS = (np.float64, np.float32)


class KMedoids(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):
    """k-medoids clustering: k objects such that the sum of the distances to the nearest of them is small.

    All distances are held in memory, n^2 of them. For more objects than that allows, see
    `kmedoids_bench.fasterclara`.

    Parameters
    ----------
    n_clusters : int
        Number of medoids.
    metric : str or callable
        "precomputed", for a square matrix of distances in place of points, or a metric of scikit-learn's
        `pairwise_distances`: a name or a function of two rows.
    method : str
        The algorithm: "pam", "fasterpam" or another swap algorithm of `kmedoids_bench`, by its name; "alternate" for
        Alternating. The tuned one is used where there is one. From the same start medoids both give the same result;
        the tuned BUILD may choose others where candidates are equally good up to rounding.
    init : str or array_like
        The start: "build", "random", "k-medoids++", "heuristic" (the objects with the least sums of distances) or
        another start of `kmedoids_bench`, by its name. Or start medoids: their row numbers, shape (n_clusters,), or
        their coordinates, shape (n_clusters, n_features). If there are not `n_clusters` of them, their number counts,
        with a warning.
    max_iter : int
        Most passes of the algorithm; 0 for the start alone.
    random_state : int, RandomState instance or None
        Decides the random choices of the start. "build" and "heuristic" make none.

    Attributes
    ----------
    medoid_indices_ : int64 array of shape (n_clusters,)
        Row numbers of the medoids.
    cluster_centers_ : array or sparse matrix of shape (n_clusters, n_features), or None
        The medoids; None for precomputed distances.
    labels_ : int64 array of shape (n_samples,)
        Number of the nearest medoid; ties: the lowest, but a medoid belongs to itself.
    inertia_ : float
        Sum of the distances to the nearest medoid, each times the weight of the object.
    n_iter_ : int
        Passes of the algorithm, the last one without a change included.
    n_features_in_ : int
        Number of columns that `fit` has seen.
    feature_names_in_ : array of shape (n_features_in_,)
        Names of the columns, if all of them have one.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])
    >>> model = KMedoids(n_clusters=2).fit(x)
    >>> sorted(model.medoid_indices_.tolist()), model.inertia_
    ([1, 4], 4.0)
    >>> bool(model.predict([[9.0]])[0] == model.labels_[3])
    True
    """

    def __init__(
        self, n_clusters=8, metric="euclidean", method="pam", init="build", max_iter=300, random_state=None
    ) -> None:
        self.n_clusters = n_clusters
        self.metric = metric
        self.method = method
        self.init = init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X, y=None, sample_weight=None) -> "KMedoids":
        """Find the medoids.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features), or (n_samples, n_samples)
            Points, or the precomputed distances of the objects (rows) to the candidates (columns).
        y
            Ignored.
        sample_weight : array_like of shape (n_samples,), optional
            How often each object counts; not negative. An object of weight 0 gets a label and is never a medoid.
            Whatever the method, the loss is the weighted sum, and weight 2 is as good as a second object in the same
            place.

        Raises
        ------
        TypeError, ValueError
            For bad parameters or data.
        """
        method = swap_algorithm(self.method)
        max_iter = whole_number(self.max_iter, "max_iter", 0)
        X = self._validated(X, reset=True)
        weights = checked_weights(sample_weight, len_of(X))
        self._metric_params = metric_params(X, self.metric)
        distances = X if self.metric == "precomputed" else self._distances(X)
        counted = np.flatnonzero(weights)  # the others are left out
        problem = weighted_problem(distances, weights, counted)
        medoids, self.n_iter_ = self._start(problem, X, counted), 0
        if max_iter > 0:
            result = method.call(problem, medoids, max_passes=max_iter)
            medoids, self.n_iter_ = result.medoids, result.n_passes
            if self.n_iter_ == max_iter and method.call(problem, medoids, max_passes=1).n_swaps:
                warnings.warn(f"{max_iter=} reached before the medoids converged", ConvergenceWarning, stacklevel=2)
        self.medoid_indices_ = counted[medoids]
        self.cluster_centers_ = None if self.metric == "precomputed" else X[self.medoid_indices_]
        to_medoids = distances[:, self.medoid_indices_]
        self.labels_ = to_medoids.argmin(axis=1)
        self.labels_[self.medoid_indices_] = np.arange(len(medoids))
        self.inertia_ = float(weights @ to_medoids[np.arange(len(weights)), self.labels_])
        return self

    def transform(self, X) -> np.ndarray:
        """Return the distances to the medoids, shape (m, n_clusters).

        Parameters
        ----------
        X : array_like or sparse matrix of shape (m, n_features), or (m, n_samples)
            Points, or the precomputed distances of m objects to all those that were fitted.

        Raises
        ------
        TypeError, ValueError
            For bad data, or if nothing has been fitted.
        """
        return self._to_medoids(X)

    def predict(self, X) -> np.ndarray:
        """Return the number of the nearest medoid of each object, int64, shape (m,); ties: the lowest.

        Parameters and errors are those of `transform`.
        """
        return self._to_medoids(X).argmin(axis=1)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = self.metric == "precomputed"
        tags.input_tags.sparse = not tags.input_tags.pairwise
        return tags

    @property
    def _n_features_out(self) -> int:
        return len(self.medoid_indices_)

    def _validated(self, X, *, reset: bool) -> Any:
        sparse = self.metric != "precomputed" and ("csr", "csc")
        return validate_data(self, X, reset=reset, accept_sparse=sparse, dtype=FLOATS)

    def _distances(self, X, Y=None) -> np.ndarray:
        return pairwise_distances(X, Y, metric=self.metric, **self._metric_params)

    def _to_medoids(self, X) -> np.ndarray:
        check_is_fitted(self)
        X = self._validated(X, reset=False)
        return X[:, self.medoid_indices_] if self.metric == "precomputed" else self._distances(X, self.cluster_centers_)

    def _start(self, problem: Problem, X, counted: np.ndarray) -> np.ndarray:
        """Return the start medoids, as positions in `counted`."""
        k = whole_number(self.n_clusters, "n_clusters", 1)
        if not isinstance(self.init, str):
            return self._given_start(X, counted, k)
        if k > problem.n:
            raise ValueError(f"n_samples={problem.n} should be >= n_clusters={k}")
        if self.init == "heuristic":
            return np.argsort(problem.distances.sum(axis=1, dtype=np.float64), kind="stable")[:k]
        start = start_algorithm(self.init)
        seed = {"seed": check_random_state(self.random_state).randint(2**31 - 1)} if start.seeded else {}
        return start.call(problem, k, **seed).medoids

    def _given_start(self, X, counted: np.ndarray, k: int) -> np.ndarray:
        given = np.asarray(self.init)
        rows = checked_medoids(rows_of(given, X) if given.ndim == 2 else given, len_of(X))
        if not np.isin(rows, counted).all():
            raise ValueError("init has start medoids of weight 0: choose others")
        if len(rows) != k:
            warnings.warn(
                f"init has {len(rows)} start medoids, and n_clusters={k} is ignored", UserWarning, stacklevel=4
            )
        return np.searchsorted(counted, rows)


def swap_algorithm(method: str) -> Algorithm:
    """Return the record of a method; raise ValueError if there is none of that name."""
    if method not in ("alternate", *names("swap")):
        raise ValueError(f"method={method} is not supported, must be one of {['alternate', *names('swap')]}")
    return fastest(METHODS.get(method, method))


def start_algorithm(init: str) -> Algorithm:
    """Return the record of a start; raise ValueError if there is none of that name."""
    if init not in ("k-medoids++", *names("start")):
        known = ["heuristic", "k-medoids++", *names("start")]
        raise ValueError(f"init needs to be one of {known}, or start medoids, and is {init!r}")
    return fastest(INITS.get(init, init))


def fastest(name: str) -> Algorithm:
    """Return the record of the tuned algorithm of that name if there is one, else that of the plain one."""
    return (algorithms() | algorithms("tuned"))[name]


def weighted_problem(distances: np.ndarray, weights: np.ndarray, counted: np.ndarray) -> Problem:
    """Return the problem of the objects that count; `distances[o, c]` is that of object o to candidate c.

    What object o costs is its distance times its weight: the loss is the weighted sum, and the nearest medoid is the
    same. Such dissimilarities are not symmetric, and no algorithm asks for that.
    """
    check_shape(distances)  # before a part of it could look square
    if (weights != 1).any():
        distances = distances[np.ix_(counted, counted)] * weights[counted, None].astype(distances.dtype)
    problem = Problem.of(distances)
    return unchecked_problem(problem.by_object, by_object=problem.distances)


def metric_params(X, metric) -> dict[str, Any]:
    """Return the parameters that scikit-learn would estimate from whatever it computes the distances of."""
    if metric == "seuclidean":
        return {"V": np.var(X, axis=0, ddof=1, dtype=np.float64)}
    if metric == "mahalanobis":
        return {"VI": np.linalg.inv(np.atleast_2d(np.cov(X.T))).T}
    return {}


def rows_of(centres: np.ndarray, X) -> np.ndarray:
    """Return the row numbers of the centres, for equal ones one row after the other; raise ValueError if missing."""
    if not isinstance(X, np.ndarray):
        raise ValueError("init has coordinates, and the data are sparse: give the row numbers of the start medoids")
    rows: list[int] = []
    for number, centre in enumerate(centres):
        equal = [row for row in np.flatnonzero((centre == X).all(axis=1)).tolist() if row not in rows]
        if not equal:
            raise ValueError(f"init[{number}] is no row of the data: the start medoids must be objects")
        rows.append(equal[0])
    return np.array(rows)


def checked_weights(sample_weight, n: int) -> np.ndarray:
    """Return the weights, ones if there are none, float64, shape (n,); raise TypeError or ValueError for bad ones."""
    if sample_weight is None:
        return np.ones(n)
    weights: Any = check_array(sample_weight, ensure_2d=False, dtype="float64", input_name="sample_weight")
    if weights.shape != (n,):
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {(n,)}")
    if weights.min() < 0 or weights.max() == 0:
        raise ValueError("sample_weight must not be negative, nor zero for all objects")
    return weights


def whole_number(value, name: str, least: int) -> int:
    """Return a parameter as an int; raise ValueError, as scikit-learn does for all parameters, unless it is one."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} is {value!r}, must be a whole number of at least {least}")
    return int(value)


def len_of(X) -> int:
    """Return the number of rows; sparse matrices have no len."""
    return X.shape[0]

"""The estimator is one of scikit-learn's, and does what scikit-learn-extra's class does where that is right."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csc_matrix, csr_matrix
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.metrics import adjusted_rand_score, pairwise_distances
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import kmedoids_bench
from kmedoids_bench import KMedoids

RNG = np.random.default_rng(0)
POINTS = RNG.normal(size=(60, 3))
GROUPS = np.repeat([0, 1], 50)
BLOBS = RNG.normal(scale=0.2, size=(100, 2)) + np.where(GROUPS, 1, -1)[:, None]
LINE = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])


def expected_failures(estimator):
    if estimator.metric == "precomputed":
        points = "passes points to an estimator that says that it takes distances"
        return {"check_clustering": points, "check_positive_only_tag_during_fit": points}
    if estimator.init == "random":
        draws = "a random start depends on how many objects there are, and repeating them changes that"
        check = "check_sample_weight_equivalence_on"
        return {f"{check}_dense_data": draws, f"{check}_sparse_data": draws}
    return {}


@pytest.mark.proof  # compiles for the types and layouts that the checks pass
@parametrize_with_checks(
    [KMedoids(), KMedoids(method="fasterpam", init="random"), KMedoids(metric="precomputed")],
    expected_failed_checks=expected_failures,
    xfail_strict=True,
)
def test_is_an_estimator_of_scikit_learn(estimator, check):
    check(estimator)


def test_finds_the_medoids_that_the_algorithms_find():
    distances = pairwise_distances(POINTS)
    for method in ("pam", "fasterpam", "fastpam1"):
        model = KMedoids(7, method=method).fit(POINTS)
        medoids, labels, loss = getattr(kmedoids_bench, method)(distances, k=7, start="build")
        assert model.medoid_indices_.tolist() == medoids.tolist()
        assert model.labels_.tolist() == labels.tolist()
        assert model.inertia_ == pytest.approx(loss)


@pytest.mark.parametrize("method", ["alternate", "pam", "fasterpam"])
@pytest.mark.parametrize("init", ["random", "heuristic", "build", "k-medoids++"])
def test_every_method_finds_two_groups_from_every_start(method, init):
    model = KMedoids(2, method=method, init=init, random_state=0).fit(BLOBS)
    assert adjusted_rand_score(GROUPS, model.labels_) == 1
    np.testing.assert_array_equal(model.cluster_centers_, BLOBS[model.medoid_indices_])


def test_single_precision_stays_what_it_is():
    x = BLOBS.astype(np.float32)
    model = KMedoids(2).fit(x)
    assert adjusted_rand_score(GROUPS, model.labels_) == 1
    assert model.cluster_centers_.dtype == model.transform(x).dtype == np.float32


@pytest.mark.parametrize("method", ["alternate", "pam"])
@pytest.mark.parametrize("init", ["random", "heuristic", "build", "k-medoids++"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_medoids_are_distinct_also_after_one_pass(method, init):
    model = KMedoids(50, init=init, method=method, max_iter=1, random_state=0).fit(BLOBS)
    assert len(set(model.medoid_indices_.tolist())) == 50


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"n_clusters": 0}, "n_clusters is 0, must be a whole number of at least 1"),
        ({"n_clusters": None}, "n_clusters is None, must be"),
        ({"n_clusters": 2.0}, r"n_clusters is 2\.0, must be"),
        ({"n_clusters": True}, "n_clusters is True, must be"),
        ({"n_clusters": 61}, "n_samples=60 should be >= n_clusters=61"),
        ({"max_iter": -1}, "max_iter is -1, must be a whole number of at least 0"),
        ({"max_iter": None}, "max_iter is None, must be"),
        ({"method": "invalid"}, "method=invalid is not supported, must be one of .*'alternate'.*'pam'"),
        ({"method": None}, "method=None is not supported"),
        ({"init": "invalid"}, r"init needs to be one of .*'k-medoids\+\+'.*, or start medoids, and is 'invalid'"),
        ({"metric": "invalid"}, "metric"),
    ],
)
def test_bad_parameters(parameters, message):
    with pytest.raises(ValueError, match=message):
        KMedoids(**parameters).fit(POINTS)


def test_bad_data():
    with pytest.raises(ValueError, match=r"must be a square matrix, its shape is \(60, 3\)"):
        KMedoids(metric="precomputed").fit(POINTS)
    with pytest.raises(ValueError, match=r"distances\[1, 2\] is -1"):
        KMedoids(2, metric="precomputed").fit([[0, 1, 1], [1, 0, -1], [1, 1, 0]])
    with pytest.raises(TypeError, match="[Ss]parse"):
        KMedoids(2, metric="precomputed").fit(csr_matrix(np.ones((3, 3)) - np.eye(3)))
    for shape in ((4, 6), (6, 4)):  # with weights a part is cut out, which must not look square
        with pytest.raises(ValueError, match="must be a square matrix"):
            KMedoids(2, metric="precomputed").fit(np.zeros(shape), sample_weight=[2, *[1] * (shape[0] - 1)])
    with pytest.raises(NotFittedError):
        KMedoids().predict(POINTS)


def test_the_random_state_decides_the_random_choices():
    def medoids(init, state):
        return KMedoids(8, init=init, max_iter=0, random_state=state).fit(POINTS).medoid_indices_.tolist()

    for init in ("random", "k-medoids++"):
        assert medoids(init, 3) == medoids(init, 3) == medoids(init, np.random.RandomState(3))
        assert len({tuple(medoids(init, state)) for state in range(5)}) > 1
    for init in ("heuristic", "build"):
        assert medoids(init, 1) == medoids(init, 2)


def test_the_starts():
    distances = pairwise_distances(POINTS)
    model = KMedoids(8, init="build", max_iter=0).fit(POINTS)
    assert model.medoid_indices_.tolist() == kmedoids_bench.build(distances, 8).medoids.tolist()
    assert model.n_iter_ == 0
    heuristic = KMedoids(8, init="heuristic", max_iter=0).fit(POINTS)
    assert heuristic.medoid_indices_.tolist() == distances.sum(axis=0).argsort()[:8].tolist()
    far_apart = [[0.0, 0], [0, 0], [0, 9], [0, 9], [9, 9], [9, 9], [9, 9]]
    for state in range(10):
        spread = KMedoids(3, init="k-medoids++", max_iter=0, random_state=state).fit(far_apart)
        assert len({tuple(centre) for centre in spread.cluster_centers_.tolist()}) == 3


def test_coinciding_objects_leave_no_cluster_empty():
    model = KMedoids(2).fit([[1.0], [1.0], [1.0]])
    assert sorted(set(model.labels_.tolist())) == [0, 1]
    assert model.labels_[model.medoid_indices_].tolist() == [0, 1]
    assert model.inertia_ == 0


def test_precomputed_distances():
    x = np.array([[1.0, 0.0], [1.1, 0.0], [0.0, 1.0], [0.0, 1.1]])
    new = pairwise_distances([[1.1, 0.0], [0.0, 0.9]], x)
    model = KMedoids(2, metric="precomputed").fit(pairwise_distances(x))
    assert model.inertia_ == pytest.approx(0.2)
    assert model.cluster_centers_ is None
    assert model.n_features_in_ == 4
    assert model.predict(new).tolist() == model.labels_[[0, 2]].tolist()
    np.testing.assert_array_equal(model.transform(new), new[:, model.medoid_indices_])
    points = KMedoids(2).fit(x)
    assert points.medoid_indices_.tolist() == model.medoid_indices_.tolist()


def test_asymmetric_distances_have_one_direction():
    # As a medoid, object 0 costs object 1 nothing; object 1 would cost object 0 five.
    distances = np.array([[0.0, 5.0], [0.5, 0.0]])
    model = KMedoids(1, metric="precomputed").fit(distances)
    assert model.medoid_indices_.tolist() == [0]
    assert model.inertia_ == 0.5
    distances = np.random.default_rng(0).random((40, 40))
    np.fill_diagonal(distances, 0)
    model = KMedoids(5, metric="precomputed").fit(distances)
    assert model.labels_.tolist() == model.predict(distances).tolist()
    assert model.inertia_ == pytest.approx(model.transform(distances).min(axis=1).sum())
    assert model.inertia_ == pytest.approx(kmedoids_bench.pam(distances.T, k=5).loss)


def test_as_many_medoids_as_objects():
    model = KMedoids(3).fit(np.eye(3))
    assert model.inertia_ == 0
    assert sorted(model.labels_.tolist()) == [0, 1, 2]
    assert np.count_nonzero(model.transform(np.eye(3))) == 6


def test_one_cluster_has_the_best_medoid():
    for init in ("random", [5]):
        assert KMedoids(1, init=init, random_state=0).fit(LINE).inertia_ == 30


def test_a_search_that_was_stopped_warns_and_one_that_converged_does_not():
    whole = KMedoids(8, init="heuristic").fit(POINTS)
    assert whole.n_iter_ > 2
    for max_iter in (1, whole.n_iter_ - 1):
        expected = ConvergenceWarning if max_iter < whole.n_iter_ - 1 else None
        model = KMedoids(8, init="heuristic", max_iter=max_iter)
        if expected:
            with pytest.warns(expected, match="max_iter=1 reached before the medoids converged"):
                model.fit(POINTS)
        else:
            assert model.fit(POINTS).inertia_ == whole.inertia_


def test_iris_is_grouped_about_as_well_as_by_k_means():
    x = load_iris()["data"]
    means = KMeans(3, n_init=1, random_state=0).fit(x).transform(x).min(axis=1).mean()
    for init in ("random", "heuristic", "k-medoids++", "build"):
        model = KMedoids(3, init=init, random_state=0).fit(x)
        assert model.n_iter_ < len(x) // 10
        assert model.inertia_ / len(x) == pytest.approx(means, rel=0.1)


@pytest.mark.parametrize("metric", ["euclidean", "manhattan", "cosine", "chebyshev", "seuclidean", "mahalanobis"])
def test_predict_and_transform_agree_with_fit(metric):
    model = KMedoids(6, metric=metric)
    labels = model.fit_predict(POINTS)
    assert labels.tolist() == model.labels_.tolist() == model.predict(POINTS).tolist()
    distances = model.transform(POINTS)
    assert distances.shape == (60, 6)
    assert distances.min(axis=1).sum() == pytest.approx(model.inertia_)
    np.testing.assert_allclose(clone(model).fit_transform(POINTS), distances)
    for row in (0, 7, 30):  # one object alone, whatever the metric estimates from all of them
        np.testing.assert_allclose(model.transform(POINTS[[row]]), distances[[row]])


def test_a_metric_of_ones_own():
    def metric(x, y):
        return float(np.abs(x - y).sum())

    own, named = KMedoids(6, metric=metric).fit(POINTS), KMedoids(6, metric="manhattan").fit(POINTS)
    assert own.medoid_indices_.tolist() == named.medoid_indices_.tolist()


def test_what_becomes_of_an_outlier():
    # scikit-learn-extra's test expects the groups that Alternating ends in, far from the optimum.
    x = [[-11, 0], [-10, 0], [-9, 0], [0, 0], [1, 0], [2, 0], [1000, 0]]
    there, here = KMedoids(2, method="alternate", init="heuristic").fit(x), KMedoids(2).fit(x)
    assert adjusted_rand_score(there.labels_, [0, 0, 0, 1, 1, 1, 1]) == 1
    assert there.inertia_ == 1003
    assert adjusted_rand_score(here.labels_, [0, 0, 0, 0, 0, 0, 1]) == 1
    assert here.inertia_ == 33


@pytest.mark.parametrize("sparse", [csr_matrix, csc_matrix])
def test_sparse_points(sparse):
    x = np.where(POINTS > 0.5, POINTS, 0)
    model, dense = KMedoids(5).fit(sparse(x)), KMedoids(5).fit(x)
    assert model.medoid_indices_.tolist() == dense.medoid_indices_.tolist()
    assert model.predict(sparse(x)).tolist() == dense.predict(x).tolist()
    np.testing.assert_array_equal(model.cluster_centers_.toarray(), dense.cluster_centers_)


def test_start_medoids_of_ones_own():
    rows = [40, 3, 17]
    for init in (rows, np.array(rows), POINTS[rows], POINTS[rows].tolist()):
        model = KMedoids(3, init=init, max_iter=0).fit(POINTS)
        assert model.medoid_indices_.tolist() == rows
    equal = np.repeat(LINE, 2, axis=0)
    assert KMedoids(2, init=equal[:2], max_iter=0).fit(equal).medoid_indices_.tolist() == [0, 1]


def test_another_number_of_start_medoids_counts_and_changes_no_parameter():
    model = KMedoids(5, init=POINTS[:2])
    with pytest.warns(UserWarning, match="init has 2 start medoids, and n_clusters=5 is ignored"):
        model.fit(POINTS)
    assert len(model.cluster_centers_) == 2
    assert model.n_clusters == 5


@pytest.mark.parametrize(
    ("init", "error", "message"),
    [
        ([[0.5, 0.5, 0.5]], ValueError, r"init\[0\] is no row of the data"),
        (POINTS[[1, 1]], ValueError, r"init\[1\] is no row of the data"),
        ([1, 60], ValueError, r"medoids\[1\] is 60, must be in 0 \.\. 59"),
        ([1, 1], ValueError, "start medoids must be distinct"),
        ([0.5], TypeError, "must be integers"),
        (None, ValueError, "must be a list"),
    ],
)
def test_bad_start_medoids(init, error, message):
    with pytest.raises(error, match=message):
        KMedoids(2, init=init).fit(POINTS)


def test_coordinates_of_start_medoids_are_not_looked_up_in_sparse_points():
    with pytest.raises(ValueError, match="give the row numbers"):
        KMedoids(2, init=POINTS[:2]).fit(csr_matrix(POINTS))


def test_a_weight_is_as_good_as_so_many_objects():
    weights = np.random.default_rng(2).integers(0, 4, size=len(POINTS))
    model = KMedoids(5).fit(POINTS, sample_weight=weights)
    repeated = KMedoids(5).fit(np.repeat(POINTS, weights, axis=0))
    np.testing.assert_array_equal(model.cluster_centers_, repeated.cluster_centers_)
    assert model.inertia_ == pytest.approx(repeated.inertia_)
    assert weights[model.medoid_indices_].min() > 0
    assert np.repeat(model.labels_, weights).tolist() == repeated.labels_.tolist()
    assert model.labels_.tolist() == model.predict(POINTS).tolist()
    assert KMedoids(5).fit(POINTS, sample_weight=np.full(60, 2.0)).inertia_ == pytest.approx(
        2 * KMedoids(5).fit(POINTS).inertia_
    )


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.ones(59), r"sample_weight\.shape == \(59,\), expected \(60,\)"),
        (np.r_[-1.0, np.ones(59)], "must not be negative"),
        (np.zeros(60), "nor zero for all objects"),
        (np.r_[np.nan, np.ones(59)], "NaN"),
        (np.r_[np.ones(3), np.zeros(57)], "n_samples=3 should be >= n_clusters=5"),
    ],
)
def test_bad_weights(weights, message):
    with pytest.raises(ValueError, match=message):
        KMedoids(5).fit(POINTS, sample_weight=weights)


def test_a_start_medoid_needs_a_weight():
    weights = np.r_[0.0, np.ones(59)]
    with pytest.raises(ValueError, match="init has start medoids of weight 0"):
        KMedoids(2, init=[0, 1]).fit(POINTS, sample_weight=weights)
    assert KMedoids(2, init=[5, 9], max_iter=0).fit(POINTS, sample_weight=weights).medoid_indices_.tolist() == [5, 9]


def test_lives_with_the_rest_of_scikit_learn():
    model = make_pipeline(StandardScaler(), KMedoids(4)).set_output(transform="pandas").fit(POINTS)
    assert list(model.transform(POINTS).columns) == [f"kmedoids{i}" for i in range(4)]
    again = pickle.loads(pickle.dumps(model))
    assert again.predict(POINTS).tolist() == model.predict(POINTS).tolist()

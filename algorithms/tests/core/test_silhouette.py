import numpy as np
import problems
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from kmedoids_bench.algorithms import Points, pam
from kmedoids_bench.algorithms.core.silhouette import medoid_silhouettes, silhouettes


def silhouette_of(dist, labels, o):
    """The definition, for one object."""
    clusters = [[c for c in range(len(labels)) if labels[c] == i and c != o] for i in range(max(labels) + 1)]
    means = [sum(dist[c][o] for c in members) / len(members) if members else 0 for members in clusters]
    own = means.pop(labels[o])
    return (min(means) - own) / max(min(means), own) if clusters[labels[o]] and max(min(means), own) else 0


any_matrices = st.one_of(problems.tied_matrices(), problems.tie_free_matrices())


@given(dist=any_matrices.filter(lambda dist: len(dist) > 1), data=st.data())
def test_silhouettes_are_those_of_the_definition(dist, data):
    n = len(dist)
    k = data.draw(st.integers(2, n))
    labels = data.draw(st.permutations([*range(k), *(o % k for o in range(k, n))]))
    widths = silhouettes(dist, np.array(labels), k)
    np.testing.assert_allclose(widths, [silhouette_of(dist.tolist(), labels, o) for o in range(n)], rtol=1e-12)


@given(problems.started(any_matrices))
def test_medoid_silhouettes_are_those_of_the_definition(problem):
    dist, medoids = problem
    if len(medoids) > 1:
        pairs = [sorted(float(dist[m, o]) for m in medoids)[:2] for o in range(len(dist))]
        expected = [1 - nearest / second if nearest else 1 for nearest, second in pairs]
        np.testing.assert_allclose(medoid_silhouettes(dist, np.array(medoids)), expected, rtol=1e-12)


@pytest.fixture
def points():
    rng = np.random.default_rng(4)
    return rng.normal(size=(60, 2)) + 4 * rng.integers(0, 2, size=(60, 2))


def test_a_clustering_has_the_silhouette_of_scikit_learn(points):
    dist = np.linalg.norm(points[:, None] - points, axis=-1)
    result = pam(dist, k=4)
    assert result.silhouette(dist) == pytest.approx(silhouette_score(dist, result.labels, metric="precomputed"))
    assert result.silhouette(Points(points)) == pytest.approx(result.silhouette(dist))
    assert result.medoid_silhouette(Points(points)) == pytest.approx(result.medoid_silhouette(dist))
    assert all(pam(dist, k=k).silhouette(dist) < result.silhouette(dist) for k in (2, 3, 8))


@pytest.mark.parametrize("kind", ["silhouette", "medoid_silhouette"])
def test_what_has_no_silhouette(points, kind):
    dist = np.linalg.norm(points[:, None] - points, axis=-1)
    with pytest.raises(ValueError, match="k is 1: a silhouette compares"):
        getattr(pam(dist, k=1), kind)(dist)
    with pytest.raises(ValueError, match="distances are of 59 objects, but 60 were clustered"):
        getattr(pam(dist, k=2), kind)(dist[:59, :59])

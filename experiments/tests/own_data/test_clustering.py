import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data import clustering
from kmedoids_bench.experiments.own_data.reading import Wishes, read

X = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0], [13.0]])


@pytest.fixture
def data(tmp_path):
    np.save(tmp_path / "x.npy", X)
    return read(tmp_path / "x.npy", Wishes())


@pytest.mark.parametrize("algorithm", ["fasterpam", "pam", "fasterclara"])
def test_points_are_clustered_with_and_without_a_matrix(data, algorithm):
    found = clustering.search(clustering.problem_of(data, algorithm), 2, algorithm, restarts=3)
    assert found.result.loss == pytest.approx(6)
    assert 0.5 < found.silhouette < 1
    assert clustering.search(clustering.problem_of(data, algorithm), 1, algorithm).silhouette is None


def test_a_start_by_chance_is_repeated_and_the_best_counts(data):
    problem, seen = clustering.problem_of(data, "alternating"), []
    single = [clustering.search(problem, 3, "alternating", "random", seed=seed).result.loss for seed in range(8)]
    best = clustering.search(problem, 3, "alternating", "random", restarts=8, advance=lambda: seen.append(1))
    assert best.result.loss == min(single) < max(single)
    assert len(seen) == 8
    clustering.search(problem, 3, "alternating", "build", restarts=8, advance=lambda: seen.append(1))
    assert len(seen) == 9


def test_directed_distances_lead_from_the_row_to_the_medoid(tmp_path):
    directed = np.full((4, 4), 5.0)
    np.fill_diagonal(directed, 0)
    directed[:, 2] = [1, 1, 0, 1]  # everything is near to object 2, which is far from everything
    np.save(tmp_path / "d.npy", directed)
    data = read(tmp_path / "d.npy", Wishes(asymmetric="directed"))
    found = clustering.search(clustering.problem_of(data, "pam"), 1, "pam")
    assert (found.result.medoids.tolist(), found.result.loss) == ([2], 3)


def test_too_many_rows_for_a_matrix_are_refused_with_a_way_out(data, monkeypatch):
    monkeypatch.setattr(clustering.psutil, "virtual_memory", lambda: type("M", (), {"available": 100})())
    with pytest.raises(Trouble, match="7 rows: all their distances") as refused:
        clustering.problem_of(data, "fasterpam")
    assert "distances of 4 rows fit; --algorithm fasterclara" in refused.value.advice
    assert clustering.problem_of(data, "fasterclara").n == 7


def test_rows_with_nothing_in_common_are_named(tmp_path):
    pd.DataFrame({"x": [1, np.nan, 3], "y": [1, 2, np.nan]}).to_parquet(tmp_path / "x.parquet")
    data = read(tmp_path / "x.parquet", Wishes(metric="gower"))
    with pytest.raises(Trouble, match=r"x.parquet: d\(1, 2\) = nan.*\n.*no value in common"):
        clustering.problem_of(data, "pam")


def test_clusters_are_numbered_by_size_and_written_for_every_row(data, tmp_path):
    problem = clustering.problem_of(data, "fasterpam")
    clusters = clustering.by_size(problem, clustering.search(problem, 2, "fasterpam").result)
    assert clusters.sizes.tolist() == [4, 3]
    assert clusters.labels.tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert clusters.distances.sum() == pytest.approx(6)
    clustering.write_labels(tmp_path / "l.csv", list("abcdefg"), clusters)
    table = pd.read_csv(tmp_path / "l.csv")
    assert list(table) == ["row", "name", "cluster", "medoid", "distance"]
    np.testing.assert_allclose(np.abs(X[table["medoid"], 0] - X[:, 0]), table["distance"])
    clustering.write_labels(tmp_path / "l.npy", None, clusters)
    assert np.load(tmp_path / "l.npy").tolist() == clusters.labels.tolist()
    clustering.write_labels(tmp_path / "l.parquet", None, clusters)
    assert pd.read_parquet(tmp_path / "l.parquet")["cluster"].tolist() == clusters.labels.tolist()

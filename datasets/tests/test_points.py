import numpy as np
import pytest
from small_datasets import dataset_of, points_dataset

from kmedoids_bench.datasets import write_points, write_points_alone

POINTS = np.random.default_rng(4).normal(size=(50, 7))


def test_the_record_is_that_of_the_file_of_points(tmp_path):
    made = write_points_alone(points_dataset(POINTS), tmp_path, n=30)
    assert made.path == tmp_path / "small-n30-points.npy"
    np.testing.assert_array_equal(np.load(made.path), POINTS[:30])
    assert (made.n, made.metric, made.dtype, made.dataset, made.reused) == (30, "euclidean", "float32", "small", False)
    again = write_points_alone(points_dataset(POINTS), tmp_path, n=30)
    assert again.reused
    assert again.sha256 == made.sha256
    write_points(points_dataset(POINTS), tmp_path, n=30, anew=True)  # as for a matrix: the same bytes
    assert write_points_alone(points_dataset(POINTS), tmp_path, n=30).sha256 == made.sha256


def test_a_damaged_file_is_written_again(tmp_path):
    made = write_points_alone(points_dataset(POINTS), tmp_path)
    made.path.write_bytes(made.path.read_bytes()[:-8])
    assert not write_points_alone(points_dataset(POINTS), tmp_path).reused
    np.testing.assert_array_equal(np.load(made.path), POINTS)


def test_objects_without_coordinates_need_a_matrix(tmp_path):
    words = dataset_of(n=2, load=lambda paths: ["a", "b"], kind="strings", metric="levenshtein")
    with pytest.raises(ValueError, match="small has no coordinates"):
        write_points_alone(words, tmp_path)
    with pytest.raises(ValueError, match="n=51: small has 50 objects"):
        write_points_alone(points_dataset(POINTS), tmp_path, n=51)

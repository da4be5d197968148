from types import SimpleNamespace

import pytest

from kmedoids_bench.experiments.own_data.choosing_k import by_silhouette, elbow, numbers_of, write_picture


def found(k, loss, silhouette=None):
    return SimpleNamespace(k=k, result=SimpleNamespace(loss=loss), silhouette=silhouette)


LINE = [found(1, 100.0), found(2, 60.0, 0.4), found(3, 20.0, 0.7), found(4, 15.0, 0.7), found(5, 12.0, 0.5)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("10", [10]), ("2,10, 5", [2, 5, 10]), ("2:5", [2, 3, 4, 5]), ("2:9:3", [2, 5, 8]), ("1:1", [1])],
)
def test_numbers_of_clusters_are_read(text, numbers):
    assert numbers_of(text) == numbers


@pytest.mark.parametrize("text", ["", "x", "0", "5:2", "2:9:0", "-3", "2.5", "2:", ","])
def test_what_is_no_number_of_clusters_is_refused(text):
    with pytest.raises(ValueError, match="is no number of clusters: write 10"):
        numbers_of(text)


def test_the_least_k_of_the_highest_silhouette_is_proposed():
    assert by_silhouette(LINE) is LINE[2]
    assert by_silhouette(LINE[:1]) is None


def test_the_elbow_is_where_the_loss_stops_falling():
    assert elbow(LINE) is LINE[2]
    assert elbow(LINE[:2]) is None
    assert elbow([found(1, 3.0), found(2, 2.0), found(3, 1.0)]) is None
    assert elbow([found(1, 0.0), found(2, 0.0), found(3, 0.0)]) is None


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_picture_is_of_the_kind_that_its_name_says(tmp_path, ending):
    write_picture(tmp_path / f"k.{ending}", LINE, "mine")
    head = (tmp_path / f"k.{ending}").read_bytes()[:200]
    assert (b"PNG" if ending == "png" else b"<?xml") in head

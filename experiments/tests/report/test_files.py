import pytest

from kmedoids_bench.experiments.report.files import replace_outputs, write_whole


def test_file_is_replaced_whole(tmp_path):
    path = tmp_path / "new" / "page.html"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "page.html"
    write_whole(path, b"old")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")
    assert path.read_bytes() == b"old"


def test_what_is_no_longer_made_is_removed_and_nothing_else(tmp_path):
    (tmp_path / "other_table.csv").write_bytes(b"")
    (tmp_path / "README").write_bytes(b"")
    replace_outputs(tmp_path, "study", {"a.csv": b"1", "b.csv": b"2"})
    replace_outputs(tmp_path, "study", {"b.csv": b"3"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README", "other_table.csv", "study_b.csv"]
    assert (tmp_path / "study_b.csv").read_bytes() == b"3"

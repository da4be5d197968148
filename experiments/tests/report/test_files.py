from kmedoids_bench.experiments.report.files import replace_outputs


def test_what_is_no_longer_made_is_removed_and_nothing_else(tmp_path):
    (tmp_path / "other_table.csv").write_bytes(b"")
    (tmp_path / "README").write_bytes(b"")
    replace_outputs(tmp_path, "study", {"a.csv": b"1", "b.csv": b"2"})
    replace_outputs(tmp_path, "study", {"b.csv": b"3"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README", "other_table.csv", "study_b.csv"]
    assert (tmp_path / "study_b.csv").read_bytes() == b"3"

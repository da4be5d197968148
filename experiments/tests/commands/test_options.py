from kmedoids_bench.datasets import datasets, write_matrix
from kmedoids_bench.experiments.commands.options import examples, write_prepared
from kmedoids_bench.experiments.planning.profile import MatrixRequest
from kmedoids_bench.experiments.report.context import Unavailable
from kmedoids_bench.experiments.workflow.records import Installed, Prepared, PreparedMatrix, read_record


def test_what_cannot_be_had_is_written_and_said(tmp_path, caplog):
    missing = Installed(
        library="elki", seconds={}, unavailable=Unavailable("elki", "there is no java", "install a JDK")
    )
    write_prepared(tmp_path / "elki.json", missing)
    assert read_record(tmp_path / "elki.json") == missing
    assert caplog.messages == [
        "elki is not available: there is no java\n  install a JDK\n"
        "  the run continues without it, and the report says so"
    ]


def test_what_is_there_is_said_in_a_line(tmp_path, caplog):
    caplog.set_level("INFO")
    write_prepared(tmp_path / "elki.json", Installed(library="elki", seconds={}))
    matrix = write_matrix(datasets()["digits_twice"], tmp_path, n=20)
    request = MatrixRequest(n=20, metric=matrix.metric, dtype=matrix.dtype)
    made = PreparedMatrix(request, matrix, None)
    write_prepared(tmp_path / "made.json", Prepared(dataset="digits_twice", matrices=[made], seconds={}))
    assert caplog.messages == ["elki: ready", "digits_twice: distances of 20 objects (euclidean, float32)"]


def test_examples_stand_on_lines_of_their_own():
    assert examples("a", "b") == "Examples:\n\n$ a\n\n$ b"

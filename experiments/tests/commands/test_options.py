from kmedoids_bench.experiments.commands.options import examples, write_prepared
from kmedoids_bench.experiments.report.context import Unavailable
from kmedoids_bench.experiments.workflow.records import Installed, read_record


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


def test_examples_stand_on_lines_of_their_own():
    assert examples("a", "b") == "Examples:\n\n$ a\n\n$ b"

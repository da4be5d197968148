from click.testing import CliRunner

from kmedoids_bench.experiments.publishing.published import publish
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.tests.tools.report_time import main, repeated


def test_copies_are_further_runs_of_the_same_cells(rows):
    more = repeated(rows, 2 * len(rows) + 1)
    assert len(more) == 2 * len(rows) + 1
    assert not more["id"].duplicated().any()
    assert more["run"].nunique() == 3 * rows["run"].nunique()
    assert set(more["block"]) == set(rows["block"])


def test_says_how_long_a_report_takes(rows, classes, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    some = rows[rows["start"] == "build"]
    context = ReportContext(profile="x", title="X", config={"studies": ["iterations"]}, result_classes=classes)
    write_report(some, [studies()["iterations"]], context, tmp_path / "results")
    run = publish(some, context, tmp_path / "results", tmp_path / "published" / "x")
    ran = CliRunner().invoke(main, ["--rows", "300", "--run", str(run)])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("300 rows, ")

import pytest

from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.rows.reading import rows_frame


def test_profile_and_title_are_all_that_is_needed(tmp_path):
    context = ReportContext("smoke", "A title")
    assert "A title" in write_report(rows_frame([]), [], context, tmp_path).read_text()


def test_profile_and_title_are_needed():
    with pytest.raises(TypeError):
        ReportContext("smoke")

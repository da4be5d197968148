"""Published runs for the tests of this folder."""

import pytest

from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.publishing.published import publish
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.studies import studies


@pytest.fixture(scope="module")
def runs(tmp_path_factory, rows, classes):
    """Two published runs, of which one decides claims."""
    folder = tmp_path_factory.mktemp("runs")
    some = rows[(rows["dataset"] == "digits") & (rows["k"] <= 5)].assign(dirty=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kmedoids_bench.experiments.report.page.editions_of", lambda *_: {"pdf": b"", "svg": b""})
        for name, study in (("a", "scaling"), ("b", "agreement")):
            context = ReportContext(profile=name, title=f"Run <{name}>", result_classes=classes)
            write_report(some, [studies()[study]], context, folder / "results", claims() if name == "b" else ())
            publish(some, context, folder / "results", folder / "published" / name)
    return folder / "published"

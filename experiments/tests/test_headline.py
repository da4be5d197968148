from dataclasses import replace

import pytest

from kmedoids_bench.experiments.claims import claims
from kmedoids_bench.experiments.headline import headline
from kmedoids_bench.experiments.published import publish
from kmedoids_bench.experiments.registry import studies
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report


@pytest.fixture(scope="module")
def run(rows, classes, tmp_path_factory):
    """A published run of made-up rows."""
    folder = tmp_path_factory.mktemp("headline")
    some = rows[rows["start"] == "build"]
    context = ReportContext(
        profile="x", title="X", config={}, commit="0123456789abcdef", result_classes=classes
    )
    write_report(some, [studies()["swap_time"]], context, folder / "results", claims())
    return publish(some, replace(context, dirty=False), folder / "results", folder / "published" / "x")


def test_the_tables_say_what_the_run_says(run):
    text = headline(run)
    assert "`results/published/x` (commit `0123456789ab`" in text
    assert "| not testable |" in text
    printed = next(line for line in text.splitlines() if line.startswith("| 10. FasterPAM is 458 times"))
    assert "458 and 1191 times" in printed
    gains = [line for line in text.splitlines() if line.startswith("| BUILD | 20 |")]
    assert len(gains) == 1  # of plants texture alone
    assert "kmedoids_055 | FasterPAM" in text


def test_every_table_is_whole(run):
    lines = headline(run).splitlines()
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if set(line) <= set("|- ") and "---" in line:
            assert before.count("|") == line.count("|")
            assert after.count("|") - 2 * after.count("\\|") <= line.count("|") or not after


def test_the_same_run_gives_the_same_text(run):
    assert headline(run) == headline(run)

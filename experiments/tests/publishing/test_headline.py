import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.publishing.headline import FOLDER, PROFILES, headline, in_words, picture
from kmedoids_bench.experiments.publishing.published import publish, read_run
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer


@pytest.fixture(scope="module")
def run(rows, classes, tmp_path_factory, undraw):
    """A published run of made-up rows."""
    folder = tmp_path_factory.mktemp("headline")
    some = rows[rows["start"] == "build"]
    context = ReportContext(profile="x", title="X", config={}, commit="fedcba9876543210", result_classes=classes)
    with pytest.MonkeyPatch.context() as patch:
        undraw(patch)
        write_report(some, [studies()["swap_time"]], context, folder / "results", claims())
    return publish(some, replace(context, dirty=False), folder / "results", folder / "published" / "x")


def test_the_tables_say_what_the_run_says(run):
    text = headline(run)
    assert "`results/published/x` (measured at commit `0123456789ab`;" in text  # not where the report was written
    assert "| not testable |" in text
    printed = next(line for line in text.splitlines() if line.startswith("| 10. FasterPAM is 458 times"))
    assert "| 458 and 1191 times | the abstract of B |" in printed
    gains = [line for line in text.splitlines() if line.startswith("| BUILD | 20 |")]
    assert len(gains) == 1  # of plants texture alone
    assert "kmedoids_055 | FasterPAM" in text


def test_every_table_is_whole(run):
    tables = [part.splitlines() for part in headline(run).split("\n\n") if part.startswith("|")]
    assert len(tables) == 4
    for heading, rule, *lines in tables:
        assert set(rule) == set("|- ")
        assert {columns(line) for line in (rule, *lines)} == {columns(heading)}


def columns(line):
    return line.replace("\\|", "").count("|") - 1


def test_where_ours_cannot_decide_the_libraries_do(run, tmp_path):
    copy = tmp_path / "x"
    shutil.copytree(run, copy)
    verdicts, measures = (copy / "tables" / f"claims_{name}.csv" for name in ("verdicts", "measures"))
    lines = pd.read_csv(verdicts)
    ours = lines[(lines["claim"] == 44) & (lines["code_base"] == OURS)]
    pd.concat([lines, ours.assign(code_base="library", verdict="reproduced")]).to_csv(verdicts, index=False)
    threads = {"claim": 44, "code_base": "library", "quantity": "engineering.two_threads", "value": 1.5}
    pd.concat([pd.read_csv(measures), pd.DataFrame([threads])]).to_csv(measures, index=False)
    line = next(line for line in headline(copy).splitlines() if line.startswith("| 44. "))
    assert line.endswith("| library: two threads 1.50 (no interval) | library: reproduced |")


def test_the_same_run_gives_the_same_text(run):
    assert headline(run) == headline(run)


ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = FOLDER / PROFILES[0]


def between_the_marks(path):
    text = path.read_text(encoding="utf-8")
    begin = text.index("-->\n", text.index("<!-- results: begin")) + 4
    return text[begin : text.index("<!-- results: end")].strip()


def test_the_readmes_show_the_published_runs():
    said = "run: python -m kmedoids_bench.experiments headline, once with --short"
    assert between_the_marks(ROOT / "README.md") == in_words().strip(), said
    assert between_the_marks(FOLDER / "README.md") == "\n".join(headline(FOLDER / p) for p in PROFILES).strip(), said


def test_the_words_are_those_of_the_run():
    words = in_words()
    line = next(line for line in headline(PUBLISHED).splitlines() if line.startswith("| BUILD | 200 |"))
    assert f"{line.split(' | ')[-1].removesuffix(' |')} times at k = 200" in words
    counts = [line for line in headline(PUBLISHED).splitlines() if line.startswith("| reproduced |")]
    assert f"{counts[0].split(' | ')[1]} reproduced" in words


@pytest.mark.proof
def test_the_picture_is_drawn_from_the_published_run():
    assert picture() == (ROOT / "docs" / "speedup.svg").read_bytes()


@pytest.mark.proof
def test_the_published_tables_come_from_the_published_rows():
    rows, context = read_run(PUBLISHED)
    study, where = studies()["swap_time"], {"dataset": "plants_texture", "n": 1599, "k": 20}
    assert context.asked is not None
    asked = {(block, name) for block, names in context.asked["swap_time"].items() for name in names}
    mine = pd.MultiIndex.from_frame(rows[["block", "contender"]]).isin(asked)
    mine &= rows["algorithm"].isin(study.algorithms)
    again = answer(study, rows[mine & of(rows, where)].assign(result_class="")).tables["overview"].frame
    shown = pd.read_csv(PUBLISHED / "tables" / "swap_time_overview.csv")
    shown = shown[of(shown, where)]
    keys, numbers = ["start", "implementation"], ["fastpam1_estimate", "fasterpam_estimate", "fasterpam_low"]
    assert len(shown) == len(again) > 2
    both = again.merge(shown, on=keys, suffixes=("", "_shown"))
    for name in numbers:
        assert both[name].tolist() == pytest.approx(both[f"{name}_shown"].tolist(), nan_ok=True)


def of(frame, where):
    """Say which lines have these values."""
    return np.logical_and.reduce([frame[name] == value for name, value in where.items()])

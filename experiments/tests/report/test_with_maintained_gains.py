import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.report.with_maintained_gains import changed, replaced
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies import studies


@pytest.fixture(scope="module")
def results(rows, classes, tmp_path_factory, undraw):
    """A report of rows in which PAM with maintained gains takes a tenth of PAM's time."""
    some = rows[(rows["dataset"] == "digits") & (rows["start"] == "build")]
    pam = some[some["contender"] == "kmedoids_bench/pam/C"]
    newer = pam.assign(
        algorithm="resende_werneck",
        contender="kmedoids_bench/resende_werneck/C",
        seconds=pam["seconds"] / 10,
        id="newer-" + pam["id"],
    )
    folder = tmp_path_factory.mktemp("beyond")
    context = ReportContext(profile="x", title="X", config={}, commit="", result_classes=classes)
    with pytest.MonkeyPatch.context() as patch:
        undraw(patch)
        write_report(pd.concat([some, newer], ignore_index=True), [studies()["swap_time"]], context, folder, claims())
    return folder


def table(results, name):
    return pd.read_csv(results / "tables" / f"{name}.csv")


def test_the_studies_are_repeated_apart_from_the_reproduction(results):
    papers, newer = table(results, "swap_time_times"), table(results, "beyond_swap_time_times")
    assert "resende_werneck" not in set(papers["algorithm"])
    assert set(newer["implementation"]) == {"kmedoids_bench"}
    both = papers.merge(newer, on=["k", "implementation", "algorithm"], suffixes=("_papers", "_newer"))
    both = both.dropna(subset="seconds_papers")  # what was cut has no time
    ratio = (both["seconds_papers"] / both["seconds_newer"]).round(3)
    assert set(ratio[both["algorithm"] == "pam"]) == {10.0}
    assert set(ratio[both["algorithm"] != "pam"]) == {1.0}


def test_claims_are_decided_once_more_and_only_those_it_makes_a_difference_to(results):
    verdicts = table(results, "claims_beyond_verdicts").set_index("claim")
    # Ten times the speed moves the speed-up at k = 2 ten times down, and leaves its growth with k as it is.
    assert "fastpam1 at 2" in verdicts.loc[8, "papers_measured"]
    assert verdicts.loc[8, "papers_verdict"] == "reproduced"
    assert verdicts.loc[8, "newer_verdict"] == "not reproduced"
    assert not {12, 13} & set(verdicts.index)  # about growth with k, and about FasterPAM alone


def test_the_page_says_what_stands_in_whose_place(results):
    text = (results / "report.html").read_text(encoding="utf-8")
    assert 'id="beyond"' in text
    assert "Resende &amp; Werneck instead of PAM" in text


def test_without_newer_rows_there_is_no_such_part(rows, classes, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    some = rows[(rows["dataset"] == "digits") & (rows["k"] == 5)]
    context = ReportContext(profile="x", title="X", config={}, commit="", result_classes=classes)
    page = write_report(some, [studies()["swap_time"]], context, tmp_path, claims())
    assert 'id="beyond"' not in page.read_text(encoding="utf-8")
    assert not list((tmp_path / "tables").glob("*beyond_*"))


@pytest.fixture
def four(factory):
    library = {"implementation": "kmedoids_055", "tier": "library"}
    return rows_frame(
        [
            factory.record(algorithm="pam", seconds=1.0),
            factory.record(algorithm="resende_werneck", seconds=0.1),
            factory.record(algorithm="fastpam1", seconds=0.5),
            factory.record(algorithm="pam", seconds=2.0, **library),
        ]
    )


def test_the_newer_algorithm_bears_the_name_of_the_older(four):
    found = replaced(four, {"pam": "resende_werneck"})
    assert found["contender"].tolist() == ["kmedoids_bench/pam/C", "kmedoids_bench/fastpam1/C"]
    assert found["algorithm"].tolist() == ["pam", "fastpam1"]
    assert found["seconds"].tolist() == [0.1, 0.5]
    assert set(four["algorithm"]) == {"pam", "resende_werneck", "fastpam1"}  # untouched


def test_rows_without_the_newer_algorithm_keep_nothing_of_the_older(four):
    older = four[four["algorithm"] != "resende_werneck"]
    assert replaced(older, {"pam": "resende_werneck"})["algorithm"].tolist() == ["fastpam1"]
    assert replaced(rows_frame([]), {"pam": "resende_werneck"}).empty


def test_measures_are_changed_if_a_value_is_and_only_ours_are_compared():
    def one(value, code_base=OURS):
        return Measure(value, Interval(value, value), 5, "digits", code_base, pd.DataFrame())

    before = {"a": [one(1.0), one(7.0, "kmedoids_055")], "b": [one(2.0)]}
    assert changed(before, {"a": [one(1.0)], "b": [one(3.0)], "c": [one(4.0)]}) == {"b", "c"}

import re
from html.parser import HTMLParser

import pytest

from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.report.context import DataSource, ReportContext, Unavailable
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies import studies

STUDIES = list(studies().values())
TWO = [studies()["agreement"], studies()["swap_time"]]
HOSTILE = """'"><img src=x onerror=alert(1)><script>alert(2)</script>"""
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """Collects elements, and what is left open or closed out of turn."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.errors, self.text = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(tag)

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def make_context(classes, **changes):
    fields = {
        "profile": "quick",
        "title": "A <b>quick</b> look & more",
        "config": {"profile": "quick", "note": "<script>alert(1)</script>"},
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "datasets": [DataSource("digits", "Digits", "Alpaydin & Kaynak (1998)", "CC BY 4.0", "https://example.org/d")],
        "result_classes": classes,
        "unavailable": [Unavailable("dataset <mnist>", "no address answered", "set KMEDOIDS_BENCH_MIRROR")],
        "stale": 12,
        "foreign": 3,
        "time_spent": [("measuring", 75.0), ("report", 25.0)],
    }
    return ReportContext(**(fields | changes))


@pytest.fixture(scope="module")
def rows(rows):
    """Rows of one dataset: drawing takes most of the time."""
    some = rows[rows["dataset"] == "digits"]
    # Words of libraries and of the machine that would be elements of the page.
    outside = {name: some[name].where(some[name].isna(), some[name] + HOSTILE) for name in ("reason", "advice", "cpu")}
    versions = [{name: number + HOSTILE for name, number in one.items()} for one in some["versions"]]
    return some.assign(**outside, versions=versions)


@pytest.fixture(scope="module")
def results(tmp_path_factory, rows, classes):
    folder = tmp_path_factory.mktemp("results")
    write_report(rows, STUDIES, make_context(classes), folder)
    return folder


@pytest.fixture(scope="module")
def source(results):
    return (results / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


def test_html_is_well_formed(page):
    assert (page.errors, page.open) == ([], [])
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"][1:] for attrs in page.all("a") if attrs["href"].startswith("#")}
    assert targets <= set(ids)


def test_nothing_is_loaded_from_elsewhere(page, source):
    for tag, attrs in page.elements:
        assert "srcset" not in attrs
        if tag != "a":
            assert attrs.get("src", "data:").startswith("data:")
            assert attrs.get("href", "data:").startswith("data:")
    assert "@import" not in re.search(r"<style>.*?</style>", source, re.DOTALL)[0]


def test_links_lead_to_files_that_exist(page, results):
    links = [attrs["href"] for attrs in page.all("a") if not attrs["href"].startswith("#")]
    assert len(links) >= 10
    assert all((results / link).is_file() for link in links)


def test_every_table_comes_in_three_and_every_figure_in_two_editions(results):
    suffixes = {"tables": {".csv", ".md", ".tex"}, "figures": {".png", ".pdf"}}
    for folder, wanted in suffixes.items():
        found = {}
        for path in (results / folder).iterdir():
            found.setdefault(path.stem, set()).add(path.suffix)
        assert found
        assert all(editions == wanted for editions in found.values())


def test_words_from_outside_are_escaped(source):
    assert "<script>alert" not in source
    assert "&lt;script&gt;alert" in source
    assert "dataset &lt;mnist&gt;" in source
    assert "signal 11 &lt;SIGSEGV&gt;" in source
    assert "A &lt;b&gt;quick&lt;/b&gt; look &amp; more" in source


def test_no_word_from_outside_becomes_an_element(page):
    assert "".join(page.text).count(HOSTILE) >= 3
    programs = [attrs for attrs in page.all("script") if attrs.get("type") != "application/json"]
    assert programs == [{}, {"type": "application/gzip", "id": "charts-library"}, {}]  # tables, Vega-Lite, charts
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]


def test_all_that_a_reader_must_know_is_there(page):
    text = " ".join("".join(page.text).split())
    machine = ("Example CPU 3000", "8.0 GiB", "performance", "numba", "0.61.0", "kmedoids", "0.5.5", "0123456789ab")
    data = ("Alpaydin & Kaynak (1998)", "CC BY 4.0", "no address answered", "set KMEDOIDS_BENCH_MIRROR")
    failures = ("the matrix would need 3.6 GB, 2.1 GB are free", "stopped after 10 s", "make envs")
    aside = ("12 rows measured with code that has changed since", "3 rows of other machines")
    references = ("LNCS 11807", "2008.05171", "4183")
    for word in (*machine, *data, *failures, *aside, *references, "75 %"):
        assert word in text, word
    for study in STUDIES:
        assert study.words.question in text


def test_tables_and_figures_are_accessible(page):
    assert all(attrs.get("scope") in ("col", "row") for attrs in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(len(attrs["alt"]) > 40 for attrs in page.all("img"))
    assert len(page.all("img")) > 10
    (html,) = page.all("html")
    assert html["lang"] == "en"


def test_page_adapts_to_reader(source):
    assert "prefers-color-scheme: dark" in source
    assert "@media print" in source
    assert 'name="viewport"' in source


@pytest.mark.proof
@pytest.mark.parametrize("least", [len, lambda rows: -1], ids=["one process", "several"])
def test_same_rows_give_the_same_files(results, rows, classes, tmp_path, monkeypatch, least):
    monkeypatch.setattr("kmedoids_bench.experiments.report.page.ROWS_FOR_PROCESSES", least(rows) + 1)
    write_report(rows, STUDIES, make_context(classes), tmp_path)
    names = sorted(path.relative_to(results) for path in results.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [name for name in names if (results / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_uncommitted_changes_are_a_warning(factory, classes, tmp_path, source):
    warning = "Not reproducible from a commit"
    assert warning not in source
    dirty_rows = rows_frame([factory.record(dirty=True)])
    assert warning in write_report(dirty_rows, [], make_context(classes), tmp_path).read_text()
    context = make_context(classes, dirty=True)
    assert warning in write_report(rows_frame([factory.record()]), [], context, tmp_path).read_text()


def test_study_without_cells_says_so(classes, tmp_path):
    text = write_report(rows_frame([]), STUDIES, make_context(classes), tmp_path).read_text()
    assert text.count("No block of this study was measured.") == len(STUDIES)
    page = Page(text)
    assert (page.errors, page.open) == ([], [])
    assert "No block was tried." in text


def test_study_sees_the_blocks_its_configuration_asks_for(rows, classes, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    few = rows.loc[(rows["start"] == "build") & (rows["k"] == 5), "block"].unique()
    everyone = sorted(rows["contender"].unique())
    asked = {"swap_time": dict.fromkeys((*few, "not-yet-measured"), everyone)}
    text = write_report(rows, TWO, make_context(classes, asked=asked), tmp_path).read_text()
    assert "k = 5, from BUILD" in text
    assert "from random medoids" not in text
    assert "1 block that the configuration asks for has no row yet" in text
    assert "No block of this study was measured." in text  # agreement asks for none


def test_study_sees_only_the_contenders_it_asked_for_in_a_shared_block(rows, classes, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    blocks = rows.loc[rows["k"] == 5, "block"].unique()
    asked = {"swap_time": {block: ["kmedoids_bench/pam/C", "kmedoids_bench/fasterpam/C"] for block in blocks}}
    write_report(rows, TWO, make_context(classes, asked=asked), tmp_path)
    assert "fastpam1" not in (tmp_path / "tables" / "swap_time_times.csv").read_text()


def test_long_tables_are_shortened_on_the_page_but_not_in_the_file(rows, classes, tmp_path, monkeypatch, undraw):
    undraw(monkeypatch)
    monkeypatch.setattr("kmedoids_bench.experiments.report.sections.SHOWN_LINES", 7)
    few = rows[rows["start"] == "build"]
    text = write_report(few, TWO, make_context(classes), tmp_path).read_text()
    lines = len((tmp_path / "tables" / "swap_time_times.csv").read_text().splitlines()) - 1
    assert f"The first 7 of {lines} lines; all are in the file." in text


def test_failures_are_never_shortened(rows, classes, tmp_path, monkeypatch):
    monkeypatch.setattr("kmedoids_bench.experiments.report.sections.SHOWN_LINES", 1)
    text = write_report(rows, [], make_context(classes), tmp_path).read_text()
    assert "make envs" in text
    assert "SIGSEGV" in text


def test_what_another_profile_left_is_removed(factory, classes, tmp_path):
    for name in ("tables/quality_libraries.csv", "figures/quality_loss.pdf", "tables/audit_answers.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "tables" / "folder").mkdir()  # of someone else: only files are ours to remove
    write_report(rows_frame([factory.record()]), [], make_context(classes), tmp_path)
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size == 0)
    assert left == ["audit_answers.csv"]


def test_claims_are_left_to_profiles_that_have_a_study_of_them(factory, classes, tmp_path):
    rows, by_name = rows_frame([factory.record()]), {study.name: study for study in STUDIES}
    for name, shown in (("swap_time", True), ("engineering", False)):
        text = write_report(rows, [by_name[name]], make_context(classes), tmp_path, claims()).read_text()
        assert ("The claims of the papers" in text) == shown
        assert (tmp_path / "tables" / "claims_verdicts.csv").exists() == shown

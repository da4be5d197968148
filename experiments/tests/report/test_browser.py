"""The page of the report in a real browser, Chromium, from a file and without a network."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.studies import studies

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP, PHONE = (1440, 900), (390, 844)

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on PATH (Debian, Ubuntu: apt install chromium)"),
    # Playwright's own; it leaves its event loop to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory, rows, classes):
    """The address of a page with claims, charts and long tables."""
    folder = tmp_path_factory.mktemp("results")
    shown = [studies()[name] for name in ("swap_time", "iterations", "agreement")]
    context = ReportContext(profile="paper", title="A run", result_classes=classes)
    return f"file://{write_report(rows, shown, context, folder, claims())}"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def visit(browser, address):
    """Return the function that opens the page in a window of a size; what the browser complains of fails the test."""
    complaints, contexts = [], []

    def visit(size=DESKTOP, anchor="", **settings):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: complaints.append(one.url) if one.url.partition(":")[0] not in LOCAL else None)
        page.goto(address + anchor)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


LOCAL = ("file", "data", "blob")
CHART = "#swap_time-speedup"


def chart_of(page, anchor=CHART):
    """Scroll to a chart and return it when it is drawn."""
    chart = page.locator(anchor)
    chart.scroll_into_view_if_needed()
    chart.locator("svg.marks").wait_for()
    return chart


def points(chart):
    return chart.locator("svg.marks g.mark-symbol[role=graphics-object] path").count()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_wider_than_the_window(visit, size):
    page = visit(size)
    for anchor in (CHART, "#swap_time-libraries_time", "#iterations-swaps"):
        chart_of(page, anchor)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_screen_has_verdicts_picture_and_numbers(visit):
    page = visit()
    lowest = "element => element.getBoundingClientRect().bottom"
    for part in (".verdicts", ".picture img", ".numbers"):
        assert page.locator(part).evaluate(lowest) <= DESKTOP[1], part
    marks = page.locator("a.mark")
    assert marks.count() == len(claims())
    target = marks.first.get_attribute("href")
    assert page.locator(target).count() == 1


def test_a_chart_shows_what_is_chosen_and_the_address_keeps_it(visit, address):
    page = visit()
    chart = chart_of(page)
    before = chart.locator("figcaption").inner_text()
    chart.get_by_label("data").select_option(index=1)
    chart.get_by_label("panel").select_option("random")
    page.wait_for_function("location.hash.includes('panel=random')")
    chosen = chart.locator("figcaption").inner_text()
    assert chosen != before
    again = chart_of(visit(anchor=page.url.removeprefix(address)))
    assert again.locator("figcaption").inner_text() == chosen
    assert again.get_by_label("panel").input_value() == "random"


def test_a_link_leads_to_its_section_although_charts_above_change_their_height(visit):
    page = visit()
    page.locator("nav a[href='#agreement']").click()
    page.wait_for_function("document.querySelectorAll('#iterations svg.marks').length > 0")
    page.wait_for_timeout(500)
    assert 0 <= page.locator("#agreement").evaluate("element => element.getBoundingClientRect().top") < 60


def test_implementations_can_be_left_out(visit):
    chart = chart_of(visit(), "#swap_time-libraries_time")
    everyone = points(chart)
    chart.get_by_label("kmedoids_055", exact=True).uncheck()
    chart.page.wait_for_timeout(300)
    assert 0 < points(chart) < everyone


def test_a_point_tells_its_value_and_leads_to_its_lines(visit):
    page = visit()
    point = chart_of(page).locator("svg.marks g.mark-symbol[role=graphics-object] path").first
    point.hover()
    tooltip = page.locator("#vg-tooltip-element")
    tooltip.wait_for()
    assert "95 % interval" in tooltip.inner_text()
    point.click()
    page.wait_for_function("[...document.querySelectorAll('input.filter')].some((one) => one.value)")
    shown = page.locator("#swap_time table:has(tr[hidden])").first.locator("tbody tr:not([hidden])")
    assert 0 < shown.count() < 10


def test_a_table_is_sorted_and_filtered(visit):
    page = visit()
    page.locator("#swap_time details > summary").first.click()
    frame = page.locator("#swap_time .scroll:has(tbody tr:nth-child(13))").first
    place = frame.locator("thead th").all_inner_texts().index("k") + 1
    for way in (1, -1):
        frame.locator(f"thead th:nth-child({place}) button").click()
        texts = frame.locator(f"tbody tr :nth-child({place})").all_inner_texts()
        numbers = [float(text.split()[0].replace(",", "")) for text in texts if text]
        assert numbers == sorted(numbers, key=lambda number: way * number)
        assert len(set(numbers)) > 1
    filter_ = frame.locator("xpath=preceding-sibling::input[1]")
    filter_.fill("k=10 random")
    visible = frame.locator("tbody tr:not([hidden])")
    assert visible.count() > 0
    assert all("random" in text for text in visible.all_inner_texts())


def test_without_javascript_every_chart_is_an_image(visit):
    page = visit(java_script_enabled=False)
    figure = page.locator(CHART)
    assert figure.locator("img").is_visible()
    assert "further figure" in figure.locator("summary").inner_text()


def test_a_print_unfolds_the_claims(visit):
    page = visit()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.claim:not([open])").count() == 0
    assert page.locator("nav").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screen_readers_find_no_serious_obstacle(visit, scheme):
    page = visit(color_scheme=scheme)
    chart_of(page)
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in serious] == []


PUBLISHED = Path(__file__).parents[3] / "results" / "published"


@pytest.mark.parametrize("page", sorted(PUBLISHED.glob("**/*.html")), ids=lambda page: str(page.relative_to(PUBLISHED)))
def test_published_pages_are_light_and_fit_a_phone(browser, page):
    assert page.stat().st_size < 5_000_000
    window = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    complaints = []
    window.on("console", lambda message: complaints.append(message.text))
    window.goto(f"file://{page}")
    window.wait_for_timeout(300)
    painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    assert window.evaluate(painted) < 1500
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []
    window.close()

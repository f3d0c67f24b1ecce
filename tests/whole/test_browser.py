"""Every page is shown, printed and read aloud correctly by a browser."""

import csv
import io
import os
import re
import shutil
from base64 import b64decode
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from helpers.browser import NAMES, Screen, open_page, violations
from helpers.project import PAGES
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.long

DESK = Screen(1280)
PAPER = Screen(794, media="print")
PRINTED = Screen(673, media="print")  # the paper without its margins
LOOKED_AT = [Screen(320), Screen(768), DESK, Screen(320, "dark"), PAPER, PRINTED]
READ_OUT = [Screen(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
ONE_OF_EACH_KIND = ["index.html", "2023/annual.html", "2023/rice.html"]

LINK = re.compile(r'href="(data:text/csv[^"]*)"')
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
NAMELESS = """
[...document.querySelectorAll("svg, img")]
  .filter(each => !(each.ariaLabel || each.alt))
  .map(each => each.parentElement.innerText)
"""
OUTSIDE = """
[...document.querySelectorAll("svg")].flatMap(chart => {
  const edge = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < edge.left - 1 || box.right > edge.right + 1
      || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
  }).map(text => [chart.ariaLabel, text.textContent]);
})
"""


@dataclass
class View:
    """A page on a screen, unfolded, with the messages and requests of opening it."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> None:
        self.messages.clear()
        self.requests.clear()
        self.page.goto(address)
        self.page.evaluate(UNFOLD)


@dataclass(frozen=True)
class Download:
    name: str
    content: bytes
    link: str

    @property
    def rows(self) -> list[list[str]]:
        text = io.StringIO(self.content.decode("utf-8-sig"), newline="")
        return list(csv.reader(text, delimiter=";"))


@pytest.fixture(scope="module")
def views(browser) -> dict[Screen, View]:
    return {screen: View(open_page(browser, screen)) for screen in {*LOOKED_AT, *READ_OUT}}


@pytest.fixture(scope="module")
def view(views, exports, request) -> View:
    name, screen = request.param
    views[screen].open((exports / name).as_uri())
    return views[screen]


@pytest.fixture(scope="module")
def reader(browser) -> Page:
    """A page to read and click in."""
    return open_page(browser, DESK)


@pytest.fixture(scope="module")
def downloads(reader, exports, request) -> list[Download]:
    """The files of all download links of a page but the pictures."""
    reader.goto((exports / request.param).as_uri())
    reader.evaluate(UNFOLD)
    files = []
    for link in reader.locator("a[download$='.csv']").all():
        with reader.expect_download() as caught:
            link.click()
        href = link.get_attribute("href")
        files.append(
            Download(caught.value.suggested_filename, caught.value.path().read_bytes(), href)
        )
    return files


@pytest.fixture
def paper(views, exports) -> Page:
    """The report of a year on paper."""
    page = views[PAPER].page
    page.goto((exports / "2023/annual.html").as_uri())
    return page


def on(screens: list[Screen]):
    """Parametrize a test by every page on each of the screens."""
    return pytest.mark.parametrize(
        "view",
        list(product(NAMES, screens)),
        indirect=True,
        ids=lambda each: f"{each[0]} at {each[1]}",
    )


def follow(page: Page, exports: Path, start: str, end: str) -> None:
    """Click the link from one page to another, and expect that page."""
    page.goto((exports / start).as_uri())
    link = os.path.relpath(exports / end, (exports / start).parent)
    for folded in page.locator(".pages summary").all():
        folded.click()
    page.locator(f"a[href='{link}']").first.click()
    expect(page).to_have_url((exports / end).as_uri())


def links_of(path: Path) -> list[str]:
    return LINK.findall(path.read_text(encoding="utf-8"))


def styles(page: Page, selector: str, name: str) -> set[str]:
    """Return every value of a style property among the selected elements."""
    script = "(all, name) => all.map(each => getComputedStyle(each)[name])"
    return set(page.locator(selector).evaluate_all(script, name))


every_download = pytest.mark.parametrize("downloads", ["index.html", *PAGES], indirect=True)


@on(LOOKED_AT)
def test_a_page_opens_without_browser_messages(view):
    assert view.messages == []


@on(LOOKED_AT)
def test_a_page_requests_nothing_but_itself(view):
    assert view.requests == [view.page.url]


@on(LOOKED_AT)
def test_a_page_is_never_wider_than_the_screen(view):
    root = view.page.locator("html")
    assert root.evaluate("each => each.scrollWidth") <= root.evaluate("each => each.clientWidth")


@on(LOOKED_AT)
def test_no_text_of_a_chart_reaches_outside_it(view):
    assert view.page.evaluate(OUTSIDE) == []


@on([DESK])
def test_every_picture_has_a_name(view):
    assert view.page.evaluate(NAMELESS) == []


@on(READ_OUT)
def test_a_page_meets_wcag_2_2_aa(view):
    assert violations(view.page) == {}


def test_the_check_of_wcag_finds_a_target_that_is_too_small(reader):
    reader.set_content("<a href='#1'>1</a><br><a href='#2'>2</a>")
    assert "target-size" in violations(reader)


@pytest.mark.parametrize("downloads", PAGES, indirect=True)
def test_the_numbers_of_every_table_and_chart_can_be_downloaded(reader, downloads):
    assert len(downloads) == reader.locator("main table, main .chart").count()


def test_a_chart_can_be_saved_as_a_picture_that_has_its_colours(reader, exports, tmp_path):
    reader.goto((exports / "2023/rice.html").as_uri())
    chart = reader.locator(".chart").first
    with reader.expect_download() as caught:
        chart.get_by_text("Tải biểu đồ (SVG)").click()
    texts = chart.locator("text").all_text_contents()
    caught.value.save_as(path := tmp_path / caught.value.suggested_filename)
    reader.goto(path.as_uri())
    assert path.name == "nang-suat-lua-trung-binh-qua-cac-nam-ta-ha-noi-bo.svg"
    assert reader.locator("text").all_text_contents() == texts
    assert styles(reader, "text", "fill") == {"rgb(29, 36, 48)"}


def test_no_picture_is_offered_where_scripts_do_not_run(browser, exports):
    page = open_page(browser, DESK, scripts=False)
    page.goto((exports / "2023/rice.html").as_uri())
    expect(page.get_by_text("Tải biểu đồ (SVG)").first).to_be_hidden()
    expect(page.get_by_text("Tải số liệu (CSV)").first).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("scheme", "ink", "dot"),
    [
        ("light", "rgb(29, 36, 48)", "rgb(0, 114, 178)"),
        ("dark", "rgb(230, 233, 238)", "rgb(86, 169, 221)"),
    ],
)
def test_a_chart_has_the_colours_of_the_page(browser, exports, scheme, ink, dot):
    page = open_page(browser, Screen(360, scheme))
    page.goto((exports / "2023/rice.html").as_uri())
    assert styles(page, ".chart text", "fill") == {ink}
    assert styles(page, ".chart use", "stroke") == {ink, dot}
    page.context.close()


@every_download
def test_a_downloaded_file_is_named_as_csv(downloads):
    assert [file.name for file in downloads if not file.name.endswith(".csv")] == []


@every_download
def test_a_downloaded_file_is_the_content_of_its_link(downloads):
    changed = [file for file in downloads if file.content != b64decode(file.link.partition(",")[2])]
    assert changed == []


@every_download
def test_a_downloaded_file_begins_with_a_byte_order_mark(downloads):
    assert [file.name for file in downloads if not file.content.startswith(BOM_UTF8)] == []


@every_download
def test_a_downloaded_file_has_the_same_columns_in_every_row(downloads):
    widths = [{len(row) for row in file.rows} for file in downloads]
    assert [each for each in widths if len(each) != 1 or each == {1}] == []


def test_the_index_leads_to_a_page(reader, exports):
    follow(reader, exports, "index.html", "2023/rice.html")


def test_a_page_leads_to_another_year(reader, exports):
    follow(reader, exports, "2023/dossiers.html", "2022/dossiers.html")


def test_a_page_leads_to_another_subject_once_they_are_unfolded(reader, exports):
    reader.goto((exports / "2023/rice.html").as_uri())
    reader.locator("nav.pages summary").click()
    reader.locator("nav.pages a[href='../2023/budget.html']").click()
    expect(reader).to_have_url((exports / "2023/budget.html").as_uri())


def test_a_page_leads_back_to_the_index(reader, exports):
    follow(reader, exports, "2023/rice.html", "index.html")


def test_a_page_alone_in_a_folder_shows_no_links_to_others(reader, exports, tmp_path):
    alone = Path(shutil.copy(exports / "2023/rice.html", tmp_path))
    reader.goto(alone.as_uri())
    expect(reader.locator("nav.pages")).to_be_hidden()


@pytest.mark.parametrize("name", ONE_OF_EACH_KIND)
def test_the_first_tab_stop_is_a_link_that_skips_to_the_content(reader, exports, name):
    reader.goto((exports / name).as_uri())
    reader.keyboard.press("Tab")
    expect(reader.locator(".skip")).to_be_in_viewport()
    reader.keyboard.press("Enter")
    expect(reader.locator("main")).to_be_focused()


def test_the_code_unfolds_without_scripts(browser, exports):
    page = open_page(browser, DESK, scripts=False)
    page.goto((exports / "2023/rice.html").as_uri())
    expect(page.locator("footer code")).to_be_hidden()
    page.get_by_text("Xem mã").click()
    expect(page.locator("footer code")).to_be_visible()
    page.context.close()


def test_no_picture_is_cut_in_two_on_paper(paper):
    assert styles(paper, "figure", "breakInside") == {"avoid"}


def test_the_header_of_a_table_is_repeated_on_every_printed_page(paper):
    assert styles(paper, "thead", "display") == {"table-header-group"}


def test_folded_content_is_printed(paper, exports):
    paper.goto((exports / "2023/audit.html").as_uri())
    folded = paper.locator("main details table")
    assert [each.bounding_box()["height"] > 0 for each in folded.all()] == [True]


def test_a_printed_report_is_twelve_sheets_that_begin_with_its_contents(paper):
    assert paper.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 12
    expect(paper.get_by_role("navigation", name="Trong trang này")).to_be_visible()
    expect(paper.get_by_role("link", name="Sản xuất lúa")).to_be_visible()

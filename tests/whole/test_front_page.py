"""The front page in a browser: search, filters, order, addresses, and many years."""

import csv
import shutil
from itertools import product
from pathlib import Path

import pytest
from helpers.browser import Screen, open_page
from helpers.project import HEADER, PROJECT, plan_of
from playwright.sync_api import Page, expect

from caoan_stats import Dataset
from caoan_stats.common.files import write_file
from caoan_stats.publish import index

pytestmark = pytest.mark.long

PHONE, DESK = Screen(360), Screen(1280)
MANY_YEARS = range(1993, 2024)
WORDS = ["lua", "lúa", "LÚA", "lụa", "nang suat", "năng suat", "dan", "rice", "(", "ty le ho"]
SHOWN = "rows => rows.filter(row => !row.hidden).map(row => row.id)"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture(scope="module")
def address(exports) -> str:
    return (exports / "index.html").as_uri()


@pytest.fixture(params=[PHONE, DESK], ids=str)
def front(browser, address, request):
    """The front page without a network."""
    page = open_page(browser, request.param)
    page.context.set_offline(True)
    page.goto(address)
    yield page
    page.context.close()


@pytest.fixture
def plain(browser, address):
    """The front page on a phone without scripts."""
    page = open_page(browser, PHONE, scripts=False)
    page.goto(address)
    yield page
    page.context.close()


def shown(page: Page) -> list[str]:
    return page.locator("table.explorer tr[id]").evaluate_all(SHOWN)


def known(shipped: Dataset) -> int:
    """Return the number of indicators that have a figure."""
    return shipped.indicators["has_figures"].sum()


def choose(page: Page, **chosen: str) -> None:
    page.locator("form.find summary").click()
    for name, value in chosen.items():
        page.locator(f"select[name={name}]").select_option(value)


@pytest.mark.parametrize("words", WORDS)
def test_the_search_finds_what_the_library_finds(browser, address, shipped, words):
    page = open_page(browser, PHONE)
    page.goto(address)
    page.get_by_label("Tìm chỉ tiêu").fill(words)
    found = shipped.find(words).index
    assert shown(page) == [code for code in found if shipped.indicators.loc[code, "has_figures"]]
    page.context.close()


def test_the_search_counts_what_it_found_and_shows_it_instead_of_the_subjects(front, shipped):
    front.get_by_label("Tìm chỉ tiêu").fill("nang suat")
    expect(front.get_by_text(f"2/{known(shipped)} chỉ tiêu")).to_be_visible()
    expect(front.locator(".subjects")).to_be_hidden()
    expect(front.locator("#rice_yield")).to_be_in_viewport()


def test_a_subject_without_a_found_indicator_is_hidden(front):
    front.get_by_label("Tìm chỉ tiêu").fill("nang suat")
    assert front.locator("tr.group:visible").all_inner_texts() == ["Lúa"]


@pytest.mark.parametrize(
    ("menu", "value", "query"),
    [
        ("status", "missed", "status == 'missed'"),
        ("status", "reached", "status in ('met', 'exceeded')"),
        ("subject", "rice", "table == 'rice'"),
    ],
)
def test_a_menu_leaves_the_indicators_that_it_names(front, shipped, menu, value, query):
    choose(front, **{menu: value})
    card = shipped.scorecard(2023, list(shipped.titles)).join(shipped.indicators["table"])
    assert shown(front) == list(card.query(query).index)


def test_worse_indicators_are_those_that_are_called_worse(front):
    choose(front, move="bad")
    rows = front.locator("table.explorer tr[id]:visible")
    assert rows.count() > 0
    assert rows.filter(has_text="kém hơn").count() == rows.count()


def test_the_largest_rise_is_first_and_what_has_no_change_last(front, shipped):
    choose(front, order="rise")
    card = shipped.scorecard(2023, list(shipped.titles))
    known = card[card["pct_shown"].notna() | (card["change_shown"].notna() & (card["unit"] == "%"))]
    first = known.apply(
        lambda row: row["change_shown"] if row["unit"] == "%" else row["pct_shown"], axis=1
    )
    expected = list(first.astype(float).sort_values(ascending=False, kind="stable").index)
    assert shown(front)[: len(expected)] == expected


def test_names_are_in_vietnamese_order(front):
    choose(front, subject="livestock", order="name")
    names = front.locator("table.explorer tr[id]:visible th").all_inner_texts()
    herds = [name for name in names if name.startswith("Đàn")]
    assert herds[:4] == ["Đàn chó", "Đàn gà", "Đàn gia cầm", "Đàn lợn"]


def test_the_order_of_the_report_returns(front):
    before = shown(front)
    choose(front, order="name")
    assert shown(front) != before
    front.get_by_role("button", name="Bỏ lọc").click()
    expect(front.locator("tr.group:visible").first).to_be_visible()
    assert shown(front) == before


def test_an_address_leads_to_an_indicator(front, address):
    front.goto(f"{address}#rice_yield")
    expect(front.locator("#rice_yield")).to_be_in_viewport()


def test_an_address_of_an_indicator_shows_it_whatever_was_chosen(front):
    front.get_by_label("Tìm chỉ tiêu").fill("bò")
    front.evaluate("location.hash = 'rice_yield'")
    expect(front.locator("#rice_yield")).to_be_in_viewport()
    expect(front.get_by_label("Tìm chỉ tiêu")).to_have_value("")


def test_the_address_of_an_indicator_that_was_found_leaves_the_others_shown(front):
    front.get_by_label("Tìm chỉ tiêu").fill("nang suat")
    front.locator("#rice_yield th a").press("Enter")
    front.keyboard.press("Tab")
    expect(front.locator("#rice_yield a").first).to_be_focused()
    assert front.url.endswith("#rice_yield")
    assert shown(front) == ["rice_yield", "rice_yield_per_crop"]


def test_the_address_keeps_what_was_chosen(front):
    front.get_by_label("Tìm chỉ tiêu").fill("hộ nghèo")
    choose(front, move="good")
    found = shown(front)
    front.reload()
    assert shown(front) == found
    assert front.locator("select[name=move]").input_value() == "good"


def test_the_link_that_skips_to_the_content_keeps_what_was_chosen(front):
    front.get_by_label("Tìm chỉ tiêu").fill("lúa")
    front.evaluate("location.hash = 'noi-dung'")
    expect(front.get_by_label("Tìm chỉ tiêu")).to_have_value("lúa")


def test_the_keyboard_alone_finds_an_indicator_and_its_years(front):
    front.get_by_label("Tìm chỉ tiêu").focus()
    front.keyboard.type("nang suat lua trung binh")
    front.keyboard.press("Enter")
    years = front.locator("#rice_yield summary")
    for _ in range(6):
        front.keyboard.press("Tab")
        if years.evaluate("each => each === document.activeElement"):
            break
    front.keyboard.press("Enter")
    expect(front.locator("#rice_yield li", has_text="ước 127")).to_be_visible()


def test_the_page_is_complete_without_its_script(plain, shipped):
    expect(plain.locator("form.find")).to_be_hidden()
    assert plain.locator("table.explorer tr[id]:visible").count() == known(shipped)
    plain.locator("#rice_yield summary").click()
    expect(plain.locator("#rice_yield li", has_text="ước 127")).to_be_visible()


def write_history(project: Path, years: range) -> Path:
    """Write the index of a data folder in which every figure of 2023 is that of all years."""
    ignored = shutil.ignore_patterns("processed")
    shutil.copytree(PROJECT / "data", project / "data", ignore=ignored)
    shutil.copytree(PROJECT / "notebooks", project / "notebooks")
    (project / "data/acknowledged.csv").write_text("left,operator,right,year,reason\n")
    for path in (project / "data/raw").glob("*.csv"):
        if path.name not in ("sources.csv", "targets.csv"):
            rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
            figures = {row["indicator"]: row["value"] for row in rows if row["value"]}
            cells = product(figures.items(), years)
            lines = [f"{code},{year},{value},,,bc2023,I,\n" for (code, value), year in cells]
            path.write_text(HEADER + "".join(lines), encoding="utf-8")
    planned = plan_of(project / "data", project / "out")
    for job in planned.jobs:
        write_file(job.page, b"<main></main>")
    states = dict.fromkeys(planned.jobs, "current")
    return index.write_index(planned.dataset, planned.out, states)


@pytest.fixture(scope="module")
def long_history(tmp_path_factory) -> Path:
    return write_history(tmp_path_factory.mktemp("long"), MANY_YEARS)


def test_ten_years_of_every_indicator_weigh_at_most_200_kb(tmp_path):
    assert write_history(tmp_path, range(2014, 2024)).stat().st_size <= 200_000


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=str)
@pytest.mark.parametrize("state", ["folded", "unfolded"])
def test_thirty_one_years_are_no_wider_than_the_screen(browser, long_history, screen, state):
    page = open_page(browser, screen)
    page.goto(long_history.as_uri())
    if state == "unfolded":
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    width, available = page.evaluate(WIDTHS)
    assert width <= available
    page.context.close()


def test_thirty_one_years_of_a_subject_have_a_link_each(browser, long_history):
    page = open_page(browser, PHONE, scripts=False)
    page.goto(long_history.as_uri())
    links = page.locator("a[aria-label^='Sản xuất lúa']")
    assert [int(text) for text in links.all_text_contents()] == [*reversed(MANY_YEARS)]
    page.context.close()

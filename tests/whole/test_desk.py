"""The desk in a browser, as a clerk uses it who never sees a terminal."""

import re
import signal
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.browser import Screen, open_page, violations
from helpers.desks import make_project, open_desk
from helpers.filling import filling
from helpers.importing import last_lines, raw_files
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.long
OUTSIDE = """
[...document.querySelectorAll(".jp-OutputArea *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth)
  .map((each) => each.outerHTML.slice(0, 200))
"""
DROP = """
([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true}));
}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return make_project(tmp_path_factory.mktemp("xã") / "Cao An")


@pytest.fixture(scope="module")
def address(project) -> Iterator[str]:
    with open_desk(project) as address:
        yield address


@pytest.fixture(scope="module")
def shared(browser, address) -> Page:
    page = open_page(browser, Screen(1280))
    page.goto(address)
    see(page, "5. Cập nhật và mở báo cáo")
    return page


@pytest.fixture
def desk(shared) -> Iterator[Page]:
    """The page of the desk, on a wide screen; it keeps what earlier tests have dropped."""
    yield shared
    shared.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def workbook(desk, tmp_path) -> Path:
    """The workbook of 2024, taken from the page."""
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Tải phiếu nhập số liệu năm 2024").click()
    taken.value.save_as(path := tmp_path / taken.value.suggested_filename)
    return path


def choose(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Chọn phiếu đã điền").click()
    chooser.value.set_files(path)


def fill(path: Path, **figures: object) -> None:
    with filling(path) as typed:
        for indicator, figure in figures.items():
            typed.type(indicator, figure)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def see(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def test_a_clerk_gets_from_the_empty_workbook_to_a_page_and_back(desk, workbook, project):
    before = raw_files(project / "data")
    fill(workbook, rice_sown_area="một ít")
    choose(desk, workbook)
    expect(desk.get_by_role("heading", name="Sai, trang «Lúa», ô F2")).to_be_visible()
    expect(desk.get_by_role("button", name="Ghi vào dữ liệu")).to_be_disabled()
    with desk.expect_download() as copy:
        desk.get_by_role("link", name="Tải bản có đánh dấu các chỗ cần sửa").click()
    assert copy.value.suggested_filename == "2024 - cần sửa.xlsx"

    fill(workbook, rice_sown_area="459,5", rice_yield=14)
    choose(desk, workbook)
    answer = desk.get_by_role("checkbox", name="Đúng như báo cáo, trang «Lúa», ô F3")
    answer.check()
    desk.get_by_label("Lý do").fill("Mất mùa")
    press(desk, "Ghi vào dữ liệu")
    see(desk, "Đã ghi số liệu của «2024.xlsx»")
    assert last_lines(project / "data", "rice", 2) == [
        "rice_sown_area,2024,459.5,,,bc2024,I.B.1,",
        "rice_yield,2024,14,,,bc2024,I.B.1,",
    ]

    press(desk, "Cập nhật báo cáo")
    see(desk, "Đã cập nhật xong báo cáo.")
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Mở báo cáo năm 2024").click()
    expect(opened.value.get_by_text("459,5").first).to_be_visible()

    press(desk, "Hoàn tác lần nhập vừa rồi")
    see(desk, "+ Năng suất lúa trung bình, 2024: 14 tạ/ha")
    desk.get_by_role("button", name=re.compile(r"Hoàn tác \d+ thay đổi")).dblclick()
    see(desk, "Đã hoàn tác lần nhập vừa rồi")
    assert raw_files(project / "data") == before
    see(desk, "Số liệu đã đổi; cập nhật báo cáo trước khi mở.")
    expect(desk.get_by_role("link", name="Mở báo cáo năm 2024")).to_have_count(0)
    expect(desk.get_by_text("Đã cập nhật xong báo cáo.")).to_have_count(0)


def test_a_file_can_be_dropped_anywhere_on_the_page(desk, workbook):
    fill(workbook, rice_sown_area="một ít")
    desk.evaluate(DROP, ["Phiếu 2024.xlsx", b64encode(workbook.read_bytes()).decode()])
    see(desk, "Đã đọc «Phiếu 2024.xlsx»")
    expect(desk.get_by_role("heading", name="Sai, trang «Lúa», ô F2")).to_be_visible()


def test_a_file_that_is_far_too_large_is_refused_in_words(desk, tmp_path):
    (path := tmp_path / "lớn.xlsx").write_bytes(bytes(30_000_000))
    choose(desk, path)
    see(desk, "lớn hơn 4 MB")


def test_what_was_dropped_is_there_after_the_page_is_loaded_again(desk, workbook):
    fill(workbook, rice_sown_area="mấy")
    choose(desk, workbook)
    see(desk, "Thấy «mấy»")
    desk.reload()
    see(desk, "Thấy «mấy»")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_meets_wcag_2_2_aa_and_fits_the_screen(desk, workbook, width):
    fill(workbook, rice_sown_area="một ít", rice_production=999, poultry=f"khoảng {width} con")
    desk.set_viewport_size({"width": width, "height": 900})
    choose(desk, workbook)
    see(desk, f"hiểu là khoảng {width}" if width < 1000 else "hiểu là khoảng 1.280")
    assert violations(desk) == {}
    assert desk.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_would_change_fits_the_screen_and_each_answer_has_its_name(desk, workbook, width):
    figure = 12 if width == 360 else 13  # an answer to another figure is remembered
    fill(workbook, rice_sown_area=460, rice_yield=figure)
    desk.set_viewport_size({"width": width, "height": 900})
    choose(desk, workbook)
    expect(desk.get_by_role("group", name=f"{figure} tạ/ha")).to_be_visible()
    reason = desk.get_by_role("textbox", name="Lý do (bắt buộc): «Năng suất lúa trung bình»")
    desk.get_by_role("checkbox", name="Đúng như báo cáo, trang «Lúa», ô F3").check()
    reason.fill(f"Mất mùa {width}")
    expect(desk.get_by_role("cell", name=f"Mất mùa {width}")).to_be_visible()
    expect(reason).to_be_focused()
    assert violations(desk) == {}
    assert desk.evaluate(OUTSIDE) == []


def test_nothing_of_jupyterlab_and_no_code_is_seen(desk):
    text = desk.inner_text("body")
    assert [each for each in ("Kernel", "File", "import", "show(") if each in text] == []
    expect(desk.get_by_role("menubar")).to_have_count(0)


def test_every_step_is_reached_by_tab_and_no_key_changes_the_document(desk):
    reached = set()
    desk.get_by_role("heading", name="Nhập số liệu", exact=True).click()
    for _ in range(12):
        desk.keyboard.press("Tab")
        for key in "xaddz":
            desk.keyboard.press(key)
        reached.add(desk.evaluate("document.activeElement.innerText.trim()"))
    names = {"Tải phiếu nhập số liệu năm 2024", "Chọn phiếu đã điền"}
    assert names | {"Cập nhật báo cáo"} <= reached
    expect(desk.locator(".jp-OutputArea h2")).to_have_count(5)


def test_the_page_asks_nothing_of_another_server(desk, address):
    hosts = set()
    desk.on("request", lambda request: hosts.add(re.match(r"\w+:(//[^/]+)?", request.url)[0]))
    desk.reload()
    see(desk, "5. Cập nhật và mở báo cáo")
    own = re.match(r"\w+://[^/]+", address)[0]
    assert hosts - {"data:", "blob:"} == {own}


def test_without_the_token_nothing_is_served(address):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(re.sub(r"/doc/.*", "/api/contents", address))
    refused.value.close()
    assert refused.value.code == 403


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_another_desk_has_its_own_address_and_leaves_nothing_behind(address, tmp_path, end):
    (temporary := tmp_path / "tmp").mkdir()
    project = make_project(tmp_path / "Bình An")
    with open_desk(project, end, TMPDIR=str(temporary)) as other:
        assert re.match(r"http://127\.0\.0\.1:\d+/", other)
        assert other.partition("?")[0] != address.partition("?")[0]
    assert [path.name for path in temporary.iterdir()] == []


def test_when_the_program_has_ended_the_page_says_so_in_one_line(browser, tmp_path):
    page = open_page(browser, Screen(1280))
    with open_desk(make_project(tmp_path / "An Bình")) as address:
        page.goto(address)
        see(page, "5. Cập nhật và mở báo cáo")
        expect(page).to_have_title("Nhập số liệu")
    told = "Chương trình đã đóng; nhấp đúp «Nhập liệu» để mở lại."
    expect(page.get_by_role("alert")).to_have_text(told)
    expect(page.get_by_role("dialog")).to_have_count(0)

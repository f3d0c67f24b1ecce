"""A workbook that is dropped on the desk: what is shown of it, answered, written and undone."""

import html
import re
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from helpers.filling import filling
from helpers.importing import last_lines, raw_files
from ipywidgets import HTML, Checkbox, RadioButtons, Text, VBox, Widget
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.files import FILE_LIMIT
from caoan_stats.desk.importing import Importing

pytestmark = pytest.mark.long  # each test imports a workbook several times

NOW = datetime(2024, 12, 20)


@pytest.fixture
def written() -> list[str]:
    """What the rest of the page was told."""
    return []


@pytest.fixture
def desk(built: Path, written: list[str]) -> Importing:
    return Importing(built, lambda: written.append("written"))


@pytest.fixture
def drop(desk: Importing, form: Path) -> Callable[..., None]:
    """Drop the workbook of 2024 with these figures, or a file of any other name and content."""

    def drop_(name: str = "2024.xlsx", content: bytes | None = None, **figures: object) -> None:
        if figures:
            with filling(form) as typed:
                for indicator, figure in figures.items():
                    typed.type(indicator, figure)
        content = form.read_bytes() if content is None else content
        parts = {"name": name, "type": "", "size": len(content), "last_modified": NOW}
        desk.upload.value = ({**parts, "content": memoryview(content)},)

    return drop_


def within(box: Widget, kind: type[Widget]) -> list[Widget]:
    """Return the widgets of a kind in a box, in order."""
    inner = box.children if isinstance(box, VBox) else ()
    return [box] if isinstance(box, kind) else [each for one in inner for each in within(one, kind)]


def words(shown: HTML) -> str:
    """Return the text of a block, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown.value)).split())


def answer(desk: Importing, reason: str) -> None:
    """Say that the one figure that is asked about is right."""
    within(desk.findings, Checkbox)[0].value = True
    within(desk.findings, Text)[0].value = reason


def marked(desk: Importing) -> Worksheet:
    """Return the first sheet of the copy that can be taken."""
    content = b64decode(re.search(r"base64,([^\"]+)", desk.copy.value)[1])
    return load_workbook(BytesIO(content)).worksheets[0]


def findings(desk: Importing) -> list[str]:
    return [words(each) for each in within(desk.findings, HTML)]


def test_an_error_is_shown_with_its_cell_and_what_to_write(desk, drop):
    drop(rice_sown_area="một ít")
    [shown] = findings(desk)
    assert shown.startswith("Sai, trang «Lúa», ô F2 Thấy «một ít»")
    assert "Cần một số." in shown


def test_nothing_can_be_written_with_an_error(desk, drop):
    drop(rice_sown_area="một ít")
    assert desk.write.disabled
    assert desk.changes.value == ""


def test_a_copy_with_the_findings_in_its_cells_can_be_taken(desk, drop):
    drop(rice_sown_area="một ít")
    assert 'download="2024 - cần sửa.xlsx"' in desk.copy.value


def test_a_right_workbook_shows_what_would_change_and_writes_nothing(desk, drop, built):
    before = raw_files(built)
    drop(rice_yield=118)
    assert words(desk.changes).startswith(
        "Những gì sẽ thay đổi Chỉ tiêu Năm Đang có Sẽ ghi Chỗ điền trong phiếu "
        "Năng suất lúa trung bình 2024 118 tạ/ha trang «Lúa», ô F3"
    )
    assert not desk.write.disabled
    assert raw_files(built) == before


def test_the_button_writes_the_rows_and_the_page_is_told(desk, drop, built, written):
    drop(rice_yield=118)
    desk.write.click()
    assert last_lines(built, "rice", 1) == ["rice_yield,2024,118,,,bc2024,I.B.1,"]
    assert words(desk.result) == "Đã ghi số liệu của «2024.xlsx»: 2 thay đổi."
    assert written == ["written"]


def test_a_review_that_is_written_is_emptied(desk, drop):
    drop(rice_yield=118)
    desk.write.click()
    shown = (desk.findings.children, desk.changes.value, desk.read.value, desk.write.disabled)
    assert shown == ((), "", "", True)


def test_a_question_waits_for_its_answer_and_its_reason(desk, drop):
    drop(rice_production=999)
    [box], [reason] = within(desk.findings, Checkbox), within(desk.findings, Text)
    assert box.description == "Đúng như báo cáo, trang «Lúa», ô F4"
    disabled = [desk.write.disabled]
    box.value = True
    disabled.append(desk.write.disabled)
    reason.value = "Mất mùa do bão"
    disabled.append(desk.write.disabled)
    box.value = False
    disabled.append(desk.write.disabled)
    assert disabled == [True, True, False, True]


def test_an_answer_is_written_with_its_reason(desk, drop, built):
    drop(rice_production=999)
    within(desk.findings, Checkbox)[0].value = True
    within(desk.findings, Text)[0].value = " Mất mùa\tdo bão "
    desk.write.click()
    lines = (built / "acknowledged.csv").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "rice_production,=,previous,2024,Mất mùa do bão,-52196"


@pytest.mark.parametrize(("choice", "kept"), [("replace", "119"), ("keep", "118")])
def test_a_figure_that_the_data_has_otherwise_is_replaced_or_kept(desk, drop, built, choice, kept):
    drop(rice_yield=118)
    desk.write.click()
    drop(rice_yield=119, pigs=400)
    [choices] = within(desk.findings, RadioButtons)
    assert desk.write.disabled
    choices.value = choice
    desk.write.click()
    assert last_lines(built, "rice", 1) == [f"rice_yield,2024,{kept},,,bc2024,I.B.1,"]
    assert last_lines(built, "livestock", 1) == ["pigs,2024,400,,,bc2024,I.B.1,,"]


def test_nothing_is_written_with_a_finding_open_even_if_the_button_is_pressed(desk, drop, built):
    before = raw_files(built)
    drop(rice_production=999)
    desk.write.click()
    assert raw_files(built) == before
    assert desk.result.value == ""


def test_the_last_import_is_undone_byte_for_byte(desk, drop, built, written):
    before = raw_files(built)
    drop(rice_yield=118)
    desk.write.click()
    desk.undoing.button.click()
    desk.undoing.yes.click()
    assert raw_files(built) == before
    assert words(desk.result) == "Đã hoàn tác lần nhập vừa rồi: 2 thay đổi."
    assert written == ["written", "written"]


def test_a_second_click_on_a_button_does_and_says_nothing_more(desk, drop, written):
    drop(rice_yield=118)
    desk.write.click()
    said = [desk.result.value]
    desk.write.click()
    said.append(desk.result.value)
    desk.undoing.button.click()
    desk.undoing.yes.click()
    said.append(desk.result.value)
    desk.undoing.yes.click()
    said.append(desk.result.value)
    assert (said[1], said[3]) == (said[0], said[2])
    assert written == ["written", "written"]


def test_after_an_undo_the_file_on_the_page_keeps_its_answers(desk, drop):
    drop(rice_yield=118)
    desk.write.click()
    drop(rice_yield=118, rice_production=999)
    answer(desk, "Mất mùa")
    desk.undoing.button.click()
    desk.undoing.yes.click()
    assert [box.value for box in within(desk.findings, Checkbox)] == [True]
    assert "Năng suất lúa trung bình 2024 118 tạ/ha" in words(desk.changes)
    assert not desk.write.disabled


def test_a_file_above_the_limit_is_refused_in_words(desk, drop):
    drop(content=bytes(FILE_LIMIT + 1))
    assert "4 MB" in findings(desk)[0]
    assert desk.write.disabled


def test_of_two_files_at_once_none_is_taken(desk):
    file = {"name": "2024.xlsx", "type": "", "size": 0, "last_modified": NOW}
    desk.upload.value = ({**file, "content": memoryview(b"")},) * 2
    assert words(desk.read) == "Mỗi lần chỉ nộp một tệp."
    assert desk.review is None


def test_a_file_that_is_no_workbook_is_refused_in_words(desk, drop):
    drop("ảnh.xlsx", b"\x89PNG")
    assert len(findings(desk)) == 1
    assert desk.copy.value == ""


def test_a_csv_file_is_read_as_by_the_command(desk, drop):
    drop("figures.csv", b"indicator;year;value;source;section\nrice_yield;2024;118;bc2024;I.B.1\n")
    assert not desk.write.disabled
    assert "118 tạ/ha" in words(desk.changes)


@pytest.mark.parametrize("name", ["../2024.xlsx", "C:\\fakepath\\2024.xlsx", "/tmp/2024.xlsx"])
def test_only_the_name_of_a_file_is_taken(desk, drop, name):
    drop(name, b"\x89PNG")
    assert "«2024.xlsx»" in words(desk.read)


@pytest.mark.parametrize("name", ["", "..", "x" * 300])
def test_a_name_that_is_none_is_told_and_nothing_breaks(desk, drop, name):
    drop(name, b"\x89PNG")
    assert words(desk.read).startswith("Không ghi hoặc đọc được")
    assert desk.write.disabled


def test_a_file_that_is_not_read_is_not_said_to_be(desk, drop):
    drop("báo cáo.docx", b"PK")
    assert words(desk.read) == "Không đọc được «báo cáo.docx». Xem lý do ở bước 3."
    assert "desk-done" not in desk.read.value


def test_what_a_workbook_says_is_never_markup(desk, drop):
    drop(rice_sown_area="<b>ít</b>")
    shown = within(desk.findings, HTML)[0].value
    assert "<b>" not in shown
    assert "&lt;b&gt;ít&lt;/b&gt;" in shown


def test_a_file_that_replaces_another_forgets_the_answers(desk, drop):
    drop(rice_production=999)
    within(desk.findings, Checkbox)[0].value = True
    drop(rice_production=998)
    assert [box.value for box in within(desk.findings, Checkbox)] == [False]


def test_an_answer_is_kept_when_another_cell_was_mended(desk, drop):
    drop(rice_yield=14, pigs="12a")
    answer(desk, "Mất mùa")
    drop(rice_yield=14, pigs=12)
    assert [box.value for box in within(desk.findings, Checkbox)[:1]] == [True]
    assert [box.value for box in within(desk.findings, Text)[:1]] == ["Mất mùa"]


def test_the_marked_copy_has_the_answers_given_on_the_page(desk, drop):
    drop(rice_yield=14, pigs="12a")
    answer(desk, "Mất mùa")
    rows = marked(desk).iter_rows(values_only=True)
    assert ("đúng như báo cáo", "Mất mùa") in [row[7:9] for row in rows]


def test_an_answer_in_the_file_counts_more_than_one_given_for_an_earlier_file(desk, drop, form):
    drop(rice_yield=14, pigs="12a")
    answer(desk, "Mất mùa")
    content = b64decode(re.search(r"base64,([^\"]+)", desk.copy.value)[1])
    (copy := load_workbook(BytesIO(content))).worksheets[0]["I7"] = "Bão"
    copy.save(form)
    drop()
    assert [box.value for box in within(desk.findings, Text)] == ["Bão"]


def test_an_answer_can_be_withdrawn_that_the_file_has(desk, drop, form):
    drop(rice_production=999, pigs="12a")
    answer(desk, "Mất mùa")
    form.write_bytes(b64decode(re.search(r"base64,([^\"]+)", desk.copy.value)[1]))
    drop(pigs=None)
    within(desk.findings, Checkbox)[0].value = False
    assert (desk.write.disabled, desk.changes.value) == (True, "")


def test_what_would_change_is_shown_only_once_nothing_is_open(desk, drop):
    drop(rice_production=999)
    seen = [desk.changes.value]
    answer(desk, "Mất mùa")
    seen.append(words(desk.changes))
    assert seen[0] == ""
    assert "999 tạ" in seen[1]
    assert "Mất mùa" in seen[1]


@pytest.mark.parametrize(
    ("choice", "shown"), [("replace", "118 tạ/ha 119 tạ/ha"), ("keep", "Không có gì thay đổi.")]
)
def test_what_would_change_follows_the_choice(desk, drop, choice, shown):
    drop(rice_yield=118)
    desk.write.click()
    drop(rice_yield=119)
    within(desk.findings, RadioButtons)[0].value = choice
    assert shown in words(desk.changes)
    assert desk.write.disabled == (choice == "keep")


def test_an_answer_keeps_the_widgets_that_a_person_is_in(desk, drop):
    drop(rice_production=999)
    before = desk.findings.children
    answer(desk, "Mất mùa")
    assert desk.findings.children[0] is before[0]


def test_what_is_still_open_is_named_beside_the_button(desk, drop):
    drop(rice_production=999, pigs="12a")
    assert words(desk.waits) == (
        "Chưa ghi được. Còn 2 chỗ phải sửa hay trả lời ở bước 3: "
        "Hỏi, trang «Lúa», ô F4; Sai, trang «Chăn nuôi», ô F2."
    )


def test_an_answer_without_its_reason_is_named_as_such(desk, drop):
    drop(rice_production=999)
    within(desk.findings, Checkbox)[0].value = True
    assert "ô F4 (chưa ghi lý do)." in words(desk.waits)
    answer(desk, "Mất mùa")
    assert words(desk.waits) == ""

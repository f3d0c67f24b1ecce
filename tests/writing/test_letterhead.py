"""Head and foot of an official document."""

import pytest
from docx.oxml.ns import qn
from docx.shared import Pt


def lines(cell) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def test_the_head_names_the_issuer_beside_the_national_motto(report):
    left, right = report.tables[0].rows[0].cells
    assert lines(left) == ["[CƠ QUAN CHỦ QUẢN]", "ỦY BAN NHÂN DÂN", "XÃ CAO AN"]
    assert lines(right) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert all(run.bold for each in right.paragraphs for run in each.runs)


def test_number_and_day_are_brackets_to_fill_in(report):
    left, right = report.tables[0].rows[1].cells
    assert (left.text, right.text) == (
        "Số: […]/BC-UBND",
        "Cao An, ngày […] tháng 12 năm 2023",
    )
    assert all(run.italic for run in right.paragraphs[0].runs)


def test_the_subject_is_that_of_the_source(report):
    texts = [each.text for each in report.paragraphs[:2]]
    assert texts == [
        "BÁO CÁO",
        "Kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2023 và phương hướng, nhiệm "
        "vụ, giải pháp năm 2024",
    ]


def test_addressees_stand_beside_the_signature(report):
    left, right = report.tables[1].rows[0].cells
    assert lines(left)[0] == "Nơi nhận:"
    assert lines(left)[-1] == "- Lưu: VT."
    assert lines(right) == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "[họ và tên]"]
    assert left.paragraphs[0].runs[0].font.size == Pt(12)


def test_the_line_below_the_motto_is_as_long_as_the_motto(report):
    cell = report.tables[0].rows[0].cells[1]
    line = cell.paragraphs[-1].paragraph_format
    margins = 2 * 1.9  # of a cell, in mm
    length = cell.width.mm - margins - line.left_indent.mm - line.right_indent.mm
    assert length == pytest.approx(57.2, abs=0.5)  # of 14 points in bold, as Times New Roman has it


def test_the_signature_stays_with_the_end_of_the_text(report):
    *_, closing = [each for each in report.paragraphs if each.text.endswith("./.")]
    assert closing.paragraph_format.keep_with_next
    assert report.tables[1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_annex_names_the_report_that_it_belongs_to(report):
    (line,) = [each.text for each in report.paragraphs if each.text.startswith("(Kèm theo")]
    assert line == (
        "(Kèm theo Báo cáo số […]/BC-UBND ngày […] tháng 12 năm 2023 của Ủy ban nhân dân xã Cao An)"
    )

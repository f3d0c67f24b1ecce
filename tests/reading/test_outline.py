"""Sections from the headings of a report, paragraphs from its lines, sentences from these."""

import pytest
from helpers.reading import document_of, reading_of

from caoan_stats.reading.paragraphs import Paragraph, paragraphs, sentences


def paragraphs_of(text: str) -> list[Paragraph]:
    return list(paragraphs(document_of(text)))


def sections(text: str) -> list[str]:
    return [each.section for each in paragraphs_of(text)]


def texts(text: str) -> list[str]:
    return [each.text for each in paragraphs_of(text)]


# sections


def test_parts_letters_roman_numbers_and_numbers_are_below_each_other():
    assert sections(
        "PHẦN THỨ NHẤT\nA. KINH TẾ\nI. Nông nghiệp\n1. Trồng trọt\n1.1. Lúa\n1.2. Ngô\n2. Chăn nuôi"
    ) == ["I", "I.A", "I.A.I", "I.A.I.1", "I.A.I.1.1", "I.A.I.1.2", "I.A.I.2"]


def test_the_next_number_closes_what_is_below_the_one_before():
    assert sections("I. KINH TẾ\n1. Trồng trọt\nII. XÃ HỘI\n1. Y tế") == [
        "I", "I.1", "II", "II.1",
    ]  # fmt: skip


def test_another_style_of_number_is_a_level_below():
    assert sections("1. Trồng trọt\n1- Lúa\n2- Ngô\n2. Chăn nuôi") == ["1", "1.1", "1.2", "2"]


def test_a_number_that_does_not_follow_is_no_heading():
    assert sections("1. Trồng trọt\n7. Hội viên") == ["1"]


def test_a_report_may_leave_numbers_out():
    assert sections("I. KINH TẾ\n2. Chăn nuôi\n2.1. Lợn\n4. Tài chính\n4.2. Ngân sách") == [
        "I", "I.2", "I.2.1", "I.4", "I.4.2",
    ]  # fmt: skip


def test_a_paragraph_has_the_section_of_the_heading_before_it():
    assert sections("I. KINH TẾ\nĐàn lợn có 350 con.") == ["I", "I"]


def test_the_general_assessment_closes_its_part():
    text = "PHẦN I\nB. XÃ HỘI\nII. Y tế\nĐÁNH GIÁ CHUNG\nI. Ưu điểm\nPHẦN II\nI. Mục tiêu"
    assert sections(text)[-4:] == ["I.DGC", "I.DGC.I", "II", "II.I"]


@pytest.mark.parametrize(
    ("line", "section"),
    [("PHỤ LỤC 1", "PL"), ("Phụ lục II", "PL"), ("Phụ lục kèm theo có 5 biểu.", "I")],
)
def test_an_annex_ends_the_parts(line, section):
    assert sections(f"PHẦN I\n{line}")[-1] == section


def test_lists_that_begin_anew_are_not_below_each_other_without_end():
    assert max(map(len, sections("1. Lúa\n" * 30))) == len("1.1.1.1.1.1.1.1.1")


# aims or results


@pytest.mark.parametrize(
    ("heading", "is_aim"),
    [
        ("I. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", True),
        ("I. Chỉ tiêu chủ yếu", True),
        ("I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", False),
        ("I. Tình hình thực hiện nhiệm vụ", False),
        ("I. Chăn nuôi", False),
    ],
)
def test_a_heading_tells_whether_aims_or_results_follow(heading, is_aim):
    text = "Tổng đàn lợn của toàn xã trên địa bàn các thôn, xóm là 400 con."
    [_, paragraph] = paragraphs_of(f"{heading}\n{text}")
    assert paragraph.is_aim is is_aim


def test_the_outermost_heading_that_tells_it_counts():
    text = "PHẦN II: PHƯƠNG HƯỚNG NĂM 2025\nI. Kết quả cần đạt\nĐàn lợn 400 con."
    assert paragraphs_of(text)[-1].is_aim


def test_a_heading_goes_on_in_the_next_line_of_capitals(read):
    text = "PHẦN THỨ HAI\nPHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025\n1. Chăn nuôi\nĐàn lợn đạt 400 con."
    assert paragraphs_of(text)[-1].headings == (" PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", "Chăn nuôi")
    assert read(text) == ["pigs 2025 lower=400 aim"]


def test_a_statement_has_its_section_and_the_line_where_its_figure_stands(known):
    text = (
        "I. KINH TẾ\n1. Chăn nuôi\nĐược sự quan tâm của các cấp, tổng đàn lợn của xã\ncó 350 con."
    )
    [pigs] = reading_of(text, known).statements
    assert (pigs.section, pigs.line.number) == ("I.1", 4)


# lines


def test_wrapped_lines_are_one_paragraph_with_single_spaces():
    assert texts("Đàn lợn của xã   trong năm có\n350 con,\ntăng 40 con.") == [
        "Đàn lợn của xã trong năm có 350 con, tăng 40 con."
    ]


def test_a_dash_before_a_word_begins_a_paragraph():
    assert texts("- Đàn lợn có 350 con\n- Đàn chó có 300 con") == [
        "- Đàn lợn có 350 con",
        "- Đàn chó có 300 con",
    ]


def test_an_empty_line_after_a_full_stop_begins_a_paragraph():
    assert texts("Đàn lợn có 350 con.\n\nĐàn chó có 300 con.") == [
        "Đàn lợn có 350 con.",
        "Đàn chó có 300 con.",
    ]


def test_an_empty_line_within_a_sentence_does_not():
    assert texts("Đàn lợn của xã trong năm có\n\n350 con.") == [
        "Đàn lợn của xã trong năm có 350 con."
    ]


# sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Có 5 hộ. Có 6 hộ.", ["Có 5 hộ.", "Có 6 hộ."]),
        ("Thu 1.250.000 đ. chi hết.", ["Thu 1.250.000 đ. chi hết."]),
        ("1. Chăn nuôi có 5 hộ.", ["1. Chăn nuôi có 5 hộ."]),
        ("Có 5 hộ. (giảm 2 hộ).", ["Có 5 hộ. (giảm 2 hộ)."]),
        ("Xong! “Có” 6 hộ", ["Xong!", "“Có” 6 hộ"]),
        ("Tăng so với năm trước. 5 hộ nghèo.", ["Tăng so với năm trước.", "5 hộ nghèo."]),
    ],
)
def test_a_sentence_ends_where_the_next_one_begins_with_a_capital(text, parts):
    assert [each for _, each in sentences(text)] == parts


def test_a_sentence_longer_than_any_that_a_person_writes_is_read_in_pieces():
    text = "con lợn " * 1000
    pieces = list(sentences(text))
    assert len(pieces) > 1
    assert all(text[start:].startswith(piece) for start, piece in pieces)
    assert "".join(piece for _, piece in pieces) == text

import time

import pytest

from caoan_stats.documents.opening import open_document
from caoan_stats.documents.pdf_layout import Glyph, joined

SENTENCE = "Tong dien tich gieo trong lua ca nam dat 462,56 ha"
PICTURE = "q 600 0 0 800 0 0 cm /I1 Do Q\n"


def grid(columns: list[int], rows: list[int]) -> str:
    """The ruled lines of a table."""
    upright = [f"{x} {rows[0]} m {x} {rows[-1]} l S\n" for x in columns]
    level = [f"{columns[0]} {y} m {columns[-1]} {y} l S\n" for y in rows]
    return "".join(upright + level)


def test_lines_are_read_from_top_to_bottom_with_their_page(pdf, at):
    document = open_document(pdf(at(50, 600, "hai") + at(50, 700, "mot"), at(50, 700, "ba")))
    assert [(line.page, line.number, line.text) for line in document.lines] == [
        (1, 1, "mot"), (1, 2, "hai"), (2, 1, "ba"),
    ]  # fmt: skip
    assert document.is_wrapped


def test_a_raised_letter_stays_in_its_line(pdf, at, texts):
    assert texts(pdf(at(50, 700, "46 m") + at(78, 704, "2", 8) + at(84, 700, " dat"))) == [
        "46 m2 dat"
    ]


def test_a_raised_digit_after_a_figure_is_not_a_part_of_it(pdf, at, texts):
    page = at(50, 700, "dat 46") + at(83.4, 706, "1", 7) + at(96, 700, "tan")
    assert texts(pdf(page)) == ["dat 46¹ tan"]


def test_a_letter_with_accents_that_is_taller_raises_no_digit():
    places = enumerate([("N", 9.6), ("ợ", 12.6), ("m", 9.6), ("2", 9.6), ("4", 9.6)])
    line = [Glyph(sign, 8.0 * n, 8.0 * n + 8, 12.6 - size, size) for n, (sign, size) in places]
    assert joined(line) == "Nợm24"


def test_the_number_of_a_list_is_followed_by_a_space(pdf, at, texts):
    assert texts(pdf(at(50, 700, "II.") + at(100, 700, "Kinh te"))) == ["II. Kinh te"]


def test_a_wide_gap_is_a_tab(pdf, at, texts):
    assert texts(pdf(at(50, 700, "Lua") + at(300, 700, "462,56"))) == ["Lua\t462,56"]


def test_a_hyphen_at_the_end_of_a_line_is_kept(pdf, at, texts):
    assert texts(pdf(at(50, 700, "kinh te -") + at(50, 686, "xa hoi"))) == ["kinh te -", "xa hoi"]


def test_page_numbers_and_running_lines_are_left_out(pdf, at, texts):
    pages = [
        at(50, 780, "Bao cao nam 2024") + at(50, 700, "x" * n) + at(50, 600, str(n))
        + at(50, 400, "a") + at(50, 300, "y" * n) + at(50, 20, f"Trang {n}")
        for n in range(1, 5)
    ]  # fmt: skip
    assert texts(pdf(*pages)) == [
        each for n in range(1, 5) for each in ("x" * n, str(n), "a", "y" * n)
    ]


def test_page_numbers_that_begin_elsewhere_are_left_out(pdf, at, texts):
    pages = [at(50, 700, "x" * n) + at(50, 600, "a") + at(290, 20, f"- {n + 4} -") for n in (1, 2)]
    assert texts(pdf(*pages)) == ["x", "a", "xx", "a"]


def test_a_line_that_only_some_pages_have_is_kept(pdf, at, texts):
    pages = [at(50, 780, f"Muc {n % 3}") + at(50, 700, "x" * n) for n in range(1, 7)]
    assert len(texts(pdf(*pages))) == 12


def test_two_columns_are_read_one_after_the_other(pdf, at, texts):
    page = at(50, 760, "Bao cao chung cua ca xa ve kinh te va xa hoi trong nam vua qua va nam toi")
    for place, name in ((50, "trai"), (320, "phai")):
        for row in range(8):
            page += at(place, 730 - 14 * row, f"{name} {row} co chu dai gan het cot nay")
    found = [text.partition(" co")[0] for text in texts(pdf(page))]
    assert found[1:] == [f"{name} {row}" for name in ("trai", "phai") for row in range(8)]


def test_an_unruled_table_is_read_by_row(pdf, at, texts):
    page = "".join(
        at(50, 730 - 14 * row, "Lua") + at(320, 730 - 14 * row, f"{row} ha") for row in range(8)
    ) + at(50, 500, "Mot dong dai cho thay be rong cua trang la bao nhieu trong van ban nay day")
    assert texts(pdf(page))[:8] == [f"Lua\t{row} ha" for row in range(8)]


def test_a_ruled_table_is_read_by_cell(pdf, at):
    page = at(50, 760, "Bang 1") + grid([50, 150, 250, 350], [600, 640, 680, 720])
    for row in range(3):
        for column in range(3):
            page += at(55 + 100 * column, 700 - 40 * row, f"o {row}{column}")
    page += at(55, 686, "tiep")
    lines = open_document(pdf(page)).lines
    assert [(line.kind, line.table, line.text) for line in lines] == [
        ("text", 0, "Bang 1"),
        ("table", 1, "o 00 tiep\to 01\to 02"),
        ("table", 1, "o 10\to 11\to 12"),
        ("table", 1, "o 20\to 21\to 22"),
    ]


def test_text_of_merged_cells_stands_in_the_first(pdf, at, texts):
    page = (
        "50 600 m 50 700 l S 250 600 m 250 700 l S 150 600 m 150 650 l S\n"
        "50 600 m 250 600 l S 50 650 m 250 650 l S 50 700 m 250 700 l S\n"
    )
    page += at(120, 670, "Chung mot o") + at(60, 620, "a") + at(160, 620, "b")
    assert texts(pdf(page)) == ["Chung mot o\t", "a\tb"]


def test_a_table_that_goes_on_to_the_next_page_is_one(pdf, at):
    page = grid([50, 150, 250], [600, 650]) + at(60, 620, "a") + at(160, 620, "b")
    assert [line.table for line in open_document(pdf(page, page)).lines] == [1, 1]


def test_a_frame_around_a_page_is_no_table(pdf, at):
    page = grid([20, 580], [20, 780]) + at(50, 600, SENTENCE)
    assert [line.kind for line in open_document(pdf(page)).lines] == ["text"]


def test_frames_one_under_the_other_are_no_table(pdf, at):
    page = grid([20, 580], [20, 400, 780]) + at(50, 600, SENTENCE)
    assert [line.kind for line in open_document(pdf(page)).lines] == ["text"]


def test_a_scan_is_refused(pdf, refusal):
    assert refusal(pdf(PICTURE, PICTURE)) == "document_scanned"


def test_a_page_that_is_only_a_picture_is_told(pdf, at, remarks):
    assert remarks(pdf(at(50, 700, SENTENCE), PICTURE)) == {
        "document_has_empty_pages": {"pages": ("2",)}
    }


def test_text_that_a_program_recognised_in_a_scan_is_told(pdf, at, remarks):
    assert remarks(pdf(PICTURE + at(50, 700, SENTENCE))) == {
        "document_has_recognised": {"count": 1}
    }


def test_a_password_is_refused(pdf, at, refusal):
    locked = (
        f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 "
        f"/O <{'11' * 32}> /U <{'22' * 32}> /P -4 >>"
    )
    assert refusal(pdf(at(50, 700, SENTENCE), trailer=locked)) == "document_password"


def test_a_damaged_file_is_refused(tmp_path, refusal):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 2000)
    assert refusal(path) == "document_damaged"


def test_too_many_pages_are_refused(pdf, at, refusal):
    assert refusal(pdf(*[at(50, 700, "x")] * 1_001)) == "document_long"


@pytest.mark.long
def test_three_hundred_pages_are_read_in_time_and_memory(pdf, at):
    pages = [
        "".join(at(50, 750 - 14 * n, f"{SENTENCE}, {chr(97 + page % 26)} {n}") for n in range(50))
        for page in range(300)
    ]
    path = pdf(*pages)
    start = time.perf_counter()
    assert len(open_document(path).lines) == 300 * 50
    assert time.perf_counter() - start < 30

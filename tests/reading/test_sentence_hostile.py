"""Whatever a text holds, the reader ends, and states nothing that its text does not."""

import re
import unicodedata

import pytest
from helpers.reading import reading_of
from hypothesis import example, given
from hypothesis import strategies as st

LONG = 10_000  # characters of a text; the time grows in proportion
WORDS = (
    "đàn lợn", "năng suất lúa", "hộ nghèo", "thu ngân sách", "tăng", "giảm", "còn", "so với năm",
    "trước", "kế hoạch", "phấn đấu", "đến", "từ", "năm 2025", "tỷ đồng", "triệu", "con", "tạ/ha",
    "%", "ước", "gần", "xã Bình Minh", "(", ")", ";", ",", ".", ":", "-", "/", "|", "\t", "\n",
    "không có", "thứ", "lần lượt", "PHẦN THỨ HAI", "I.", "1.", "2.1", "\u0301", "Дом", "猪", "½",
    "٣",
)  # fmt: skip
numbers = st.from_regex(r"[0-9]{1,12}([.,][0-9]{1,4}){0,3}", fullmatch=True)
texts = st.lists(st.one_of(st.sampled_from(WORDS), numbers, st.text(max_size=4)), max_size=25).map(
    " ".join
)


@given(text=texts)
@example(text="1/1/1/1/1 1.1.1.1.1 0,0,0 99999999999999999999 con")
@example(text="đàn lợn ² ³ ½ Ⅳ ٣ con")
@example(text="| Chỉ tiêu | TH 2024 |\n| Đàn lợn | 1.2.3,4,5 |\n| Đàn lợn | 0 | 0 | 0 |")
@example(text="đàn lợn 1 2 0\t0\t0,0\t0")
@example(text="2.1 a\nI. \nXIII. b\nXIV. c")
def test_no_text_stops_the_reader(text, known):
    for statement in reading_of(text, known).statements:
        assert statement.indicator in known.tables


@given(text=texts)
def test_a_value_has_digits_of_its_text_or_is_in_words(text, known):
    digits = re.sub("[^0-9]", "", text)
    for each in reading_of(text, known).statements:
        stated = re.sub(r"E.*|[^0-9]", "", each.value).strip("0")
        assert stated in digits


@pytest.mark.parametrize(
    "piece",
    [
        "(", "1/", "1.", "1,", "7", "tăng ", "một ", "không có vụ ", "Xã Bình ", "phấn đấu ", "I. ",
        "so với năm trước ", "”", ". ", ".” ", "tháng 5 ", "a", "Lan ", "- ", "tăng 5 con ",
        "lần lượt 5, ", "\u0301", "٣", "| 5", "5\t", "a\n", "1. A\n", "| 5 | 5 | 5 |\n",
    ],
)  # fmt: skip
def test_a_text_that_says_the_same_again_and_again_ends(piece, known):
    reading_of(piece * (LONG // len(piece)), known)


def test_a_decomposed_text_says_the_same_as_a_composed_one(known):
    text = "Đàn lợn ước đạt gần 350 con, giảm 40 con so với năm trước."
    [one] = reading_of(text, known).statements
    [other] = reading_of(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", text)), known
    ).statements
    assert one == other


def test_a_line_of_a_hundred_thousand_characters_ends(known):
    line = (
        "Tổng thu ngân sách trên địa bàn xã ước đạt 18,6 tỷ đồng, tăng 5% so với năm trước, " * 1250
    )
    assert len(line) > 100_000
    assert reading_of(line, known).statements

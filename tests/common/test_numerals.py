import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from helpers.strategies import numbers
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("462.56", ".", "462.56"),
        ("462,56", ",", "462.56"),
        ("-15.7", ".", "-15.7"),
        ("+22", ".", "+22"),
        ("0.60", ".", "0.60"),
        ("03", ".", "03"),
        ("18.6e9", ".", "18.6e9"),
        ("18,6E9", ",", "18.6E9"),
        ("-2.50e-3", ".", "-2.50e-3"),
    ],
)
def test_a_plain_number_keeps_its_decimals(text, mark, number):
    assert numerals.parse_plain(text, mark) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "e5",
        "1e",
        "1e5.0",
        "1e 5",
        "1e100",
        "NaN",
        "Infinity",
        "1_000",
        "١٢",
        ".5",
        "5.",
        "1 000",
        "79,5",
        "0x1F",
        "--1",
    ],
)
def test_other_text_is_not_a_plain_number(text):
    assert numerals.parse_plain(text, ".") is None


@pytest.mark.parametrize("text", ["1e15", "123e13", "1e-15", "1.5e99"])
def test_a_number_of_too_many_digits_is_not_shortened_by_an_exponent(text):
    assert numerals.parse_plain(text, ".") is None


@pytest.mark.parametrize(
    ("number", "count"), [("97.10", 2), ("18.6e9", 0), ("462.56e1", 1), ("25e-3", 3), ("7", 0)]
)
def test_the_decimals_of_a_number_are_those_that_it_has_written_out(number, count):
    assert numerals.count_decimals(number) == count


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("53.195", ("53195", "53.195")),
        ("9,433", ("9433", "9.433")),
        ("18.619.139.193", ("18619139193",)),
        ("9,433,834", ("9433834",)),
        ("1.234,5", ("1234.5",)),
        ("1,234.5", ("1234.5",)),
        ("18 619 139", ("18619139",)),
        ("−15,7", ("-15.7",)),
        ("0.52", ("0.52",)),
        ("1.23.4", ()),
        ("0.500", ("0.500",)),
        ("+53,195", ("53195", "53.195")),
        ("462.56 ha", ("462.56",)),
        ("khoảng 97.000 con", ("97000", "97.000")),
        ("'12", ("12",)),
        ("４６２", ("462",)),
        (".56", ()),
        ("4.6E+02", ()),
        ("79,5 triệu", ()),
        ("28 tỷ", ()),
        ("giảm 1500", ()),
        ("(0.4)", ()),
    ],
)
def test_readings_are_all_possible_meanings_of_a_number(text, numbers):
    assert numerals.readings(text) == numbers


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("62²", "²"),
        ("512,3¹", "¹"),
        ("62₂", "₂"),
        ("①5", "①"),
        ("62⑴", "⑴"),
        ("⒈5", "⒈"),
        ("6⃝", "⃝"),
        ("6½", "½"),
        ("Ⅻ", "Ⅻ"),
        ("٦٢", "٦"),
        ("𝟔𝟐", "𝟔"),
        ("62ª", "ª"),
        ("97ᵏ", "ᵏ"),
        ("13²/14", "²"),
        ("62 con²", "²"),
        ("62 m²²", "²"),
    ],
)
def test_the_sign_of_a_footnote_is_named_and_never_read_as_a_digit(text, sign):
    kind, details = numerals.explain_number(text, ".")
    assert (kind, details["sign"], numerals.readings(text)) == ("note_sign", sign, ())


@pytest.mark.parametrize("text", ["４６２ m²", "462 km³", "462 ㎡", "462\u00a0tạ/m²"])
def test_wide_digits_and_the_exponent_of_a_unit_are_no_footnotes(text):
    assert numerals.note_sign(text) == ""
    assert numerals.folded(text).startswith("462 ")


@pytest.mark.parametrize("text", ["㎡62", "m²62", "㎥ 62", "m³ 62"])
def test_the_exponent_of_a_unit_before_a_number_is_no_digit_of_it(text):
    assert numerals.readings(text) == ()


def test_a_long_fraction_is_rounded_without_loss_of_digits():
    assert numerals.round_to(Fraction(10**40 + 1, 10), 1) == Decimal(f"{10**39}.1")


@pytest.mark.property
@given(numbers(9), st.sampled_from([".", ","]), st.sampled_from(["", "+", "0"]))
def test_a_plain_number_is_read_as_it_is_written(number, mark, before):
    text = f"{number:f}".replace(".", mark)
    digits = sum(map(str.isdigit, text))
    if before and not (number.is_signed() or digits == numerals.DIGIT_LIMIT):
        text = before + text
    read = numerals.parse_plain(text, mark)
    if digits > numerals.DIGIT_LIMIT:  # a small number, counted with its leading zeros
        assert (read, numerals.explain_number(text, mark)[0]) == (None, "long_number")
    else:
        assert (Decimal(read), numerals.count_decimals(read)) == (
            number,
            -number.as_tuple().exponent,
        )


@pytest.mark.property
@given(numbers(3), st.integers(0, 9), st.sampled_from([".", ","]))
def test_a_number_with_an_exponent_is_read_as_it_is_written(number, power, mark):
    text = f"{number:f}e{power}".replace(".", mark)
    read = numerals.parse_plain(text, mark)
    written_out = f"{number.scaleb(power):f}"
    assert (read is not None) == (sum(map(str.isdigit, written_out)) <= numerals.DIGIT_LIMIT)
    assert read is None or Decimal(read) == number.scaleb(power)


GROUPED = st.tuples(st.integers(1_000, 10**20), st.sampled_from(".,")).map(
    lambda pair: f"{pair[0]:,}".replace(",", pair[1])
)


TYPED = GROUPED | st.text(max_size=20) | st.text("0123456789.,+-eE% \u2212\u00a0()kđ", max_size=24)


@pytest.mark.property
@given(TYPED, st.sampled_from([".", ","]), st.none() | st.integers(0, 6))
def test_every_text_is_explained_with_numbers_that_can_be_read(text, mark, limit):
    read = numerals.parse_plain(text, mark)
    kind, details = numerals.explain_number(text, mark, limit)
    sentence = DataError(kind, "rice.csv", 2, "value", {"indicator": "x", **details}).sentence("vi")
    assert sentence.startswith("rice.csv:2, cột value: thấy «")
    for name in ("reading", "whole", "fraction"):
        if name in details:
            assert numerals.parse_plain(str(details[name]), mark) is not None
    if read is not None:
        Decimal(read)


@pytest.mark.parametrize(
    "text",
    [
        "Giảm từ 4 vụ năm 2023 xuống còn 2 vụ", "02 vụ", "2vụ", "２ vụ", "② vụ", "½", "1/4",
        "giảm 50%", "Hai vụ", "một trường hợp", "BỐN NGƯỜI", "hai mươi tư", "giảm một nửa",
        "gấp đôi", "vài vụ", "Người thứ tư", "chỉ duy nhất vụ này", "năm vụ", "Số vụ: năm.",
        "năm 2023 năm vụ", "hai vu", "trong tháng 8 vụ", "năm 2023: 4", "tổng 2023 hộ", "2.023 hộ",
        "III vụ", "٣ vụ",
        unicodedata.normalize("NFD", "bảy vụ"), "ba\u00a0vụ",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(text):
    assert numerals.has_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Giảm so với năm 2022", "Năm học 2022-2023.", "Giai đoạn 2021 – 2025", "Giảm theo tiêu chí",
        "Khám ngày 07/11/2023, cho tuyển quân năm 2024.", "Xét tháng 8/2023.", "Giảm trong năm",
        "Trợ cấp từ tháng 7 đến tháng 9 năm 2023.", "Tăng so với năm trước", "Sở Tư pháp quản lý",
        "Không có vụ nào",
    ],
)  # fmt: skip
def test_a_date_and_a_text_without_a_number_have_none(text):
    assert not numerals.has_number(text)

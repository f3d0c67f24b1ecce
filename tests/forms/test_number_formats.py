"""What number formats show beside a number; a percent sign multiplies only if it is no text."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caoan_stats.forms.number_formats import section_for

TIMES_100, TEXT, NONE = "times 100", "a sign as text", "no sign"


def kind(code: str, number: float) -> str:
    section = section_for(code, number)
    return TIMES_100 if section.is_percent else TEXT if section.has_percent_sign else NONE


@pytest.mark.parametrize(
    ("code", "of_97", "of_minus_3", "of_0"),
    [
        ("General", NONE, NONE, NONE),
        ("0.00", NONE, NONE, NONE),
        ("0%", TIMES_100, TIMES_100, TIMES_100),
        ("0.00%", TIMES_100, TIMES_100, TIMES_100),
        ("#,##0.0 %", TIMES_100, TIMES_100, TIMES_100),
        ("%0", TIMES_100, TIMES_100, TIMES_100),
        ("[Red]0.00%", TIMES_100, TIMES_100, TIMES_100),
        ("[$-42A]0.00%", TIMES_100, TIMES_100, TIMES_100),
        ('0.00"%"', TEXT, TEXT, TEXT),
        ('0.00" %"', TEXT, TEXT, TEXT),
        (r"0.00\%", TEXT, TEXT, TEXT),
        (r"0.00\ \%", TEXT, TEXT, TEXT),
        (r'[Blue][$-42A]#,##0.00"%"', TEXT, TEXT, TEXT),
        ("0.00[$%-42A]", TEXT, TEXT, TEXT),
        ("0.00_%", NONE, NONE, NONE),
        ("0.00*%", NONE, NONE, NONE),
        ('0.00%;-0.00"%"', TIMES_100, TEXT, TIMES_100),
        ('0.00"%";-0.00%', TEXT, TIMES_100, TEXT),
        ('0.00%;-0.00%;0"%"', TIMES_100, TIMES_100, TEXT),
        ('0.00"%";-0.00"%";0%;@"%"', TEXT, TEXT, TIMES_100),
        ('0.00"%";@', TEXT, TEXT, TEXT),
        ("@", NONE, NONE, NONE),
        ('[>1]0%;0.0"%"', TIMES_100, TEXT, TEXT),
        ('[<=1]0%;0.0"%"', TEXT, TIMES_100, TIMES_100),
        ('[Red][>1]0.0"%";[Blue]0%', TEXT, TIMES_100, TIMES_100),
        ('[>=100]0%;[<0]0.0%;0.0"%"', TEXT, TIMES_100, TEXT),
        ('[=0]0%;[<>97]0.0%;0.0"%"', TEXT, TIMES_100, TIMES_100),
        ('"a;b%"0.00', NONE, NONE, NONE),
        ("", NONE, NONE, NONE),
    ],
)
def test_a_percent_sign_multiplies_in_its_section_and_only_if_it_is_no_text(
    code, of_97, of_minus_3, of_0
):
    assert [kind(code, number) for number in (97, -3, 0)] == [of_97, of_minus_3, of_0]


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ('0.00" tỷ"', "28.05", "28,05 tỷ"),
        (r"#,##0\ [$₫-42A]", "5000", "5000 ₫"),
        ('"khoảng "#,##0', "97000", "khoảng 97000"),
        ('General" ha"', "462.56", "462,56 ha"),
        ('0" con";"giảm "0" con"', "-200", "giảm 200 con"),
        ('"đạt "0.0%', "0.985", "đạt 98,5%"),
        ('0;0;"không"', "0", "không"),
        ("#,##0.00", "5000", ""),
        (r'_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_)', "-3", ""),
        ("[$$-409]#,##0", "5000", ""),
        ("[Red]0.00E+00", "5000", ""),
        ('#,##0," triệu"', "140600", "140,6 triệu"),
        ('#,##0" triệu"', "140600", "140600 triệu"),
        ('#,##0.0,," triệu"', "140600000", "140,6 triệu"),
        ('0,.0" nghìn con"', "-97000", "-97 nghìn con"),
        ('0" triệu",', "140600", "140,6 triệu"),
        ('0", triệu"', "140600", "140600, triệu"),
        ('#,##0," triệu"', "140655", "140655e-3 triệu"),
        ('0," triệu";"giảm "0,," tỷ"', "-5000000", "giảm 5 tỷ"),
        ('[>=1000]0," nghìn";0" con"', "5000", "5 nghìn"),
        ('[>=1000]0," nghìn";0" con"', "500", "500 con"),
        ('"đạt "0,%', "985", "đạt 98,5%"),
        ('0" giờ "00', "7", "7 giờ"),
    ],
)
def test_words_and_currencies_beside_a_number_are_shown_with_it(code, number, words):
    assert section_for(code, float(number)).words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("code", "thousands"),
    [
        ("0.00,,,", 3),
        ("#,##0,", 1),
        ("0,.0,", 2),
        ("0,%", 1),
        ("#,##0,;-#,##0", 1),
        ("#,##0", 0),
        ("#,###,##0.00", 0),
        ('0","', 0),
        (r"0\,", 0),
        ("0_,", 0),
        ("0*,", 0),
        (",0", 0),
        ("General", 0),
    ],
)
def test_commas_after_the_last_digit_each_divide_by_1000(code, thousands):
    assert section_for(code, 140600).thousands == thousands


@pytest.mark.property
@given(st.text(), st.floats(allow_nan=False))
@example("[>1", 2)
@example('"', 0)
def test_any_text_is_a_number_format(code, number):
    section_for(code, number).words(Decimal(3))


@pytest.mark.property
@given(st.text().map(lambda text: f'"{text.replace(chr(34), "")}"'), st.floats(allow_nan=False))
def test_no_text_in_quotation_marks_multiplies(text, number):
    assert not section_for(f"0{text};{text}0{text}", number).is_percent
    assert section_for(f"{text}0%{text}", number).is_percent

from decimal import Decimal

import pytest

from caoan_stats import labels


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("19167E6"), "19,167 tỷ"),
        (Decimal("607E2"), "60,7 nghìn"),
        (Decimal("930E3"), "930 nghìn"),
        (Decimal("182E8"), "18,2 tỷ"),
        (Decimal("-2E3"), "−2 nghìn"),
        (Decimal("2E2"), "200"),
        (Decimal("478.3"), "478,3"),
        (Decimal("18619139193"), "18.619.139.193"),
        (18.6e9, "18.600.000.000"),
    ],
)
def test_a_number_whose_last_digits_are_not_known_is_written_without_them(value, words):
    assert labels.number(value) == words


def test_a_rounded_number_is_written_out_in_english():
    assert labels.number(Decimal("19167E6"), "en") == "19,167,000,000"


@pytest.mark.parametrize("zero", [0, 0.0, -0.0, Decimal("0E3")])
def test_a_change_of_zero_has_no_sign(zero):
    assert labels.signed(zero) == "0"


def test_a_rounded_change_has_its_sign():
    assert labels.signed(Decimal("2E3")) == "+2 nghìn"


@pytest.mark.parametrize(
    ("value", "words"),
    [(Decimal("182E8"), "18,2 tỷ đồng"), (Decimal("18619139193"), "18,62 tỷ đồng")],
)
def test_a_short_quantity_has_no_more_digits_than_are_known(value, words):
    assert labels.compact(value, "đồng") == words


@pytest.mark.parametrize(
    ("title", "date", "name"),
    [
        ("Báo cáo kết quả năm 2023 và nhiệm vụ năm 2024", "2023-12", "báo cáo 2023"),
        ("Nghị quyết về kế hoạch 5 năm 2021-2025", "2020-08", "nghị quyết 2021–2025"),
        ("Quyết định điều chỉnh chỉ tiêu", "2022-07-01", "quyết định 2022"),
    ],
)
def test_a_document_is_named_by_its_kind_and_its_years(title, date, name):
    assert labels.document(title, date) == name


@pytest.mark.parametrize(
    ("words", "inside"), [("Hộ nghèo", "hộ nghèo"), ("BHYT hộ", "BHYT hộ"), ("", "")]
)
def test_words_inside_a_sentence_begin_in_lower_case_unless_abbreviated(words, inside):
    assert labels.inside(words) == inside

"""Numbers in several units, and in units that convert to that of the indicator."""

from decimal import Decimal

import pytest
from helpers.project import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.dataset import Dataset
from caoan_stats.forms.measure import Measure, measures
from caoan_stats.forms.quantities import UnclearError, parse_quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5 tỷ 137 triệu", "5137e6"),
        ("1 tỷ 200 triệu đồng", "1200e6"),
        ("1 tỷ, 200 triệu đồng", "1200e6"),
        ("2 triệu 50 nghìn", "2050e3"),
        ("31 tỷ 250 triệu 500 nghìn đồng", "31250500e3"),
        ("5 tỷ 137,5 triệu", "51375e5"),
        ("5 tỷ đồng và 137 triệu đồng", "5137e6"),
        ("1.250 tỷ 300 triệu", "1250300e6"),
        ("3 triệu 500.000 đồng", "3500000"),
    ],
)
def test_numbers_in_falling_units_are_added_and_the_last_tells_the_digits(text, number):
    assert parse_quantity(text, Measure("đồng", 0, is_exact=True)).number == number


@pytest.mark.parametrize(
    "text",
    [
        "137 triệu 5 tỷ",
        "5 tỷ 5 tỷ",
        "1 tỷ 1000 triệu",
        "1,5 tỷ 200 triệu",
        "1 tỷ 2",
        "2 triệu 50",
        "5 tỷ 1.200 nghìn 3 triệu",
    ],
)
def test_numbers_that_are_not_in_falling_units_are_refused(text):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, Measure("đồng", 0))
    assert caught.value.kind == "disordered_parts"


@pytest.mark.property
@given(st.integers(1, 999), st.lists(st.integers(1, 999), min_size=2, max_size=2))
def test_every_amount_is_read_from_its_parts(billions, others):
    text = " ".join(f"{number} {unit}" for number, unit in zip(
        [billions, *others], ["tỷ", "triệu", "nghìn"], strict=True))  # fmt: skip
    read = Decimal(parse_quantity(f"khoảng {text} đồng", Measure("đồng", 0)).number)
    assert read == sum(each * 1000**place for each, place in zip(
        [billions, *others], (3, 2, 1), strict=True))  # fmt: skip
    assert read.as_tuple().exponent == 3


@pytest.fixture(scope="module")
def of_code():
    """The measures of the shipped catalogue, with its words for units."""
    return measures(Dataset.open(PROJECT / "data", public_below=0))


@pytest.mark.parametrize(
    ("indicator", "text", "number"),
    [
        ("new_jobs", "110 lao động", "110"),
        ("vaccinated_bcg", "80em", "80"),
        ("vaccinated_bcg", "52 cháu", "52"),
        ("militia_trained", "38 đồng chí", "38"),
        ("militia_trained", "38 đ/c", "38"),
        ("assistance_terminations", "146 đối tượng", "146"),
        ("certified_copies", "5047 việc", "5047"),
        ("poor_households", "3 nhà", "3"),
        ("ocop_products", "2 cái", "2"),
        ("pigs", "350 con lợn", "350"),
        ("enlisted_youth", "12 thanh niên", "12"),
        ("clinic_visits", "5.910 lượt người", "5910"),
        ("budget_revenue", "18.619.139.193 VNĐ", "18619139193"),
        ("budget_revenue", "18,6 tỷ.đ", "18.6e9"),
        ("budget_revenue", "5137 trđ", "5137e6"),
        ("income_per_capita", "79,5 triệu đồng/ người/ năm", "79.5"),
        ("income_per_capita", "79,5 triệu/người", "79.5"),
        ("income_per_capita", "79.500 nghìn đồng/khẩu/năm", "79.50"),
        ("production_value_per_ha", "196,5 tr.đ/1 ha/năm", "196.5"),
        ("production_value_per_ha", "196,5 triệu đồng", "196.5"),
        ("rice_production", "5.480 tấn", "5480e1"),
        ("rice_production", "5,2 nghìn tấn", "5.2e4"),
        ("rice_production", "3 tấn 5 tạ", "35"),
        ("rice_production", "5 nghìn 48 tấn", "5048e1"),
        ("rice_yield", "6,55 tấn/ha", "65.5"),
        ("rice_sown_area", "2.450 m²", "0.245"),
        ("pump_cable_length", "0,48 km", "0.48e3"),
        ("rice_seed_supplied", "18,5 tạ", "18.5e2"),
        ("par_index_rank", "xếp thứ 4", "4"),
    ],
)
def test_a_word_for_a_unit_is_read_in_the_unit_of_the_indicator(of_code, indicator, text, number):
    assert parse_quantity(text, of_code[indicator]).number == number


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("pigs", "462 tấn"),
        ("pigs", "350 con gà"),
        ("income_per_capita", "79,5 triệu đồng/người/tháng"),
        ("income_per_capita", "79,5 triệu đồng/hộ"),
        ("budget_revenue", "5 tỷ đồng/người"),
        ("rice_yield", "65 tạ/ha/vụ"),
        ("rice_yield", "115 tạ"),
        ("near_poor_households", "24 hộ nghèo"),
        ("drug_use_cases", "5 đối tượng"),
        ("certified_copies", "5 tấn"),
    ],
)
def test_a_word_for_another_unit_is_refused(of_code, indicator, text):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, of_code[indicator])
    assert caught.value.kind == "other_unit"


@pytest.mark.property
@given(st.integers(1, 10**6), st.sampled_from([("tấn", 1), ("yến", -1), ("kg", -2), ("tạ", 0)]))
def test_a_converted_number_is_exact_and_has_the_digits_that_are_stated(number, unit):
    word, power = unit
    words = {"tạ": {"tấn": 1, "yến": -1, "kg": -2}}
    read = Decimal(parse_quantity(f"{number} {word}", Measure("tạ", 6, words=words)).number)
    assert read == Decimal(number).scaleb(power)
    assert read.as_tuple().digits == Decimal(number).as_tuple().digits

"""Words around a number, and what is to be typed instead of two readings."""

from decimal import Decimal

import pytest

from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import Quantity, UnclearError, parse_quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("vượt 8%", "108"),
        ("vượt 8,5% kế hoạch", "108.5"),
        ("vượt kế hoạch 10%", "110"),
        ("hoàn thành vượt mức kế hoạch 10%", "110"),
        ("108%", "108"),
    ],
)
def test_what_exceeds_the_plan_is_a_share_above_100(text, number):
    assert parse_quantity(text, Measure("%", 6), "pct_of_plan").number == number


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (Measure("đồng", 0, is_exact=True), "19.850 triệu"),
        (Measure("triệu đồng", 2), "12,353 tỷ"),
        (Measure("triệu đồng", 2), "5,250 triệu"),
        (Measure("tạ", 0, words={"tạ": {"tấn": 1}}), "5.480 nghìn tấn"),
        (Measure("ha", 2), "1.234"),
        (Measure("ha", 3), "1.234"),
    ],
)
def test_what_is_to_be_typed_instead_of_two_readings_has_one(measure, text):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, measure)
    details = caught.value.details
    then = getattr(details.get("then"), "details", {}).get("exact", details["fraction"])
    whole, fraction = (parse_quantity(each, measure).number for each in (details["whole"], then))
    assert Decimal(whole) == 1000 * Decimal(fraction)
    assert "e" not in f"{details['whole']}{then}"


CASES = Measure("vụ", 0, is_exact=True, plan="upper", label="Cháy, nổ trên địa bàn")


@pytest.mark.parametrize(
    "text",
    [
        "không",
        "Không có",
        "không xảy ra",
        "không có vụ nào",
        "không xảy ra vụ cháy nổ nào",
        "-",
        "–",
    ],
)
def test_words_for_nothing_are_the_count_0(text):
    assert parse_quantity(text, CASES) == Quantity("0", is_worded=True)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("không", Measure("%", 2, plan="lower")),
        ("-", Measure("ha", 2, plan="lower")),
        ("không", Measure("đồng", 0, is_exact=True, plan="lower")),
        ("không", Measure("thứ hạng", 0, is_exact=True)),
        ("không đạt", CASES),
        ("không có số liệu", CASES),
        ("không có hộ nào", CASES),
    ],
)
def test_words_for_nothing_are_no_rate_no_sum_of_money_and_no_other_count(text, measure):
    with pytest.raises(UnclearError):
        parse_quantity(text, measure)


RICE = Measure("ha", 2, label="Diện tích gieo trồng lúa")
GROWTH = Measure("%", 2, label="Tốc độ tăng dân số")
ELDERLY = Measure("người", 0, is_exact=True, label="Người cao tuổi từ đủ 80 tuổi")


@pytest.mark.parametrize(
    ("text", "measure", "number"),
    [
        ("gieo trồng 459,5 ha", RICE, "459.5"),
        ("đã gieo cấy 459,5 ha", RICE, "459.5"),
        ("Diện tích gieo trồng lúa: đạt 459,5 ha", RICE, "459.5"),
        ("chiếm 96%", GROWTH, "96"),
        ("đạt tỷ lệ 96%", GROWTH, "96"),
        ("bình quân 60 tạ/ha", Measure("tạ/ha", 2), "60"),
        ("ước: 80 ha", RICE, "80"),
        ("80 con trâu, bò", Measure("con", 0, is_exact=True, label="Đàn trâu bò"), "80"),
    ],
)
def test_words_that_say_what_the_row_says_stand_around_a_number(text, measure, number):
    assert parse_quantity(text, measure).number == number


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("lúa gieo trồng ngô 459,5 ha", RICE),
        ("hộ nghèo 20", Measure("hộ", 0, label="Hộ cận nghèo")),
        ("tăng 9%", GROWTH),
        ("bình quân 5 lượt", Measure("lượt", 0, label="Lượt khám")),
        ("từ đủ 80 tuổi", ELDERLY),
        ("80 con trâu, bò", Measure("con", 0, is_exact=True, label="Đàn trâu")),
    ],
)
def test_words_that_may_say_something_else_are_refused(text, measure):
    with pytest.raises(UnclearError):
        parse_quantity(text, measure)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import Quantity, UnclearError, parse_quantity, quantity_of_number
from caoan_stats.labels import number as written


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "number"),
    [
        ("18.619.139.193", "đồng", 0, "18619139193"),
        ("18 619 139 193 đồng", "đồng", 0, "18619139193"),
        ("9,433,834 kwh", "kWh", 0, "9433834"),
        ("97,14 %", "%", 2, "97.14"),
        ("97.14%", "%", 2, "97.14"),
        ("97,10", "%", 2, "97.10"),
        ("-0", "con", 0, "0"),
        ("462.56 ha", "ha", 2, "462.56"),
        ("1.234,5 ha", "ha", 2, "1234.5"),
        ("79,5 triệu đồng", "triệu đồng", 2, "79.5"),
        ("79,5 triệu", "triệu đồng", 2, "79.5"),
        ("79,5 triệu đồng", "đồng", 0, "79.5e6"),
        ("28,05 tỷ", "đồng", 0, "28.05e9"),
        ("28,05 tỉ đồng", "triệu đồng", 2, "28.05e3"),
        ("28,05 tỷ", "tỷ đồng", 2, "28.05"),
        ("5 nghìn con", "con", 0, "5e3"),
        ("97.10 nghìn con", "con", 0, "97.10e3"),
        ("12,3450 nghìn con", "con", 0, "12345"),
        ("0 nghìn con", "con", 0, "0"),
        ("18.6e9", "đồng", 0, "18.6e9"),
        ("18,605E9 đồng", "đồng", 0, "18.605e9"),
        ("5e-1", "ha", 2, "0.5"),
        ("53.195", "tạ", 0, "53195"),
        ("12 m2", "m²", 2, "12"),
        ("thứ hạng 7", "thứ hạng", 0, "7"),
        ("3 xã, thị trấn", "xã, thị trấn", 0, "3"),
        ("03", "hộ", 0, "3"),
        ("12,0", "con", 0, "12"),
        ("−3", "người", 0, "-3"),
    ],
)
def test_an_unambiguous_text_is_read(text, unit, decimals, number):
    assert parse_quantity(text, Measure(unit, decimals)).number == number


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("khoảng 97.000 con", "about"),
        ("ước 97.000", "estimate"),
        ("Ước đạt 97.000 con", "estimate"),
        ("ước tính đạt 97.000", "estimate"),
        ("đạt trên 97.000", "over"),
        ("trên 97.000", "over"),
        ("dưới 97.000 con", "under"),
        ("gần 97.000", "almost"),
        ("Xấp xỉ đạt 97.000 con", "about"),
        ("trên dưới 97.000", "about"),
        ("vào khoảng 97.000 con", "about"),
        ("≈ 97.000", "about"),
        ("ngót 97.000 con", "almost"),
        ("không dưới 97.000 con", "over"),
        ("≥ 97.000", "over"),
        ("từ 97.000 con trở lên", "over"),
        ("97.000 con trở xuống", "under"),
        ("chưa đến 97.000", "under"),
        ("ước đạt trên 97.000", "over"),
        ("ước khoảng 97.000", "about"),
        ("97.000 con (ước)", "estimate"),
        ("hiện có 97.000 con", ""),
        ("đạt 97.000", ""),
    ],
)
def test_a_word_before_the_number_is_its_qualifier(text, qualifier):
    quantity = parse_quantity(text, Measure("con", 0))
    assert (quantity.number, quantity.qualifier) == ("97000", qualifier)


@pytest.mark.parametrize(
    ("text", "measure", "kind", "whole", "fraction"),
    [
        ("1.234", Measure("ha", 3), "ambiguous_number", "1234", "1,2340 ha"),
        ("1.500 triệu", Measure("đồng", 0), "ambiguous_number", "1500 triệu", "1500 nghìn"),
        ("12.345", Measure("ha", 2), "grouped_number", "12345", "12,345"),
        ("12,345 ha", Measure("ha", 2), "grouped_number", "12345", "12,345"),
    ],
)
def test_an_ambiguous_text_is_refused_with_both_readings(text, measure, kind, whole, fraction):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, measure)
    details = caught.value.details
    assert (caught.value.kind, details["whole"], details["fraction"]) == (kind, whole, fraction)


def test_the_decimal_mark_of_a_file_resolves_an_ambiguous_text():
    assert parse_quantity("1,234", Measure("ha", 3, ",")).number == "1.234"


@pytest.mark.parametrize(
    ("text", "measure", "kind"),
    [
        ("462 tấn", Measure("con", 0), "other_unit"),
        ("60 tạ/ha", Measure("tạ/ha/vụ", 2), "other_unit"),
        ("97,5", Measure("con", 0, is_exact=True), "too_many_decimals"),
        ("53,195 tạ", Measure("tạ", 0), "grouped_number"),
        ("1,012%", Measure("%", 2), "grouped_number"),
        ("1234567890123456", Measure("đồng", 0), "long_number"),
        ("125-135", Measure("ha", 2), "range"),
        ("từ 125 đến 135 ha", Measure("ha", 2), "range"),
        ("13/14", Measure("%", 2), "fraction"),
        ("4/17 điểm", Measure("thứ hạng", 0), "fraction"),
        ("gần trên 100", Measure("người", 0), "not_a_number"),
        ("97.000 con (nữ)", Measure("con", 0), "bracket"),
        ("168 con (98,8%)", Measure("con", 0), "bracket"),
        ("459,5ha (lúa)", Measure("ha", 2), "bracket"),
        ("12,", Measure("con", 0), "not_a_number"),
        ("2,5 nghìn", Measure("%", 2), "other_unit"),
        ("độ 100", Measure("người", 0), "not_a_number"),
        ("1.234,5e3", Measure("đồng", 0), "not_a_number"),
        ("1e99", Measure("đồng", 0), "long_number"),
        ("giảm 3", Measure("người", 0), "not_a_number"),
        ("97.000 con so với kế hoạch", Measure("con", 0), "other_base"),
        ("đạt 98 % kế hoạch", Measure("%", 2), "other_base"),
        ("28.05.2", Measure("ha", 2), "not_a_number"),
        ("#REF!", Measure("ha", 2), "not_a_number"),
        ("5² tỷ", Measure("đồng", 0), "note_sign"),
        ("khoảng 97.000¹ con", Measure("con", 0), "note_sign"),
        ("không có", Measure("ha", 2), "not_a_number"),
    ],
)
def test_a_text_that_is_not_a_figure_of_the_indicator_is_refused(text, measure, kind):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, measure)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [("giảm 15,7 ha", "-15.7"), ("tăng 3 ha", "3"), ("+22", "22"), ("-0,08", "-0.08")],
)
def test_a_change_can_be_written_with_rise_or_fall(text, number):
    assert parse_quantity(text, Measure("ha", 2), "change").number == number


def test_a_change_of_a_percentage_is_in_percentage_points():
    assert parse_quantity("giảm 0,08 điểm %", Measure("%", 2), "change").number == "-0.08"


@pytest.mark.parametrize(
    ("text", "fact", "number", "qualifier"),
    [
        ("khoảng 200 con", "change", "200", "about"),
        ("giảm khoảng 200 con", "change", "-200", "about"),
        ("ước giảm 2 nghìn con", "change", "-2e3", "estimate"),
        ("tăng trên 12 %", "pct_change", "12", "over"),
        ("tăng gần 5%", "pct_change", "5", "almost"),
        ("ước đạt 108 %", "pct_of_plan", "108", "estimate"),
        ("đạt trên 108% kế hoạch", "pct_of_plan", "108", "over"),
    ],
)
def test_a_comparison_can_have_a_qualifier(text, fact, number, qualifier):
    measure = Measure("con" if fact == "change" else "%", 0)
    quantity = parse_quantity(text, measure, fact)
    assert (quantity.number, quantity.qualifier) == (number, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "108",
        "108 %",
        "đạt 108 % kế hoạch",
        "bằng 108% KH",
        "đạt 108% so với kế hoạch",
        "108 phần trăm chỉ tiêu kế hoạch năm 2024",
        "108% dự toán được giao",
        "đạt 108% chỉ tiêu giao.",
    ],
)
def test_a_share_of_the_plan_is_read_with_the_words_of_a_report(text):
    assert parse_quantity(text, Measure("%", 6), "pct_of_plan", 2024).number == "108"


@pytest.mark.parametrize(
    "text",
    [
        "giảm 5 ha so với năm trước",
        "giảm 5 ha so với cùng kỳ",
        "giảm 5 ha so với cùng kỳ năm ngoái",
        "giảm 5 ha so với năm 2023",
        "-5 ha so với cùng kỳ 2023",
    ],
)
def test_a_change_is_read_with_the_year_before(text):
    assert parse_quantity(text, Measure("ha", 2), "change", 2024).number == "-5"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("giảm 5% so với năm 2020", "pct_change"),
        ("giảm 5% so với đầu năm", "pct_change"),
        ("giảm 5% so với kế hoạch", "pct_change"),
        ("đạt 105% kế hoạch", "pct_change"),
        ("đạt 105% kế hoạch quý I", "pct_of_plan"),
        ("đạt 105% kế hoạch năm 2023", "pct_of_plan"),
        ("đạt 105% so với cùng kỳ", "pct_of_plan"),
    ],
)
def test_a_comparison_with_anything_else_is_refused(text, fact):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, Measure("%", 6), fact, 2024)
    assert caught.value.kind == "other_base"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("đạt 105%", "pct_change"),
        ("105% so với cùng kỳ", "pct_change"),
        ("giảm còn 5%", "pct_change"),
        ("tăng giảm 5%", "pct_change"),
        ("tăng -5%", "pct_change"),
        ("vượt 108% kế hoạch", "pct_of_plan"),
        ("không vượt 8% kế hoạch", "pct_of_plan"),
        ("tăng 8% so với kế hoạch", "pct_of_plan"),
    ],
)
def test_a_level_is_no_change_and_a_surplus_no_share_of_the_plan(text, fact):
    with pytest.raises(UnclearError) as caught:
        parse_quantity(text, Measure("%", 6), fact)
    assert caught.value.kind == "unclear_comparison"


@pytest.mark.parametrize(
    ("text", "is_worded"),
    [
        ("97.000", False),
        ("97.000 con", False),
        ("-5 con", False),
        ("giảm 5", True),
        ("khoảng 5", True),
        ("97,10 nghìn", True),
        ("97e3", True),
        ("-5 con so với năm trước", True),
    ],
)
def test_a_number_with_its_unit_is_typed_plainly(text, is_worded):
    assert parse_quantity(text, Measure("con", 0), "change").is_worded is is_worded


@pytest.mark.parametrize(
    ("value", "measure", "number"),
    [
        (462.56, Measure("ha", 2), "462.56"),
        (18619139193, Measure("đồng", 0), "18619139193"),
        (0.1 + 0.2, Measure("%", 2), "0.3"),
        (-15.7, Measure("ha", 2), "-15.7"),
        (0, Measure("ha", 2), "0"),
        (1e9, Measure("đồng", 0), "1000000000"),
    ],
)
def test_a_number_of_a_spreadsheet_has_the_displayed_digits(value, measure, number):
    assert quantity_of_number(value, measure).number == number


def test_a_cell_in_percent_format_is_multiplied_by_100():
    assert quantity_of_number(0.9714, Measure("%", 2), as_percentage=True).number == "97.14"


@pytest.mark.parametrize(
    ("value", "options", "kind"),
    [
        (53.195, {}, "grouped_number"),
        (12.5, {}, "too_many_decimals"),
        (1234.567, {}, "grouped_number"),
        (0.5, {"as_percentage": True}, "other_unit"),
    ],
)
def test_a_number_that_is_not_a_count_is_refused(value, options, kind):
    with pytest.raises(UnclearError) as caught:
        quantity_of_number(value, Measure("con", 0, is_exact=True), **options)
    assert caught.value.kind == kind


@pytest.mark.property
@given(number=st.integers(min_value=0, max_value=10**15 - 1))
def test_every_count_in_vietnamese_notation_is_read(number):
    assert parse_quantity(f"khoảng {written(number)} con", Measure("con", 0)).number == str(number)


@pytest.mark.property
@given(text=st.text(max_size=30))
def test_no_text_is_read_with_more_decimals_than_allowed(text):
    try:
        number = parse_quantity(text, Measure("ha", 2)).number
    except UnclearError:
        return
    assert len(number.partition(".")[2]) <= 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tăng 2 bậc", "-2"),
        ("giảm 1 bậc", "1"),
        ("tăng 2 hạng", "-2"),
        ("tăng thêm 2 hạng so với năm trước", "-2"),
        ("tăng 1 xếp hạng", "-1"),
        ("giảm 2 bậc xếp hạng", "2"),
        ("giảm 3 vị trí", "3"),
    ],
)
def test_a_rank_rises_by_places_when_its_number_falls(text, number):
    measure = Measure("thứ hạng", 0, label="Xếp hạng chỉ số cải cách hành chính")
    assert parse_quantity(text, measure, "change").number == number


@pytest.mark.parametrize("text", ["giảm 2 chỉ số", "tăng lên hạng 3", "tăng thứ 2", "tăng 2 điểm"])
def test_a_change_of_a_rank_in_other_words_is_refused(text):
    measure = Measure("thứ hạng", 0, is_exact=True, label="Xếp hạng chỉ số cải cách hành chính")
    with pytest.raises(UnclearError):
        parse_quantity(text, measure, "change")


@pytest.mark.parametrize(
    "text", ["5/18", "thứ 5/18", "xếp thứ 5/18 xã", "hạng 5 trên 18 xã, thị trấn", "5 trong số 18"]
)
def test_a_rank_is_read_without_how_many_are_ranked(text):
    assert parse_quantity(text, Measure("thứ hạng", 0)) == Quantity("5", is_worded=True)


def test_places_without_a_word_for_their_direction_are_not_read():
    with pytest.raises(UnclearError):
        parse_quantity("2 bậc", Measure("thứ hạng", 0), "change")


@pytest.mark.parametrize(
    ("text", "number"), [("tăng 2", "-2"), ("giảm 2", "2"), ("tăng 2 thứ hạng", "-2"), ("2", "2")]
)
def test_a_word_for_the_direction_of_a_rank_is_understood_without_a_unit(text, number):
    assert parse_quantity(text, Measure("thứ hạng", 0), "change").number == number


@pytest.mark.parametrize("text", ["thứ hạng 2", "2 thứ hạng"])
def test_a_rank_is_no_move(text):
    with pytest.raises(UnclearError):
        parse_quantity(text, Measure("thứ hạng", 0), "change")


@pytest.mark.parametrize(
    ("text", "fact"),
    [("0,08 điểm %", "value"), ("tăng 7 điểm %", "pct_change"), ("108 điểm %", "pct_of_plan")],
)
def test_percentage_points_are_only_a_change(text, fact):
    with pytest.raises(UnclearError):
        parse_quantity(text, Measure("%", 2), fact)


def test_a_share_of_the_plan_has_no_sign():
    with pytest.raises(UnclearError):
        parse_quantity("+8%", Measure("%", 2), "pct_of_plan")


@pytest.mark.parametrize(
    ("text", "number"),
    [("103,309%", "103.309"), ("97.145 %", "97.145"), ("0,1455", "0.1455"), ("12,3400", "12.34")],
)
def test_a_percentage_can_have_more_decimals_than_are_usual(text, number):
    assert parse_quantity(text, Measure("%", 2)).number == number


@pytest.mark.parametrize("typed", [53.195, "53,1950 ha", "53195e-3"])
def test_three_unusual_decimals_are_written_so_that_they_have_one_reading(typed):
    measure = Measure("ha", 2)
    is_text = isinstance(typed, str)
    read = parse_quantity(typed, measure) if is_text else quantity_of_number(typed, measure)
    assert read.number == "53195e-3"


@pytest.mark.parametrize(
    ("text", "fact", "number"),
    [
        ("nhiều hơn năm trước 9 ha", "change", "9"),
        ("thấp hơn cùng kỳ là 1,5 ha", "change", "-1.5"),
        ("so với năm 2023 tăng 5 ha", "change", "5"),
        ("giảm được 11 ha", "change", "-11"),
        ("tăng 5 ha (so với cùng kỳ năm 2023)", "change", "5"),
        ("giảm 1 nghìn 200 ha", "change", "-1200"),
        ("bằng 108% so với cùng kỳ", "pct_change", "8"),
        ("đạt 95,4% năm 2023", "pct_change", "-4.6"),
        ("đạt hơn 112% dự toán HĐND xã giao", "pct_of_plan", "112"),
    ],
)
def test_a_comparison_is_read_as_a_report_words_it(text, fact, number):
    measure = Measure("ha" if fact == "change" else "%", 6)
    assert parse_quantity(text, measure, fact, 2024).number == number

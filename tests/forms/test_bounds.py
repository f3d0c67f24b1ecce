"""Targets as clerks type them, read or refused."""

import pytest

from caoan_stats.forms.bounds import Bounds, parse_bounds
from caoan_stats.forms.quantities import Measure, UnclearError

PERCENT, HOUSEHOLDS, VND = Measure("%", 2), Measure("hộ", 0), Measure("đồng", 0)
PEOPLE, INCOME, RANK = Measure("người", 0), Measure("triệu đồng", 2), Measure("thứ hạng", 0)
AREA = Measure("ha", 2)


def read(text: str, measure: Measure, **row: str) -> tuple[str, str, str, str]:
    found = parse_bounds(text, measure, year=2025, **row)
    return found.lower, found.upper, found.closed, found.of


def refused(text: str, measure: Measure, **row: str) -> str:
    with pytest.raises(UnclearError) as error:
        parse_bounds(text, measure, year=2025, **row)
    return error.value.kind


@pytest.mark.parametrize(
    ("text", "lower", "upper", "closed"),
    [
        ("trên 96%", "96", "", "neither"),
        ("Phấn đấu đạt trên 96 %", "96", "", "neither"),
        ("cao hơn 96", "96", "", "neither"),
        (">96%", "96", "", "neither"),
        ("từ 96% trở lên", "96", "", ""),
        ("từ 96%", "96", "", ""),
        ("96% trở lên", "96", "", ""),
        ("≥ 97", "97", "", ""),
        (">= 97", "97", "", ""),
        ("tối thiểu 95%", "95", "", ""),
        ("đạt ít nhất 95%", "95", "", ""),
        ("không dưới 95%", "95", "", ""),
        ("không thấp hơn 95%", "95", "", ""),
        ("dưới 1%", "", "1", "neither"),
        ("< 0,8%", "", "0.8", "neither"),
        ("giảm xuống dưới 2,5%", "", "2.5", "neither"),
        ("không quá 5", "", "5", ""),
        ("không vượt quá 5%", "", "5", ""),
        ("tối đa 5%", "", "5", ""),
        ("≤5", "", "5", ""),
        ("từ 5% trở xuống", "", "5", ""),
        ("7,5 - 8,0%", "7.5", "8.0", ""),
        ("7,5% – 8,0%", "7.5", "8.0", ""),
        ("từ 95 đến 97%", "95", "97", ""),
        ("trong khoảng từ 95% tới 97%", "95", "97", ""),
    ],
)
def test_words_around_a_number_tell_its_side(text, lower, upper, closed):
    assert read(text, PERCENT) == (lower, upper, closed, "value")


@pytest.mark.parametrize("text", ["96", "đạt 96%", "bằng 96", "= 96 %", "giữ vững 96%"])
def test_a_number_to_be_reached_is_the_least_unless_lower_is_better(text):
    assert read(text, PERCENT) == ("96", "", "", "value")
    assert read(text, PERCENT, better="higher") == ("96", "", "", "value")
    assert read(text, PERCENT, better="lower") == ("", "96", "", "value")


def test_a_level_after_a_fall_is_the_most():
    assert read("giảm còn 20 hộ", HOUSEHOLDS) == ("", "20", "", "value")
    assert read("tăng lên 85 triệu", INCOME) == ("85", "", "", "value")


@pytest.mark.parametrize(
    ("text", "measure", "lower", "upper"),
    [
        ("125-135 triệu", VND, "125e6", "135e6"),
        ("900 triệu - 1,2 tỷ đồng", VND, "900e6", "1.2e9"),
        ("từ 18.000.000.000 đến 19.000.000.000", VND, "18000000000", "19000000000"),
        ("130 – 150 người", PEOPLE, "130", "150"),
        ("80-85", INCOME, "80", "85"),
    ],
)
def test_the_unit_after_the_second_number_of_a_range_is_that_of_both(text, measure, lower, upper):
    assert read(text, measure) == (lower, upper, "", "value")


@pytest.mark.parametrize(
    ("text", "measure", "bounds"),
    [
        ("giảm 5 hộ", HOUSEHOLDS, Bounds("", "-5", "", "change")),
        ("giảm ít nhất 5 hộ so với năm 2024", HOUSEHOLDS, Bounds("", "-5", "", "change")),
        ("giảm không quá 5 hộ", HOUSEHOLDS, Bounds("-5", "", "", "change")),
        ("giảm 5 - 10 hộ", HOUSEHOLDS, Bounds("-10", "-5", "", "change")),
        ("giảm từ 1 - 1,5%", PERCENT, Bounds("-1.5", "-1", "", "change")),
        ("giảm 0,5 điểm %", PERCENT, Bounds("", "-0.5", "", "change")),
        ("tăng thêm 5 ha", AREA, Bounds("5", "", "", "change")),
        ("tăng trên 10%", VND, Bounds("10", "", "neither", "pct_change")),
        ("tăng 10 - 12%", VND, Bounds("10", "12", "", "pct_change")),
        ("giảm trên 10%", HOUSEHOLDS, Bounds("", "-10", "neither", "pct_change")),
        ("đạt 110% kế hoạch", VND, Bounds("110", "", "", "pct_of_plan")),
        ("từ 110% trở lên so với kế hoạch", VND, Bounds("110", "", "", "pct_of_plan")),
        ("đạt từ 100% dự toán được giao", VND, Bounds("100", "", "", "pct_of_plan")),
        ("vượt 10% kế hoạch", VND, Bounds("110", "", "", "pct_of_plan")),
        ("vượt kế hoạch năm 10%", VND, Bounds("110", "", "", "pct_of_plan")),
        ("vượt trên 10% kế hoạch", VND, Bounds("110", "", "neither", "pct_of_plan")),
        ("vượt 5 - 10% kế hoạch", VND, Bounds("105", "110", "", "pct_of_plan")),
        ("giảm: 5 hộ", HOUSEHOLDS, Bounds("", "-5", "", "change")),
        ("trên 96% - dưới 98%", PERCENT, Bounds("96", "98", "neither", "value")),
        ("từ 96% đến dưới 98%", PERCENT, Bounds("96", "98", "left", "value")),
        ("tỷ lệ đạt trên 96%", PERCENT, Bounds("96", "", "neither", "value")),
        ("tăng ít nhất 2 bậc", RANK, Bounds("", "-2", "", "change")),
        ("tăng 2 hạng", RANK, Bounds("", "-2", "", "change")),
    ],
)
def test_words_tell_that_a_target_is_of_the_change_or_of_the_plan(text, measure, bounds):
    assert parse_bounds(text, measure, year=2025) == bounds


@pytest.mark.parametrize(
    ("text", "measure", "bounds"),
    [
        ("giảm so với năm trước", HOUSEHOLDS, Bounds("", "0", "neither", "change")),
        ("Giảm dần.", HOUSEHOLDS, Bounds("", "0", "neither", "change")),
        ("tăng so với năm 2024", HOUSEHOLDS, Bounds("0", "", "neither", "change")),
        ("không tăng", HOUSEHOLDS, Bounds("", "0", "", "change")),
        ("không giảm", HOUSEHOLDS, Bounds("0", "", "", "change")),
        ("tăng", RANK, Bounds("", "0", "neither", "change")),
    ],
)
def test_a_direction_alone_bounds_the_change_by_0(text, measure, bounds):
    assert parse_bounds(text, measure, year=2025) == bounds


def test_a_chosen_fact_is_that_of_a_number_without_words():
    assert read("110%", VND, of="pct_of_plan") == ("110", "", "", "pct_of_plan")
    assert read("từ 5% trở lên", VND, of="pct_change") == ("5", "", "", "pct_change")
    assert read("tăng 5", VND, of="pct_change") == ("5", "", "", "pct_change")


def test_words_that_contradict_the_chosen_fact_are_refused():
    assert refused("giảm 5 hộ", HOUSEHOLDS, of="value") == "other_target"
    assert refused("giảm còn 5 hộ", HOUSEHOLDS, of="change") == "other_target"
    assert refused("giảm", HOUSEHOLDS, of="pct_change") == "other_target"


def test_a_percentage_of_another_unit_is_refused_as_it_can_be_of_two_bases():
    assert refused("110%", VND) == "share_of_what"
    assert refused("từ 10% trở lên", HOUSEHOLDS, of="value") == "share_of_what"


def test_a_rank_that_is_named_from_below_is_its_highest_number():
    assert read("từ thứ hạng 10 trở lên", RANK) == ("", "10", "", "value")
    assert read("≤ 10", RANK) == ("", "10", "", "value")
    assert read("thứ hạng 5", RANK, better="lower") == ("", "5", "", "value")
    assert read("không dưới hạng 5", RANK) == ("", "5", "", "value")


@pytest.mark.parametrize("text", ["lên hạng 3", "phấn đấu tăng lên hạng 3", "nâng lên thứ 3"])
def test_a_rank_that_is_risen_to_is_its_highest_number(text):
    assert read(text, RANK, better="lower") == ("", "3", "", "value")


@pytest.mark.parametrize(
    "text",
    ["trên thứ hạng 10", "từ 10", "không dưới 10", "10 trở xuống", "xuống hạng 5", "vượt hạng 3"],
)
def test_other_words_around_a_rank_are_refused(text):
    assert refused(text, RANK) == "unclear_target"


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("khoảng 96%", PERCENT),
        ("gần 96%", PERCENT),
        ("trên 96% trở lên", PERCENT),
        ("trên 5 - 7", PEOPLE),
        ("từ tối đa 5", PEOPLE),
        ("13/14", PEOPLE),
        ("hoàn thành chỉ tiêu", PEOPLE),
        ("giảm theo tiêu chí", HOUSEHOLDS),
        ("vượt 110% kế hoạch", VND),
        ("trên 98% - dưới 96% - 97%", PERCENT),
        ("dưới 98% - trên 96%", PERCENT),
        ("giảm trên 5 - dưới 7 hộ", HOUSEHOLDS),
        ("giai đoạn 2021-2025", AREA),
        ("450 - 460 - 470", AREA),
        ("110% so với năm 2024", PERCENT),
        ("96% năm 2025", PERCENT),
    ],
)
def test_what_states_no_bound_or_two_is_refused(text, measure):
    assert refused(text, measure) == "unclear_target"


@pytest.mark.parametrize("text", ["trên 96²%", "130 - 150¹", "giảm 5² hộ"])
def test_a_footnote_in_a_target_is_refused(text):
    assert refused(text, PEOPLE) == "note_sign"


def test_the_move_of_a_rank_is_up_or_down():
    assert refused("2", RANK, of="change") == "unclear_target"


def test_a_lower_and_an_upper_bound_are_joined_with_their_open_sides():
    lower, upper = Bounds("5", "", "neither"), Bounds("", "7", "")
    assert lower.joined(upper) == Bounds("5", "7", "right")
    assert Bounds("5").joined(Bounds("", "7", "neither")) == Bounds("5", "7", "left")
    assert lower.joined(Bounds("", "7", "neither")) == Bounds("5", "7", "neither")


def test_a_number_with_two_readings_is_refused_with_both():
    with pytest.raises(UnclearError) as error:
        parse_bounds("trên 1.200", AREA, year=2025)
    assert error.value.details["found"] == "trên 1.200"
    assert (error.value.details["whole"], error.value.details["fraction"]) == ("1200", "1,200")


def test_a_number_alone_is_on_the_side_of_its_column_unless_that_is_the_worse_one():
    assert read("96", PERCENT, side="lower", better="higher") == ("96", "", "", "value")
    assert read("96", PERCENT, side="upper", better="lower") == ("", "96", "", "value")
    assert read("đến 96%", PERCENT, side="upper") == ("", "96", "", "value")
    assert refused("3", PERCENT, side="lower", better="lower") == "least_or_most"
    assert refused("90", PERCENT, side="upper", better="higher") == "most_or_least"
    assert read("-5", HOUSEHOLDS, side="lower", better="lower", of="change")[0] == "-5"
    assert read("dưới 3%", PERCENT, side="lower", better="lower")[1] == "3"

import pytest
from helpers.cards import make_card, make_row, make_trend

from caoan_stats.display import alt_texts


def test_a_trend_states_its_last_change_then_every_figure_then_every_target(shipped):
    assert alt_texts.trend(shipped.trend("culture_family_rate")) == (
        "Tỷ lệ gia đình văn hóa: năm 2023 tăng 6 điểm % so với năm 2022; "
        "năm 2022 khoảng 90% (suy ra); năm 2023 96%; mục tiêu năm 2024 trên 96%."
    )


def test_a_trend_of_one_figure_has_no_change(shipped):
    assert alt_texts.trend(shipped.trend("budget_expenditure")) == (
        "Chi ngân sách: năm 2023 18.060.195.980 đồng."
    )


def test_a_trend_names_what_a_target_of_another_fact_bounds(shipped):
    assert alt_texts.trend(shipped.trend("budget_revenue")) == (
        "Thu ngân sách: năm 2023 18.619.139.193 đồng; "
        "mục tiêu năm 2023 từ 100% trở lên so với kế hoạch; "
        "mục tiêu năm 2024 từ 110% trở lên so với kế hoạch."
    )


def test_a_trend_marks_a_figure_that_rests_on_an_assumption(shipped):
    assert "năm 2023 ước 57,5 tạ/ha/vụ (giả định)" in alt_texts.trend(
        shipped.trend("rice_yield_per_crop")
    )


def test_a_trend_tells_where_its_years_are_not_comparable_and_why():
    before, after = make_row(value=18), make_row(value=31, break_reason="Chuẩn nghèo mới.")
    assert alt_texts.trend(make_trend(2021, before, after)) == (
        "Hộ nghèo: năm 2021 18 hộ; năm 2022 31 hộ; "
        "từ năm 2022 không so được với trước, vì chuẩn nghèo mới."
    )


def test_a_change_since_an_assumed_figure_is_described_as_such():
    rows = make_row(value=20, assumed=True), make_row(value=25, change=5)
    assert alt_texts.trend(make_trend(2022, *rows)) == (
        "Hộ nghèo: năm 2023 tăng 5 hộ so với số giả định của năm 2022; "
        "năm 2022 20 hộ (giả định); năm 2023 25 hộ."
    )


def test_a_trend_without_figures_is_described_as_such(shipped):
    assert alt_texts.trend(shipped.trend("new_rural_standard")) == (
        "Tiêu chí nông thôn mới nâng cao, nông thôn mới kiểu mẫu: chưa có số liệu."
    )


def test_a_trend_tells_what_a_source_says_without_a_figure(shipped):
    assert alt_texts.trend(shipped.trend("administrative_reform")) == (
        "Công tác cải cách hành chính: năm 2023 đảm bảo theo kế hoạch."
    )
    assert alt_texts.trend(shipped.trend("land_violations")) == (
        "Số vụ vi phạm đất đai: năm 2023 giảm so với năm 2022."
    )
    assert alt_texts.trend(shipped.trend("firecracker_violations")) == (
        "Đốt pháo nổ trái phép: năm 2023 giảm nhiều."
    )


def test_a_trend_includes_a_figure_that_is_not_public(shipped):
    frame = shipped.trend("poor_households")
    concealed = frame.assign(value=float("nan"), change=float("nan"), hidden="<5")[:2]
    concealed.attrs = frame.attrs
    assert "năm 2023 <5 hộ" in alt_texts.trend(concealed)


def test_a_comparison_states_the_largest_figure_then_all(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["buffalo_cattle", "dogs"]]
    assert alt_texts.comparison(card) == (
        "Năm 2023, lớn nhất là đàn chó (khoảng 420 con). "
        "Các số: Đàn trâu bò 80 con; Đàn chó khoảng 420 con."
    )


def test_a_comparison_names_no_largest_figure_beside_an_open_one(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs"]]
    assert alt_texts.comparison(card) == ("Năm 2023: Đàn lợn trên 300 con; Đàn chó khoảng 420 con.")


def test_an_abbreviation_at_the_start_of_a_label_stays_in_capitals(shipped):
    card = shipped.scorecard(2023, "livestock").loc[["buffalo_cattle", "dogs"]]
    card["label"] = ["Đàn trâu bò", "BHYT"]
    assert "lớn nhất là BHYT (khoảng 420 con)" in alt_texts.comparison(card)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [([300.0, 300.0, 300.0], ["", "", ""]), ([float("nan"), 420.0, 20.0], ["<5", "", ""])],
)
def test_a_comparison_names_no_largest_figure_when_it_is_shared_or_unknown(shipped, values, hidden):
    card = shipped.scorecard(2023, "livestock").loc[["pigs", "dogs", "rabbits"]]
    wording = alt_texts.comparison(card.assign(value=values, hidden=hidden))
    assert wording.startswith("Năm 2023: Đàn lợn ")


def test_a_composition_states_the_largest_part_and_every_share(shipped):
    card = shipped.scorecard(2023, "livestock")
    assert alt_texts.composition(card.loc["poultry"], card.loc[["chickens", "ducks"]], 105_000) == (
        "Đàn gia cầm khoảng 105.000 con, nhiều nhất là đàn gà (khoảng 97.000 con), bằng 92,4%. "
        "Gồm: Đàn gà khoảng 97.000 con (92,4%); "
        "Đàn vịt thịt và vịt đẻ trứng khoảng 8.000 con (7,6%)."
    )


def test_a_composition_without_a_known_total_states_its_parts(shipped):
    card = shipped.scorecard(2023, "livestock")
    total = card.loc["poultry"].copy()
    total["value"] = float("nan")
    wording = alt_texts.composition(total, card.loc[["chickens", "ducks"]], 105_000)
    assert wording.startswith("Đàn gia cầm, nhiều nhất là đàn gà (khoảng 97.000 con), bằng 92,4%.")


def test_a_derived_and_a_revised_figure_are_marked_in_words():
    row = make_row(value=9, derived=True, revised=({"value": 7},))
    assert alt_texts.said(row) == "9 hộ (suy ra, số điều chỉnh)"
    assert alt_texts.said({**row, "hidden": "<5"}) == "<5 hộ"


def test_of_equal_wholes_the_nearest_is_told():
    rows = [make_row(value=value, label=label) for value, label in ((9, "A"), (9, "B"), (3, "C"))]
    wholes = {"b": frozenset({"a"}), "c": frozenset({"a", "b"})}
    for order in (["a", "b", "c"], ["b", "a", "c"]):
        card = make_card(*rows, wholes=wholes).loc[order]
        assert alt_texts.parts_of_wholes(card)[-1].endswith("bằng 33,3% so với B (9 hộ).")


def test_a_part_is_told_as_a_share_of_its_smallest_whole(shipped):
    stages = ["draft_ready_pool", "prescreen_attended", "district_exam_fit"]
    assert alt_texts.parts_of_wholes(shipped.scorecard(2023, "military").loc[stages]) == [
        "Lên khám sơ tuyển: 41 người, bằng 53,2% so với nguồn sẵn sàng nhập ngũ (77 người).",
        "Đạt sức khỏe ở khám tuyển tại huyện: 23 người, "
        "bằng 56,1% so với lên khám sơ tuyển (41 người).",
    ]


@pytest.mark.parametrize("changed", [{"value": 0.0}, {"qualifier": "over"}, {"hidden": "<5"}])
def test_a_part_of_a_whole_that_is_zero_open_or_hidden_has_no_share(shipped, changed):
    card = shipped.scorecard(2023, "population").loc[["births", "births_third_child_plus"]]
    for name, value in changed.items():
        card.loc["births", name] = value
    if "hidden" in changed:
        card.loc["births", "value"] = float("nan")
    assert alt_texts.parts_of_wholes(card)[1].endswith(": 17 ca sinh.")


def test_a_flow_states_the_largest_outcome_then_its_inputs_then_its_outcomes(shipped):
    card = shipped.scorecard(2023, "dossiers")
    sources, outcomes = ["tthc_online", "tthc_in_person"], ["tthc_early", "tthc_overdue"]
    assert alt_texts.flow(card.loc[sources], card.loc[outcomes]) == (
        "Nhiều nhất là hồ sơ giải quyết trước hạn (7.373 hồ sơ), bằng 100% tổng số. "
        "Đầu vào: Hồ sơ trực tuyến 7.344 hồ sơ; Hồ sơ trực tiếp 33 hồ sơ. "
        "Kết quả: Hồ sơ giải quyết trước hạn 7.373 hồ sơ; Hồ sơ quá hạn không có."
    )


@pytest.mark.parametrize(
    ("changes", "wording"),
    [
        ([-3.0, -20.0], "2 chỉ tiêu giảm so với năm 2022."),
        ([3.0, -20.0], "1 chỉ tiêu tăng, 1 chỉ tiêu giảm so với năm 2022."),
        ([0.0, 0.0], "Không đổi so với năm 2022."),
    ],
)
def test_changes_are_counted_then_listed(changes, wording):
    rows = [make_row(value=20, change=change) for change in changes]
    words = alt_texts.changes(make_card(*rows, year=2023))
    assert words.startswith(f"{wording} Hộ nghèo: 20 hộ, ")
    assert words.count("Hộ nghèo") == 2


def test_a_change_that_rounds_to_zero_is_not_counted():
    row = make_row(value=20, change=-0.4, change_shown=0, change_qualifier="about")
    assert alt_texts.changes(make_card(row)).startswith("Không đổi so với năm 2023. ")


def test_a_change_of_which_only_the_percentage_is_stated_is_counted():
    row = make_row(value=1850, pct_change=-0.4, pct_shown=-40)
    assert alt_texts.changes(make_card(row)).startswith("1 chỉ tiêu giảm so với năm 2023. ")


def test_a_rank_whose_number_falls_is_counted_as_a_rise():
    row = make_row(value=1, change=-1, scale="rank", unit="thứ hạng")
    assert alt_texts.changes(make_card(row)).startswith("1 chỉ tiêu tăng so với năm 2023. ")

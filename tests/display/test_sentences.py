from decimal import Decimal

import pytest
from helpers.cards import conceal, make_card, make_row
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.display import sentences
from caoan_stats.display.doubts import spoken

DOCUMENTS = {"bc2023": "báo cáo 2023", "bc2024": "báo cáo 2024"}
RANK = {"unit": "thứ hạng", "scale": "rank"}


def results(card) -> list[str]:
    return [spoken(sentence) for sentence in sentences.results(card)]


def summary(card) -> list[str]:
    return [spoken(sentence) for sentence in sentences.summary(card)]


def test_a_result_states_figure_qualifier_and_change(shipped):
    assert results(shipped.scorecard(2023, "rice")) == [
        "Diện tích gieo trồng lúa: 462,56 ha, giảm 15,7 ha (3,28%) so với năm 2022.",
        "Năng suất lúa trung bình: ước 115 tạ/ha, giảm 12 tạ/ha (9,4%) so với năm 2022.",
        "Sản lượng lúa: ước 53.195 tạ, giảm khoảng 7,5 nghìn tạ (12%) so với năm 2022.",
        "Năng suất lúa mỗi vụ: ước 57,5 tạ/ha/vụ (giả định), "
        "giảm khoảng 6 tạ/ha/vụ (9%) so với năm 2022.",
    ]


def said(**row: object) -> str:
    """Return what the sentence of a row of 2024 says after its label."""
    [sentence] = results(make_card(make_row(**row), documents=DOCUMENTS))
    return sentence.removeprefix("Hộ nghèo: ")


def test_a_change_of_a_percentage_is_in_points(shipped):
    card = shipped.scorecard(2023).loc[["culture_family_rate"]]
    assert results(card) == ["Tỷ lệ gia đình văn hóa: 96%, tăng 6 điểm % so với năm 2022."]


@pytest.mark.parametrize(
    ("value", "wording"),
    [
        ("79", "chưa đạt mục tiêu (từ 100 đến 150 người), còn thiếu 21 người"),
        ("110", "đạt mục tiêu (từ 100 đến 150 người)"),
        ("160", "vượt 10 người so với mục tiêu (từ 100 đến 150 người)"),
    ],
)
def test_a_result_is_compared_with_its_target(write_table, value, wording):
    data = write_table("economy", f"new_jobs,2023,{value},,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("new_jobs,2023,100,150,,bc2023,I,\n")
    card = Dataset.open(data).scorecard(2023)
    assert results(card) == [f"Số người có việc làm mới: {value} người, {wording}."]


def test_a_result_above_its_upper_bound_states_the_excess(write_table):
    data = write_table("population", "natural_population_growth_rate,2023,1.25,,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("natural_population_growth_rate,2023,,1,neither,bc2023,I,\n")
    [wording] = results(Dataset.open(data).scorecard(2023))
    assert wording.endswith("1,25%, chưa đạt mục tiêu (dưới 1%), cao hơn 0,25 điểm %.")


def test_a_count_of_zero_is_written_in_words(shipped):
    card = shipped.scorecard(2023, "justice").loc[["complaints_denunciations"]]
    assert results(card) == ["Đơn khiếu nại, tố cáo: không có."]


def test_an_unchanged_figure_is_described_as_equal_to_last_years(write_table):
    data = write_table("rice", "rice_sown_area,2023,462.56,0,,bc2023,I,")
    assert results(Dataset.open(data).scorecard(2023, "rice")) == [
        "Diện tích gieo trồng lúa: 462,56 ha, bằng năm 2022."
    ]


def test_a_result_beyond_its_only_bound_states_the_excess(shipped):
    card = shipped.scorecard(2023).loc[["clinic_visits"]]
    assert results(card) == [
        "Lượt khám chữa bệnh tại trạm Y tế: 5.683 lượt, đạt 108% kế hoạch, "
        "vượt 441 lượt so với mục tiêu (từ 5.242 lượt trở lên)."
    ]


@pytest.mark.parametrize(("hidden", "wording"), [("<5", "<5 hộ"), ("ẩn", "không công bố")])
def test_a_figure_that_is_not_public_is_replaced_in_its_sentence(shipped, hidden, wording):
    card = shipped.scorecard(2023, "welfare").loc[["poor_households"]]
    concealed = conceal(card, "poor_households", hidden)
    assert results(concealed) == [f"Hộ nghèo: {wording}."]


def test_the_summary_counts_targets_and_lists_met_ones_before_missed_ones(shipped):
    assert summary(shipped.scorecard(2023)) == [
        "Năm 2023, báo cáo nêu kết quả của 10 mục tiêu chủ yếu; 9 chỉ tiêu được đặt mục tiêu: "
        "1 vượt, 3 đạt, 1 chưa đạt, 4 không định lượng.",
        "Hộ nghèo: 28 hộ, giảm 3 hộ (9,68%) so với năm 2022, đạt mục tiêu (giảm so với năm trước).",
        "Hộ cận nghèo: 20 hộ, giảm 20 hộ (50%) so với năm 2022, "
        "đạt mục tiêu (giảm so với năm trước).",
        "Số người có việc làm mới: 110 người, đạt mục tiêu (từ 100 đến 150 người).",
        "Lượt khám chữa bệnh tại trạm Y tế: 5.683 lượt, đạt 108% kế hoạch, "
        "vượt 441 lượt so với mục tiêu (từ 5.242 lượt trở lên).",
        "Thu ngân sách: 18.619.139.193 đồng, đạt 97,14% kế hoạch, "
        "chưa đạt mục tiêu (từ 100% trở lên so với kế hoạch), còn thiếu 2,86 điểm %.",
    ]


def test_the_summary_of_a_year_without_targets_is_one_sentence(shipped):
    assert summary(shipped.scorecard(2022)) == ["Chưa có mục tiêu nào cho năm 2022."]


def test_a_few_missing_figures_are_named(shipped):
    assert sentences.missing(shipped.scorecard(2023, "rice"), "lúa") == [
        "Chưa có số liệu năm 2023: Tỷ lệ diện tích lúa gieo cấy đúng khung thời vụ."
    ]


def test_many_missing_figures_are_counted(shipped):
    assert sentences.missing(shipped.scorecard(2022, "dossiers"), "hồ sơ") == [
        "Chưa có số liệu năm 2022 của 15 chỉ tiêu khác."
    ]


def test_a_subject_without_figures_gets_one_sentence(shipped):
    assert sentences.missing(shipped.scorecard(2024, "rice"), "sản xuất lúa") == [
        "Chưa có số liệu năm 2024 về sản xuất lúa."
    ]


def test_complete_figures_get_no_sentence(shipped):
    assert sentences.missing(shipped.scorecard(2023, "budget"), "ngân sách") == []


def test_a_stated_change_is_told_beside_another_difference(write_table):
    data = write_table(
        "welfare", "poor_households,2023,28,,,bc2023,I,", "poor_households,2024,25,-5,,bc2024,I,"
    )
    with (data / "raw/sources.csv").open("a", encoding="utf-8") as file:
        file.write("bc2024,Báo cáo năm 2024,UBND xã,2024-12\n")
    card = Dataset.open(data).scorecard(2024, "welfare").loc[["poor_households"]]
    [sentence] = results(card)
    assert sentence.startswith("Hộ nghèo: 25 hộ (cần xem lại), giảm 5 hộ ")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": -5}, "25 hộ, giảm 5 hộ so với năm 2023."),
        ({"pct_change": 0.136, "pct_shown": Decimal("13.6")}, "25 hộ, tăng 13,6% so với năm 2023."),
        ({"change": 3, "pct_change": 0.1364, "pct_shown": Decimal("13.64")},
         "25 hộ, tăng 3 hộ (13,64%) so với năm 2023."),
        ({"direction": "up"}, "25 hộ, tăng so với năm 2023."),
        ({"direction": "down"}, "25 hộ, giảm so với năm 2023."),
        ({"direction": "steady"}, "25 hộ, giữ ổn định so với năm 2023."),
        ({"change": 0}, "25 hộ, bằng năm 2023."),
        ({"pct_change": 0.0, "pct_shown": Decimal(0)}, "25 hộ, bằng năm 2023."),
        ({"change": 0, "change_qualifier": "about"}, "25 hộ, xấp xỉ năm 2023."),
        ({"change": 2000, "change_shown": Decimal("2E3"), "change_qualifier": "about"},
         "25 hộ, tăng khoảng 2 nghìn hộ so với năm 2023."),
    ],
)  # fmt: skip
def test_a_change_is_told_as_far_as_it_is_known(row, words):
    assert said(value=25, **row) == words


def test_a_direction_is_told_without_a_figure():
    assert said(direction="steady") == "giữ ổn định so với năm 2023."


def test_the_words_of_the_source_are_told_without_a_figure():
    assert said(words="Đảm bảo theo kế hoạch") == "đảm bảo theo kế hoạch."


def test_an_abbreviation_stays_in_capitals():
    assert said(words="BHYT đạt kế hoạch") == "BHYT đạt kế hoạch."


def test_a_direction_that_the_words_of_the_source_tell_is_not_told_twice():
    row = {"value": 200, "qualifier": "over", "direction": "down", "words": "Giảm mạnh do dịch"}
    assert said(**row) == "trên 200 hộ, giảm mạnh do dịch."


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": 1, "change": -1}, "thứ hạng 1, tăng 1 bậc so với năm 2023."),
        ({"value": 2, "change": 1}, "thứ hạng 2, giảm 1 bậc so với năm 2023."),
        ({"value": 2, "direction": "down"}, "thứ hạng 2, giảm so với năm 2023."),
        ({"value": 2, "upper": 1.0, "status": "missed"},
         "thứ hạng 2, chưa đạt mục tiêu (thứ hạng 1), thấp hơn 1 bậc."),
    ],
)  # fmt: skip
def test_a_rank_rises_when_its_number_falls(row, words):
    assert said(**row, **RANK) == words


def test_two_open_figures_say_nothing_of_a_change(history):
    card = history(2024).scorecard(2024).loc[["tthc_online_payment_rate"]]
    assert results(card) == [
        "Tỷ lệ thanh toán trực tuyến: trên 80%, "
        "chưa xác định được so với mục tiêu (từ 85% trở lên)."
    ]


def test_a_figure_that_may_reach_its_target_is_undecided(history):
    card = history(2024).scorecard(2024).loc[["new_jobs"]]
    assert results(card) == [
        "Số người có việc làm mới: gần 130 người, xấp xỉ năm 2023, "
        "chưa xác định được so với mục tiêu (từ 130 người trở lên)."
    ]


def test_an_assumed_figure_is_marked_and_not_judged(history):
    card = history(2023).scorecard(2023).loc[["rice_yield_per_crop"]]
    [sentence] = results(card)
    assert sentence.startswith("Năng suất lúa mỗi vụ: khoảng 31,45 tạ/ha/vụ (giả định), ")
    assert "mục tiêu" not in sentence


def test_a_change_since_an_assumed_figure_says_so():
    row = {"value": 61.5, "previous": 31.5, "previous_assumed": True, "change": 30}
    assert said(**row) == "61,5 hộ, tăng 30 hộ so với số giả định của năm 2023."


def test_a_revised_figure_is_marked(hindsight):
    card = hindsight.scorecard(2023).loc[["poor_households"]]
    [sentence] = results(card)
    assert sentence.startswith("Hộ nghèo: 30 hộ (số điều chỉnh, có ghi chú), ")


def test_a_rank_is_told_with_the_count_of_those_that_are_ranked(shipped):
    rank = shipped.scorecard(2022, "dossiers").loc["par_index_rank"]
    assert sentences.figure(rank) == "xếp thứ 1/17"


def test_a_disputed_figure_is_not_judged():
    row = {"value": 28, "upper": 30, "status": "met", "doubts": ("disputed",)}
    assert said(**row) == (
        "28 hộ (cần xem lại), cần xem lại trước khi so với mục tiêu (không quá 30 hộ)."
    )
    assert sentences.status_of(make_row(**row)).label == "⚠ Cần xem lại"


def test_a_figure_is_not_compared_across_a_break(history):
    card = history(2022).scorecard(2022, "welfare").loc[["near_poor_households"]]
    assert results(card) == ["Hộ cận nghèo: 40 hộ, không so được với năm 2021."]


def test_the_distance_of_an_approximate_figure_from_its_target_is_approximate():
    row = {"value": 5600, "qualifier": "about", "lower": 5500.0, "status": "exceeded"}
    assert said(**row).endswith("vượt khoảng 100 hộ so với mục tiêu (từ 5.500 hộ trở lên).")


def test_the_distance_from_a_target_has_no_more_digits_than_the_figure():
    row = {"value": 1.82e10, "shown": Decimal("182E8"), "lower": 1.85e10, "status": "missed"}
    assert said(**row, unit="đồng").endswith("còn thiếu 300 triệu đồng.")


def test_a_share_of_the_plan_is_compared_with_its_target_in_points():
    row = {"value": 25, "pct_of_plan": 97.14, "lower": 100.0, "of": "pct_of_plan"}
    assert said(**row, status="missed") == (
        "25 hộ, đạt 97,14% kế hoạch, chưa đạt mục tiêu (từ 100% trở lên so với kế hoạch), "
        "còn thiếu 2,86 điểm %."
    )


def test_a_growth_beyond_its_target_is_compared_in_points(history):
    card = history(2024).scorecard(2024).loc[["voluntary_social_insurance_participants"]]
    [sentence] = results(card)
    assert sentence.endswith(
        "vượt 0,2 điểm % so với mục tiêu (tăng từ 10% trở lên so với năm trước)."
    )


def test_the_summary_does_not_call_a_known_figure_missing(history):
    [counts, *_] = summary(history(2023).scorecard(2023))
    assert counts == (
        "Năm 2023, báo cáo nêu kết quả của 9 mục tiêu chủ yếu; 14 chỉ tiêu được đặt mục tiêu: "
        "3 vượt, 6 đạt, 3 chưa đạt, 1 chưa đối chiếu được, 1 không định lượng."
    )


def test_the_summary_of_a_year_without_main_aims_counts_its_targets():
    card = make_card(make_row(lower=1.0), make_row(note="Giữ vững", status="in_words"), year=2030)
    assert summary(card) == [
        "Năm 2030 có 2 chỉ tiêu được đặt mục tiêu: 1 chưa có số liệu, 1 không định lượng."
    ]


def test_a_target_and_the_distance_from_it_have_the_digits_of_their_sources(data):
    ds = Dataset.open(
        state(data, "budget_revenue 2023 bc2023 value=18.6e9",
              targets=["budget_revenue 2023 bc2022 lower=19.25e9"])
    )  # fmt: skip
    [sentence] = results(ds.scorecard(2023).loc[["budget_revenue"]])
    assert sentence.endswith(
        "18,6 tỷ đồng, chưa đạt mục tiêu (từ 19,25 tỷ đồng trở lên), còn thiếu 700 triệu đồng."
    )


def told(data, code: str, *lines: str, **more) -> str:
    """Return the sentence on an indicator in 2023."""
    ds = Dataset.open(state(data, *lines, **more))
    [sentence] = results(ds.scorecard(2023, ds.indicators.at[code, "table"]).loc[[code]])
    return sentence.partition(": ")[2]


def test_a_bound_that_follows_is_written_so_that_it_is_true(data):
    lines = (
        "income_per_capita 2022 bc2022 value=48",
        "income_per_capita 2023 bc2023 pct_change=7 qualifier=over",
    )
    # 47.5 * 1.07 is 50.825, while 48 * 1.07 is 51.36
    assert told(data, "income_per_capita", *lines).startswith("trên 50,82 triệu đồng (suy ra),")


def test_a_stated_growth_is_told_where_the_change_rounds_to_nothing(data):
    lines = (
        "new_jobs 2022 bc2022 value=100 qualifier=about",
        "new_jobs 2023 bc2023 value=103 pct_change=3",
    )
    assert told(data, "new_jobs", *lines) == "103 người, tăng 3% so với năm 2022."


def test_a_certain_rise_of_unknown_size_is_called_a_rise(data):
    lines = ("pigs 2022 bc2022 value=1000 qualifier=almost", "pigs 2023 bc2023 value=1050")
    assert told(data, "pigs", *lines) == "1.050 con, tăng so với năm 2022."


def test_the_change_to_an_almost_figure_is_almost(data):
    lines = (
        "income_per_capita 2022 bc2022 value=63.2",
        "income_per_capita 2023 bc2023 value=70 qualifier=almost",
    )
    assert told(data, "income_per_capita", *lines).startswith(
        "gần 70 triệu đồng, tăng gần 7 triệu đồng"
    )


def test_what_a_source_calls_steady_is_told_with_its_change(data):
    lines = (
        "rice_sown_area 2022 bc2022 value=46.6",
        "rice_sown_area 2023 bc2023 value=46.5 direction=steady",
    )
    assert "giữ ổn định, giảm 0,1 ha" in told(data, "rice_sown_area", *lines)


def test_words_that_begin_like_a_direction_do_not_replace_it(data):
    lines = ("pigs 2023 bc2023 value=300 direction=up words=Tăng cường phòng dịch",)
    assert told(data, "pigs", *lines) == "300 con, tăng cường phòng dịch, tăng so với năm 2022."


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ("upper=-1", "chưa đạt mục tiêu (tăng từ 1 bậc trở lên so với năm trước), thấp hơn 2 bậc."),
        ("upper=0", "chưa đạt mục tiêu (không giảm so với năm trước), thấp hơn 1 bậc."),
    ],
)
def test_a_target_for_the_change_of_a_rank_is_in_places(data, bound, words):
    lines = ("par_index_rank 2022 bc2022 value=3", "par_index_rank 2023 bc2023 value=4")
    target = f"par_index_rank 2023 bc2022 of=change {bound}"
    assert told(data, "par_index_rank", *lines, targets=[target]).endswith(words)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("105", "đạt 105% kế hoạch, vượt 5 điểm % so với mục tiêu (từ 100% trở lên so với kế "
                "hoạch)."),
        ("97.10", "đạt 97,10% kế hoạch, chưa đạt mục tiêu (từ 100% trở lên so với kế hoạch), "
                  "còn thiếu 2,90 điểm %."),
        ("100 qualifier=over", "đạt trên 100% kế hoạch, vượt mục tiêu (từ 100% trở lên so với kế "
                               "hoạch)."),
        ("90 qualifier=under", "đạt dưới 90% kế hoạch, chưa đạt mục tiêu (từ 100% trở lên so với "
                               "kế hoạch)."),
    ],
)  # fmt: skip
def test_a_share_of_the_plan_has_its_own_digits_and_qualifier(data, share, words):
    line = f"budget_revenue 2023 bc2023 pct_of_plan={share}"
    target = "budget_revenue 2023 bc2022 of=pct_of_plan lower=100"
    assert told(data, "budget_revenue", line, targets=[target]) == words


def test_the_distance_of_an_exact_change_from_its_target_is_exact(data):
    line = "pigs 2023 bc2023 value=1000 qualifier=about change=80"
    target = "pigs 2023 bc2022 of=change lower=100"
    assert told(data, "pigs", line, targets=[target]).endswith("còn thiếu 20 con.")

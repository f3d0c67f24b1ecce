import pytest

from caoan_stats import Dataset
from caoan_stats.display import sentences


def test_a_result_states_figure_qualifier_and_change(shipped):
    assert sentences.results(shipped.scorecard(2023, "rice")) == [
        "Diện tích gieo trồng lúa: 462,56 ha, giảm 15,7 ha (3,28%) so với năm 2022.",
        "Năng suất lúa trung bình: ước 115 tạ/ha, giảm 12 tạ/ha (9,45%) so với năm 2022.",
        "Sản lượng lúa: ước 53.195 tạ, giảm 7.544 tạ (12,42%) so với năm 2022.",
        "Năng suất lúa mỗi vụ: ước 57,5 tạ/ha/vụ, giảm 6 tạ/ha/vụ (9,45%) so với năm 2022.",
    ]


def test_a_change_of_a_percentage_is_in_points(shipped):
    card = shipped.scorecard(2023).loc[["culture_family_rate"]]
    assert sentences.results(card) == [
        "Tỷ lệ gia đình văn hóa: 96%, tăng 6 điểm % so với năm 2022."
    ]


@pytest.mark.parametrize(
    ("value", "wording"),
    [
        ("79", "chưa đạt mục tiêu (từ 100 đến 150 người), còn thiếu 21 người"),
        ("110", "đạt mục tiêu (từ 100 đến 150 người)"),
        ("160", "vượt mục tiêu (từ 100 đến 150 người), hơn 10 người"),
    ],
)
def test_a_result_is_compared_with_its_target(write_table, value, wording):
    data = write_table("economy", f"new_jobs,2023,{value},,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("new_jobs,2023,100,150,,bc2023,I,\n")
    card = Dataset.open(data).scorecard(2023)
    assert sentences.results(card) == [f"Số người có việc làm mới: {value} người, {wording}."]


def test_a_result_above_its_upper_bound_states_the_excess(write_table):
    data = write_table("population", "natural_population_growth_rate,2023,1.25,,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("natural_population_growth_rate,2023,,1,neither,bc2023,I,\n")
    [wording] = sentences.results(Dataset.open(data).scorecard(2023))
    assert wording.endswith("1,25%, chưa đạt mục tiêu (dưới 1%), cao hơn 0,25 điểm %.")


def test_a_count_of_zero_is_written_in_words(shipped):
    card = shipped.scorecard(2023, "justice").loc[["complaints_denunciations"]]
    assert sentences.results(card) == ["Đơn khiếu nại, tố cáo: không có."]


def test_an_unchanged_figure_is_described_as_equal_to_last_years(write_table):
    data = write_table("rice", "rice_sown_area,2023,462.56,0,,bc2023,I,")
    assert sentences.results(Dataset.open(data).scorecard(2023, "rice")) == [
        "Diện tích gieo trồng lúa: 462,56 ha, bằng năm 2022."
    ]


def test_a_result_beyond_its_only_bound_states_the_excess(shipped):
    card = shipped.scorecard(2023).loc[["clinic_visits"]]
    assert sentences.results(card) == [
        "Lượt khám chữa bệnh tại trạm Y tế: 5.683 lượt, "
        "vượt mục tiêu (từ 5.242 lượt trở lên), hơn 441 lượt."
    ]


@pytest.mark.parametrize(("hidden", "wording"), [("<5", "<5 hộ"), ("ẩn", "không công bố")])
def test_a_figure_that_is_not_public_is_replaced_in_its_sentence(shipped, hidden, wording):
    card = shipped.scorecard(2023, "welfare").loc[["poor_households"]]
    concealed = card.assign(value=float("nan"), change=float("nan"), hidden=hidden)
    assert sentences.results(concealed) == [f"Hộ nghèo: {wording}."]


def test_the_summary_counts_targets_and_lists_met_ones_before_missed_ones(shipped):
    assert sentences.summary(shipped.scorecard(2023)) == [
        "Năm 2023 có 12 chỉ tiêu được đặt mục tiêu: 1 vượt, 1 đạt, 1 chưa đạt, 9 không định lượng.",
        "Số người có việc làm mới: 110 người, đạt mục tiêu (từ 100 đến 150 người).",
        "Lượt khám chữa bệnh tại trạm Y tế: 5.683 lượt, "
        "vượt mục tiêu (từ 5.242 lượt trở lên), hơn 441 lượt.",
        "Thu ngân sách so với kế hoạch năm: 97,14%, chưa đạt mục tiêu (từ 100% trở lên), "
        "còn thiếu 2,86 điểm %.",
    ]


def test_the_summary_of_a_year_without_targets_is_one_sentence(shipped):
    assert sentences.summary(shipped.scorecard(2022)) == ["Chưa có mục tiêu nào cho năm 2022."]


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


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("natural_population_growth_rate", "đã ở mức này"),
        ("culture_family_rate", "đúng tiến độ"),
        ("new_jobs", "chưa đủ số liệu"),
        ("education_quality", ""),
    ],
)
def test_the_outlook_of_a_target_is_put_in_words(shipped, indicator, words):
    assert sentences.prospect(shipped.scorecard(2024).loc[indicator]) == words


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("income_per_capita", "tăng 1,5 triệu đồng (1,89%)"),
        ("budget_revenue_pct_of_plan", "tăng 12,86 điểm %"),
        ("natural_population_growth_rate", "giữ vững"),
        ("culture_family_rate", "phải tăng"),
        ("education_quality", ""),
        ("rice_planting_rate", ""),
    ],
)
def test_the_required_change_is_computed_from_the_year_before(shipped, indicator, words):
    assert sentences.needed(shipped.scorecard(2024).loc[indicator]) == words


def test_a_required_decrease_below_an_open_bound_is_more_than_the_difference(shipped):
    row = shipped.scorecard(2024).loc["natural_population_growth_rate"].copy()
    row["previous"] = 1.25
    assert sentences.needed(row) == "giảm hơn 0,25 điểm %"

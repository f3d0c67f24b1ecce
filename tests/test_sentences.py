import pytest

from caoan_stats import Dataset, sentences


def test_a_result_says_figure_qualifier_and_change(shipped):
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
    ("value", "said"),
    [
        ("79", "chưa đạt mục tiêu (từ 100 đến 150 người), còn thiếu 21 người"),
        ("110", "đạt mục tiêu (từ 100 đến 150 người)"),
        ("160", "vượt mục tiêu (từ 100 đến 150 người)"),
    ],
)
def test_a_result_says_how_it_stands_to_its_target(write_table, value, said):
    data = write_table("economy", f"new_jobs,2023,{value},,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("new_jobs,2023,100,150,,bc2023,I,\n")
    card = Dataset.open(data).scorecard(2023)
    assert sentences.results(card) == [f"Số người có việc làm mới: {value} người, {said}."]


def test_a_result_above_its_ceiling_says_by_how_much(write_table):
    data = write_table("population", "natural_population_growth_rate,2023,1.25,,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("natural_population_growth_rate,2023,,1,neither,bc2023,I,\n")
    [said] = sentences.results(Dataset.open(data).scorecard(2023))
    assert said.endswith("1,25%, chưa đạt mục tiêu (dưới 1%), cao hơn 0,25 điểm %.")


def test_nothing_counted_is_said_in_words(shipped):
    card = shipped.scorecard(2023, "justice").loc[["complaints_denunciations"]]
    assert sentences.results(card) == ["Đơn khiếu nại, tố cáo: không có."]


def test_a_figure_that_did_not_change_says_so(write_table):
    data = write_table("rice", "rice_sown_area,2023,462.56,0,,bc2023,I,")
    assert sentences.results(Dataset.open(data).scorecard(2023, "rice")) == [
        "Diện tích gieo trồng lúa: 462,56 ha, bằng năm 2022."
    ]


def test_the_summary_counts_and_names_what_was_missed(shipped):
    assert sentences.summary(shipped.scorecard(2023)) == [
        "Năm 2023 có 12 chỉ tiêu được đặt mục tiêu: 1 vượt, 1 đạt, 1 chưa đạt, 9 không định lượng.",
        "Thu ngân sách so với kế hoạch năm: 97,14%, chưa đạt mục tiêu (từ 100% trở lên), "
        "còn thiếu 2,86 điểm %.",
    ]


def test_the_summary_of_a_year_without_targets_says_so(shipped):
    assert sentences.summary(shipped.scorecard(2022)) == ["Chưa có mục tiêu nào cho năm 2022."]


def test_missing_figures_are_named_where_they_are_few(shipped):
    assert sentences.missing(shipped.scorecard(2023, "rice"), "lúa") == [
        "Chưa có số liệu năm 2023: Tỷ lệ diện tích lúa gieo cấy đúng khung thời vụ."
    ]


def test_missing_figures_are_counted_where_they_are_many(shipped):
    assert sentences.missing(shipped.scorecard(2022, "dossiers"), "hồ sơ") == [
        "Chưa có số liệu năm 2022 của 15 chỉ tiêu khác."
    ]


def test_a_year_without_figures_says_so_of_its_subject(shipped):
    assert sentences.missing(shipped.scorecard(2024, "rice"), "sản xuất lúa") == [
        "Chưa có số liệu năm 2024 về sản xuất lúa."
    ]


def test_nothing_is_missing_where_all_is_known(shipped):
    assert sentences.missing(shipped.scorecard(2023, "budget"), "ngân sách") == []


def test_the_alt_text_of_a_trend_says_every_mark(shipped):
    assert sentences.trend(shipped.trend("culture_family_rate")) == (
        "Tỷ lệ gia đình văn hóa: năm 2022 90% (suy ra); năm 2023 96%; mục tiêu năm 2024 trên 96%."
    )


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("natural_population_growth_rate", "đã ở mức này"),
        ("culture_family_rate", "đúng tiến độ"),
        ("new_jobs", "chưa đủ số liệu"),
        ("education_quality", ""),
    ],
)
def test_the_prospect_of_a_target_is_said_in_words(shipped, indicator, words):
    assert sentences.prospect(shipped.scorecard(2024).loc[indicator]) == words

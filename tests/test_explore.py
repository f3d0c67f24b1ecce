import pytest
from helpers.project import PROJECT

from caoan_stats import Dataset, explore
from caoan_stats.publish.notebooks import find_notebooks, read_notebook


@pytest.fixture
def widgets(shipped):
    """The widgets of table, indicator and years, and the content below them."""
    return explore.trends(shipped).children


def test_explore_begins_with_the_first_indicator_and_all_years(widgets):
    table, indicator, years, shown = widgets
    assert (table.label, indicator.label) == ("Kinh tế", "Thu nhập bình quân đầu người")
    assert years.value == (2022, 2024)
    assert "Thu nhập bình quân đầu người: năm 2023 ước 79,5 triệu đồng" in shown.value


def test_another_table_offers_its_own_indicators(widgets):
    table, indicator, _, shown = widgets
    table.value = "livestock"
    assert indicator.value == "pigs"
    assert "Đàn lợn: năm 2023 trên 300 con" in shown.value


def test_another_indicator_is_drawn_with_its_source_and_section(widgets):
    table, indicator, _, shown = widgets
    table.value, indicator.value = "rice", "rice_sown_area"
    assert "<svg" in shown.value
    assert "Năm 2023: 462,56 ha, mục I.B.I.1.1." in shown.value
    assert "Năm 2022: khoảng 478,3 ha, suy ra" in shown.value
    assert "Nguồn: Báo cáo kết quả thực hiện kế hoạch" in shown.value


def test_only_the_chosen_years_are_shown(widgets):
    table, indicator, years, shown = widgets
    table.value, indicator.value = "rice", "rice_sown_area"
    years.value = (2023, 2023)
    assert "Năm 2022" not in shown.value
    assert "<svg" not in shown.value


def test_the_definition_of_the_indicator_comes_last(shipped):
    text = explore.told(shipped, "rice_sown_area", 2023, 2023).text
    assert text.splitlines()[-1].startswith("Cách tính: Tổng diện tích gieo trồng lúa toàn xã")


def test_a_target_is_described_in_words(shipped):
    text = explore.told(shipped, "new_jobs", 2023, 2024).text
    assert "Mục tiêu năm 2023: từ 100 đến 150 người." in text
    assert "Mục tiêu năm 2024: từ 130 đến 150 người." in text


def test_a_target_of_another_fact_is_described_in_words(shipped):
    text = explore.told(shipped, "budget_revenue", 2023, 2024).text
    assert "Mục tiêu năm 2024: từ 110% trở lên so với kế hoạch." in text


def test_an_assumed_figure_is_described_as_such(shipped):
    text = explore.told(shipped, "rice_yield_per_crop", 2023, 2023).text
    assert "Năm 2023: ước 57,5 tạ/ha/vụ, giả định, mục I.B.I.1.1." in text


def test_an_indicator_without_figures_in_these_years_is_one_sentence(shipped):
    assert explore.told(shipped, "poultry", 2024, 2024).text == "Đàn gia cầm: chưa có số liệu."


def test_data_without_any_year_is_one_sentence(write_table):
    shown = explore.trends(Dataset.open(write_table("rice")))
    assert shown.children[0].value == "<p>Chưa có số liệu nào.</p>"


def test_the_explore_notebook_is_interactive_and_makes_no_page():
    path = PROJECT / "notebooks/explore.ipynb"
    assert read_notebook(path).interactive
    assert path not in [each.path for each in find_notebooks(path.parent)]

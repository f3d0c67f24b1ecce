import pandas as pd
import pytest

from caoan_stats import Dataset
from caoan_stats.scorecard import TREND_COLUMNS


def table(card: pd.DataFrame, *columns: str) -> str:
    """Return some columns as CSV text, with ratios rounded to four decimals."""
    return card[list(columns)].round(4).to_csv(lineterminator="\n")


def test_the_main_aims_of_2023_are_judged_in_their_order(shipped):
    card = shipped.scorecard(2023)
    columns = ("value", "previous", "change", "of", "lower", "upper", "words", "status")
    assert table(card.assign(value=card["value"].astype(object)), *columns) == (
        "indicator,value,previous,change,of,lower,upper,words,status\n"
        "income_per_capita,79.5,,,,,,,no_target\n"
        "production_value_per_ha,189.0,,,,,,,no_target\n"
        "budget_revenue,18619139193.0,,,pct_of_plan,100.0,,,missed\n"
        "poor_households,28.0,31.0,-3.0,change,,0.0,,met\n"
        "near_poor_households,20.0,40.0,-20.0,change,,0.0,,met\n"
        "new_jobs,110.0,,,value,100.0,150.0,,met\n"
        "natural_population_growth_rate,0.52,0.6,-0.08,,,,,no_target\n"
        "culture_family_rate,96.0,90.0,6.0,,,,,no_target\n"
        "administrative_reform,,,,,,,Đảm bảo theo kế hoạch,no_target\n"
        "education_quality,,,,,,,Ngày càng nâng cao,no_target\n"
        "security_and_defence,,,,,,,Giữ vững an ninh; duy trì tốt quốc phòng,no_target\n"
        "clinic_visits,5683.0,,,value,5242.0,,,exceeded\n"
        'focus_land,,,,value,,,"Đã giải quyết đơn thư, vi phạm; lập hồ sơ dự án",in_words\n'
        'focus_admin_reform,,,,value,,,"Không trễ hẹn; phục vụ tốt hơn, người dân hài lòng",'
        "in_words\n"
        "focus_new_countryside,,,,value,,,Hạ tầng được nâng cấp; đường kiểu mẫu đang hoàn thành,"
        "in_words\n"
        "breakthrough_clearance,,,,value,,,"
        '"Đúng quy trình, được dân ủng hộ; còn vướng ở Trung Nghĩa",in_words\n'
    )


def test_the_targets_of_2024_have_a_plan_task_and_a_pace(shipped):
    card = shipped.scorecard(2024).query("status == 'no_data'")
    assert table(card, "previous", "plan_task", "pace", "of", "closed") == (
        "indicator,previous,plan_task,pace,of,closed\n"
        "income_per_capita,79.5,1.0189,,value,both\n"
        "budget_revenue,18619139193.0,,,pct_of_plan,both\n"
        "natural_population_growth_rate,0.52,,1.0,value,neither\n"
        "culture_family_rate,96.0,,1.0,value,neither\n"
        "new_jobs,110.0,1.1818,,value,both\n"
        "rice_planting_rate,,,,value,both\n"
        "rice_yield_per_crop,57.5,,,value,both\n"
        "culture_village_rate,,,,value,both\n"
    )


def test_tasks_of_fields_are_in_their_tables_and_not_among_the_main_targets(shipped):
    task, focus = "environment", "focus_land"
    assert {*shipped.scorecard(2024, "land").query("status == 'in_words'").index} >= {task, focus}
    main = shipped.scorecard(2024).index
    assert (focus in main, task in main, "rice_planting_rate" in main) == (True, False, True)


def test_a_table_has_all_its_indicators_with_or_without_a_target(shipped):
    card = shipped.scorecard(2023, "rice")
    assert table(card, "value", "previous", "change", "pct_change", "growth", "status") == (
        "indicator,value,previous,change,pct_change,growth,status\n"
        "rice_sown_area,462.56,478.26,-15.7,-0.0328,0.9672,no_target\n"
        "rice_yield,115.0,127.0,-12.0,-0.0945,0.9055,no_target\n"
        "rice_production,53195.0,60739.0,-7544.0,-0.1242,0.8758,no_target\n"
        "rice_planting_rate,,,,,,no_target\n"
        "rice_yield_per_crop,57.5,63.5,-6.0,-0.0945,0.9055,no_target\n"
    )


def test_several_tables_are_in_the_order_of_the_catalogue(shipped):
    card = shipped.scorecard(2023, ["culture", "credit"])
    assert list(card.index[:2]) == ["credit_agribank_amount", "credit_agribank_households"]
    assert card.index[-1] == "culture_activities"


def test_a_row_has_the_label_unit_and_section_of_its_figure(shipped):
    row = shipped.scorecard(2023, "rice").loc["rice_yield"]
    assert row[["label", "unit", "qualifier", "source", "section"]].to_list() == [
        "Năng suất lúa trung bình",
        "tạ/ha",
        "estimate",
        "bc2023",
        "I.B.I.1.1",
    ]


def test_a_row_has_the_sections_of_its_figure_and_of_its_target(shipped):
    row = shipped.scorecard(2023).loc["poor_households"]
    assert row[["section", "target_section"]].to_list() == ["I.B.II.4", "I.A.4"]


def test_growth_is_plan_task_times_attainment(write_table):
    data = write_table("economy", "new_jobs,2022,80,,,bc2023,I,", "new_jobs,2023,110,,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("new_jobs,2023,100,,,bc2023,I,\n")
    row = Dataset.open(data).scorecard(2023).loc["new_jobs"]
    assert (row["plan_task"], row["attainment"], row["growth"]) == (1.25, 1.1, 1.375)


def test_an_upper_bound_has_no_attainment(write_table):
    data = write_table("population", "natural_population_growth_rate,2023,0.52,,,bc2023,I,")
    with (data / "raw/targets.csv").open("a", encoding="utf-8") as file:
        file.write("natural_population_growth_rate,2023,,1,neither,bc2023,I,\n")
    row = Dataset.open(data).scorecard(2023).loc["natural_population_growth_rate"]
    assert row["status"] == "met"
    assert row[["plan_task", "attainment"]].isna().all()


def test_a_change_from_zero_has_no_ratio(write_table):
    data = write_table("dossiers", "tthc_overdue,2023,5,5,,bc2023,I,")
    row = Dataset.open(data).scorecard(2023, "dossiers").loc["tthc_overdue"]
    assert (row["previous"], row["change"]) == (0, 5)
    assert row[["pct_change", "growth"]].isna().all()


def test_a_year_can_be_text(shipped):
    pd.testing.assert_frame_equal(shipped.scorecard("2023"), shipped.scorecard(2023))


@pytest.mark.parametrize("year", [2022, 2030])
def test_a_year_without_targets_has_an_empty_scorecard(shipped, year):
    assert shipped.scorecard(year).empty


def test_a_trend_spans_every_year_with_a_figure_or_a_target(shipped):
    trend = shipped.trend("culture_family_rate")
    assert list(trend.columns) == list(TREND_COLUMNS)
    assert table(trend, "value", "change", "pct_change", "lower", "closed", "of", "derived") == (
        "year,value,change,pct_change,lower,closed,of,derived\n"
        "2022,90.0,,,,,,True\n"
        "2023,96.0,6.0,,,,,False\n"
        "2024,,,,96.0,neither,value,False\n"
    )
    assert (trend.attrs["unit"], trend.attrs["scale"]) == ("%", "rate")


def test_a_row_with_only_last_years_figure_has_its_section(shipped):
    row = shipped.scorecard(2023, "dossiers").loc["par_index_rank"]
    before = shipped.observations.set_index(["indicator", "year"]).loc[("par_index_rank", 2022)]
    assert (row["value"], row["previous"]) == (pytest.approx(float("nan"), nan_ok=True), 1)
    assert row["section"] == before["section"] != ""

import pytest
from helpers.statements import state

from caoan_stats import Dataset
from caoan_stats.display.explanations import because, consists_of, explained


def test_a_change_is_explained_by_the_effects_of_its_parts(shipped):
    assert because(shipped.explain("rice_production", 2023)) == (
        "Sản lượng lúa giảm 7.545 tạ: năng suất lúa trung bình làm giảm 5.551 tạ (73,6%); "
        "diện tích gieo trồng lúa làm giảm 1.994 tạ (26,4%)."
    )


def test_a_total_is_described_by_its_largest_parts(shipped):
    assert consists_of(shipped.explain("budget_expenditure", 2023)) == (
        "Chi ngân sách gồm: chi đầu tư 68,4%; chi thường xuyên 31,6%."
    )
    assert consists_of(shipped.explain("welfare_files", 2023)).endswith("; 5 phần khác.")


def test_a_difference_does_not_consist_of_its_parts(shipped):
    assert consists_of(shipped.explain("budget_carry_over", 2023)) == ""


def test_the_change_of_a_percentage_is_explained_in_points(data):
    lines = [
        f"{code} {year} bc{year} value={value}"
        for code, values in (
            ("electricity_loss", (90, 120)),
            ("electricity_purchased", (1000, 1000)),
        )
        for year, value in zip((2022, 2023), values, strict=True)
    ]
    relation = "electricity_loss_rate,=,100 * electricity_loss / electricity_purchased"
    frame = Dataset.open(state(data, *lines, relations=[relation])).explain(
        "electricity_loss_rate", 2023
    )
    assert because(frame) == "Tỷ lệ hao tải điện tăng 3 điểm %: hao tải làm tăng 3 điểm % (100%)."


@pytest.mark.parametrize(("before", "after"), [((100, 90), (110, 99)), ((100, 90), (100, 90))])
def test_effects_that_cancel_each_other_are_not_told(data, before, after):
    lines = [
        f"{code} {year} bc{year} value={value}"
        for year, values in ((2022, before), (2023, after))
        for code, value in zip(("budget_revenue", "budget_expenditure"), values, strict=True)
    ]
    relation = "budget_carry_over,=,budget_revenue - budget_expenditure"
    ds = Dataset.open(state(data, *lines, relations=[relation]))
    assert explained([ds.explain("budget_carry_over", 2023)]) == []

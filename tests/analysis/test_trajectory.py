from math import isnan

import pytest
from helpers.statements import state

from caoan_stats import Dataset

INCOME = [
    f"income_per_capita {year} bc{year} value={value}"
    for year, value in zip(range(2019, 2025), (57.2, 61.5, 65.8, 70.8, 76.3, 81.6), strict=True)
]
PLAN = "income_per_capita 2025 nq2020 lower=90 base_year=2020"


@pytest.fixture
def income(data):
    def read(*lines: str, **more):
        return Dataset.open(state(data, *(lines or INCOME), **more)).trajectory("income_per_capita")

    return read


def test_a_trajectory_has_growth_rate_and_extremes(income):
    attrs = income().attrs
    assert round(attrs["cagr"], 4) == 0.0736  # (81.6 / 57.2) ** (1 / 5) - 1
    assert round(attrs["mean_change"], 2) == 4.88
    assert (attrs["best_year"], attrs["worst_year"]) == (2024, 2019)


def test_the_path_to_a_plan_has_a_constant_rate_from_its_base_year(income):
    path = income(targets=[PLAN])["path"].round(2).to_dict()
    assert isnan(path.pop(2019))
    assert path == {2020: 61.5, 2021: 66.37, 2022: 71.62, 2023: 77.29, 2024: 83.4, 2025: 90.0}


def test_a_projection_adds_the_mean_of_five_changes(income):
    frame = income(targets=[PLAN])
    assert round(frame.at[2025, "projection"], 2) == 86.48  # 81.6 + (81.6 - 57.2) / 5
    assert frame.loc[:2024, "projection"].isna().all()


def test_five_figures_give_no_projection(income):
    assert income(*INCOME[1:], targets=[PLAN])["projection"].isna().all()


def test_only_figures_after_the_last_break_are_compared(income):
    frame = income(breaks=["* 2022 Sáp nhập"], targets=[PLAN])
    assert list(frame["value"].dropna().index) == [2022, 2023, 2024]
    assert frame["path"].isna().all()


def test_an_open_figure_is_left_out(income):
    frame = income(*INCOME[:5], f"{INCOME[5]} qualifier=over")
    assert frame.index[-1] == 2023


def test_a_rank_has_no_growth_and_is_best_when_lowest(data):
    lines = [
        f"par_index_rank {year} bc{year} value={value}" for year, value in ((2022, 3), (2023, 1))
    ]
    frame = Dataset.open(state(data, *lines)).trajectory("par_index_rank")
    assert (frame.attrs["best_year"], frame.attrs["mean_change"]) == (2023, -2)
    assert isnan(frame.attrs["cagr"])
    assert frame["pct_change"].isna().all()


def test_an_indicator_without_figures_has_an_empty_trajectory(income):
    frame = income("pigs 2023 bc2023 value=3")
    assert frame.empty
    assert isnan(frame.attrs["cagr"])

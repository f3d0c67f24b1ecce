"""Figures that are far from those of the year before are asked about."""

from decimal import Decimal
from pathlib import Path

import pytest
from helpers.history import make_history
from helpers.project import PROJECT

from caoan_stats.datafolder import raw
from caoan_stats.relations.derive import derive
from caoan_stats.relations.jumps import (
    DECIMALS,
    FRACTION,
    LEAST,
    MOST,
    YEAR,
    Jump,
    find_jumps,
    open_jumps,
)


def add(data: Path, table: str, *lines: str) -> dict:
    """Add lines to a table of the data folder, and return all its tables."""
    with (data / "raw" / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    tables = raw.read_tables(data)
    return {**tables, **derive(tables)}


@pytest.mark.parametrize(
    ("value", "times"), [("12124", 8.00066), ("12125", 0), ("776000", 0), ("776001", 8.00001)]
)
def test_more_than_eight_times_in_either_direction_is_a_jump(value, times, data):
    found = find_jumps(add(data, "livestock", f"chickens,2024,{value},,,bc2023,I,,"))
    assert [round(jump.times, 5) for jump in found] == ([pytest.approx(times, 1e-4)] * bool(times))


def test_a_figure_that_follows_from_a_stated_change_is_asked_about(data):
    assert find_jumps(add(data, "rice", "rice_yield,2024,,5000,,bc2023,I,")) == [
        Jump("rice_yield", 2024, Decimal(5115), Decimal(115))
    ]


def test_a_figure_that_follows_from_other_figures_is_not(data):
    found = find_jumps(add(data, "rice", "rice_yield,2024,5115,,,bc2023,I,",
                           "rice_sown_area,2024,460,,,bc2023,I,"))  # fmt: skip
    assert [jump.indicator for jump in found] == ["rice_yield"]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("dossiers", "par_index_rank,2023,16,,,bc2023,I,,"),
        ("security", "fires_explosions,2024,15,,,bc2023,I,,,"),
    ],
)
def test_a_rank_and_a_figure_after_0_are_no_jumps(table, line, data):
    assert find_jumps(add(data, table, line)) == []


def test_no_jump_is_across_a_break(data):
    with (data / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("*,2024,Sáp nhập xã\n")
    assert find_jumps(add(data, "livestock", "chickens,2024,970001,,,bc2023,I,,")) == []


def test_an_answered_jump_is_not_open(data):
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write("chickens,=,previous,2024,trại mới\n")
    tables = add(data, "livestock", "chickens,2024,970001,,,bc2023,I,,")
    assert (len(find_jumps(tables)), open_jumps(tables)) == (1, [])


def test_a_percentage_typed_as_a_fraction_is_a_jump(data):
    found = find_jumps(add(data, "culture", "culture_family_rate,2024,0.96,,,bc2023,I,,"))
    assert [jump.indicator for jump in found] == ["culture_family_rate"]


@pytest.mark.parametrize(
    ("table", "line", "targets", "count"),
    [
        ("welfare", "health_insurance_coverage,2024,0.98", [], 1),
        ("welfare", "health_insurance_coverage,2024,1.6", [], 0),
        (
            "welfare",
            "health_insurance_coverage,2024,1.2",
            ["health_insurance_coverage,2024,1.5"],
            0,
        ),
        ("culture", "culture_village_rate,2024,1", [], 1),
        ("population", "natural_population_growth_rate,2024,0.9", [], 0),
        ("welfare", "poverty_rate,2024,0.9", [], 0),
        ("welfare", "poverty_rate,2024,0.012", ["poverty_rate,2024,1.5"], 1),
    ],
)
def test_a_small_percentage_is_asked_about_unless_its_target_or_another_year_is_as_small(
    table, line, targets, count, data
):
    add(data, "targets", *(f"{target},,,bc2023,II.I,," for target in targets))
    header = (data / f"raw/{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    found = find_jumps(add(data, table, f"{line},,,bc2023,I" + "," * (len(header) - 7)))
    code = line.partition(",")[0]
    assert [each.right for each in found if each.indicator == code] == [FRACTION] * count


@pytest.mark.parametrize(("share", "count"), [("8", 1), ("97.14", 0), ("350", 0), ("5242", 1)])
def test_a_share_of_the_plan_far_from_100_percent_is_a_jump(share, count, data):
    ds = find_jumps(add(data, "budget", f"budget_revenue,2024,,,,bc2023,I,,{share},"))
    assert len(ds) == count


def test_a_share_of_the_plan_is_answered_by_its_own_row(data):
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write("budget_revenue,=,plan * pct_of_plan / 100,2024,đúng như báo cáo\n")
    tables = add(data, "budget", "budget_revenue,2024,,,,bc2023,I,,8,")
    assert (len(find_jumps(tables)), open_jumps(tables)) == (1, [])


@pytest.mark.parametrize(("year", "value", "count"), [(2026, "970001", 1), (2026, "776000", 0)])
def test_a_figure_is_compared_with_the_last_one_that_is_stated(year, value, count, data):
    found = find_jumps(add(data, "livestock", f"chickens,{year},{value},,,bc2023,I,,"))
    assert [(jump.years, jump.previous) for jump in found] == [(3, Decimal(97000))] * count


def test_a_change_does_not_hide_that_a_figure_is_far_from_an_older_one(data):
    lines = "chickens,2026,970001,1,,bc2023,I,,"
    [jump] = find_jumps(add(data, "livestock", lines))
    assert (jump.indicator, jump.years) == ("chickens", 3)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("budget_revenue,2023,322000,,,bc2023,I,,,", [("budget_revenue", Decimal(322000))]),
        ("budget_revenue,2023,322000,16100,,bc2023,I,,,", [("budget_revenue", Decimal(322000))]),
        ("budget_revenue,2023,1000000,,,bc2023,I,,,", []),
        ("budget_revenue,2023,0,,,bc2023,I,,,", []),
    ],
)
def test_a_first_amount_of_money_that_is_very_small_is_asked_about(line, found, data):
    path = data / "raw/budget.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\n", encoding="utf-8")
    jumps = find_jumps(add(data, "budget", line))
    assert [(jump.indicator, jump.value) for jump in jumps if jump.right == LEAST] == found


@pytest.mark.parametrize(
    ("table", "line", "count"),
    [
        ("economy", "income_per_capita,2023,79500000,,,bc2023,I,,,", 1),
        ("economy", "income_per_capita,2023,79500,,,bc2023,I,,,", 0),
        ("culture", "culture_family_rate,2023,9714,,,bc2023,I,,", 1),
        ("livestock", "goats,2023,5000000,,,bc2023,I,,", 1),
        ("livestock", "chickens,2023,970000,,,bc2023,I,,", 0),
        ("population", "births,2023,120000,,,bc2023,I,", 1),
        ("rice", "rice_sown_area,2023,46000,,,bc2023,I,", 1),
    ],
)
def test_a_first_figure_that_is_very_large_is_asked_about(table, line, count, data):
    path = data / f"raw/{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    found = find_jumps(add(data, table, line))
    assert [jump.right for jump in found if jump.right == MOST] == [MOST] * count


def test_an_amount_in_line_with_an_earlier_one_is_not_small(data):
    found = find_jumps(add(data, "military", "recruit_support,2024,600000,,,bc2023,I,,"))
    assert found == []


@pytest.mark.parametrize(
    ("table", "line", "gap"),
    [
        ("dossiers", "tthc_online_rate,2024,99.309,,,bc2023,I,,", "-0.001"),
        ("rice", "rice_production,2024,53195.5,,,bc2023,I,", "-0.5"),
        ("rice", "rice_sown_area,2024,462e-3,,,bc2023,I,", "0.002"),
        ("rice", "rice_sown_area,2024,,1.1234,,bc2023,I,", "0.0034"),
    ],
)
def test_more_decimals_than_usual_are_asked_about(table, line, gap, data):
    found = find_jumps(add(data, table, line))
    assert [jump.gap for jump in found if jump.right == DECIMALS] == [Decimal(gap)]


@pytest.mark.parametrize(("year", "count"), [(2028, 0), (2029, 1), (2042, 1), (2016, 1)])
def test_a_year_far_from_all_others_is_asked_about_once(year, count, data):
    lines = [f"{code},{year},50000,,,bc2023,I,," for code in ("chickens", "ducks")]
    found = find_jumps(add(data, "livestock", *lines))
    years = [(jump.indicator, jump.year) for jump in found if jump.right == YEAR]
    assert years == [("chickens", year)] * count


@pytest.mark.parametrize("right", [LEAST, MOST, DECIMALS, YEAR, FRACTION])
def test_every_question_has_its_row_of_acknowledged_figures(right, data):
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write(f"merit_arrears_amount,=,{right},2042,đúng như nguồn\n")
    lines = ("merit_arrears_amount,2042,232758000,,,bc2023,I,,",)
    asked = [jump for jump in open_jumps(add(data, "welfare", *lines)) if jump.right == right]
    assert asked == []


def test_the_shipped_figures_and_a_history_ask_nothing(tmp_path):
    for folder in (PROJECT / "data", make_history(tmp_path / "history")):
        tables = raw.read_tables(folder)
        assert open_jumps({**tables, **derive(tables)}) == []

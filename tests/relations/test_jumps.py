"""Figures that are far from those of the year before are asked about."""

from decimal import Decimal
from pathlib import Path

import pytest

from caoan_stats.datafolder import raw
from caoan_stats.relations.derive import derive
from caoan_stats.relations.jumps import Jump, find_jumps, open_jumps


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


@pytest.mark.parametrize(("share", "count"), [("8", 1), ("97.14", 0), ("350", 0), ("5242", 1)])
def test_a_share_of_the_plan_far_from_100_percent_is_a_jump(share, count, data):
    ds = find_jumps(add(data, "budget", f"budget_revenue,2024,,,,bc2023,I,,{share},"))
    assert len(ds) == count


def test_a_share_of_the_plan_is_answered_by_its_own_row(data):
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write("budget_revenue,=,plan * pct_of_plan / 100,2024,đúng như báo cáo\n")
    tables = add(data, "budget", "budget_revenue,2024,,,,bc2023,I,,8,")
    assert (len(find_jumps(tables)), open_jumps(tables)) == (1, [])

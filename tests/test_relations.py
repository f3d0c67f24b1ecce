from decimal import Decimal

import pandas as pd

from caoan_stats import relations


def figures(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """Observations of one indicator from (year, value, change)."""
    return pd.DataFrame(
        {
            "indicator": "area",
            "year": [year for year, _, _ in rows],
            "value": [Decimal(value) if value else None for _, value, _ in rows],
            "change": [Decimal(change) if change else None for _, _, change in rows],
            "qualifier": "estimate",
            "source": "bc2023",
            "section": "I",
            "note": "a note",
        }
    )


def filled(*rows: tuple[int, str, str]) -> list[tuple[int, str, str]]:
    frame = relations.fill(figures(*rows))
    return [
        (row.year, str(row.value), row.status)
        for row in frame[["year", "value", "status"]].itertuples()
    ]


def test_a_stated_change_gives_the_year_before():
    assert filled((2023, "462.56", "-15.7")) == [
        (2022, "478.26", "derived"),
        (2023, "462.56", "stated"),
    ]


def test_a_stated_change_gives_a_year_that_is_not_stated():
    assert filled((2022, "90", ""), (2023, "", "6")) == [
        (2022, "90", "stated"),
        (2023, "96", "derived"),
    ]


def test_a_stated_figure_is_never_replaced():
    assert filled((2022, "480", ""), (2023, "462.56", "-15.7")) == [
        (2022, "480", "stated"),
        (2023, "462.56", "stated"),
    ]


def test_changes_carry_through_several_years():
    assert filled((2021, "", "2"), (2022, "", "3"), (2023, "10", "1")) == [
        (2020, "4", "derived"),
        (2021, "6", "derived"),
        (2022, "9", "derived"),
        (2023, "10", "stated"),
    ]


def test_changes_carry_forwards_too():
    assert filled((2020, "4", ""), (2021, "", "2"), (2022, "", "3")) == [
        (2020, "4", "stated"),
        (2021, "6", "derived"),
        (2022, "9", "derived"),
    ]


def test_a_change_alone_stays_without_a_value():
    assert filled((2023, "", "6")) == [(2023, "None", "stated")]


def test_a_change_is_not_carried_over_a_gap():
    assert filled((2020, "4", ""), (2023, "10", "1")) == [
        (2020, "4", "stated"),
        (2022, "9", "derived"),
        (2023, "10", "stated"),
    ]


def test_decimals_are_exact():
    assert filled((2023, "0.52", "-0.08"))[0] == (2022, "0.60", "derived")


def test_a_derived_figure_has_the_source_of_the_change_and_not_its_note():
    row = relations.fill(figures((2023, "10", "1"))).iloc[0]
    assert (row["qualifier"], row["source"], row["section"], row["note"]) == (
        "estimate",
        "bc2023",
        "I",
        "",
    )


def test_the_given_frame_is_left_as_it_was():
    given = figures((2023, "10", "1"))
    before = given.copy(deep=True)
    relations.fill(given)
    pd.testing.assert_frame_equal(given, before)

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from caoan_stats.relations import figures, filling
from caoan_stats.relations.figures import Known, Statement
from caoan_stats.relations.relation import Relation, parse_relations

EXACT = ("count", "part", "rest")


def stated(*rows: tuple[str, int, str, str], **more: str) -> Statement:
    """Return the statement of rows (indicator, year, value, change)."""
    observations = pd.DataFrame(
        [
            {
                "indicator": code,
                "year": year,
                "value": Decimal(value) if value else None,
                "change": Decimal(change) if change else None,
                **{"qualifier": "", "source": "bc2023", "section": "I", "note": "a note", **more},
            }
            for code, year, value, change in rows
        ]
    )
    names = ("area", "yield", "crop", "count", "part", "rest")
    catalogue = pd.DataFrame(
        {
            "indicator": names,
            "exact": [name in EXACT for name in names],
            "decimals": [0 if name in (*EXACT, "crop") else 2 for name in names],
        }
    )
    return figures.make_statement(observations, catalogue)


def truths(*texts: str) -> tuple[Relation, ...]:
    sides = [text.split(" = ") for text in texts]
    return parse_relations(
        {"left": left, "operator": "=", "right": right, "label_vi": ""} for left, right in sides
    )


def values_of(known: Known) -> dict[tuple[str, int], tuple[str, str]]:
    return {key: (str(figure.value), figure.origin) for key, figure in sorted(known.items())}


def area(*rows: tuple[int, str, str]) -> list[tuple[int, str, str]]:
    """Return the observations of one indicator from rows (year, value, change)."""
    statement = stated(*(("area", *row) for row in rows))
    observations = filling.list_observations(statement, filling.fill(statement))
    return [(row["year"], str(row["value"]), row["status"]) for row in observations]


def test_a_stated_change_gives_the_year_before():
    assert area((2023, "462.56", "-15.7")) == [
        (2022, "478.26", "derived"),
        (2023, "462.56", "stated"),
    ]


def test_a_stated_change_gives_its_own_year_when_that_is_not_stated():
    assert area((2022, "90", ""), (2023, "", "6")) == [
        (2022, "90", "stated"),
        (2023, "96", "derived"),
    ]


def test_a_stated_figure_is_never_replaced():
    assert area((2022, "480", ""), (2023, "462.56", "-15.7")) == [
        (2022, "480", "stated"),
        (2023, "462.56", "stated"),
    ]


def test_changes_carry_through_several_years():
    assert area((2021, "", "2"), (2022, "", "3"), (2023, "10", "1")) == [
        (2020, "4", "derived"),
        (2021, "6", "derived"),
        (2022, "9", "derived"),
        (2023, "10", "stated"),
    ]


def test_changes_carry_forwards():
    assert area((2020, "4", ""), (2021, "", "2"), (2022, "", "3")) == [
        (2020, "4", "stated"),
        (2021, "6", "derived"),
        (2022, "9", "derived"),
    ]


def test_a_change_alone_stays_without_a_value():
    assert area((2023, "", "6")) == [(2023, "None", "stated")]


def test_a_change_is_not_carried_over_a_gap():
    assert area((2020, "4", ""), (2023, "10", "1")) == [
        (2020, "4", "stated"),
        (2022, "9", "derived"),
        (2023, "10", "stated"),
    ]


def test_decimals_are_exact():
    assert area((2023, "0.52", "-0.08"))[0] == (2022, "0.60", "derived")


def test_a_derived_figure_has_the_source_of_the_change_and_not_its_note():
    statement = stated(("area", 2023, "10", "1"), qualifier="estimate")
    row = filling.list_observations(statement, filling.fill(statement))[0]
    assert (row["qualifier"], row["source"], row["section"], row["note"]) == (
        "estimate",
        "bc2023",
        "I",
        "",
    )


def test_the_interval_of_a_derived_figure_is_as_wide_as_those_of_its_parts():
    known = filling.fill(stated(("area", 2023, "462.56", "-15.7")))
    interval = known["area", 2022].interval
    assert (interval.lower, interval.upper) == (Fraction("478.205"), Fraction("478.315"))


def test_a_relation_gives_a_figure_that_is_not_stated():
    statement = stated(("area", 2023, "462.56", ""), ("yield", 2023, "115", ""))
    known = filling.fill(statement, truths("crop = area * yield"))
    assert values_of(known)["crop", 2023] == ("53194", "area * yield")


def test_a_relation_gives_nothing_when_a_figure_is_missing():
    known = filling.fill(stated(("area", 2023, "4", "")), truths("crop = area * yield"))
    assert set(known) == {("area", 2023)}


def test_a_relation_never_replaces_a_stated_figure():
    statement = stated(("crop", 2023, "5", ""), ("area", 2023, "2", ""), ("yield", 2023, "3", ""))
    known = filling.fill(statement, truths("crop = area * yield"))
    assert values_of(known)["crop", 2023] == ("5", "")


def test_relations_build_on_each_other_and_on_changes():
    statement = stated(("count", 2023, "100", "20"), ("part", 2023, "30", "-10"))
    known = filling.fill(statement, truths("yield = 100 * rest / count", "rest = count - part"))
    assert values_of(known) == {
        ("count", 2022): ("80", "next - change"),
        ("count", 2023): ("100", ""),
        ("part", 2022): ("40", "next - change"),
        ("part", 2023): ("30", ""),
        ("rest", 2022): ("40", "count - part"),
        ("rest", 2023): ("70", "count - part"),
        ("yield", 2022): ("50", "100 * rest / count"),
        ("yield", 2023): ("70", "100 * rest / count"),
    }


def test_a_change_takes_precedence_over_a_relation():
    statement = stated(("rest", 2023, "9", "1"), ("count", 2022, "7", ""), ("part", 2022, "3", ""))
    known = filling.fill(statement, truths("rest = count - part"))
    assert values_of(known)["rest", 2022] == ("8", "next - change")


def test_a_change_carries_a_figure_from_a_relation():
    statement = stated(("rest", 2023, "", "1"), ("count", 2022, "7", ""), ("part", 2022, "3", ""))
    known = filling.fill(statement, truths("rest = count - part"))
    assert values_of(known)["rest", 2023] == ("5", "previous + change")


def test_a_relation_that_divides_by_zero_gives_nothing():
    statement = stated(("part", 2023, "3", ""), ("count", 2023, "0", ""))
    known = filling.fill(statement, truths("yield = part / count"))
    assert ("yield", 2023) not in known


def test_a_figure_from_two_sections_names_both():
    first, second = (
        stated(("count", 2023, "7", ""), section="I.A").rows,
        stated(("part", 2023, "3", ""), section="I.B").rows,
    )
    statement = Statement({**first, **second}, stated().catalogue)
    row = filling.fill(statement, truths("rest = count - part"))["rest", 2023].row
    assert (row["source"], row["section"]) == ("bc2023", "I.A; I.B")


@pytest.mark.parametrize(
    ("qualifiers", "combined"),
    [
        (("", ""), ""),
        (("estimate", ""), "estimate"),
        (("about", "estimate"), "about"),
        (("over", ""), "over"),
        (("", "over"), "under"),
        (("over", "over"), "about"),
    ],
)
def test_a_derived_figure_combines_the_qualifiers_of_its_parts(qualifiers, combined):
    rows = {}
    for code, value, qualifier in zip(("count", "part"), ("7", "3"), qualifiers, strict=True):
        rows |= stated((code, 2023, value, ""), qualifier=qualifier).rows
    statement = Statement(rows, stated().catalogue)
    row = filling.fill(statement, truths("rest = count - part"))["rest", 2023].row
    assert row["qualifier"] == combined


def test_a_derived_figure_with_an_uncertain_last_digit_is_qualified_as_about():
    statement = stated(("count", 2023, "18619139193", ""), ("yield", 2023, "97.14", ""))
    row = filling.fill(statement, truths("rest = 100 * count / yield"))["rest", 2023].row
    assert (str(row["value"]), row["qualifier"]) == ("19167324679", "about")


def test_the_bound_of_a_target_is_an_exact_figure_and_not_an_observation():
    targets = pd.DataFrame(
        [{"indicator": "count", "year": 2023, "lower": Decimal("5242"), "upper": None,
          "source": "bc2023", "section": "I"}]
    )  # fmt: skip
    statement = stated(("count", 2023, "5683", ""))
    known = filling.fill(
        statement, truths("yield = 100 * count / count.lower"), figures.target_bounds(targets)
    )
    assert values_of(known)["yield", 2023] == ("108.41", "100 * count / count.lower")
    assert [row["indicator"] for row in filling.list_observations(statement, known)] == [
        "yield",
        "count",
    ]


def test_the_given_statement_is_unchanged():
    statement = stated(("area", 2023, "10", "1"))
    before = dict(statement.rows)
    filling.fill(statement)
    assert statement.rows == before

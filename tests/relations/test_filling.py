from collections.abc import Iterable
from fractions import Fraction

import pytest
from helpers.figures import facts, stated, statement, target, truths

from caoan_stats.relations import figures, filling
from caoan_stats.relations.figures import Known
from caoan_stats.relations.relation import parse_relations


def values_of(known: Known) -> dict[tuple[str, int], tuple[str, str]]:
    return {key: (str(figure.value), figure.origin) for key, figure in sorted(known.items())}


def area(*rows: tuple[int, str, str]) -> list[tuple[int, str, str]]:
    """Return the observations of one indicator from rows (year, value, change)."""
    given = stated(*(("area", *row) for row in rows))
    observations = filling.list_observations(given, filling.fill(given))
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


def test_a_derived_figure_has_the_source_and_the_qualifier_of_its_value():
    given = stated(("area", 2023, "10", "1"), qualifier="estimate")
    row = filling.list_observations(given, filling.fill(given))[0]
    assert (row["qualifier"], row["source"], row["section"]) == ("estimate", "bc2023", "I")


def test_the_interval_of_a_derived_figure_is_as_wide_as_those_of_its_parts():
    known = filling.fill(stated(("area", 2023, "462.56", "-15.7")))
    interval = known["area", 2022].interval
    assert (interval.lower, interval.upper) == (Fraction("478.205"), Fraction("478.315"))


def test_a_relation_gives_a_figure_that_is_not_stated():
    given = stated(("area", 2023, "462.56", ""), ("yield", 2023, "115", ""))
    known = filling.fill(given, truths("crop = area * yield"))
    assert values_of(known)["crop", 2023] == ("53194", "area * yield")


def test_a_relation_gives_nothing_when_a_figure_is_missing():
    known = filling.fill(stated(("area", 2023, "4", "")), truths("crop = area * yield"))
    assert set(known) == {("area", 2023)}


def test_a_relation_never_replaces_a_stated_figure():
    given = stated(("crop", 2023, "5", ""), ("area", 2023, "2", ""), ("yield", 2023, "3", ""))
    known = filling.fill(given, truths("crop = area * yield"))
    assert values_of(known)["crop", 2023] == ("5", "")


def test_relations_build_on_each_other_and_on_changes():
    given = stated(("count", 2023, "100", "20"), ("part", 2023, "30", "-10"))
    known = filling.fill(given, truths("yield = 100 * rest / count", "rest = count - part"))
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
    given = stated(("rest", 2023, "9", "1"), ("count", 2022, "7", ""), ("part", 2022, "3", ""))
    known = filling.fill(given, truths("rest = count - part"))
    assert values_of(known)["rest", 2022] == ("8", "next - change")


def test_a_change_carries_a_figure_from_a_relation():
    given = stated(("rest", 2023, "", "1"), ("count", 2022, "7", ""), ("part", 2022, "3", ""))
    known = filling.fill(given, truths("rest = count - part"))
    assert values_of(known)["rest", 2023] == ("5", "previous + change")


def test_a_relation_that_divides_by_zero_gives_nothing():
    given = stated(("part", 2023, "3", ""), ("count", 2023, "0", ""))
    known = filling.fill(given, truths("yield = part / count"))
    assert ("yield", 2023) not in known


def test_a_figure_from_two_sections_names_both():
    part = [{**fact, "section": "II"} for fact in facts("part", 2023, value="3")]
    given = statement(facts("count", 2023, value="7"), part)
    row = filling.fill(given, truths("rest = count - part"))["rest", 2023].row
    assert (row["source"], row["section"]) == ("bc2023", "I; II")


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
    first, second = qualifiers
    given = statement(
        facts("count", 2023, first, value="7"), facts("part", 2023, second, value="3")
    )
    row = filling.fill(given, truths("rest = count - part"))["rest", 2023].row
    assert row["qualifier"] == combined


def test_a_derived_figure_with_an_uncertain_last_digit_is_qualified_as_about():
    given = stated(("count", 2023, "18619139193", ""), ("yield", 2023, "97.14", ""))
    row = filling.fill(given, truths("rest = 100 * count / yield"))["rest", 2023].row
    assert (str(row["value"]), row["qualifier"]) == ("19167324679", "about")


def test_the_bound_of_a_target_is_an_exact_figure_and_not_an_observation():
    given = stated(("count", 2023, "5683", ""))
    targets = figures.target_figures([target("count", 2023, "5242")], given.catalogue)
    known = filling.fill(given, truths("yield = 100 * count / count.lower"), targets)
    assert values_of(known)["yield", 2023] == ("108.41", "100 * count / count.lower")
    assert [row["indicator"] for row in filling.list_observations(given, known)] == [
        "yield",
        "count",
    ]


def test_the_plan_is_the_lower_bound_or_the_upper_one_where_lower_is_better():
    catalogue = {"count": {"better": "higher"}, "part": {"better": "lower"}}
    targets = [target("count", 2023, "5", "9"), target("part", 2023, "5", "9")]
    known = figures.target_figures(targets, catalogue)
    assert [str(known[f"{code}.plan", 2023].value) for code in catalogue] == ["5", "9"]


def test_the_given_statement_is_unchanged():
    given = stated(("area", 2023, "10", "1"))
    before = dict(given.facts)
    filling.fill(given)
    assert given.facts == before


@pytest.mark.parametrize(
    ("given", "key", "value", "lower", "upper"),
    [
        ({"value": "115", "change": "-12"}, ("yield", 2022), "127", "126", "128"),
        ({"value": "30", "pct_change": "7.0"}, ("yield", 2022), "28.04", "27.56", "28.52"),
        ({"value": "80", "pct_change": "-20"}, ("yield", 2022), "100", "98.76", "101.26"),
        ({"value": "97", "pct_of_plan": "97.14"}, ("yield.plan", 2023), "99.86", "99.34", "100.38"),
    ],
)
def test_a_value_and_a_comparison_give_the_base(given, key, value, lower, upper):
    figure = filling.fill(statement(facts("yield", 2023, **given)))[key]
    ends = [round(float(end), 2) for end in (figure.interval.lower, figure.interval.upper)]
    assert [str(figure.value), *ends] == [value, float(lower), float(upper)]


@pytest.mark.parametrize(
    ("given", "value"),
    [({"change": "-12"}, "115"), ({"pct_change": "10"}, "139.7"), ({"pct_change": "-50"}, "63.5")],
)
def test_the_year_before_and_a_comparison_give_the_value(given, value):
    known = filling.fill(
        statement(facts("yield", 2022, value="127"), facts("yield", 2023, **given))
    )
    assert str(known["yield", 2023].value) == value


def test_the_plan_and_the_stated_share_of_it_give_the_value():
    given = statement(facts("count", 2023, pct_of_plan="108"))
    targets = figures.target_figures([target("count", 2023, "5242")], given.catalogue)
    known = filling.fill(given, (), targets)
    assert values_of(known)["count", 2023] == ("5661", "plan * pct_of_plan / 100")


@pytest.mark.parametrize("given", [{"pct_change": "-100"}, {"pct_of_plan": "0"}])
def test_a_comparison_that_divides_by_zero_gives_nothing(given):
    assert set(filling.fill(statement(facts("yield", 2023, value="0", **given)))) == {
        ("yield", 2023)
    }


def test_a_stated_plan_is_never_replaced():
    given = statement(facts("count", 2023, value="97", pct_of_plan="50"))
    targets = figures.target_figures([target("count", 2023, "100")], given.catalogue)
    assert str(filling.fill(given, (), targets)["count.plan", 2023].value) == "100"


@pytest.mark.parametrize("code", ["area", "*"])
def test_nothing_is_carried_across_a_break(code):
    breaks = [{"indicator": code, "year": 2023, "reason": "sáp nhập xã"}]
    rows = [facts("area", 2023, value="10", change="1"), facts("area", 2022, change="2")]
    assert set(filling.fill(statement(*rows, breaks=breaks))) == {("area", 2023)}


def test_the_break_of_another_indicator_divides_nothing():
    breaks = [{"indicator": "yield", "year": 2023, "reason": "x"}]
    given = statement(facts("area", 2023, value="10", change="1"), breaks=breaks)
    assert ("area", 2022) in filling.fill(given)


def test_a_number_with_an_exponent_gives_figures_as_wide_as_its_digits():
    given = statement(facts("count", 2023, value="18.6e9", pct_of_plan="100"))
    interval = filling.fill(given)["count", 2023].interval
    assert (interval.lower, interval.upper) == (18_550_000_000, 18_650_000_000)


def test_a_relation_fills_only_in_its_years():
    row = {"left": "rest", "operator": "=", "right": "count", "label_vi": "", "years": "2022-"}
    given = stated(("count", 2021, "7", ""), ("count", 2022, "8", ""))
    known = filling.fill(given, parse_relations([row]))
    assert [year for code, year in known if code == "rest"] == [2022]


def test_what_follows_from_an_assumption_is_assumed():
    rows = [
        {"left": "rest", "operator": "=", "right": "count / 2", "label_vi": "", "kind": kind}
        for kind in ("assumption",)
    ]
    given = statement(facts("count", 2023, value="8"), facts("rest", 2023, change="1"))
    known = filling.fill(given, [*parse_relations(rows), *truths("part = 2 * rest")])
    assert {key: figure.status for key, figure in known.items()} == {
        ("count", 2023): "stated",
        ("rest", 2023): "assumed",
        ("rest", 2022): "assumed",
        ("part", 2023): "assumed",
        ("part", 2022): "assumed",
    }


def by(source: str, *rows: Iterable[dict]) -> list[dict]:
    return [{**fact, "source": source} for row in rows for fact in row]


def test_the_newest_document_states_a_figure():
    older, newer = (
        by("bc2022", facts("count", 2022, value="28")),
        by("bc2023", facts("count", 2022, value="30")),
    )
    assert values_of(filling.fill(statement(older, newer))) == {("count", 2022): ("30", "")}


@pytest.mark.parametrize(
    ("code", "value", "corrected", "remains"),
    [
        ("count", "28", "30", False),
        ("count", "28", "28", True),
        ("area", "28", "28.3", True),
        ("area", "28", "28.6", False),
    ],
)
def test_a_comparison_ends_with_the_value_that_it_belongs_to(code, value, corrected, remains):
    older = by("bc2022", facts(code, 2022, value=value, change="-3", pct_of_plan="90"))
    newer = by("bc2023", facts(code, 2022, value=corrected))
    given = statement(older, newer)
    assert ((code, 2022, "change") in given.facts) is remains
    assert ((code, 2022, "pct_of_plan") in given.facts) is remains


def test_a_change_ends_with_the_value_of_the_year_before_that_it_belongs_to():
    given = statement(
        by("bc2021", facts("count", 2021, value="31")),
        by("bc2022", facts("count", 2022, value="28", change="-3", pct_of_plan="90")),
        by("bc2023", facts("count", 2021, value="35")),
    )
    assert {fact for _, year, fact in given.facts if year == 2022} == {"value", "pct_of_plan"}


def test_a_change_of_the_document_that_corrects_the_year_before_remains():
    given = statement(
        by("bc2022", facts("count", 2022, value="28")),
        by(
            "bc2023",
            facts("count", 2023, value="25", change="-5"),
            facts("count", 2022, value="30"),
        ),
    )
    assert ("count", 2023, "change") in given.facts

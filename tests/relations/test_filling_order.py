"""What fills a figure first, and what a derived figure keeps of those that give it."""

from itertools import pairwise

import pytest
from helpers.figures import CATALOGUE, facts, stated, statement, target, truths

from caoan_stats.relations import figures, filling

ALL_YEARS = range(2020, 2024)


def test_a_comparison_with_a_stated_figure_precedes_a_relation_in_every_year():
    changes = (facts("rest", year, change="1") for year in ALL_YEARS[1:])
    parts = (facts("count", year, value="7") for year in ALL_YEARS)
    given = statement(facts("rest", 2020, value="4"), *changes, *parts)
    known = filling.fill(given, truths("rest = count"))
    assert [known["rest", year].origin for year in ALL_YEARS[1:]] == ["previous + change"] * 3


def test_a_relation_precedes_a_comparison_with_a_figure_that_a_relation_gives_in_every_year():
    changes = (facts(code, year, change="1") for code in ("rest", "part") for year in ALL_YEARS[1:])
    given = statement(*changes, facts("count", 2020, value="7"))
    known = filling.fill(given, truths("rest = part", "part = count"))
    assert [known["rest", year].origin for year in ALL_YEARS] == ["part"] * 4


def test_the_nearest_stated_figure_fills_a_gap_and_of_two_the_earlier_one():
    values = (facts("count", year, value=value) for year, value in ((2019, "10"), (2023, "50")))
    changes = (facts("count", year, change="1") for year in (2020, 2021, 2022, 2023))
    known = filling.fill(statement(*values, *changes))
    assert [str(known["count", year].value) for year in (2020, 2021, 2022)] == ["11", "12", "49"]


def test_what_a_plan_gives_follows_the_figure_that_gives_the_plan():
    given = statement(
        facts("part", 2023, value="90"), facts("count", 2023, pct_of_plan="90"),
        facts("rest", 2023, change="1"), facts("part", 2022, value="80"),
        facts("count", 2022, pct_of_plan="80"),
    )  # fmt: skip
    known = filling.fill(given, truths("rest = count.plan", "count = part"))
    assert [known["rest", year].origin for year in (2022, 2023)] == ["count.plan"] * 2


def test_a_plan_can_give_the_figure_that_gives_the_plan_of_another_year():
    given = statement(facts("count", 2023, change="10", pct_of_plan="100"))
    targets = figures.target_figures([target("count", 2022, "40")], given.catalogue)
    known = filling.fill(given, truths("rest = count.plan", "count = rest"), targets)
    assert str(known["rest", 2023].value) == "50"


@pytest.mark.parametrize("backwards", [False, True])
def test_a_figure_from_a_change_keeps_the_qualifier_of_the_other_year(backwards):
    about = facts("count", 2022, "about", value="97000", change="-500" if backwards else "")
    key = ("count", 2021 if backwards else 2023)
    figure = filling.fill(statement(about, facts("count", 2023, change="500")))[key]
    interval = figure.interval
    assert (str(figure.value), figure.row["qualifier"]) == ("97500", "about")
    assert (interval.lower, interval.upper) == (97000, 98000)


@pytest.mark.parametrize(
    ("qualifier", "change", "value", "passed"),
    [("over", "25", "80", "under"), ("under", "-20", "125", "under"), ("over", "-20", "", "")],
)
def test_a_figure_divided_by_an_open_one_is_a_bound_or_unknown(qualifier, change, value, passed):
    size = [{**fact, "source": "b"} for fact in facts("count", 2023, qualifier, pct_change=change)]
    known = filling.fill(statement(facts("count", 2023, value="100"), size))
    figure = known.get(("count", 2022))
    found = (str(figure.value), figure.row["qualifier"]) if figure else ("", "")
    assert found == (value, passed)


def test_a_derived_divisor_that_rounds_to_0_is_not_0():
    given = stated(("count", 2023, "2", ""), ("part", 2023, "8", ""))
    known = filling.fill(given, truths("rest = count / part", "yield = count / rest"))
    assert (str(known["rest", 2023].value), str(known["yield", 2023].value)) == ("0", "8")


def test_an_exact_result_is_exact_again_after_it_was_rounded():
    given = stated(("count", 2023, "10", ""), ("part", 2023, "3", ""))
    known = filling.fill(given, truths("area = count / part", "rest = area * part"))
    assert [str(known[code, 2023].value) for code in ("area", "rest")] == ["3.33", "10"]


def test_a_long_chain_of_relations_is_filled_in_any_order():
    codes = [f"x{place}" for place in range(900)]
    catalogue = {code: {**CATALOGUE["count"], "indicator": code} for code in codes}
    given = figures.make_statement(facts("x0", 2023, value="1"), catalogue, [])
    chain = truths(*(f"{code} = {before} + 1" for before, code in pairwise(codes)))
    known = filling.fill(given, chain[::-1])
    assert str(known["x899", 2023].value) == "900"

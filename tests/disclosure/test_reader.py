from math import inf

from caoan_stats.disclosure.reader import Unknown, possible_values, reader_knowledge
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import parse_relations

SMALL = Unknown(1, 4, integer=True)
COUNT = Unknown(0, inf, integer=True)


def numbers(rows: list[tuple[str, str, str]], shown: dict[str, float], **unknowns: Unknown):
    """Return the values of each small unknown that a reader of the shown figures cannot exclude."""
    names = ("left", "operator", "right")
    truths = parse_relations({**dict(zip(names, row, strict=True)), "label_vi": ""} for row in rows)
    figures = {name: Interval.point(value) for name, value in shown.items()}
    candidates = {name: range(1, 5) for name, unknown in unknowns.items() if unknown == SMALL}
    return possible_values(reader_knowledge(truths, figures, unknowns), candidates)


def test_a_count_in_no_relation_can_be_any_number():
    assert numbers([], {}, a=SMALL) == {"a": {1, 2, 3, 4}}


def test_a_total_and_its_other_part_disclose_a_count():
    assert numbers([("all", "=", "a + b")], {"all": 9, "b": 7}, a=SMALL) == {"a": {2}}


def test_two_hidden_parts_of_a_small_total_are_narrowed_down():
    found = numbers([("all", "=", "a + b")], {"all": 3}, a=SMALL, b=SMALL)
    assert found == {"a": {1, 2}, "b": {1, 2}}


def test_a_reader_knows_that_counts_are_whole():
    found = numbers([("3 * a", "=", "2 * b")], {}, a=SMALL, b=COUNT)
    assert found == {"a": {2, 4}}


def test_a_bound_narrows_a_count_down():
    assert numbers([("a", "<=", "b")], {"b": 2}, a=SMALL) == {"a": {1, 2}}


def test_a_shown_share_discloses_a_count():
    rows = [("share", "=", "100 * a / whole")]
    assert numbers(rows, {"share": 5, "whole": 40}, a=SMALL) == {"a": {2}}


def test_a_shown_share_links_a_count_to_its_hidden_whole():
    rows = [("share", "=", "100 * a / whole"), ("whole", "=", "a + b")]
    assert numbers(rows, {"share": 25, "b": 6}, a=SMALL, whole=COUNT) == {"a": {2}}


def test_a_hidden_share_in_no_other_relation_discloses_nothing():
    rows = [("share", "=", "100 * a / whole")]
    found = numbers(rows, {"share": 5, "whole": 40}, a=SMALL, whole=COUNT, share=Unknown())
    assert found == {"a": {1, 2, 3, 4}}


def test_a_hidden_share_in_another_relation_is_treated_as_shown():
    rows = [("share", "=", "100 * a / whole"), ("share", "<=", "limit")]
    shown = {"share": 5, "whole": 40, "limit": 100}
    found = numbers(rows, shown, a=SMALL, whole=COUNT, share=Unknown())
    assert found == {"a": {1, 2, 3, 4}}
    assert numbers(rows, shown, a=SMALL, share=Unknown(0, inf)) == {"a": {1, 2, 3, 4}}


def test_a_figure_without_a_value_can_be_any_number_from_0():
    assert numbers([("all", "=", "a + lost")], {"all": 3}, a=SMALL) == {"a": {1, 2, 3}}


def test_the_open_end_of_an_interval_discloses_nothing():
    truths = parse_relations([{"left": "a", "operator": "<=", "right": "b", "label_vi": ""}])
    knowledge = reader_knowledge(truths, {"b": Interval(2, inf)}, {"a": SMALL})
    assert possible_values(knowledge, {"a": range(1, 5)}) == {"a": {1, 2, 3, 4}}

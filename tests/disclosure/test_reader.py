from math import inf

from caoan_stats.disclosure.reader import Unknown, possible_values, reader_knowledge
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import parse_relations

SMALL = Unknown(1, 4, integer=True)
COUNT = Unknown(0, inf, integer=True)


def numbers(rows: list[tuple[str, str, str]], shown: dict[str, float], **unknowns: Unknown):
    """What each small unknown can be, as a reader of the shown figures can tell."""
    names = ("left", "operator", "right")
    truths = parse_relations({**dict(zip(names, row, strict=True)), "label_vi": ""} for row in rows)
    figures = {name: Interval.point(value) for name, value in shown.items()}
    candidates = {name: range(1, 5) for name, unknown in unknowns.items() if unknown == SMALL}
    return possible_values(reader_knowledge(truths, figures, unknowns), candidates)


def test_a_count_that_nothing_is_said_of_can_be_any_number():
    assert numbers([], {}, a=SMALL) == {"a": {1, 2, 3, 4}}


def test_a_total_and_its_other_part_give_a_count_away():
    assert numbers([("all", "=", "a + b")], {"all": 9, "b": 7}, a=SMALL) == {"a": {2}}


def test_two_hidden_parts_of_a_small_total_are_narrowed_down():
    found = numbers([("all", "=", "a + b")], {"all": 3}, a=SMALL, b=SMALL)
    assert found == {"a": {1, 2}, "b": {1, 2}}


def test_that_counts_are_whole_is_known_to_a_reader():
    found = numbers([("3 * a", "=", "2 * b")], {}, a=SMALL, b=COUNT)
    assert found == {"a": {2, 4}}


def test_a_bound_narrows_a_count_down():
    assert numbers([("a", "<=", "b")], {"b": 2}, a=SMALL) == {"a": {1, 2}}


def test_a_shown_share_gives_a_count_away():
    rows = [("share", "=", "100 * a / whole")]
    assert numbers(rows, {"share": 5, "whole": 40}, a=SMALL) == {"a": {2}}


def test_a_shown_share_of_a_hidden_whole_ties_the_two():
    rows = [("share", "=", "100 * a / whole"), ("whole", "=", "a + b")]
    assert numbers(rows, {"share": 25, "b": 6}, a=SMALL, whole=COUNT) == {"a": {2}}


def test_a_hidden_share_that_stands_nowhere_else_tells_nothing():
    rows = [("share", "=", "100 * a / whole")]
    found = numbers(rows, {"share": 5, "whole": 40}, a=SMALL, whole=COUNT, share=Unknown())
    assert found == {"a": {1, 2, 3, 4}}


def test_a_hidden_share_that_stands_elsewhere_is_taken_as_given_away():
    rows = [("share", "=", "100 * a / whole"), ("share", "<=", "limit")]
    shown = {"share": 5, "whole": 40, "limit": 100}
    found = numbers(rows, shown, a=SMALL, whole=COUNT, share=Unknown())
    assert found == {"a": {1, 2, 3, 4}}
    assert numbers(rows, shown, a=SMALL, share=Unknown(0, inf)) == {"a": {1, 2, 3, 4}}


def test_a_figure_that_nobody_knows_is_some_number_from_0_on():
    assert numbers([("all", "=", "a + lost")], {"all": 3}, a=SMALL) == {"a": {1, 2, 3}}


def test_the_open_end_of_a_figure_tells_nothing():
    truths = parse_relations([{"left": "a", "operator": "<=", "right": "b", "label_vi": ""}])
    knowledge = reader_knowledge(truths, {"b": Interval(2, inf)}, {"a": SMALL})
    assert possible_values(knowledge, {"a": range(1, 5)}) == {"a": {1, 2, 3, 4}}

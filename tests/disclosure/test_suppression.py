from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.disclosure import suppression
from caoan_stats.disclosure.solver import Effort
from caoan_stats.disclosure.suppression import InfeasibleError
from caoan_stats.disclosure.year import Cell, Year
from caoan_stats.relations.intervals import Interval, around
from caoan_stats.relations.relation import parse_relations

BELOW = 5
Row = tuple[str, str, str]


def choose_marks(year: Year) -> dict[str, str]:
    return suppression.choose_marks(year, Effort())


def secondary(year: Year) -> set[str]:
    return {code for code, mark in choose_marks(year).items() if mark == "ẩn"}


def primary(year: Year) -> set[str]:
    return {code for code, mark in choose_marks(year).items() if mark == "<5"}


def truths(*rows: Row):
    names = ("left", "operator", "right")
    return parse_relations({**dict(zip(names, row, strict=True)), "label_vi": ""} for row in rows)


def a_year(
    figures: Mapping[str, object], sensitive: set[str], *rows: Row, gap: float = 0, **cells: Cell
) -> Year:
    """A year of counts, of shares as their codes say, and of figures that nobody states."""
    relations = truths(*rows)
    names = dict.fromkeys([*figures, *(name for each in relations for name in each.names)])
    made = {}
    for name in names:
        is_count = not name.startswith("share")
        value = Decimal(str(figures[name])) if name in figures else None
        made[name] = Cell(
            None if value is None else around(value, exact=is_count),
            is_whole=is_count,
            is_sensitive=name in sensitive,
            is_fixed=value == 0,
        )
    broken = dict.fromkeys(relations, Fraction(gap)) if gap else {}
    return Year(made | cells, relations, broken, BELOW)


def test_a_small_sensitive_count_in_no_relation_hides_nothing_else():
    year = a_year({"cases": 2, "arrests": 9}, {"cases", "arrests"})
    assert primary(year) == {"cases"}
    assert secondary(year) == set()


@pytest.mark.parametrize("value", [0, 5, 6])
def test_counts_of_zero_and_from_the_threshold_are_shown(value):
    assert choose_marks(a_year({"cases": value}, {"cases"})) == {}


def test_a_small_count_that_is_not_sensitive_is_shown():
    assert choose_marks(a_year({"lots": 2}, set())) == {}


def test_a_total_with_one_hidden_part_hides_the_last_other_part():
    year = a_year(
        {"all": 36, "came": 22, "late": 12, "absent": 2},
        {"absent"},
        ("all", "=", "came + late + absent"),
    )
    assert secondary(year) == {"late"}


def test_a_part_that_leaves_too_little_room_is_hidden_with_another_one():
    year = a_year(
        {"all": 30, "came": 27, "late": 1, "absent": 2},
        {"absent"},
        ("all", "=", "came + late + absent"),
    )
    assert secondary(year) == {"came", "late"}


def test_two_small_parts_do_not_protect_each_other():
    year = a_year({"all": 5, "a": 2, "b": 3}, {"a", "b"}, ("all", "=", "a + b"))
    assert secondary(year) == {"all"}


def test_two_small_parts_hide_a_total_that_discloses_them():
    year = a_year({"all": 2, "a": 1, "b": 1}, {"a", "b"}, ("all", "=", "a + b"))
    assert secondary(year) == {"all"}


def test_a_share_is_hidden_with_its_part():
    year = a_year(
        {"all": 36, "absent": 1, "share": 2.8},
        {"absent"},
        ("share", "=", "100 * absent / all"),
    )
    assert secondary(year) == {"share"}


def test_a_difference_that_discloses_a_count_is_hidden():
    year = a_year({"start": 20, "end": 17, "left": 3}, {"left"}, ("left", "=", "start - end"))
    assert secondary(year) == {"end"}


def test_a_bound_that_narrows_a_count_is_hidden():
    year = a_year({"fires": 3, "burnt": 2}, {"burnt"}, ("burnt", "<=", "fires"))
    assert secondary(year) == {"fires"}


def test_a_figure_that_discloses_a_hidden_one_is_hidden():
    year = a_year(
        {"asked": 50, "no_answer": 10, "all": 40, "came": 38, "absent": 2, "fit": 25, "unfit": 13},
        {"absent"},
        ("all", "=", "came + absent"),
        ("came", "=", "fit + unfit"),
        ("asked", "=", "all + no_answer"),
    )
    assert secondary(year) == {"came", "unfit"}


def test_a_share_is_hidden_with_its_part_also_where_the_source_rounded_it_wrongly():
    rows = [("share", "=", "100 * absent / all")]
    year = a_year({"all": 101, "absent": 3, "share": 2.9}, {"absent"}, *rows, gap=0.02)
    assert secondary(year) == {"share"}


def test_a_contradictory_total_is_believed_and_hides_a_part():
    rows = [("all", "=", "came + absent")]
    year = a_year({"all": 37, "came": 34, "absent": 2}, {"absent"}, *rows, gap=1)
    assert secondary(year) == {"came"}


def test_a_divisor_of_0_leaves_the_other_relations_of_the_year_in_force():
    rows = [("all", "=", "came + absent"), ("share", "=", "100 * came / goal")]
    year = a_year({"all": 36, "came": 35, "absent": 1, "goal": 0}, {"absent"}, *rows)
    assert secondary(year) == {"came"}


def test_a_derived_total_is_hidden_with_its_parts():
    derived = Cell(Interval(Fraction(53), Fraction(153)), True, inputs=frozenset({"a", "b"}))
    about = Cell(around(Decimal(100), "about"), is_whole=True)
    year = a_year({"a": 3}, {"a"}, ("all", "=", "a + b"), all=derived, b=about)
    assert choose_marks(year) == {"a": "<5", "all": "ẩn"}


def test_a_share_of_counts_that_nobody_states_is_hidden():
    rows = [("share", "=", "100 * a / all"), ("all", "=", "b - a")]
    year = a_year({"share": 25, "a": 2, "b": 9}, {"a"}, *rows)
    assert secondary(year) == {"share"}


def test_a_sensitive_count_that_only_the_shown_figures_tell_is_protected():
    year = a_year({"b": 8, "all": 11}, {"a"}, ("all", "=", "a + b"))
    assert choose_marks(year) == {"a": "ẩn", "b": "ẩn"}


@pytest.mark.parametrize(
    ("lower", "upper", "mark"),
    [
        (5, inf, None),  # over 4
        (4, inf, "ẩn"),  # over 3
        (0, 20, None),  # under 20: any number below 5, and others
        (0, 3, "ẩn"),  # under 4
        (3, 4, "<5"),
        (4, 6, "ẩn"),  # about 5
    ],
)
def test_a_vague_count_has_a_mark_where_it_may_be_below_the_threshold(lower, upper, mark):
    upper = upper if upper == inf else Fraction(upper)
    vague = Cell(Interval(Fraction(lower), upper), is_whole=True, is_sensitive=True)
    assert choose_marks(a_year({}, {"a"}, a=vague)).get("a") == mark


def test_a_vague_count_that_others_determine_is_hidden():
    vague = Cell(Interval(Fraction(0), Fraction(20)), is_whole=True, is_sensitive=True)
    year = a_year({"b": 8, "all": 11}, {"a"}, ("all", "=", "a + b"), a=vague)
    assert choose_marks(year) == {"a": "ẩn", "b": "ẩn"}


def test_what_an_earlier_edition_hid_stays_hidden_and_protects():
    year = a_year({"a": 2, "b": 20, "c": 30, "all": 52}, {"a"}, ("all", "=", "a + b + c"))
    assert secondary(year) == {"c"}
    assert secondary(year.hiding(["b", "x.plan"])) == {"b"}
    large = a_year({"a": 7, "b": 20}, {"a"})
    assert choose_marks(large.hiding(["a"])) == {"a": "ẩn"}


@pytest.mark.parametrize("left", ["a - a", "0 * a", "0 / a"])
def test_a_relation_whose_factors_are_all_zero_tells_nothing(left):
    year = a_year({"a": 2, "zero": 0}, {"a"}, (left, "=", "zero"))
    assert choose_marks(year) == {"a": "<5"}


@pytest.mark.parametrize("row", [("a * b", "=", "t"), ("t / a", "=", "b"), ("t", "<=", "a * b")])
def test_a_relation_that_multiplies_hidden_counts_hides_its_other_figures(row):
    year = a_year({"a": 3, "b": 4, "t": 12}, {"a", "b"}, row)
    assert choose_marks(year) == {"a": "<5", "b": "<5", "t": "ẩn"}


def test_a_quotient_of_rounded_figures_is_hidden_with_one_of_them():
    year = a_year({"a": 3, "share_m": 7.5, "share_r": 2.5}, {"a"}, ("a", "=", "share_m / share_r"))
    assert secondary(year)


def test_more_is_hidden_where_floats_are_too_imprecise():
    rows = [("x", "=", "10000000 * a + b + c"), ("a", "<=", "3"), ("3", "<=", "a")]
    year = a_year({"a": 3, "b": 1, "c": 1, "x": 30000002}, {"b", "c"}, *rows)
    assert "x" in secondary(year)


def test_figures_in_a_share_of_a_hidden_whole_stay_shown():
    rows = [("all", "=", "a + b + c"), ("share", "=", "100 * b / all")]
    year = a_year({"a": 2, "b": 9, "c": 9, "all": 20, "share": 45}, {"a"}, *rows)
    assert secondary(year.hiding(["all"])) == {"all", "share"}


def test_relations_that_no_figures_satisfy_stop_the_edition():
    year = a_year({"a": 2}, {"a"}, ("a", "=", "b + 9"))
    with pytest.raises(InfeasibleError):
        choose_marks(year)


def test_a_mark_that_would_disclose_a_count_does_not_state_the_threshold():
    year = a_year(
        {"a": 1, "b": 1, "c": 1, "d": 1, "all": 4},
        {"a", "b", "c", "d", "all"},
        ("all", "=", "a + b + c + d"),
    )
    assert choose_marks(year) == {"a": "<5", "b": "<5", "c": "<5", "d": "<5", "all": "ẩn"}


TABLE = [("ab", "=", "a + b"), ("cd", "=", "c + d"), ("all", "=", "ab + cd"), ("c", "<=", "cd")]
SHARE = [("share", "=", "100 * a / all"), ("all", "=", "a + b")]


@pytest.mark.parametrize(
    ("figures", "rows"),
    [
        ({"a": 4, "b": 5, "c": 5, "all": 14}, [("all", "=", "a + b + c")]),
        ({"a": 2, "b": 30, "all": 40, "c": 8}, [("all", "=", "a + b + c")]),
        ({"a": 1, "b": 20, "ab": 21, "c": 7, "d": 9, "cd": 16, "all": 37}, TABLE),
        ({"a": 3, "b": 12, "ab": 15, "c": 2, "d": 9, "cd": 11, "all": 26}, TABLE),
        ({"a": 2, "b": 18, "share": 10, "all": 20}, SHARE),
    ],
)
def test_the_choice_is_the_same_for_all_numbers_that_a_reader_cannot_exclude(figures, rows):
    year = a_year(figures, {"a", "c"}, *rows)
    marks = choose_marks(year)
    counts = [code for code in marks if not code.startswith("share")]
    ranges = [range(1, 5) if marks[code] == "<5" else range(5, 41) for code in counts]
    tried = 0
    for numbers in product(*ranges):
        other = {**figures, **dict(zip(counts, numbers, strict=True))}
        if "share" in other:
            other["share"] = round(100 * other["a"] / other["all"])
        if all(_holds(row, other) for row in rows):
            tried += 1
            assert choose_marks(a_year(other, {"a", "c"}, *rows)) == marks, other
    assert tried >= 4


def _holds(row: Row, figures: Mapping[str, int]) -> bool:
    (relation,) = truths(row)
    values = {name: Fraction(figures[name]) for name in relation.names}
    left, right = (
        round(side.compute(values, Fraction)) for side in (relation.left, relation.right)
    )
    return left <= right if relation.operator == "<=" else left == right


@pytest.mark.property
@given(
    st.lists(st.integers(1, 14), min_size=4, max_size=4),
    st.sets(st.sampled_from("abcd"), min_size=1),
)
def test_a_reader_who_runs_the_program_can_exclude_no_number(leaves, sensitive):
    figures = _tree(dict(zip("abcd", leaves, strict=True)))
    marks = choose_marks(a_year(figures, sensitive, *TREE))
    shown = {code: number for code, number in figures.items() if code not in marks}
    for code in [each for each in "abcd" if marks.get(each) == "<5"]:
        for number in range(1, BELOW):
            assert any(
                choose_marks(a_year(other, sensitive, *TREE)) == marks
                for other in _trees_near(figures, marks, sensitive, {code: number})
                if shown.items() <= other.items()
            ), (code, number, marks)


TREE = [("ab", "=", "a + b"), ("cd", "=", "c + d"), ("all", "=", "ab + cd")]


def _tree(leaves: dict[str, int]) -> dict[str, int]:
    ab, cd = leaves["a"] + leaves["b"], leaves["c"] + leaves["d"]
    return {**leaves, "ab": ab, "cd": cd, "all": ab + cd}


def _trees_near(
    figures: Mapping[str, int],
    marks: Mapping[str, str],
    sensitive: set[str],
    fixed: Mapping[str, int],
) -> list[dict[str, int]]:
    """Return trees with one leaf fixed, and other numbers for the hidden leaves; nearest first."""
    ranges = {leaf: range(figures[leaf], figures[leaf] + 1) for leaf in "abcd"}
    for leaf in ranges.keys() & marks.keys():
        ranges[leaf] = (
            range(1, 5) if marks[leaf] == "<5" else range(5 if leaf in sensitive else 1, 19)
        )
    ranges |= {leaf: range(number, number + 1) for leaf, number in fixed.items()}
    trees = [_tree(dict(zip(ranges, each, strict=True))) for each in product(*ranges.values())]
    return sorted(trees, key=lambda tree: sum(abs(tree[leaf] - figures[leaf]) for leaf in "abcd"))


@pytest.mark.parametrize("threshold", [3, 5, 12, 13, 40, 100])
def test_the_ends_of_the_range_are_asked_for_at_every_threshold(threshold):
    asked = {*suppression.values_asked_for(threshold)}
    assert {0, 1, 2, threshold - 2, threshold - 1, threshold} <= asked

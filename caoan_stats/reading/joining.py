"""What a whole report states: the same figure stated twice as one, and different ones doubted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.reading.doubts import TWO_VALUES
from caoan_stats.reading.statement import Statement
from caoan_stats.relations.intervals import around

FACTS = ("value", "change", "pct_change", "pct_of_plan", "direction", "lower", "upper")
_NUMBERS = ("value", "change", "pct_change", "pct_of_plan", "lower", "upper")

_NOWHERE = 99
TELLING = 3  # digits of a number that another one can be, rounded

Key = tuple[str, int, str]


def joined(
    statements: Iterable[Statement],
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return statements with what agrees about one indicator and year as one, at its first place.

    Where certain statements state different values, all are doubted; where one is certain, the
    others are left out: they are returned apart.
    """
    groups: dict[Key, list[Statement]] = {}
    for each in statements:
        groups.setdefault((each.indicator, each.year, each.of), []).append(each)
    pairs = [_one(group) for group in groups.values()]
    kept = tuple(each for group, _ in pairs for each in group)
    return kept, tuple(each for _, left in pairs for each in left)


def _one(group: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    merged: list[Statement] = []
    for each in group:
        place = next((n for n, known in enumerate(merged) if _agree(known, each)), None)
        if place is None:
            merged.append(each)
        else:
            merged[place] = _merge(merged[place], each)
    if len(merged) == 1:
        return merged, []
    certain = [each for each in merged if each.certainty == "certain"]
    if len(certain) == 1:
        return certain, [each for each in merged if each is not certain[0]]
    kept = certain or merged
    others = tuple(dict.fromkeys(each.value or each.lower or each.upper for each in kept))
    doubted = [
        replace(each, certainty="unsure", doubt=each.doubt or TWO_VALUES, others=others)
        for each in kept
    ]
    return doubted, [each for each in merged if each not in kept]


def _agree(one: Statement, other: Statement) -> bool:
    """Return whether two statements can be one: they contradict each other in no fact.

    What only an unsure one states is no part of a certain one with a value.
    """
    pairs = [(getattr(one, name), getattr(other, name)) for name in FACTS]
    if any(a and b and a != b and not _equal(a, b) for a, b in pairs):
        return False
    return not _adds_doubt(one, other) or not (one.value and other.value)


def _adds_doubt(one: Statement, other: Statement) -> bool:
    """Return whether one of two statements is unsure, and states what the certain one does not."""
    if one.certainty == other.certainty:
        return False
    unsure, certain = (one, other) if other.certainty == "certain" else (other, one)
    return any(getattr(unsure, name) and not getattr(certain, name) for name in FACTS)


def _equal(one: str, other: str) -> bool:
    """Return whether two numbers are equal, or the one with fewer digits is the other rounded."""
    if {one, other} & {*DIRECTIONS}:
        return False
    first, second = Decimal(one), Decimal(other)
    least = min(len(each.as_tuple().digits) for each in (first, second))
    return first == second or (least >= TELLING and around(first).meets(around(second)))


def _exponent(number: str) -> int:
    """Return the place of the last digit of a number; of none, a high one."""
    return int(Decimal(number).as_tuple().exponent) if number else _NOWHERE


def _merge(one: Statement, other: Statement) -> Statement:
    """Return the first statement with what the other states more or more exactly."""
    first, second = (one, other) if one.value or not other.value else (other, one)
    more = {
        name: getattr(second, name)
        for name in ("direction", "qualifier", "closed")
        if not getattr(first, name)
    }
    more |= {
        name: getattr(second, name)
        for name in _NUMBERS
        if _exponent(getattr(second, name)) < _exponent(getattr(first, name))
    }
    if first.value and second.value and not first.qualifier and second.qualifier:
        more["qualifier"] = second.qualifier
    if _adds_doubt(one, other):
        return first.stating(more | {"certainty": "unsure", "doubt": one.doubt or other.doubt})
    is_certain = "certain" in (one.certainty, other.certainty)
    settled = {"certainty": "certain", "doubt": "", "others": ()} if is_certain else {}
    return first.stating({**more, **settled})

"""What a whole report states: the same figure stated twice as one, and different ones doubted."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from decimal import Decimal

from caoan_stats.reading.doubts import TWO_VALUES
from caoan_stats.reading.statement import Statement

FACTS = ("value", "change", "pct_change", "pct_of_plan", "direction", "lower", "upper")
_NUMBERS = ("value", "change", "pct_change", "pct_of_plan", "lower", "upper")

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
    """Return whether two statements contradict each other in no fact."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in FACTS)
    return all(not a or not b or a == b or _equal(a, b) for a, b in pairs)


def _equal(one: str, other: str) -> bool:
    return (
        one not in ("up", "down", "steady")
        and other not in ("up", "down", "steady")
        and Decimal(one) == Decimal(other)
    )


def _merge(one: Statement, other: Statement) -> Statement:
    """Return the first statement with what only the other states; of two doubts, none counts."""
    first, second = (one, other) if one.value or not other.value else (other, one)
    empty = {
        field.name: getattr(second, field.name)
        for field in fields(Statement)
        if field.name in (*FACTS, "qualifier", "closed") and not getattr(first, field.name)
    }
    if first.value and second.value and not first.qualifier and second.qualifier:
        empty["qualifier"] = second.qualifier
    is_certain = "certain" in (one.certainty, other.certainty)
    settled = {"certainty": "certain", "doubt": "", "others": ()} if is_certain else {}
    return first.stating({**empty, **settled})

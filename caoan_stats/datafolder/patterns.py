"""Whether a pattern of a schema is quick: how many ways there are, at most, to match a text.

Python tries one way after the other, so `(a+)+b` never ends on a text of forty letters. The count
comes from the pattern alone, so it is the same on every machine.
"""

import re
from math import inf, prod
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 200  # characters of the longest text that can match
WAYS = 100_000  # of which each takes less than a microsecond
DEEPEST = 16  # repetitions of what can match in two ways: more than `WAYS`
_ONE = {"LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"}


def is_quick(pattern: str) -> bool:
    """Return whether a text of `LENGTH` characters is matched at once, or the pattern is invalid.

    >>> is_quick("[a-z][a-z0-9_]*"), is_quick("(a+)+b"), is_quick("(a|aa)*b")
    (True, False, False)
    """
    try:
        return _ways(_parser.parse(pattern)) <= WAYS
    except re.error:
        return True


def _ways(items: Any) -> float:
    return prod(_ways_of(str(kind), detail) for kind, detail in items)


def _ways_of(kind: str, detail: Any) -> float:
    if kind in _ONE:
        return 1
    if kind == "BRANCH":
        return sum(map(_ways, detail[1]))
    if kind == "SUBPATTERN":
        return _ways(detail[-1])
    if kind not in ("MAX_REPEAT", "MIN_REPEAT"):
        return inf  # looks around or back
    least, most, items = detail
    least, most, ways = min(least, LENGTH), min(most, LENGTH), _ways(items)
    if ways == 1:
        return float(most - least + 1)
    return inf if most > DEEPEST else sum(ways**count for count in range(least, most + 1))

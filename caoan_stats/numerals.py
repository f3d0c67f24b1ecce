"""Numbers as people type them: the one plain form, and what anything else could mean.

The report itself writes `462.56 ha`, `53.195 tạ`, `97.14%`, `98,9%` and `9,433,834 kwh`: a dot or a
comma means one thing here and another there, so a number is never guessed from its file.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

PLAIN: Mapping[str, re.Pattern[str]] = {
    ".": re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    ",": re.compile(r"[+-]?[0-9]+(,[0-9]+)?"),
}
WHOLE = re.compile(r"[+-]?[0-9]+")
_GROUPS_AND_MARKS = (("[.]", ","), ("[,]", "."), ("[ \u00a0\u202f]", ","))
_CONVENTIONS = tuple(
    (re.compile(rf"[+-]?[0-9]{{1,3}}({group}[0-9]{{3}})+([{mark}][0-9]+)?"), group, mark)
    for group, mark in _GROUPS_AND_MARKS
) + tuple((pattern, "(?!)", mark) for mark, pattern in PLAIN.items())


def plain(text: str, mark: str) -> str | None:
    """Read a number that is written without grouping and with one decimal mark.

    Parameters
    ----------
    text
        The cell, without spaces around it.
    mark
        The decimal mark of the file, `.` or `,`.

    Returns
    -------
    str or None
        The same number with a decimal point and all its decimals; None if it is written otherwise.

    Examples
    --------
    >>> plain("97,10", ",")
    '97.10'
    >>> plain("53.195", ",") is None
    True
    """
    return text.replace(mark, ".") if PLAIN[mark].fullmatch(text) else None


def readings(text: str) -> tuple[str, ...]:
    """List every number that a text can mean under the Vietnamese and the English convention.

    Returns
    -------
    tuple of str
        Distinct numbers with a decimal point, the one with grouped thousands first; empty for
        anything that is no number.

    Examples
    --------
    >>> readings("53.195")
    ('53195', '53.195')
    >>> readings("18.619.139.193")
    ('18619139193',)
    >>> readings("28,05")
    ('28.05',)
    >>> readings("28 tỷ")
    ()
    """
    text = text.replace("\u2212", "-").replace("\u2013", "-")
    numbers = [
        re.sub(group, "", text).replace(mark, ".")
        for pattern, group, mark in _CONVENTIONS
        if pattern.fullmatch(text)
    ]
    return tuple(dict.fromkeys(numbers))


def decimals(number: str) -> int:
    """Count the decimals of a plain number.

    Examples
    --------
    >>> decimals("97.10")
    2
    """
    return len(number.partition(".")[2])


def explain(text: str, mark: str, limit: int | None = None) -> tuple[str, dict[str, object]]:
    """Say what is wrong with a number, by all that it can mean.

    Parameters
    ----------
    text
        A cell that is not plain, or has more decimals than `limit`.
    mark
        The decimal mark of the file, which the advice uses.
    limit
        The most decimals that the number can have, where that is known.

    Returns
    -------
    tuple of str and dict
        Kind and details of a `caoan_stats.errors.DataError`.

    Examples
    --------
    >>> explain("79,5", ".")
    ('misspelt_number', {'found': '79,5', 'mark': '.', 'reading': '79.5'})
    """
    found: dict[str, object] = {"found": text}
    numbers = readings(text)
    if not numbers:
        return "not_a_number", found | {"example": f"79{mark}5"}
    if len(numbers) > 1:
        whole, fraction = numbers
        rounded = fraction if limit is None else str(round(Decimal(fraction), limit))
        return "ambiguous_number", found | {
            "whole": whole,
            "sign": "," if "," in text else ".",
            "rounded": rounded.replace(".", mark),
            "fraction": fraction.replace(".", mark),
        }
    if limit is not None and decimals(numbers[0]) > limit:
        return "too_many_decimals", found | {"decimals": limit}
    return "misspelt_number", found | {"mark": mark, "reading": numbers[0].replace(".", mark)}

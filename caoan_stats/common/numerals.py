"""Numbers as people type them: the one plain form, and what anything else could mean.

The report itself writes `462.56 ha`, `53.195 tạ`, `97.14%`, `98,9%` and `9,433,834 kwh`: a dot or a
comma means one thing here and another there, so a number is never guessed from its file.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

DIGIT_LIMIT = 15  # the most of a number: what a spreadsheet keeps, and a float to the last of them
PLAIN: Mapping[str, re.Pattern[str]] = {
    ".": re.compile(r"[+-]?[0-9]+([.][0-9]+)?"),
    ",": re.compile(r"[+-]?[0-9]+([,][0-9]+)?"),
}
WHOLE = re.compile(r"[0-9]+")
_GROUPS_AND_MARKS = (("[.]", ","), ("[,]", "."), (" ", ","))
_CONVENTIONS = tuple(
    (re.compile(rf"[+-]?[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+([{mark}][0-9]+)?"), group, mark)
    for group, mark in _GROUPS_AND_MARKS
) + tuple((pattern, "(?!)", mark) for mark, pattern in PLAIN.items())
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_MEANT = re.compile(
    r"trăm|nghìn|ngàn|vạn|triệu|tr\b|tỷ|tỉ|k\b|[0-9]e|giảm|hụt|âm\b|[(]", re.IGNORECASE
)  # words that change the number
_WORDS_AROUND = re.compile(r"^[^0-9+.,-]+|(?<![^0-9])[^0-9]+$")


def parse_plain(text: str, mark: str) -> str | None:
    """Read a number that is written without grouping, with one decimal mark, and not too long.

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
    >>> parse_plain("97,10", ",")
    '97.10'
    >>> parse_plain("53.195", ",") is None
    True
    """
    known = PLAIN[mark].fullmatch(text) and is_short(text)
    return text.replace(mark, ".") if known else None


def readings(text: str) -> tuple[str, ...]:
    """List every number that a text can mean under the Vietnamese and the English convention.

    Words and units around the number do not count, but for those that multiply it or turn its sign.

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
    >>> readings("462,56 ha"), readings("28 tỷ")
    (('462.56',), ())
    """
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if not _MEANT.search(text):
        text = _WORDS_AROUND.sub("", text)
    numbers = [
        re.sub(group, "", text).replace(mark, ".").removeprefix("+")
        for pattern, group, mark in _CONVENTIONS
        if pattern.fullmatch(text)
    ]
    return tuple(dict.fromkeys(numbers))


def count_decimals(number: str) -> int:
    """Count the decimals of a plain number.

    Examples
    --------
    >>> count_decimals("97.10")
    2
    """
    return len(number.partition(".")[2])


def is_short(number: str) -> bool:
    """Whether a number has no more digits than a figure can have."""
    return sum(map(str.isdigit, number)) <= DIGIT_LIMIT


def explain_number(text: str, mark: str, limit: int | None = None) -> tuple[str, dict[str, object]]:
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
        Kind and details of a `caoan_stats.common.errors.DataError`.

    Examples
    --------
    >>> kind, details = explain_number("79,5", ".")
    >>> kind, details["reading"]
    ('misspelt_number', '79.5')
    """
    found: dict[str, object] = {"found": text, "mark": mark, "decimals": limit}
    possible = readings(text)
    numbers = [number for number in possible if is_short(number)]
    if possible and not numbers:
        return "long_number", found | {"limit": DIGIT_LIMIT}
    fitting = [number for number in numbers if limit is None or count_decimals(number) <= limit]
    written = [number.replace(".", mark) for number in numbers]
    if not numbers:
        return "not_a_number", found | {"example": "2023" if limit == 0 else f"79{mark}5"}
    if len(numbers) > 1:
        whole, fraction = written
        sign = "," if "," in text else "."
        kind = "ambiguous_number" if len(fitting) > 1 else "grouped_number"
        return kind, found | {"whole": whole, "fraction": fraction, "sign": sign}
    if not fitting:
        return "too_many_decimals", found
    return "misspelt_number", found | {"reading": written[0]}


def round_to(exact: Fraction, decimals: int, whole: Callable[[Fraction], int] = round) -> Decimal:
    """Write a fraction with at most some decimals.

    Parameters
    ----------
    exact
        The number.
    decimals
        The most decimals; zeros at the end are left out.
    whole
        How to take a whole number: `round` (a half goes to the even digit), `math.floor` or
        `math.ceil`.

    Examples
    --------
    >>> round_to(Fraction(2, 3), 2), round_to(Fraction(23, 2), 2)
    (Decimal('0.67'), Decimal('11.5'))
    """
    digits = whole(exact * 10**decimals)
    while decimals and digits % 10 == 0:
        digits, decimals = digits // 10, decimals - 1
    return Decimal(f"{digits}e-{decimals}")

"""The numbers of automatic lists, as word processors write them."""

from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return a number in small Roman numerals.

    >>> roman(14)
    'xiv'
    """
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Return the letter of a number; after z come aa and bb.

    >>> letter(2), letter(28)
    ('b', 'bb')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _: "",
}
_LARGEST = 5_000  # above it a number is written in digits


def numeral(number: int, style: str) -> str:
    """Return a number in a number format of Word; in digits in a format that is not known.

    >>> numeral(3, "upperRoman"), numeral(3, "decimal")
    ('III', '3')
    """
    write = _FORMATS.get(style, str)
    return write(number) if 0 < number < _LARGEST or style == "none" else str(number)

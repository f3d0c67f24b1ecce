"""Numbers in Vietnamese words: “hai”, “ba trăm mười lăm”."""

import re
from collections.abc import Mapping

DIGITS: Mapping[str, int] = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
TENS: Mapping[str, int] = {"mười": 10, "mươi": 10, "chục": 10}
POWERS: Mapping[str, int] = {"trăm": 100, "nghìn": 1000, "ngàn": 1000}
_FILLERS = ("linh", "lẻ")
_FIRST = [word for word in DIGITS if word not in ("không", "mốt", "tư", "lăm", "nhăm")] + ["mười"]
_ANY = [*DIGITS, *TENS, *POWERS, *_FILLERS]
PATTERN = re.compile(
    rf"(?<!\w)(?:{'|'.join(_FIRST)})(?: (?:{'|'.join(_ANY)}))*(?!\w)", re.IGNORECASE
)


def number_of_words(words: str) -> int | None:
    """Return the number that words state; None if they are no number.

    >>> number_of_words("ba trăm mười lăm"), number_of_words("hai mươi tư")
    (315, 24)
    """
    total, part = 0, 0
    for word in words.casefold().split():
        if word in DIGITS:
            part += DIGITS[word]
        elif word in TENS:
            part = part - part % 10 + 10 * (part % 10 or 1)
        elif word in POWERS:
            part = part * POWERS[word]
            if POWERS[word] > 100:
                total, part = total + part, 0
        elif word not in _FILLERS:
            return None
    return total + part

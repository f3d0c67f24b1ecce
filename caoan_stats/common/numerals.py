"""Numbers as people type them: the one plain form of a file, and the readings of any other form.

The official report writes `462.56 ha`, `53.195 tạ`, `97.14%`, `98,9%` and `9,433,834 kwh`. A dot or
a comma groups thousands in one number and is the decimal mark in the next, so a number that has two
readings is never read by guessing from the rest of its file. In `62²`, the sign of a footnote is no
digit.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from caoan_stats.common.spelling import without_accents
from caoan_stats.common.words import Phrase

DIGIT_LIMIT = 15  # digits of a number; a spreadsheet and a float store these exactly
PLAIN_NUMBER: Mapping[str, re.Pattern[str]] = {
    ".": re.compile(r"[+-]?[0-9]+([.][0-9]+)?"),
    ",": re.compile(r"[+-]?[0-9]+([,][0-9]+)?"),
}
EXPONENT = re.compile(r"[eE][+-]?[0-9]{1,2}")  # of a number whose last digits are not stated
_LAST_EXPONENT = re.compile(rf"{EXPONENT.pattern}\Z")
WHOLE = re.compile(r"[0-9]+")
_GROUPS_AND_MARKS = (("[.]", ","), ("[,]", "."), (" ", ","))
_CONVENTIONS = tuple(
    (re.compile(rf"[+-]?[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+([{mark}][0-9]+)?"), group, mark)
    for group, mark in _GROUPS_AND_MARKS
) + tuple((pattern, "(?!)", mark) for mark, pattern in PLAIN_NUMBER.items())
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")  # typed as a minus
DATE_WORDS = re.compile(r"^.*\bngày\b|[ /.,]*\b(tháng|năm)\b")  # “ngày 31 tháng 12 năm 2024”
_CHANGES_NUMBER = re.compile(  # a multiple, an exponent, or a sign in words
    r"trăm|nghìn|ngàn|vạn|triệu|tr\b|tỷ|tỉ|k\b|[0-9]e|giảm|hụt|âm\b|[(]", re.IGNORECASE
)
_UNIT = re.compile("(?<![^\\W\\d_])[kdcmh]?m[²³](?![²³0-9])")  # its exponent is part of its name
_UNIT_BEFORE = re.compile(r"([\u3371-\u33df])(?=\d)")  # in one character, such as `㎡`
_PLAIN_FORMS = ("<wide", "<square")  # kinds of decomposition: `４`, `㎡`
_NOTE_FORMS = ("<super", "<sub", "<circle", "<fraction")
_WORDS_AROUND = re.compile(r"^[^0-9+.,-]+|(?<![^0-9])[^0-9]+$")
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = re.compile(  # its numbers count nothing
    rf"""(?<![\w.,/+-])(?:
    [0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}
    | (?:tháng\s[0-9]{{1,2}}\s(?:đến|và)\s)?tháng\s[0-9]{{1,2}}(?:\s?/\s?|\snăm\s){_YEAR}
    | (?:năm(?:\shọc)?|giai\sđoạn|nhiệm\skỳ|kỳ)\s{_YEAR}(?:\s?[-–]\s?{_YEAR})?
    )(?!\s?%|[\w/+-]|[.,]\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERS = r"""một hai ba bốn sáu bảy bẩy tám chín mười mươi lăm nhăm chục tá trăm nghìn ngàn vạn
    triệu vài mấy dăm đôi cặp nửa rưỡi duy\snhất (?:thứ|phần|mươi)\stư"""
_FIVE = (  # năm is five, unless it is a year: năm trước, trong năm
    r"năm(?=\s\w)(?!\s(?:nay|trước|sau|qua|ngoái|tới|học)\b)",
    r"(?<!trong\s)(?<!cả\s)(?<!hằng\s)(?<!hàng\s)(?<!mỗi\s)(?<!cuối\s)(?<!đầu\s)năm(?!\s\w)",
)
_WORD, _PLAIN_WORD = (
    re.compile(rf"\b(?:{'|'.join(map(form, (*_NUMBERS.split(), *_FIVE)))})\b")
    for form in (str, without_accents)
)
_ROMAN = re.compile(r"\b[IVXL]+\b")


def parse_plain(text: str, mark: str) -> str | None:
    """Return a number in the plain form with a decimal point; None for a text in another form.

    The plain form has no grouping of thousands, at most one decimal mark, which is `mark`, and at
    most `DIGIT_LIMIT` digits, also when its exponent is written out. All decimals are kept.

    Examples
    --------
    >>> parse_plain("97,10", ","), parse_plain("18,6e9", ",")
    ('97.10', '18.6e9')
    >>> parse_plain("53.195", ",") is None
    True
    """
    number = text.replace(mark, ".")
    is_plain = PLAIN_NUMBER[mark].fullmatch(_LAST_EXPONENT.sub("", text)) and is_short(number)
    return number if is_plain else None


def folded(text: str) -> str:
    """Return a text in Unicode normalization form KC, except for the signs of `note_sign`.

    >>> folded("４６２ m²"), folded("62²")
    ('462 m2', '62²')
    """
    if text.isascii():
        return text
    text = _UNIT_BEFORE.sub(r"\1 ", text)
    text = _UNIT.sub(lambda unit: unicodedata.normalize("NFKC", unit[0]), text)
    signs = (each if _is_note_sign(each) else unicodedata.normalize("NFKC", each) for each in text)
    return unicodedata.normalize("NFC", "".join(signs))


def note_sign(text: str) -> str:
    """Return the first sign that may be a footnote's or looks like a digit; empty without one.

    Signs are raised, lowered, circled and bracketed characters, fractions, Roman numerals in one
    character, and digits of other scripts.

    >>> note_sign("512,3¹"), note_sign("6½"), note_sign("６ m²")
    ('¹', '½', '')
    """
    return next(filter(_is_note_sign, folded(text)), "")


def _is_note_sign(sign: str) -> bool:
    form = unicodedata.decomposition(sign).partition(">")[0]
    if sign.isascii() or form in _PLAIN_FORMS:
        return False
    encloses = unicodedata.category(sign) == "Me"  # the digit before it
    has_digit = re.search("[0-9]", unicodedata.normalize("NFKC", sign))
    return sign.isnumeric() or form in _NOTE_FORMS or encloses or has_digit is not None


def readings(text: str, limit: int = 0) -> tuple[str, ...]:
    """Return the numbers that a text can mean, in the Vietnamese and the English convention.

    They have a decimal point; the one with grouped thousands is first. There may be words around
    the number, but one that multiplies it or changes its sign leaves no reading, nor does a
    `note_sign`. Where there is a `limit`, a second reading is below it.

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
    >>> readings("103,309", limit=10_000)
    ('103.309',)
    """
    if note_sign(text):
        return ()
    text = folded(text).translate(DASHES)
    if not _CHANGES_NUMBER.search(text):
        text = _WORDS_AROUND.sub("", text)
    numbers = [
        re.sub(group, "", text).replace(mark, ".").removeprefix("+")
        for pattern, group, mark in _CONVENTIONS
        if pattern.fullmatch(text)
    ]
    if limit:
        numbers = [each for each in numbers if abs(Decimal(each)) < limit] or numbers
    return tuple(dict.fromkeys(numbers))


def has_number(text: str) -> bool:
    """Return whether a text has a number, in digits of any kind or in words; a date is none.

    >>> has_number("Giảm từ 4 vụ"), has_number("Hai trường hợp"), has_number("Khám ngày 07/11/2023")
    (True, True, False)
    """
    rest = _DATE.sub(";", " ".join(unicodedata.normalize("NFC", text).split()))
    words = _PLAIN_WORD if without_accents(rest) == rest else _WORD  # typed without accents
    has_digit = any(map(str.isnumeric, rest + unicodedata.normalize("NFKC", rest)))
    return has_digit or bool(words.search(rest.casefold()) or _ROMAN.search(rest))


def count_decimals(number: str) -> int:
    """Return the number of decimals of a plain number; 2 for `97.10`."""
    return max(0, -int(Decimal(number).as_tuple().exponent))


def is_short(number: str) -> bool:
    """Return whether a number has at most `DIGIT_LIMIT` digits when it is written out."""
    return sum(map(str.isdigit, f"{Decimal(number):f}")) <= DIGIT_LIMIT


def possible(text: str, limit: int = 0) -> list[str]:
    """Return the readings of a text that may end in an exponent.

    >>> possible("18,6e9")
    ['18.6e9']
    """
    mantissa = _LAST_EXPONENT.sub("", text)
    return [each + text[len(mantissa) :] for each in readings(mantissa, limit)]


def explain_number(
    text: str, mark: str, decimals: int | None = None, limit: int = 0
) -> tuple[str, dict[str, object]]:
    """Return kind and details of the `DataError` of a number, which depend on its readings.

    `text` is not in the plain form, or has more than the usual `decimals`; None if they are not
    known. `mark` is the decimal mark of the file, `limit` as in `readings`.

    Examples
    --------
    >>> kind, details = explain_number("79,5", ".")
    >>> kind, details["reading"]
    ('misspelt_number', '79.5')
    """
    details: dict[str, object] = {"found": text, "mark": mark, "decimals": decimals}
    if sign := note_sign(text):
        return "note_sign", details | {"sign": sign}
    readings = possible(text, limit)
    numbers = [number for number in readings if is_short(number)]
    if readings and not numbers:
        return "long_number", details | {"limit": DIGIT_LIMIT}
    fitting = [each for each in numbers if decimals is None or count_decimals(each) <= decimals]
    written = [number.replace(".", mark) for number in numbers]
    if not numbers:
        return "not_a_number", details | {"example": "2023" if decimals == 0 else f"79{mark}5"}
    if len(numbers) > 1:
        whole, fraction = written
        both = {"whole": whole, "fraction": fraction, "sign": "," if "," in text else "."}
        kind = "ambiguous_number" if len(fitting) > 1 else "grouped_number"
        then = Phrase("then_write", {"exact": thousandths(numbers[1])})
        return kind, details | both | {"then": then}
    if not fitting and parse_plain(text, mark):
        return "too_many_decimals", details
    return "misspelt_number", details | {"reading": written[0]}


def thousandths(number: str) -> str:
    """Return a number of three decimals in a form that has one reading.

    >>> thousandths("53.195")
    '53195e-3'
    """
    return f"{Decimal(number).scaleb(3):f}e-3"


def round_to(
    exact: Fraction, decimals: int, rounding: Callable[[Fraction], int] = round
) -> Decimal:
    """Return a number rounded to at most `decimals` decimals, without trailing zeros.

    `rounding` is `round` (half to even), `math.floor` or `math.ceil`.

    Examples
    --------
    >>> round_to(Fraction(2, 3), 2), round_to(Fraction(23, 2), 2)
    (Decimal('0.67'), Decimal('11.5'))
    """
    digits = rounding(exact * 10**decimals)
    while decimals and digits % 10 == 0:
        digits, decimals = digits // 10, decimals - 1
    return Decimal(f"{digits}e-{decimals}")

"""The head of a report: its title, its year, who issued it, and when."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from caoan_stats.documents.document import Document

HEAD_LINES = 40  # of a document, in which its head stands
TITLE_LINES = 5  # at most, without empty ones
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SPAN = re.compile(  # years of a plan, and dates: not the year of the report
    r"(?:giai đoạn|nhiệm kỳ|thời kỳ|kỳ)? ?(?:19|20)[0-9]{2} ?[-–] ?(?:19|20)?[0-9]{2}(?![0-9])"
    r"|(?:0?[1-9]|[12][0-9]|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:19|20)[0-9]{2}"
    r"|ngày [0-9]{1,2} tháng [0-9]{1,2} năm (?:19|20)[0-9]{2}|năm học (?:19|20)[0-9]{2}"
    r"|[0-9]+/(?:19|20)[0-9]{2}/[\w-]+"
)
_REPORT = re.compile(r"báo cáo\b(?P<rest>.*)")
_TITLE = re.compile(  # beginnings of a title
    r"(?:báo cáo )?(?:tổng kết|sơ kết|đánh giá|kết quả|tình hình|công tác|thực hiện)\b"
)
_OUTLOOK = re.compile(
    r"(?:\bvà\b|[,;:–-]) *(?:mục tiêu|phương hướng|nhiệm vụ|kế hoạch|giải pháp|dự kiến|định hướng"
    r"|một số|chương trình)\b.*|\bphương hướng\b.*"
)
_PART = re.compile(
    r"(?:[0-9]{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một) tháng"
    r"(?: đầu năm| cuối năm)?|quý (?:iv|i{1,3}|[1-4])\b|nửa đầu năm|nửa năm|bán niên"
    r"|\btháng [0-9]{1,2}\b|\btuần\b"
)
_WHOLE = re.compile(r"\bcả năm\b|\b12 tháng\b|\bước (?:thực hiện )?năm\b")
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d,\t]*), *ngày +(?P<day>[0-9.…_ \[\]]*) *tháng +"
    r"(?P<month>[0-9.…_ \[\]]*) *năm +(?P<year>(?:19|20)[0-9]{2})",
    re.IGNORECASE,
)
_COMMUNE = re.compile(
    r"\b(?P<kind>xã|phường|thị trấn|đặc khu) +(?P<name>(?:[^\W\d_]+)(?: +[^\W\d_]+){0,4})",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"\b(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b")
_MOTTO = re.compile(r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập.*hạnh phúc", re.IGNORECASE)
_NO_TITLE = re.compile(rf"{_MOTTO.pattern}|\bsố *:|[-_*]{{3,}}")
_NUMBER = re.compile(r"\bsố *:.*", re.IGNORECASE)  # of the document
_GAP = re.compile(r"\t| {3,}")  # between what stands side by side
_NEXT = re.compile(r"^(?:[ivx]+|[0-9]+|[a-h])[.)/]|^phần\b|^kính gửi\b|^năm (?:19|20)|^căn cứ\b")


@dataclass(frozen=True)
class Head:
    """What the head of a document tells; empty where it does not.

    `part` are the words of a part of a year, such as `9 tháng`; `years` all that may be the year of
    the report, if it is not clear.
    """

    year: int | None = None
    title: str = ""
    issuer: str = ""
    date: str = ""  # in ISO 8601, or the beginning of one
    commune: str = ""
    part: str = ""
    years: tuple[int, ...] = ()


def suggest(document: Document) -> Head:
    """Return what the first lines of a document tell of it.

    The year is that of the results in the title: of “kết quả năm 2024, phương hướng năm 2025” it is
    2024. Without a title there is none.
    """
    cells = (cell for line in document.lines[:HEAD_LINES] for cell in _GAP.split(line.text))
    lines = [line for cell in cells if (line := " ".join(cell.split()))]
    title, place = _title(lines)
    above = lines[: place or 0] if title else ()
    results = _SPAN.sub(" ", _OUTLOOK.sub("", title.casefold()))
    years = tuple(dict.fromkeys(map(int, _YEAR.findall(results))))
    part = "" if _WHOLE.search(results) else _found(_PART, results)
    issuer, commune = _issuer(above)
    return Head(
        years[0] if len(years) == 1 and not part else None,
        title,
        issuer,
        _date(lines if title else ()),
        commune,
        part,
        years,
    )


def is_same_commune(name: str, other: str) -> bool:
    """Return whether two names are of one commune, however they are written.

    >>> is_same_commune("XÃ BÌNH AN", "UBND xã Bình An"), is_same_commune("xã Hòa An", "xã Hoà An")
    (True, True)
    """
    first, last = (_plain_commune(each) for each in (name, other))
    return not first or not last or first == last


def commune_in(text: str) -> str:
    """Return the commune that a text names; empty for none.

    >>> commune_in("UBND xã Bình An"), commune_in("UBND XÃ BÌNH AN"), commune_in("Ủy ban nhân dân")
    ('xã Bình An', 'xã Bình An', '')
    """
    found = None
    for each in _COMMUNE.finditer(text):
        words = [*takewhile(lambda word: word[0].isupper(), each["name"].split())]
        found = (each["kind"].lower(), words) if words else found
    if not found:
        return ""
    kind, words = found
    return f"{kind} {' '.join(word.capitalize() if word.isupper() else word for word in words)}"


def _plain_commune(text: str) -> list[tuple[str, ...]]:
    """Return the syllables of a commune: “hoà” and “hòa” are one, in whatever letters."""
    syllables = unicodedata.normalize("NFD", commune_in(text).casefold()).split()
    return [tuple(sorted(syllable)) for syllable in syllables]


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _title(lines: Sequence[str]) -> tuple[str, int | None]:
    """Return the title, on one line, and the number of the line where it begins.

    It stands below “BÁO CÁO”, or is the first line and no sentence.
    """
    for place, line in enumerate(lines):
        report = _REPORT.fullmatch(line.casefold())
        if report and (line.isupper() or not report["rest"] or _is_title(line)):
            own = [line] if report["rest"] else []
            rest = [*own, *takewhile(_goes_on, lines[place + 1 : place + 1 + TITLE_LINES])]
            if rest:
                return _joined(rest, with_head=not own), place
    if lines and _is_title(lines[0]):
        return _joined([*takewhile(_goes_on, lines[:TITLE_LINES])], with_head=True), 0
    return "", None


def _joined(lines: Sequence[str], *, with_head: bool) -> str:
    """Return the lines of a title as one, as it is cited: “Báo cáo kết quả …”."""
    title = " ".join(lines).strip(" .")
    title = title.capitalize() if title.isupper() else title
    return f"Báo cáo {title[0].lower()}{title[1:]}" if with_head and title else title


def _is_title(line: str) -> bool:
    """Return whether a line begins as a title does, and is no sentence."""
    plain = line.casefold()
    has_figure = re.search(r"[0-9]", _SPAN.sub("", _YEAR.sub("", _PART.sub("", plain))))
    return bool(_TITLE.match(plain)) and not line.endswith((".", ";", ":")) and not has_figure


def _goes_on(line: str) -> bool:
    plain = line.casefold()
    return not _NEXT.match(plain) and not _NO_TITLE.search(plain) and not line.endswith((".", ":"))


def _issuer(lines: Sequence[str]) -> tuple[str, str]:
    """Return the committee above the title, and its commune."""
    own = (line for line in lines if not _DATE.search(line))
    text = "; ".join(_NUMBER.sub(" ", _MOTTO.sub(" ", line)) for line in own)
    commune = commune_in(text)
    if not commune:
        return "", ""
    is_committee = _COMMITTEE.search(text.casefold())
    return (f"UBND {commune}" if is_committee else ""), commune


def _date(lines: Sequence[str]) -> str:
    """Return the date of “Bình An, ngày 15 tháng 12 năm 2024”; month or day may be left open."""
    for line in lines:
        if found := _DATE.search(line):
            parts = [found["year"], found["month"].strip(" .…_[]"), found["day"].strip(" .…_[]")]
            known = [*takewhile(str.isdecimal, parts)]
            return "-".join(part.zfill(2) for part in known)
    return ""

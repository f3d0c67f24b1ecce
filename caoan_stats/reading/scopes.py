"""Where in a sentence figures are not of the commune's whole year: part-years, seasons, others.

To add a kind, add a row to `_EVENTS`: what begins it. It lasts until words of the whole year, to a
semicolon or to the end of the sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

COMMUNE = "commune"  # a name that is not ours: of another one, or the data folder has no name
LAST_MONTHS = 11  # a report to a day from this month on counts as the year's
_FEW = r"(?:[1-9]|1[01]|ba|sáu|chín|mười|mười một)"
_ALREADY = r"(?<![0-9]{4} )(?<!tháng [0-9] )(?<!tháng [0-9]{2} )"  # “từ tháng 7 đến tháng 9”
_SEASON = "đông xuân|chiêm xuân|chiêm|xuân|mùa|đông|hè thu|thu đông|hè|thu"
_VILLAGE = "(?:[Tt]hôn|[Xx]óm|[Ll]àng|[Ấấ]p|[Ss]óc|[Bb](?:ản|uôn)(?= [A-ZĐ])|[Tt]ổ dân phố)"
_EVENTS: Mapping[str, str] = {
    "part_year": rf"\b{_FEW} tháng(?: (?:đầu|cuối) năm| qua)?(?:,? năm [0-9]{{4}})?\b(?! tuổi)"
    r"|\b(?:quý|qúy) (?:i{1,3}|iv|[1-4]|một|hai|ba|tư|đầu|cuối)\b(?: ?/ ?[0-9]{4})?"
    r"|\b(?:riêng|trong) tháng [0-9]{1,2}\b(?:(?: ?/ ?|,? năm )[0-9]{4})?"
    rf"|{_ALREADY}\b(?:đến|hết|cuối)(?: hết| cuối)?(?: ngày)? "
    r"(?:[0-9]{1,2} ?[/.-] ?(?P<month>[0-9]{1,2})\b(?:[/.-][0-9]{4})?"
    r"|tháng (?P<named>[0-9]{1,2})\b(?! ?[/.-] ?[0-9]{1,2} ?[/.-]))(?:(?: ?/ ?|,? năm )[0-9]{4})?",
    "season": rf"\bvụ (?:{_SEASON})\b|\b(?:lúa|ngô|lạc|màu|mầu) (?:{_SEASON})\b"
    r"|\b(?:mỗi|một|từng) vụ\b",
    "term": r"\b(?:từ |so với )?đầu nhiệm kỳ(?: đến nay)?|\bl(?:ũy|uỹ) kế|\bcộng dồn|\bnhiệm kỳ\b"
    r"|\btrong (?:[0-9]+|ba|bốn|năm) năm|^\W*(?:ba|bốn|năm|[2-9]) năm [0-9]{4} ?[-–] ?[0-9]{4}"
    r"|\btừ năm [0-9]{4} đến|\bgiai đoạn [0-9]{4}|\b[0-9]+ năm (?:qua|gần đây)"
    r"|\bbình quân [0-9]+ năm",
    "month": r"\bT[0-9]{1,2}/[0-9]{2,4}\b|^\W*tháng [0-9]{1,2}(?: ?/ ?|,? năm )[0-9]{4}(?! ?,)"
    r"|\btuần (?:từ|qua|này|đầu)\b",
    "elsewhere": r"(?<!hoạch )(?<!tiêu )(?<!toán )\bcủa (?:huyện|tỉnh)(?= (?:là |đạt |còn )?[0-9])"
    r"|\b(?:toàn|cả) (?:huyện|tỉnh|nước|quốc)\b|\bbình quân chung\b|\bhuyện nhà\b"
    r"|\btrong khi đó\b|\bxã (?:bạn|khác)\b|\bhuyện ta\b"
    r"|\b(?:lân cận|liền kề|giáp ranh|bên cạnh|kế bên)\b",
    "village": rf"\b(?:[Rr]iêng|[Cc]ả|[Tt]oàn) {_VILLAGE}\b"
    rf"|(?:^|[;.:,(] ?|\b(?:[Tt]ại|[Tt]rong|[Ởở]) ){_VILLAGE} "
    r"(?!nào|đều|đã|cùng|trong)[^\W_]+(?: [^\W\d_]+){0,3}?"
    r"(?= (?:có|còn|đạt|chỉ|thu|gieo|nuôi|được|hiến)\b)",
    "of_village": rf"\b{_VILLAGE}(?: [A-ZĐ][^\W\d_]*){{1,4}}(?= [0-9])",
    "supposed": r"\b(?:giả sử|giả định|nếu|trường hợp có từ|phải báo cáo)\b",
    "lost": r"\b(?:gãy đổ|thiệt hại|hư hỏng|tiêu hủy|tiêu huỷ|bị chết|mất trắng|xuất bán|"
    r"xuất chuồng|bị ngập|ảnh hưởng|khắc phục|sự cố)\b",
}
_WHOLE = re.compile(
    r"\b(?:cả năm|toàn năm|tính chung|trong năm|năm (?:19|20)[0-9]{2}|năm qua|năm nay|cuối năm|"
    r"hiện nay|đến nay|hiện)\b",
    re.IGNORECASE,
)
_COMMUNE = re.compile(r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn) (?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})")
_SENTENCE_WIDE = ("part_year", "season", "month", "term")
_CLAUSE_WIDE = ("lost", "of_village")


@dataclass(frozen=True)
class Scope:
    """What a place of a sentence is about: empty for the commune's whole year."""

    kind: str
    start: int
    end: int


def scopes(text: str, commune: str = "") -> list[Scope]:
    """Return the parts of a sentence that are not about the whole year of the commune.

    >>> [each.kind for each in scopes("Vụ chiêm cấy 229 ha; cả năm cấy 454 ha")]
    ['season']
    """
    found = [
        Scope(kind, match.start(), match.end())
        for kind, pattern in _patterns().items()
        for match in pattern.finditer(text)
        if not _is_late(match)
    ]
    found += [
        Scope(COMMUNE, match.start(), match.end())
        for match in _COMMUNE.finditer(text)
        if commune and (name := _name(match["name"])) and not commune.casefold().startswith(name)
    ]
    return [
        Scope(each.kind, each.start, _end(text, each))
        for each in sorted(found, key=lambda each: (each.kind == COMMUNE, each.start))
    ]


def _name(words: str) -> str:
    """Return the capitalised words that begin a text, in lower case; none are abbreviations."""
    named = takewhile(lambda word: word.istitle() and len(word) > 1, words.split())
    return " ".join(named).casefold()


def scope_at(found: list[Scope], place: int) -> str:
    """Return the kind of the scope of a place; empty for the commune's whole year."""
    return next((each.kind for each in found if each.start <= place < each.end), "")


def _end(text: str, scope: Scope) -> int:
    """Return where a scope ends: at words of the whole year; other than of time, at a semicolon."""
    if scope.kind in _SENTENCE_WIDE:
        return next((match.start() for match in _WHOLE.finditer(text, scope.end)), len(text))
    ends = [
        place
        for sign in (";,)" if scope.kind in _CLAUSE_WIDE else ";")
        if (place := text.find(sign, scope.end)) >= 0
    ]
    return min([len(text), *ends])


def _is_late(match: "re.Match[str]") -> bool:
    """Return whether a date is so late in the year that it stands for the year."""
    groups = match.groupdict()
    month = groups.get("month") or groups.get("named")
    if not month:
        return False
    return int(month) > LAST_MONTHS or (bool(groups.get("month")) and int(month) >= LAST_MONTHS)


@cache
def _patterns() -> Mapping[str, "re.Pattern[str]"]:
    flags = {"village": re.NOFLAG, "of_village": re.NOFLAG}
    return {
        kind: re.compile(text, flags.get(kind, re.IGNORECASE)) for kind, text in _EVENTS.items()
    }

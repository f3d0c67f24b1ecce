"""A sentence where it stands in a report, and the time that its figures are of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from caoan_stats.documents.document import Line
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.paragraphs import Paragraph
from caoan_stats.reading.persons import quoted
from caoan_stats.reading.roles import Spot

_AIM = re.compile(
    r"phấn đấu|mục tiêu (?:đến|tới)|dự kiến năm|(?:đến|tới) năm 20[0-9]{2}"
    r"|(?:mục tiêu|chỉ tiêu|dự toán|kế hoạch|phương hướng|nhiệm vụ)[^.;0-9]{0,40} "
    r"năm (?P<year>20[0-9]{2})",
    re.IGNORECASE,
)
_RESULT = re.compile(r"kết quả|\bđã\b|so với kế hoạch|thực hiện được", re.IGNORECASE)
_FIRST_YEAR = re.compile(
    r"^[\W\d]*(?:(?:trong|đến|bước sang|sang|kế hoạch|mục tiêu|chỉ tiêu) )*"
    r"(?:(?:năm|giai đoạn) |(?<=tiêu )|(?<=hoạch ))(20[0-9]{2})\b",
    re.IGNORECASE,
)
_COMPARED = ("% ", "so với ", "so ", "với ", "hơn ", "bằng ", "kém ", "cùng kỳ ", "trước ")
_YEAR = re.compile(
    rf"{''.join(f'(?<!{word})' for word in _COMPARED)}(?:\bnăm |(?<=\()(?=[0-9]{{4}} ?:))"
    r"((?:19|20)[0-9]{2})\b"
    r"(?! ?[-–] ?(?:19|20))",
    re.IGNORECASE,
)
_TO_LEVEL = re.compile(r"xuống|lên|còn", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A sentence of a report of a year."""

    text: str
    start: int  # in its paragraph
    paragraph: Paragraph
    earlier: tuple[str, ...]  # the sentences before it
    year: int
    known: Catalogue
    # indicators that a sentence like it of last year's report tells, by start of the amount
    like: Mapping[int, str] = field(default_factory=dict)

    label: str = ""  # the indicator that it begins with by its label: “Đàn lợn: …”

    def knowing(self, like: Mapping[int, str]) -> "Passage":
        """Return the sentence with what last year's report tells of it."""
        return replace(self, like=like)

    def line_at(self, place: int) -> Line:
        """Return the line of the document where a place of the sentence is."""
        return self.paragraph.line_at(self.start + place)

    def is_aim(self, spot: Spot) -> bool:
        """Return whether a number is aimed at, by the headings, a later year or words of aims."""
        if self.paragraph.is_aim:
            return True
        said = self._said_before(spot)
        words = [
            each for each in _AIM.finditer(said) if int(each["year"] or self.year + 1) > self.year
        ]
        if words and not _RESULT.search(said[words[-1].end() :]):
            return True
        firsts = (_FIRST_YEAR.match(clause) for clause in said.split(";"))
        is_later = any(first and int(first[1]) > self.year for first in firsts)
        return is_later or bool(
            re.search(rf"so với (?:năm )?{self.year}\b", self.text, re.IGNORECASE)
        )

    def _said_before(self, spot: Spot) -> str:
        """Return the words before a number, with those before the list that it stands in."""
        return f"{self.paragraph.lead} {self.text[: spot.amount.start]}"

    def year_of(self, spot: Spot) -> int:
        """Return the year that a number is of: that of the report, unless the sentence says."""
        if spot.is_previous:
            return self.year - 1
        if spot.is_plan and not self.is_aim(spot):
            return self.year
        if self.is_aim(spot):
            said = self._said_before(spot)
            later = [each for each in map(int, _YEAR.findall(said)) if each > self.year]
            return later[-1] if later else self.year + 1
        said = self.text[: spot.amount.start].rpartition(";")[2]
        if said.count("(") <= said.count(")"):
            said = re.sub(r"\([^()]*\)", "", said)
        if _TO_LEVEL.search(spot.before):  # “từ 28 hộ năm 2023 giảm xuống còn 24 hộ”
            said = _TO_LEVEL.split(spot.before)[-1]
        named = map(int, _YEAR.findall(said))
        return next(iter([each for each in named if each <= self.year][::-1]), self.year)

    def quote(self, spot: Spot) -> str:
        """Return the clause of a figure, without names of persons."""
        return quoted(self.text, spot.amount.start, spot.amount.end)

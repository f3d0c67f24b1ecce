"""Tables in a document: what each row states, by the words of the head of its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from caoan_stats.concepts.facts import PCT_OF_PLAN, VALUE
from caoan_stats.documents.document import Document, Kind, Line
from caoan_stats.reading.amounts import NUMBER, Amount
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.doubts import NO_HEAD, TIE
from caoan_stats.reading.naming import candidates, make_text, zones
from caoan_stats.reading.numbers import Number, read_number
from caoan_stats.reading.outline import Outline
from caoan_stats.reading.statement import Statement

LABEL, UNIT, PREVIOUS, PLAN, RATIO, NEXT_PLAN, SKIPPED = (
    "label", "unit", "previous", "plan", "ratio", "next_plan", "",
)  # fmt: skip
_GAP = re.compile(r"\t|\s{2,}")
_UNIT_AFTER = re.compile(r"\s*[(]([^()0-9]{1,20})[)]\s*$")
_CELL = re.compile(rf"[+-]?{NUMBER}\s?%?")
CLEAR = 0.6  # of the score of the first: a second indicator is no rival
_NUMBERS = 3  # in a row without a head: plan, value, and share of the plan
_PERCENT_SUM = 0.6  # of 100: how far a rounded share of the plan may be from its two numbers


def column_kinds(head: Sequence[str], year: int) -> list[str]:
    """Return what each column of a table states, by the words of its head.

    >>> column_kinds(["Chỉ tiêu", "ĐVT", "KH 2024", "TH 2024", "% TH/KH"], 2024)
    ['label', 'unit', 'plan', 'value', 'pct_of_plan']
    """
    return [_kind(cell, year) for cell in head]


def _kind(cell: str, year: int) -> str:  # noqa: PLR0911 - one for each kind
    words = " ".join(cell.split()).casefold()
    is_plan = bool(
        re.search(r"\b(?:kế hoạch|kh|dự toán|dt|chỉ tiêu giao|mục tiêu|nghị quyết)\b", words)
    )
    is_share = bool(re.search(r"%|so (?:với |sánh)|tỷ lệ|/", words))
    years = [int(each) for each in re.findall(r"(?:19|20)[0-9]{2}", words)]
    if re.search(r"\b(?:stt|tt)\b|ghi chú", words):
        return SKIPPED
    if is_share and is_plan:
        return PCT_OF_PLAN
    if is_share and re.search(r"cùng kỳ|năm trước|th/th|%|so sánh", words):
        return RATIO
    if re.search(r"đơn vị|đvt", words):
        return UNIT
    if is_plan and re.search(r"[0-9]|kế hoạch|kh\b|dự toán", words):
        return NEXT_PLAN if year + 1 in years else PLAN
    if re.search(r"chỉ tiêu|nội dung|tên|danh mục", words) and not years:
        return LABEL
    if years and year not in years:
        return PREVIOUS if years[-1] == year - 1 else SKIPPED
    is_value = year in years or re.search(r"thực hiện|kết quả|ước|số liệu|\bth\b", words)
    return VALUE if is_value else SKIPPED


def with_rows(document: Document) -> Document:
    """Return a document whose lines that look like rows of a table are rows.

    In a text these are lines with at least two bars, or with wide gaps before three numbers.
    """
    if not document.is_wrapped:
        return document
    lines: list[Line] = []
    for line in document.lines:
        cells = _cells(line.text)
        before = lines[-1] if lines else None
        number = (
            (before.table if before and before.kind == "table" else len(lines) + 1) if cells else 0
        )
        kind: Kind = "table" if cells else line.kind
        lines.append(
            replace(line, text="\t".join(cells) if cells else line.text, kind=kind, table=number)
        )
    return replace(document, lines=tuple(lines))


def _cells(text: str) -> tuple[str, ...]:
    if text.count("|") >= 2:
        return tuple(cell.strip() for cell in text.strip().strip("|").split("|"))
    cells = tuple(cell.strip() for cell in _GAP.split(text.strip()))
    is_row = (
        sum(bool(_CELL.fullmatch(cell)) for cell in cells) >= _NUMBERS and len(cells) > _NUMBERS
    )
    return cells if is_row else ()


def read_tables(document: Document, year: int, known: Catalogue) -> list[Statement]:
    """Return what the tables of a document state."""
    found: list[Statement] = []
    outline, rows = Outline(), []
    for line in document.lines:
        if line.kind != "table":
            outline = outline.follow(line.text.strip()) or outline
        rows.append((line, outline))
    for number, group in groupby(rows, key=lambda each: each[0].table):
        if number:
            found += _with_head(list(group), year, known)
    return found


def _with_head(
    rows: Sequence[tuple[Line, Outline]], year: int, known: Catalogue
) -> Iterator[Statement]:
    kinds: list[str] = []
    if all(_is_row(line.cells) for line, _ in rows):  # no row is a head
        for line, outline in rows:
            yield from _without_head(line, outline, year, known)
        return
    for line, outline in rows:
        cells = [cell.strip() for cell in line.cells]
        if not kinds or LABEL not in kinds or VALUE not in kinds:
            below = column_kinds(cells, year)
            kinds = [
                new or old for new, old in zip(below, kinds or [""] * len(below), strict=False)
            ]
            continue
        yield from _Row(line, outline, year, known).statements(dict(_by_kind(kinds, cells)))


def _is_row(cells: Sequence[str]) -> bool:
    return sum(bool(_CELL.fullmatch(cell.strip())) for cell in cells) >= 2


def _by_kind(kinds: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for kind, cell in zip(kinds, cells, strict=False):
        if kind and cell:
            yield kind, cell


def _without_head(line: Line, outline: Outline, year: int, known: Catalogue) -> Iterator[Statement]:
    """Yield what a row of words and three numbers states: plan, value, and share of the plan."""
    cells = [cell.strip() for cell in line.cells]
    numbers = [cell for cell in cells if _CELL.fullmatch(cell)]
    words = [cell for cell in cells if not _CELL.fullmatch(cell)]
    if len(numbers) != 3 or not words or not _is_share(numbers):
        return
    row = {
        LABEL: words[0],
        UNIT: words[1] if len(words) > 1 else "",
        PLAN: numbers[0],
        VALUE: numbers[1],
        PCT_OF_PLAN: numbers[2],
    }
    for each in _Row(line, outline, year, known).statements(row):
        if not each.is_aim:
            yield replace(each, certainty="unsure", doubt=NO_HEAD)


def _is_share(numbers: Sequence[str]) -> bool:
    plan, value, share = (
        Decimal(each.rstrip("% ").replace(".", "").replace(",", ".")) for each in numbers
    )
    return bool(plan) and abs(100 * value / plan - share) <= Decimal(_PERCENT_SUM)


@dataclass(frozen=True)
class _Row:
    line: Line
    outline: Outline
    year: int
    known: Catalogue

    def statements(self, cells: Mapping[str, str]) -> Iterator[Statement]:
        """Yield what the cells of a row state, by the kinds of their columns."""
        label, unit = _label_and_unit(cells)
        cells = {**cells, UNIT: unit}
        code, doubt = self._indicator(label, cells)
        if not code:
            return
        base = Statement(
            self.line, code, self.year, section=self.outline.section,
            certainty="unsure" if doubt else "certain", doubt=doubt,
            quote=" · ".join(cell for cell in cells.values() if cell),
        )  # fmt: skip
        if value := self._number(code, cells, VALUE):
            share = self._number(code, cells, PCT_OF_PLAN)
            facts = {VALUE: value.digits, PCT_OF_PLAN: share.digits if share else ""}
            doubtful = {"certainty": "unsure", "doubt": value.doubt, "others": value.others}
            yield base.stating({**facts, **doubtful} if value.doubt else facts)
        for kind, year in ((PLAN, self.year), (NEXT_PLAN, self.year + 1)):
            if bound := self._number(code, cells, kind):
                side = "upper" if self.known.better.get(code) == "lower" else "lower"
                plan = {"year": year, "of": VALUE, "closed": "both", side: bound.digits}
                yield base.stating(plan)
        if before := self._number(code, cells, PREVIOUS):
            yield replace(base, year=self.year - 1, value=before.digits)

    def _indicator(self, label: str, cells: Mapping[str, str]) -> tuple[str, str]:
        """Return the indicator that a row's label and unit name, and the doubt about it."""
        if code := self.known.labelled(f"{label}:"):
            return code, ""
        headings = tuple(level.text for level in self.outline.levels)
        text = make_text(self.known.phrases, f"{label}:", (), headings)
        (zone,) = zones(text, [(len(label), len(label) + 1)])
        options = [
            each
            for each in candidates(text, zone)
            if self._number(each.indicator, cells, VALUE)
            or self._number(each.indicator, cells, PLAN)
        ]
        if not options or (len(options) > 1 and options[1].score == options[0].score):
            return "", ""
        is_clear = len(options) == 1 or options[1].score < CLEAR * options[0].score
        return options[0].indicator, "" if is_clear else TIE

    def _number(self, code: str, cells: Mapping[str, str], kind: str) -> Number | None:
        cell = cells.get(kind, "")
        measure = self.known.measures.get(code)
        if measure is None or not _CELL.fullmatch(cell):
            return None
        if kind == PCT_OF_PLAN:
            digits = cell.rstrip("% ")
            return read_number(Amount(0, 0, f"{digits}%", "%"), measure, None, kind)
        unit = "" if cell.endswith("%") else cells[UNIT]
        shown = "%" if cell.endswith("%") else unit
        amount = Amount(0, 0, f"{cell} {unit}".strip(), shown)
        return read_number(amount, measure, self.known.before(code, self.year))


def _label_and_unit(cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the label of a row, and its unit: in its own column, or after the label."""
    label, unit = cells.get(LABEL, ""), cells.get(UNIT, "")
    found = _UNIT_AFTER.search(label)
    if found and not unit:
        label, unit = label[: found.start()], found[1]
    return label, unit.replace(".", " ").strip()

"""Tables in a document: what each row states, by the words of the head of its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from caoan_stats.concepts.facts import PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.documents.document import Document, Kind, Line
from caoan_stats.forms.bounds import parse_bounds
from caoan_stats.forms.quantities import UnclearError
from caoan_stats.reading.amounts import Amount
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.doubts import FROM_AFAR, NO_HEAD, TIE
from caoan_stats.reading.naming import candidates, make_text, zones
from caoan_stats.reading.numbers import Number, read_number
from caoan_stats.reading.outline import Outline
from caoan_stats.reading.statement import Statement, Unread
from caoan_stats.reading.table_heads import (
    CELL,
    LABEL,
    NEXT_PLAN,
    NUMBERS,
    PLAN,
    PREVIOUS,
    RATIO,
    UNIT,
    split_head,
)
from caoan_stats.relations.intervals import around

_WIDE = re.compile(r"\t| {3,}")
_GAP = re.compile(r"\t|\s{2,}")
_UNIT_AFTER = re.compile(r"\s*[(]([^()0-9]{1,20})[)]\s*$")
_UNIT_ABOVE = re.compile(
    r"\b(?:đơn vị(?: tính)?|đvt)\s?:\s?(?P<unit>[^():0-9]{1,20}?)\s?[).]?$", re.IGNORECASE
)
_PART = re.compile(
    r"^[\s+*•–-]*(?:(?:trong đó|riêng|bao gồm|gồm)\s?:?\s)?[\s+*•–-]*", re.IGNORECASE
)
CLEAR = 0.6  # of the score of the first: a second indicator is no rival
_NUMBERS = 3  # in a row without a head: plan, value, and share of the plan
_GAPS = 2  # wide ones in a line, from which on it is a row
_PERCENT_SUM = 0.6  # of 100: how far a rounded share of the plan may be from its two numbers


def with_rows(document: Document) -> Document:
    """Return a document whose lines that look like rows of a table are rows.

    In a text these are lines with at least two bars or wide gaps, or three numbers after gaps.
    """
    if not document.is_wrapped:
        return document
    lines: list[Line] = []
    for line in document.lines:
        if line.kind == "table":
            lines.append(line)
            continue
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
    is_row = sum(bool(CELL.fullmatch(cell)) for cell in cells) >= _NUMBERS and len(cells) > _NUMBERS
    return cells if is_row or len(_WIDE.findall(text.strip())) >= _GAPS else ()


def read_tables(
    document: Document, year: int, known: Catalogue
) -> tuple[list[Statement], list[Unread]]:
    """Return what the tables of a document state, and which of their numbers were not read."""
    outline, unit = Outline(), ""
    rows: list[_Row] = []
    for line in document.lines:
        is_row_of_table = line.kind == "table"
        if not is_row_of_table:
            outline = outline.follow(line.text.strip()) or outline
        told = _UNIT_ABOVE.search(line.text.strip())
        unit = told["unit"] if told else unit if is_row_of_table else ""
        if is_row_of_table:
            rows.append(_Row(line, outline, unit, year, known))
    statements: list[Statement] = []
    unread: list[Unread] = []
    for _, table in groupby(rows, key=lambda row: row.line.table):
        known_rows = list(table)
        head, first = split_head([row.cells for row in known_rows], year)
        for row in known_rows[first:]:
            kinds = head if first else row.kinds_without_head()
            read = list(row.statements(dict(_by_kind(kinds, row.cells))))
            statements += read if first else [_doubted(each) for each in read if not each.is_aim]
            unread += row.unread(kinds if read else ())
    return statements, unread


def _by_kind(kinds: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each column that is told, with its cell; none of a row that lacks some cells."""
    if len(cells) >= len(kinds):
        yield from ((kind, cell) for kind, cell in zip(kinds, cells, strict=False) if kind and cell)


def _doubted(read: Statement) -> Statement:
    return read.stating({"certainty": "unsure", "doubt": NO_HEAD})


def _is_share(numbers: Sequence[str]) -> bool:
    plan, value, share = map(_decimal, numbers)
    return bool(plan) and abs(100 * value / plan - share) <= Decimal(_PERCENT_SUM)


def _decimal(cell: str) -> Decimal:
    return Decimal(cell.rstrip("% ").replace(".", "").replace(",", "."))


@dataclass(frozen=True)
class _Row:
    line: Line
    outline: Outline
    unit: str  # said above the table
    year: int
    known: Catalogue

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in self.line.cells]

    def unread(self, kinds: Sequence[str]) -> Iterator[Unread]:
        """Yield the numbers in columns that were not read; the number of the row is none."""
        cells = self.cells
        for place, cell in enumerate(cells):
            is_read = (place < len(kinds) and kinds[place]) or (place == 0 and cell.isdigit())
            if CELL.fullmatch(cell) and not is_read:
                quote = " · ".join(filter(None, cells))
                yield Unread(self.line, cell, self.outline.section, quote)

    def kinds_without_head(self) -> list[str]:
        """Return what the cells state, of words and three numbers; nothing of any other row.

        The numbers are a plan or last year's value, the value, and its share of the first.
        """
        cells = self.cells
        words = [place for place, cell in enumerate(cells) if cell and not CELL.fullmatch(cell)]
        start = min(words, default=len(cells))
        numbers = [n for n in range(start, len(cells)) if CELL.fullmatch(cells[n])]
        if len(numbers) != 3 or not words or not _is_share([cells[n] for n in numbers]):
            return []
        kinds = [""] * len(cells)
        for places, names in ((words, (LABEL, UNIT)), (numbers, (PLAN, VALUE, PCT_OF_PLAN))):
            for place, name in zip(places, names, strict=False):
                kinds[place] = name
        if not self._is_known(kinds):
            return kinds
        return [{PLAN: PREVIOUS, PCT_OF_PLAN: RATIO}.get(kind, kind) for kind in kinds]

    def _is_known(self, kinds: Sequence[str]) -> bool:
        """Return whether the first number is last year's value, which the data has."""
        named = dict(_by_kind(kinds, self.cells))
        return any(
            self.known.latest.get((each.indicator, self.year - 1))
            == Decimal(each.lower or each.upper)
            for each in self.statements(named)
            if each.is_aim
        )

    def statements(self, cells: Mapping[str, str]) -> Iterator[Statement]:
        """Yield what the cells of a row state, by the kinds of their columns."""
        label, unit = _label_and_unit(cells)
        cells = {**cells, UNIT: unit or self.unit}
        code, doubt = self._indicator(label, cells)
        if not code:
            return
        base = Statement(
            self.line, code, self.year, section=self.outline.section,
            certainty="unsure" if doubt else "certain", doubt=doubt,
            quote=" · ".join(cell for cell in cells.values() if cell),
        )  # fmt: skip
        before = self._number(code, cells, PREVIOUS)
        if value := self._number(code, cells, VALUE):
            share = self._number(code, cells, PCT_OF_PLAN)
            facts = {VALUE: value.digits, PCT_OF_PLAN: share.digits if share else ""}
            facts[PCT_CHANGE] = self._growth(cells, value, before)
            doubtful = {"certainty": "unsure", "doubt": value.doubt, "others": value.others}
            yield base.stating({**facts, **doubtful} if value.doubt else facts)
        for kind, year in ((PLAN, self.year), (NEXT_PLAN, self.year + 1)):
            if bounds := self._bounds(code, cells, kind, year):
                yield base.stating({"year": year, **bounds})
        if before:
            yield replace(base, year=self.year - 1, value=before.digits)

    def _bounds(
        self, code: str, cells: Mapping[str, str], kind: str, year: int
    ) -> Mapping[str, str]:
        """Return the bounds of a plan: of a number, or as in “< 1” and “130 - 150”."""
        better = self.known.better.get(code, "")
        if number := self._number(code, cells, kind):
            side = "upper" if better == "lower" else "lower"
            return {"of": VALUE, "closed": "both", side: number.digits}
        measure, cell = self.known.measures.get(code), cells.get(kind, "")
        if measure is None or not re.search("[0-9]", cell):
            return {}
        try:
            bounds = parse_bounds(f"{cell} {cells[UNIT]}", measure, better=better, year=year)
        except UnclearError:
            return {}
        ends = {"lower": bounds.lower.upper(), "upper": bounds.upper.upper()}
        return {"of": bounds.of, "closed": bounds.closed, **ends}

    def _growth(self, cells: Mapping[str, str], value: Number, before: Number | None) -> str:
        """Return the change in percent that a ratio to last year's value states; empty without."""
        ratio = cells.get(RATIO, "")
        if before is None or not CELL.fullmatch(ratio) or not Decimal(before.digits):
            return ""
        stated = _decimal(ratio)
        computed = 100 * Decimal(value.digits) / Decimal(before.digits)
        for change in (stated - 100, stated):
            if around(change).meets(around(computed - 100)):
                return f"{change:f}"
        return ""

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
            if any(self._number(each.indicator, cells, kind) for kind in NUMBERS)
        ]
        if not options or (len(options) > 1 and options[1].score == options[0].score):
            return "", ""
        best = options[0]
        if len(options) > 1 and options[1].score >= CLEAR * best.score:
            return best.indicator, TIE
        return best.indicator, "" if best.is_near and best.is_direct else FROM_AFAR

    def _number(self, code: str, cells: Mapping[str, str], kind: str) -> Number | None:
        cell = cells.get(kind, "")
        measure = self.known.measures.get(code)
        if measure is None or not CELL.fullmatch(cell):
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
    label, unit = _PART.sub("", cells.get(LABEL, "")), cells.get(UNIT, "")
    found = _UNIT_AFTER.search(label)
    if found and not unit:
        label, unit = label[: found.start()], found[1]
    return label, unit.replace(".", " ").strip()

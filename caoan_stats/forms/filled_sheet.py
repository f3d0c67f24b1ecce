"""A filled-in sheet of figures, compared with its prefilled rows."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.spelling import nearest
from caoan_stats.common.words import Phrase
from caoan_stats.concepts.facts import CHANGE, FACTS, PCT_CHANGE, PREVIOUS, VALUE, WORDS
from caoan_stats.concepts.scales import SCALES
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms import layout
from caoan_stats.forms.drafted import added_letters
from caoan_stats.forms.layout import (
    COLUMN_LETTERS,
    HEADING_ROW,
    OLD_COLUMNS,
    RESTATED,
    SHEET_COLUMNS,
    TYPED_FIELDS,
)
from caoan_stats.forms.prefilled import Prefilled
from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.sheet_errors import NAMED_LIMIT, divided_number, is_count, spoilt_parts
from caoan_stats.forms.stated_rows import stated_rows
from caoan_stats.forms.typed import Cell, Place, Remark, TypedRow

FIXED_FIELDS = ("label", "unit")  # a changed cell is an error
SHOWN_FIELDS = ("previous", "target")  # a changed cell is ignored, with a remark
ASKED_SHARE = 2  # a percent format shows it as 200 %; a larger number may be one of percent
LARGE_RATE = Decimal(50)  # percent; few figures of a commune change so much in a year
STATED_FIELDS = (*FACTS, RESTATED)
_BARE = re.compile("[0-9][0-9.,]*")


@dataclass(frozen=True)
class FilledSheet:
    """A filled-in sheet and its prefilled rows."""

    file: str  # name of the workbook
    sheet: Sheet
    table: str
    prefilled: Mapping[str, Prefilled]  # rows before they were filled in, by indicator
    year: int
    source: TypedRow  # row of `sources.csv` for the document that states the figures
    known: frozenset[str]  # indicators with a figure or a target in any year

    def rows(self) -> Iterator[TypedRow]:
        """Yield the typed cells of each row that has some and whose indicator is known."""
        for row, prefilled in self._known_rows():
            if typed := dict(self._typed_cells(row)):
                key = {
                    "indicator": Cell(prefilled.indicator),
                    "year": Cell(self.year),
                    "source": self.source.cells["source"],
                }
                places = {
                    field: replace(self.place(row, field), label=prefilled.label)
                    for field in COLUMN_LETTERS
                }
                yield from stated_rows(TypedRow(self.table, key | typed, places, prefilled.measure))

    def errors(self) -> Iterator[DataError]:
        """Yield an error for each difference from the layout of the original sheet."""
        yield from spoilt_parts(self.file, self.sheet, COLUMN_LETTERS.values())
        if self.sheet.is_large:
            return
        yield from self._moved_headings
        if self._moved_headings:
            return
        yield from islice(self._wrong_rows(), NAMED_LIMIT)
        yield from islice(self._stray_cells(), NAMED_LIMIT)

    def remarks(self) -> Iterator[Remark]:
        """Yield a remark for each formula whose result is used, and for each ignored change."""
        for row, prefilled in self._known_rows():
            if not self._text(row, "indicator"):
                yield Remark("row_by_label", self.place(row, "label"), {"label": prefilled.label})
            for field, cell in self._typed_cells(row):
                if cell.formula:
                    details = {"formula": cell.formula, "value": _shown(cell)}
                    yield Remark("formula_used", self.place(row, field), details)
            shown = [field for field in SHOWN_FIELDS if self._text(row, field)]
            is_changed = any(self._is_changed(row, prefilled, field) for field in shown)
            if (
                is_changed and not self._cell(row, RESTATED) and not self._is_lost(row, prefilled)
            ):  # which an earlier import has added
                yield Remark("not_taken", self.place(row, "previous"), {"before": self.year - 1})
        if labels := self._deleted_rows():
            details = {"sheet": self.sheet.name, "labels": "; ".join(labels)}
            yield Remark("rows_deleted", self.place(HEADING_ROW, "label"), details)

    def questions(self) -> Iterator[DataError]:
        """Yield a question for each number in a wrong column, or shown with another size.

        A percent format shows it a hundred times as large; others can divide it by 1000.
        """
        for row, prefilled in self._known_rows():
            yield from self._in_wrong_columns(row, prefilled)
            for field, cell in self._typed_cells(row):
                if cell.thousands:
                    yield divided_number(self.place(row, field), cell)
                number = cell.content
                if not (cell.as_percentage and cell.is_scaled and isinstance(number, int | float)):
                    continue
                if abs(number) >= ASKED_SHARE:
                    details = {"shown": _shown(cell), "near": f"{number:.15g}%".replace(".", ",")}
                    yield self.place(row, field).error("percent_format", **details)

    def _in_wrong_columns(self, row: int, prefilled: Prefilled) -> Iterator[DataError]:
        """Yield a question for each number that seems to belong into the column of the value."""
        heading = layout.headings(self.year)[VALUE]
        if self._is_lost(row, prefilled):
            found = self._text(row, PREVIOUS)
            yield self.place(row, PREVIOUS).error("lost_number", found=found, heading=heading)
        numbers = {field: _bare_number(cell) for field, cell in self._typed_cells(row)}
        limits = {WORDS: Decimal(0)}
        if VALUE not in numbers and prefilled.previous and not SCALES[prefilled.scale].better:
            limits |= {PCT_CHANGE: LARGE_RATE, CHANGE: abs(prefilled.previous) / 2}
        for field, limit in limits.items():
            number = numbers.get(field)
            if number is not None and number > limit:
                details = {"found": self._text(row, field), "heading": heading}
                yield self.place(row, field).error("number_in_other_column", **details)

    def _is_lost(self, row: int, prefilled: Prefilled) -> bool:
        """Return whether only the column of last year, which is not read, has a new number."""
        cell = self._cell(row, PREVIOUS)
        is_new = cell is not None and self._is_changed(row, prefilled, PREVIOUS)
        is_number = is_new and cell is not None and _bare_number(cell) is not None
        return is_number and not any(field in STATED_FIELDS for field, _ in self._typed_cells(row))

    def place(self, row: int, field: str) -> Place:
        """Return the place of a cell."""
        heading = layout.headings(self.year)[field]
        return Place(self.file, row, COLUMN_LETTERS[field], self.sheet.name, heading)

    @property
    def _columns(self) -> Sequence[layout.Column]:
        """The columns of the sheet; an older workbook ends before those that were added."""
        headings, first = layout.headings(self.year), len(OLD_COLUMNS)
        fields = [column.field for column in SHEET_COLUMNS[first:]]
        found = {normalize_text(self._text(HEADING_ROW, field)) for field in fields}
        added = [place for place, field in enumerate(fields, 1) if headings[field] in found]
        return SHEET_COLUMNS[: first + max(added, default=0)]

    def _typed_cells(self, row: int) -> Iterator[tuple[str, Cell]]:
        """Yield field and cell of what was typed in a row, with the words that its format shows."""
        for field in TYPED_FIELDS:
            cell = self._cell(row, field)
            if cell and cell.content is not None:
                yield field, cell.worded

    def _deleted_rows(self) -> list[str]:
        """Return the labels of the known indicators that have no row any more."""
        found = {self._code(row) for row in self._row_numbers()}
        if self.sheet.is_large or self._moved_headings:
            return []
        deleted = self.known.intersection(self.prefilled) - found
        return [row.label for code, row in self.prefilled.items() if code in deleted]

    def _cell(self, row: int, field: str) -> Cell | None:
        return self.sheet.cells.get((row, COLUMN_LETTERS[field]))

    def _text(self, row: int, field: str) -> str:
        return self.sheet.text(row, COLUMN_LETTERS[field])

    def _row_numbers(self) -> list[int]:
        rows = [row for row in self.sheet.rows() if row > HEADING_ROW]
        return [row for row in rows if not is_count(self.sheet, row)]

    def _known_rows(self) -> Iterator[tuple[int, Prefilled]]:
        """Yield number and prefilled row of each known indicator; none if a heading has moved."""
        if not self._moved_headings:
            for row in self._row_numbers():
                if prefilled := self.prefilled.get(self._code(row)):
                    yield row, prefilled

    def _code(self, row: int) -> str:
        """Return the indicator of a row: its code, or if that is gone, that of its label."""
        return self._text(row, "indicator") or self._by_label.get(self._text(row, "label"), "")

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        """Codes by the labels that one indicator of the sheet has."""
        counts = Counter(row.label for row in self.prefilled.values())
        rows = self.prefilled.values()
        return {row.label: row.indicator for row in rows if counts[row.label] == 1}

    def _is_changed(self, row: int, prefilled: Prefilled, field: str) -> bool:
        """Return whether a cell differs from its prefilled content."""
        cell, original = self._cell(row, field), getattr(prefilled, field)
        content = cell.content if cell else None
        if isinstance(content, int | float) and original not in (None, ""):
            return f"{content:.12g}" != f"{float(str(original)):.12g}"
        text = " ".join(str(original or "").split())
        return normalize_text(self._text(row, field)) != normalize_text(text)

    @cached_property
    def _moved_headings(self) -> Sequence[DataError]:
        """An error for each misplaced heading; of neighbours moved alike, only for the first."""
        found, previous = [], None
        headings = layout.headings(self.year)
        for column in self._columns:
            letter, heading = COLUMN_LETTERS[column.field], headings[column.field]
            text = normalize_text(self.sheet.text(HEADING_ROW, letter))
            row, now = (HEADING_ROW, letter) if text == heading else self._find(heading)
            shift = (row - HEADING_ROW, ord(now) - ord(letter)) if now else None
            if text != heading and (shift is None or shift != previous):
                kind = "moved_heading" if now else "other_heading"
                place = {"now": f"{now}{row}", "cell": f"{letter}{HEADING_ROW}"}
                details = {"found": text or Phrase("empty_name"), "heading": heading, **place}
                found.append(
                    DataError(kind, self.file, HEADING_ROW, letter, details, self.sheet.name)
                )
            previous = shift
        return found

    def _find(self, heading: str) -> tuple[int, str]:
        """Return row and column letter of a heading; an empty letter if no cell has it."""
        for (row, letter), cell in self.sheet.cells.items():
            if len(letter) == 1 and normalize_text(cell.text) == heading:
                return row, letter
        return 0, ""

    def _wrong_rows(self) -> Iterator[DataError]:
        """Yield an error for each row that is unknown, repeated or changed."""
        first_rows: dict[str, int] = {}
        for row in self._row_numbers():
            code, place = self._code(row), self.place(row, "label")
            found = self._text(row, "label") or code or Phrase("empty_name")
            if code not in self.prefilled:
                near = nearest(code, self.prefilled) or next(iter(self.prefilled), "")
                label = self.prefilled[near].label if near else ""
                yield place.error("unknown_row", found=found, near=label)
            elif code in first_rows:
                yield place.error("repeated_row", found=found, first=first_rows[code])
            else:
                yield from self._changed_cells(row, self.prefilled[code])
            first_rows.setdefault(code, row)
            for field in TYPED_FIELDS:
                cell = self._cell(row, field)
                if cell and cell.content is None:
                    yield self.place(row, field).error("no_result", formula=cell.formula)

    def _changed_cells(self, row: int, prefilled: Prefilled) -> Iterator[DataError]:
        for field in FIXED_FIELDS:
            if self._is_changed(row, prefilled, field):
                found = self._text(row, field) or Phrase("empty_name")
                kind = "changed_unit" if field == "unit" else "changed_cell"
                right = getattr(prefilled, field)
                yield self.place(row, field).error(kind, found=found, right=right)

    def _stray_cells(self) -> Iterator[DataError]:
        """Yield an error for each cell outside the columns of the workbook."""
        letters = [COLUMN_LETTERS[column.field] for column in self._columns]
        letters += added_letters(self.sheet)
        for (row, letter), cell in self.sheet.cells.items():
            if letter not in letters:
                details = {"found": cell.text or cell.formula, "last": COLUMN_LETTERS["note"]}
                yield DataError("stray_cell", self.file, row, letter, details, self.sheet.name)


def _bare_number(cell: Cell) -> Decimal | None:
    """Return a number typed without any word or sign; None for other contents."""
    if isinstance(cell.content, bool) or not isinstance(cell.content, int | float | str):
        return None
    if isinstance(cell.content, str):
        typed = numerals.readings(cell.text) if _BARE.fullmatch(cell.text) else ()
        return max(map(Decimal, typed), default=None)
    return Decimal(str(cell.content))


def _shown(cell: Cell) -> str:
    """Return a content as its cell shows it."""
    content = cell.content
    if not isinstance(content, float | int):
        return str(content)
    scaled = f"{100 * content:.15g}%" if cell.as_percentage else f"{content:.15g}"
    return scaled.replace(".", ",")

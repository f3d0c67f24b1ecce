"""One sheet of a filled-in workbook: what was typed, and what is not as it was handed out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caoan_stats import sheets, spreadsheet
from caoan_stats.csvfile import plain
from caoan_stats.entries import Cell, Place, Remark, Typed
from caoan_stats.errors import DataError
from caoan_stats.given import Given
from caoan_stats.quantities import Measure
from caoan_stats.sheets import COLUMNS, HEADING_ROW, LETTERS, TYPED
from caoan_stats.spelling import nearest
from caoan_stats.spreadsheet import Found, Sheet

OWN = ("indicator", "label", "unit")  # what has to stand in a row as it was handed out
SIDE = ("previous", "target")  # what is there to be read, and not taken from there
_LAST = list(LETTERS.values())[-1]


@dataclass(frozen=True)
class FilledSheet:
    """One sheet beside what it was handed out with.

    Parameters
    ----------
    file
        Name of the workbook.
    sheet
        The sheet.
    table
        Name of the table that its rows are for.
    given
        What stood in its rows.
    year
        The year of the figures.
    source
        The row of `sources.csv` that they are from.
    """

    file: str
    sheet: Sheet
    table: str
    given: tuple[Given, ...]
    year: int
    source: Typed

    def place(self, row: int, field: str) -> Place:
        """Name the place of a cell."""
        heading = dict(zip(LETTERS, sheets.headings(self.year), strict=True))[field]
        return Place(self.file, row, LETTERS[field], self.sheet.name, heading)

    @property
    def has_its_columns(self) -> bool:
        """Whether each heading stands where it was."""
        return not any(self._moved())

    @property
    def _known(self) -> dict[str, Given]:
        return {row.indicator: row for row in self.given}

    def rows(self) -> Iterator[Typed]:
        """Give what was typed in each row of a known indicator."""
        if not self.has_its_columns:
            return
        known = self._known
        for row in self._lines():
            given = known.get(self.sheet.text(row, LETTERS["indicator"]))
            typed = {field: cell for field in TYPED if (cell := self._cell(row, field))}
            if given and typed:
                own = {
                    "indicator": Cell(given.indicator),
                    "year": Cell(self.year),
                    "source": self.source.cells["source"],
                }
                places = {field: self.place(row, field) for field in LETTERS}
                measure = Measure(given.unit, given.decimals)
                yield Typed(self.table, own | typed, places, measure)

    def errors(self) -> Iterator[DataError]:
        """Say all that makes the sheet other than it was handed out."""
        if self.sheet.is_large:
            yield self._say("large_sheet", rows=spreadsheet.ROWS, columns=spreadsheet.COLUMNS)
            return
        for merged in self.sheet.merged:
            yield self._say("merged_cells", range=merged)
        yield from self._hidden()
        if moved := list(self._moved()):
            yield from moved
            return
        yield from self._mixed()
        yield from self._stray()

    def remarks(self) -> Iterator[Remark]:
        """Say which formulas were taken for their results, and what is not taken at all."""
        if not self.has_its_columns:
            return
        known = self._known
        for row in self._lines():
            given = known.get(self.sheet.text(row, LETTERS["indicator"]))
            for field in TYPED:
                found = self.sheet.cells.get((row, LETTERS[field]))
                if given and found and found.formula and found.content is not None:
                    details = {"formula": found.formula, "value": _shown(found.content)}
                    yield Remark("formula_used", self.place(row, field), details)
            there = [field for field in SIDE if self.sheet.text(row, LETTERS[field])]
            if given and not self._is_as_given(row, given, there):
                yield Remark("not_taken", self.place(row, "previous"), {"before": self.year - 1})

    def _say(self, kind: str, **details: object) -> DataError:
        """Make an error of the whole sheet."""
        return DataError(kind, self.file, None, None, details, self.sheet.name)

    def _lines(self) -> list[int]:
        return [row for row in self.sheet.rows() if row > HEADING_ROW]

    def _cell(self, row: int, field: str) -> Cell | None:
        found = self.sheet.cells.get((row, LETTERS[field]))
        if found is None or found.content is None:
            return None
        return Cell(found.content, found.as_percentage)

    def _moved(self) -> Iterator[DataError]:
        """Say where headings are not where they were; of neighbours that moved alike, the first."""
        before = None
        for column, heading in zip(COLUMNS, sheets.headings(self.year), strict=True):
            letter = LETTERS[column.field]
            text = plain(self.sheet.text(HEADING_ROW, letter))
            row, now = (HEADING_ROW, letter) if text == heading else self._find(heading)
            shift = (row - HEADING_ROW, ord(now) - ord(letter)) if now else None
            if text != heading and (shift is None or shift != before):
                kind = "moved_heading" if now else "other_heading"
                place = {"now": f"{now}{row}", "cell": f"{letter}{HEADING_ROW}"}
                details = {"found": text, "heading": heading, **place}
                yield DataError(kind, self.file, HEADING_ROW, letter, details, self.sheet.name)
            before = shift

    def _find(self, heading: str) -> tuple[int, str]:
        """Give the place of a heading, near or far; an empty column where it is nowhere."""
        known = self.sheet.cells.items()
        places = (place for place, found in known if plain(found.text) == heading)
        return next((each for each in places if len(each[1]) == 1), (0, ""))

    def _hidden(self) -> Iterator[DataError]:
        """Say which rows and columns a person does not see."""
        used = [row for row in self.sheet.hidden_rows if row in self.sheet.rows()]
        columns = [each for each in self.sheet.hidden_columns if each in LETTERS.values()]
        for kind, hidden in (("hidden_rows", used), ("hidden_columns", columns)):
            if hidden:
                yield self._say(kind, hidden=", ".join(map(str, hidden)))

    def _mixed(self) -> Iterator[DataError]:
        """Say which rows are not those of an indicator, or have their cells from several."""
        known = self._known
        seen: dict[str, int] = {}
        for row in self._lines():
            code = self.sheet.text(row, LETTERS["indicator"])
            place = self.place(row, "indicator")
            given = known.get(code)
            if given is None:
                near = nearest(code, known)
                yield place.say("unknown_row", found=code, near=near or next(iter(known), ""))
            elif code in seen:
                yield place.say("repeated_row", found=code, first=seen[code])
            else:
                for field in OWN:
                    if not self._is_as_given(row, given, (field,)):
                        found, right = self.sheet.text(row, LETTERS[field]), getattr(given, field)
                        yield self.place(row, field).say("changed_cell", found=found, right=right)
            seen.setdefault(code, row)
            yield from self._unknown_results(row)

    def _unknown_results(self, row: int) -> Iterator[DataError]:
        for field in TYPED:
            found = self.sheet.cells.get((row, LETTERS[field]))
            if found and found.content is None:
                yield self.place(row, field).say("no_result", formula=found.formula)

    def _stray(self) -> Iterator[DataError]:
        """Say what stands beside the columns, where nobody reads it."""
        for (row, letter), found in self.sheet.cells.items():
            if letter not in LETTERS.values():
                details = {"found": found.text or found.formula, "last": _LAST}
                yield DataError("stray_cell", self.file, row, letter, details, self.sheet.name)

    def _is_as_given(self, row: int, given: Given, fields: Sequence[str]) -> bool:
        return all(
            _same(self.sheet.cells.get((row, LETTERS[field])), getattr(given, field))
            for field in fields
        )


def _same(found: Found | None, given: object) -> bool:
    """Whether a cell still has what it was handed out with."""
    content = found.content if found else None
    if isinstance(content, int | float) and given not in (None, ""):
        return f"{content:.12g}" == f"{float(str(given)):.12g}"
    return plain(found.text if found else "") == plain(" ".join(str(given or "").split()))


def _shown(content: object) -> str:
    return f"{content:.15g}" if isinstance(content, float) else str(content)

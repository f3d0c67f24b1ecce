"""A filled-in workbook: its sheets beside those that were handed out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.spelling import nearest
from caoan_stats.datafolder import package
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.dataset import Dataset
from caoan_stats.forms import cover, layout, xlsx
from caoan_stats.forms.cover import FIELDS
from caoan_stats.forms.entries import Cell, Filled, Place, Remark, Typed
from caoan_stats.forms.layout import COLUMN_LETTERS, COVER, HEADING_ROW, SHEET_COLUMNS, TYPED_FIELDS
from caoan_stats.forms.prefilled import Prefilled, prefill
from caoan_stats.forms.quantities import Measure
from caoan_stats.forms.xlsx import Found, Sheet

HEADING_WITHIN = 10  # the rows in which a heading is looked for, where it has been moved


OWN = ("indicator", "label", "unit")  # what has to stand in a row as it was handed out
SIDE = ("previous", "target")  # what is there to be read, and not taken from there
_LAST = list(COLUMN_LETTERS.values())[-1]


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
    given: tuple[Prefilled, ...]
    year: int
    source: Typed

    def place(self, row: int, field: str) -> Place:
        """Name the place of a cell."""
        heading = dict(zip(COLUMN_LETTERS, layout.headings(self.year), strict=True))[field]
        return Place(self.file, row, COLUMN_LETTERS[field], self.sheet.name, heading)

    @property
    def has_its_columns(self) -> bool:
        """Whether each heading stands where it was."""
        return not any(self._moved())

    @property
    def _known(self) -> dict[str, Prefilled]:
        return {row.indicator: row for row in self.given}

    def rows(self) -> Iterator[Typed]:
        """Give what was typed in each row of a known indicator."""
        if not self.has_its_columns:
            return
        known = self._known
        for row in self._lines():
            given = known.get(self.sheet.text(row, COLUMN_LETTERS["indicator"]))
            typed = {field: cell for field in TYPED_FIELDS if (cell := self._cell(row, field))}
            if given and typed:
                own = {
                    "indicator": Cell(given.indicator),
                    "year": Cell(self.year),
                    "source": self.source.cells["source"],
                }
                places = {field: self.place(row, field) for field in COLUMN_LETTERS}
                measure = Measure(given.unit, given.decimals)
                yield Typed(self.table, own | typed, places, measure)

    def errors(self) -> Iterator[DataError]:
        """Say all that makes the sheet other than it was handed out."""
        if self.sheet.is_large:
            yield self._say(
                "large_sheet", rows=xlsx.SHEET_ROW_LIMIT, columns=xlsx.SHEET_COLUMN_LIMIT
            )
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
            given = known.get(self.sheet.text(row, COLUMN_LETTERS["indicator"]))
            for field in TYPED_FIELDS:
                found = self.sheet.cells.get((row, COLUMN_LETTERS[field]))
                if given and found and found.formula and found.content is not None:
                    details = {"formula": found.formula, "value": _shown(found.content)}
                    yield Remark("formula_used", self.place(row, field), details)
            there = [field for field in SIDE if self.sheet.text(row, COLUMN_LETTERS[field])]
            if given and not self._is_as_given(row, given, there):
                yield Remark("not_taken", self.place(row, "previous"), {"before": self.year - 1})

    def _say(self, kind: str, **details: object) -> DataError:
        """Make an error of the whole sheet."""
        return DataError(kind, self.file, None, None, details, self.sheet.name)

    def _lines(self) -> list[int]:
        return [row for row in self.sheet.rows() if row > HEADING_ROW]

    def _cell(self, row: int, field: str) -> Cell | None:
        found = self.sheet.cells.get((row, COLUMN_LETTERS[field]))
        if found is None or found.content is None:
            return None
        return Cell(found.content, found.as_percentage)

    def _moved(self) -> Iterator[DataError]:
        """Say where headings are not where they were; of neighbours that moved alike, the first."""
        before = None
        for column, heading in zip(SHEET_COLUMNS, layout.headings(self.year), strict=True):
            letter = COLUMN_LETTERS[column.field]
            text = normalize_text(self.sheet.text(HEADING_ROW, letter))
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
        places = (place for place, found in known if normalize_text(found.text) == heading)
        return next((each for each in places if len(each[1]) == 1), (0, ""))

    def _hidden(self) -> Iterator[DataError]:
        """Say which rows and columns a person does not see."""
        used = [row for row in self.sheet.hidden_rows if row in self.sheet.rows()]
        columns = [each for each in self.sheet.hidden_columns if each in COLUMN_LETTERS.values()]
        for kind, hidden in (("hidden_rows", used), ("hidden_columns", columns)):
            if hidden:
                yield self._say(kind, hidden=", ".join(map(str, hidden)))

    def _mixed(self) -> Iterator[DataError]:
        """Say which rows are not those of an indicator, or have their cells from several."""
        known = self._known
        seen: dict[str, int] = {}
        for row in self._lines():
            code = self.sheet.text(row, COLUMN_LETTERS["indicator"])
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
                        found, right = (
                            self.sheet.text(row, COLUMN_LETTERS[field]),
                            getattr(given, field),
                        )
                        yield self.place(row, field).say("changed_cell", found=found, right=right)
            seen.setdefault(code, row)
            yield from self._unknown_results(row)

    def _unknown_results(self, row: int) -> Iterator[DataError]:
        for field in TYPED_FIELDS:
            found = self.sheet.cells.get((row, COLUMN_LETTERS[field]))
            if found and found.content is None:
                yield self.place(row, field).say("no_result", formula=found.formula)

    def _stray(self) -> Iterator[DataError]:
        """Say what stands beside the columns, where nobody reads it."""
        for (row, letter), found in self.sheet.cells.items():
            if letter not in COLUMN_LETTERS.values():
                details = {"found": found.text or found.formula, "last": _LAST}
                yield DataError("stray_cell", self.file, row, letter, details, self.sheet.name)

    def _is_as_given(self, row: int, given: Prefilled, fields: Sequence[str]) -> bool:
        return all(
            _same(self.sheet.cells.get((row, COLUMN_LETTERS[field])), getattr(given, field))
            for field in fields
        )


def read_form(path: Path, ds: Dataset) -> Filled:
    """Read a workbook as `caoan_stats.forms.workbook.write_workbook` hands it out.

    Parameters
    ----------
    path
        The file.
    ds
        The data folder that is to get the figures.

    Raises
    ------
    InvalidDataError
        It cannot be opened at all, or no sheet says its year.
    """
    found = xlsx.read_sheets(path)
    by_table, errors = _matched(path.name, found, ds)
    year = _year(path.name, found)
    rows_given = prefill(ds, year)
    first = next((sheet for sheet in found if sheet.name == COVER), None)
    source, wrong = cover.read_source(path.name, first, ds, year)
    read = [
        FilledSheet(path.name, sheet, table, tuple(rows_given[table]), year, source)
        for table, sheet in by_table.items()
    ]
    rows = [row for each in read for row in each.rows()]
    return Filled(
        (source, *rows) if rows else (),
        (*errors, *wrong, *(error for each in read for error in each.errors())),
        tuple(remark for each in read for remark in each.remarks()),
        tuple(sheet.name for sheet in found),
    )


def _year(file: str, found: Sequence[Sheet]) -> int:
    """Take the year from the headings of most sheets."""
    texts = [
        cell.text
        for sheet in found
        for (row, _), cell in sheet.cells.items()
        if row < HEADING_WITHIN
    ]
    matches = filter(None, map(layout.YEAR_HEADING.fullmatch, texts))
    years = Counter(int(match[1]) for match in matches)
    if not years:
        raise InvalidDataError([DataError("no_form", file)])
    return years.most_common(1)[0][0]


def _matched(
    file: str, found: Sequence[Sheet], ds: Dataset
) -> tuple[dict[str, Sheet], list[DataError]]:
    """Give each table its sheet; say which are missing, renamed, hidden or too many."""
    names = {"": COVER, **layout.sheet_names(package.load_package(ds.folder))}
    known = {sheet.name: sheet for sheet in found}
    surplus = [sheet for sheet in found if sheet.name not in names.values()]
    codes = {str(code): str(table) for code, table in ds.indicators["table"].items()}
    matched: dict[str, Sheet] = {}
    errors = [DataError("hidden_sheet", file, sheet=each.name) for each in found if each.is_hidden]
    for table, name in names.items():
        renamed = [each for each in surplus if _is_of(each, table, name, codes)][:1]
        if name in known:
            matched[table] = known[name]
        elif renamed:
            matched[table] = renamed[0]
            surplus.remove(renamed[0])
            details = {"name": name, "found": renamed[0].name}
            errors.append(DataError("renamed_sheet", file, None, None, details, renamed[0].name))
        else:
            errors.append(DataError("missing_sheet", file, details={"name": name}))
    errors += [DataError("extra_sheet", file, sheet=sheet.name) for sheet in surplus]
    matched.pop("", None)
    return matched, errors


def _is_of(sheet: Sheet, table: str, name: str, codes: Mapping[str, str]) -> bool:
    """Whether a sheet of another name has the rows of a table, or what the cover has."""
    texts = [found.text for found in sheet.cells.values()]
    if not table:
        return set(FIELDS.values()) <= set(texts)
    owners = Counter(codes[text] for text in texts if text in codes)
    if owners:
        return owners.most_common(1)[0][0] == table
    return bool(nearest(sheet.name, [name]))


def _same(found: Found | None, given: object) -> bool:
    """Whether a cell still has what it was handed out with."""
    content = found.content if found else None
    if isinstance(content, int | float) and given not in (None, ""):
        return f"{content:.12g}" == f"{float(str(given)):.12g}"
    return normalize_text(found.text if found else "") == normalize_text(
        " ".join(str(given or "").split())
    )


def _shown(content: object) -> str:
    return f"{content:.15g}" if isinstance(content, float) else str(content)

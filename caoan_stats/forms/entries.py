"""Typed cells with their places, and the table row made from the cells of one typed row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from caoan_stats.common.errors import DataError
from caoan_stats.common.words import Phrase
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.qualifiers import QUALIFIERS, codes_by_typed_word
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms.quantities import (
    Measure,
    Quantity,
    UnclearError,
    parse_quantity,
    quantity_of_number,
)

FIGURE_COLUMNS = ("value", "change")


@dataclass(frozen=True)
class Place:
    """Position of a cell in a file."""

    file: str  # name without folders
    line: int  # of a CSV file, or row of a sheet, from 1
    column: str  # name of the column; in a workbook its letter
    sheet: str = ""  # empty for a CSV file
    heading: str = ""  # of the column, in messages; empty if it is `column`

    def __str__(self) -> str:
        before = f"{self.sheet}!{self.column}" if self.sheet else f"{self.file}:"
        return f"{before}{self.line}"

    def error(self, kind: str, **details: object) -> DataError:
        """Return an error of this cell."""
        heading = {"column": self.heading or self.column}
        return DataError(kind, self.file, self.line, self.column, heading | details, self.sheet)


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty.

    `content` is the typed text, number, date or time, or the saved result of a formula; None if
    a formula has no saved result.
    """

    content: object
    formula: str = ""  # empty for a cell without one
    as_percentage: bool = False  # whether the number format shows 0.9714 as 97.14 %

    @property
    def text(self) -> str:
        """The content as text, on one line."""
        return "" if self.content is None else " ".join(str(self.content).split())


@dataclass(frozen=True)
class TypedRow:
    """The cells of one typed row that are not empty, by column of its table.

    `places` has every column, also those without a cell; the first place stands for the row.
    `measure` is None for a table without figures, and for an indicator that is unknown or has no
    unit.
    """

    table: str
    cells: Mapping[str, Cell]
    places: Mapping[str, Place]
    measure: Measure | None = None


@dataclass(frozen=True)
class Entry:
    """A row for a table, with cells as in a raw table with decimal points."""

    table: str
    cells: Mapping[str, str]  # by column, without empty ones
    places: Mapping[str, Place]  # as in the `TypedRow`
    readings: Mapping[str, Quantity]  # of figures that were typed as text, by column

    def place(self, column: str | None) -> Place:
        """Return the place of a column; that of the row for None or an unknown column."""
        first = next(iter(self.places.values()))
        return self.places.get(column or "", first)


@dataclass(frozen=True)
class Remark:
    """A remark that is not an error; `kind` is a key of the section `events` of a language file."""

    kind: str
    place: Place
    details: Mapping[str, object]


@dataclass(frozen=True)
class TypedFile:
    """Content of a filled-in workbook or CSV file."""

    rows: tuple[TypedRow, ...]
    errors: tuple[DataError, ...] = ()  # of the layout; `to_entry` returns those of cells
    remarks: tuple[Remark, ...] = ()  # for the person who imports the file
    sheets: tuple[str, ...] = ()  # names in order; empty for a CSV file


def to_entry(row: TypedRow) -> tuple[Entry | None, list[DataError]]:
    """Return the table row made from a typed row, or None if there are errors; and the errors."""
    texts: dict[str, str] = {}
    quantities: dict[str, Quantity] = {}
    errors: list[DataError] = []
    for column, cell in row.cells.items():
        try:
            if column in FIGURE_COLUMNS and row.measure:
                quantities[column] = _quantity(cell, row.measure, is_change=column == "change")
                texts[column] = quantities[column].number
            else:
                texts[column] = _text(cell, row.measure)
        except UnclearError as error:
            code = row.cells.get("indicator")
            details = {"indicator": code.content if code else "", **error.details}
            errors.append(row.places[column].error(error.kind, **details))
    qualifier, unclear = _qualifier(row, texts.pop("qualifier", ""), quantities)
    if (errors or unclear) and "section" in row.places and "section" not in row.cells:
        # else the validation of the table reports this, but it does not get this row
        errors.append(row.places["section"].error("empty_cell"))
    if errors or unclear:
        return None, errors + unclear
    readings = {
        column: quantity
        for column, quantity in quantities.items()
        if isinstance(row.cells[column].content, str)
    }
    return Entry(row.table, texts | qualifier, row.places, readings), []


def _quantity(cell: Cell, measure: Measure, *, is_change: bool) -> Quantity:
    match cell.content:
        case bool():
            raise UnclearError("not_a_number", found=str(cell.content).upper(), example="79,5")
        case int() | float() as number:
            quantity = quantity_of_number(number, measure, as_percentage=cell.as_percentage)
        case date() | time() as moment:
            raise _date_cell(moment)
        case content:
            text = normalize_text(str(content))
            quantity = parse_quantity(text, measure, is_change=is_change)
    if quantity.number.startswith("-") and not (is_change or measure.can_be_negative):
        raise UnclearError("negative", found=measure.format(quantity.number), unit=measure.unit)
    return quantity


def _text(cell: Cell, measure: Measure | None) -> str:
    match cell.content:
        case date() | time() as moment:
            raise _date_cell(moment)
        case float() as number:
            text = f"{number:.15g}"
            return measure.format(text) if measure else text
        case content:
            return normalize_text(str(content)).strip()


def _date_cell(moment: date | time) -> UnclearError:
    shown = f"{moment:%d/%m/%Y}" if isinstance(moment, date) else f"{moment:%H:%M}"
    return UnclearError("date_cell", found=shown)


def _qualifier(
    row: TypedRow, word: str, quantities: Mapping[str, Quantity]
) -> tuple[dict[str, str], list[DataError]]:
    """Return the cell of the qualifier, typed as `word` in its own cell or before the figure."""
    choices = codes_by_typed_word() | {code: code for code in QUALIFIERS}
    in_cell = choices.get(word.casefold())
    in_figure = quantities["value"].qualifier if "value" in quantities else ""
    if in_cell is None:
        allowed, or_empty = ", ".join(qualifiers.words()), Phrase("or_empty")
        details: dict[str, object] = {"found": word, "allowed": allowed, "or_empty": or_empty}
        return {}, [row.places["qualifier"].error("not_allowed", **details)]
    if in_figure and in_cell and in_figure != in_cell:
        details = {"value": QUALIFIERS[in_figure].word, "found": QUALIFIERS[in_cell].word}
        return {}, [row.places["qualifier"].error("two_qualifiers", **details)]
    code = in_figure or in_cell
    return {"qualifier": code} if code else {}, []

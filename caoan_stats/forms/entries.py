"""What a person typed, each cell with its place, and the row of a table that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from caoan_stats import labels
from caoan_stats.common.errors import DataError
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms import quantities as amounts
from caoan_stats.forms.quantities import QUALIFYING, Measure, Quantity, UnclearError

NUMBERS = ("value", "change")
CODES: Mapping[str, str] = {
    **QUALIFYING,
    **{code: code for code in labels.QUALIFIERS},
    **{word: code for code, word in labels.QUALIFIERS.items()},
}


@dataclass(frozen=True)
class Place:
    """Where a cell stands; `heading` is what the person calls its column."""

    file: str
    line: int
    column: str
    sheet: str = ""
    heading: str = ""

    def __str__(self) -> str:
        return (
            f"{self.sheet}!{self.column}{self.line}" if self.sheet else f"{self.file}:{self.line}"
        )

    def say(self, kind: str, **details: object) -> DataError:
        """Make an error of this cell."""
        called = {"column": self.heading or self.column}
        return DataError(kind, self.file, self.line, self.column, called | details, self.sheet)


@dataclass(frozen=True)
class Cell:
    """A cell as it was typed.

    Parameters
    ----------
    content
        A text or number, or what else a spreadsheet makes of what is typed.
    as_percentage
        Whether it shows 0.9714 as 97.14 %.
    """

    content: object
    as_percentage: bool = False


@dataclass(frozen=True)
class Typed:
    """The cells of one row, by column of the table that it is for.

    Parameters
    ----------
    table
        Name of that table.
    cells
        Those that are not empty.
    places
        Where each column stands, that of an empty cell too; the first stands for the row.
    measure
        What its numbers can be; None where it has no numbers, or its indicator none.
    """

    table: str
    cells: Mapping[str, Cell]
    places: Mapping[str, Place]
    measure: Measure | None = None


@dataclass(frozen=True)
class Entry:
    """A row for a table, as a raw file would have it with decimal points.

    Parameters
    ----------
    table
        Name of the table.
    cells
        Texts by column; a column that was not typed is not there.
    places
        Where each column stands, that of an empty cell too; the first stands for the row.
    readings
        What a text was read as, by column.
    """

    table: str
    cells: Mapping[str, str]
    places: Mapping[str, Place]
    readings: Mapping[str, Quantity]

    def place(self, column: str | None) -> Place:
        """Give the place of a column, or that of the row."""
        first = next(iter(self.places.values()))
        return self.places.get(column or "", first)


@dataclass(frozen=True)
class Remark:
    """Something that a person should know and need not mend; `kind` is a key of `SAID`."""

    kind: str
    place: Place
    details: Mapping[str, object]


@dataclass(frozen=True)
class Filled:
    """What a file says.

    Parameters
    ----------
    rows
        What was typed, row by row.
    errors
        All that keeps it from being read as it should.
    remarks
        What is told beside.
    sheets
        The sheets of a workbook, in their order.
    """

    rows: tuple[Typed, ...]
    errors: tuple[DataError, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sheets: tuple[str, ...] = ()


def to_entry(typed: Typed) -> tuple[Entry | None, list[DataError]]:
    """Make a row of what was typed, or say all that is unclear in it.

    Parameters
    ----------
    typed
        The cells of one row.
    """
    texts: dict[str, str] = {}
    quantities: dict[str, Quantity] = {}
    errors: list[DataError] = []
    for column, cell in typed.cells.items():
        try:
            if column in NUMBERS and typed.measure:
                quantities[column] = _quantity(cell, typed.measure, turning=column == "change")
                texts[column] = quantities[column].number
            else:
                texts[column] = _text(cell, typed.measure)
        except UnclearError as error:
            code = typed.cells.get("indicator")
            named = {"indicator": code.content if code else ""}
            errors.append(typed.places[column].say(error.kind, **named | error.details))
    qualifier, unclear = _qualifier(typed, texts, quantities)
    if (errors or unclear) and "section" not in typed.cells and "section" in typed.places:
        errors.append(typed.places["section"].say("empty_cell"))  # as the checks of a table would
    if errors or unclear:
        return None, errors + unclear
    readings = {
        column: quantity
        for column, quantity in quantities.items()
        if isinstance(typed.cells[column].content, str)
    }
    return Entry(typed.table, texts | qualifier, typed.places, readings), []


def _quantity(cell: Cell, measure: Measure, *, turning: bool) -> Quantity:
    quantity = _read(cell, measure, turning=turning)
    if quantity.number.startswith("-") and not (turning or measure.can_be_negative):
        raise UnclearError("negative", found=measure.written(quantity.number), unit=measure.unit)
    return quantity


def _read(cell: Cell, measure: Measure, *, turning: bool) -> Quantity:
    match cell.content:
        case bool():
            raise UnclearError("not_a_number", found=str(cell.content).upper(), example="79,5")
        case int() | float() as number:
            return amounts.quantity_of_number(number, measure, as_percentage=cell.as_percentage)
        case date() | time() as moment:
            raise UnclearError("date_cell", found=_moment(moment))
        case content:
            return amounts.parse_quantity(normalize_text(str(content)), measure, turning=turning)


def _text(cell: Cell, measure: Measure | None) -> str:
    match cell.content:
        case date() | time() as moment:
            raise UnclearError("date_cell", found=_moment(moment))
        case float() as number:
            text = f"{number:.15g}"
            return measure.written(text) if measure else text
        case content:
            return normalize_text(str(content)).strip()


def _moment(moment: date | time) -> str:
    return f"{moment:%d/%m/%Y}" if isinstance(moment, date) else f"{moment:%H:%M}"


def _qualifier(
    typed: Typed, texts: Mapping[str, str], read: Mapping[str, Quantity]
) -> tuple[dict[str, str], list[DataError]]:
    """Give the code of the qualifier, whether it was typed in its place or with the number."""
    words = texts.get("qualifier", "")
    written = CODES.get(words.casefold())
    spoken = read["value"].qualifier if "value" in read else ""
    if written is None:
        return {}, [typed.places["qualifier"].say("not_allowed", found=words, **_choice())]
    if spoken and written and spoken != written:
        details = {"value": labels.QUALIFIERS[spoken], "found": labels.QUALIFIERS[written]}
        return {}, [typed.places["qualifier"].say("two_qualifiers", **details)]
    code = spoken or written
    return {"qualifier": code} if code else {}, []


def _choice() -> dict[str, str]:
    return {
        "allowed": ", ".join(filter(None, labels.QUALIFIERS.values())),
        "or_empty_vi": ", hoặc để trống",
        "or_empty_en": ", or leave the cell empty",
    }

"""The table row that is made from the cells of one typed row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from caoan_stats.common.errors import DataError
from caoan_stats.common.words import Phrase
from caoan_stats.concepts import facts, qualifiers
from caoan_stats.concepts.comparisons import DIRECTIONS, direction_of, is_equal
from caoan_stats.concepts.facts import CHANGE, DIRECTION, FACTS, PCT_CHANGE, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS, code_of
from caoan_stats.concepts.tables import BOUNDS, TARGETS
from caoan_stats.concepts.units import PERCENT
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms.drafted import is_undecided
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import (
    Quantity,
    UnclearError,
    is_percentage,
    parse_quantity,
    plain,
    quantity_of_number,
)
from caoan_stats.forms.typed import Cell, Place, TypedRow

NUMBER_COLUMNS = tuple(facts.numbers())
CHOSEN = (*NUMBER_COLUMNS, DIRECTION, "qualifier")  # columns in which a draft may leave a choice
PERCENT_DECIMALS = 6  # of a stated percentage: the most that the catalogue allows an indicator


@dataclass(frozen=True)
class Entry:
    """A row for a table, with cells as in a raw table with decimal points."""

    table: str
    cells: Mapping[str, str]  # by column, without empty ones
    places: Mapping[str, Place]  # as in the `TypedRow`
    readings: Mapping[str, Quantity]  # of figures typed with words or in another column, by column
    questions: tuple[DataError, ...] = ()  # that a person answers before the row is written

    def place(self, column: str | None) -> Place:
        """Return the place of a column; that of the row for None or an unknown column."""
        first = next(iter(self.places.values()))
        return self.places.get(column or "", first)


def to_entry(typed: TypedRow) -> tuple[Entry | None, list[DataError]]:
    """Return the table row made from a typed row, or None if there are errors; and the errors."""
    texts: dict[str, str] = {}
    quantities: dict[str, Quantity] = {}
    year = typed.year
    row, errors = _with_percent_of_change(_with_direction(typed, year), year)
    numbers = BOUNDS if row.table == TARGETS else NUMBER_COLUMNS
    for column, cell in row.cells.items():
        try:
            if column in CHOSEN and is_undecided(cell):
                raise UnclearError("undecided", found=cell.text)
            if column in numbers and row.measure:
                fact = column if column in FACTS else VALUE
                quantities[column] = _quantity(cell, row.measure, fact, year)
                texts[column] = quantities[column].number
            elif column == DIRECTION:
                texts[column] = _direction(cell, row.measure, year)
            else:
                texts[column] = _text(cell, None if column == "section" else row.measure)
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
        if quantity.is_worded or row.cells[column] is not typed.cells.get(column)
    }
    return Entry(row.table, texts | qualifier, row.places, readings, row.questions), []


def _with_direction(row: TypedRow, year: int) -> TypedRow:
    """Return a row with “bằng cùng kỳ”, “không đổi” as a change by 0 and a steady direction.

    A word for a direction in another column is one too.
    """
    cells, places = dict(row.cells), dict(row.places)
    for column in (VALUE, CHANGE, PCT_CHANGE, DIRECTION):
        words = plain(cells[column].text) if column in cells else ""
        if is_equal(words, year):
            del cells[column]
            cells.setdefault(DIRECTION, Cell("steady"))
            if row.measure and CHANGE not in cells and PCT_CHANGE not in cells:
                cells[CHANGE] = Cell(0)
        elif column != DIRECTION and direction_of(words, year) and DIRECTION not in cells:
            cells[DIRECTION] = cells.pop(column)
        else:
            continue
        places |= {
            name: row.places[column] for name in (CHANGE, DIRECTION) if name not in row.cells
        }
    return replace(row, cells=cells, places=places)


def _with_percent_of_change(row: TypedRow, year: int) -> tuple[TypedRow, list[DataError]]:
    """Return a row whose change, if it is a percentage of another unit, is in its own column."""
    change = row.cells.get(CHANGE)
    is_amount = row.measure is not None and not row.measure.is_percent
    if not change or not is_amount or not _is_percentage(change, year):
        return row, []
    cells = {column: cell for column, cell in row.cells.items() if column != CHANGE}
    if relative := row.cells.get(PCT_CHANGE):
        details = {"found": change.text, "rate": relative.text}
        return replace(row, cells=cells), [row.places[CHANGE].error("two_rates", **details)]
    places = {**row.places, PCT_CHANGE: row.places[CHANGE]}
    return replace(row, cells={**cells, PCT_CHANGE: change}, places=places), []


def _is_percentage(cell: Cell, year: int) -> bool:
    """Return whether a number is shown with a percent sign, or typed with one."""
    if isinstance(cell.content, str):
        return is_percentage(cell.content, year)
    return cell.as_percentage


def _quantity(cell: Cell, measure: Measure, fact: str, year: int) -> Quantity:
    if FACTS[fact].is_percent:
        measure = replace(measure, unit=PERCENT, decimals=PERCENT_DECIMALS)
    match cell.content:
        case bool():
            raise UnclearError("not_a_number", found=str(cell.content).upper(), example="79,5")
        case int() | float() as number:
            quantity = quantity_of_number(number, measure, as_percentage=cell.as_percentage)
        case date() | time() as moment:
            raise _date_cell(moment)
        case content:
            text = normalize_text(str(content))
            quantity = parse_quantity(text, measure, fact, year)
    if fact == VALUE and quantity.number.startswith("-") and not measure.can_be_negative:
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


def _direction(cell: Cell, measure: Measure | None, year: int) -> str:
    """Return the code of a direction, typed as a word or as the code."""
    text = _text(cell, measure)
    if code := direction_of(plain(text), year):
        return code
    allowed = ", ".join(words[0] for words in DIRECTIONS.values())
    raise UnclearError("not_allowed", found=text, allowed=allowed, or_empty=Phrase("or_empty"))


def _date_cell(moment: date | time) -> UnclearError:
    shown = f"{moment:%d/%m/%Y}" if isinstance(moment, date) else f"{moment:%H:%M}"
    return UnclearError("date_cell", found=shown)


def _qualifier(
    row: TypedRow, word: str, quantities: Mapping[str, Quantity]
) -> tuple[dict[str, str], list[DataError]]:
    """Return the cell of the qualifier, typed as `word` in its own cell or before a figure.

    It belongs to the value; in a row without a value, to all other numbers.
    """
    in_cell = word.casefold() if word.casefold() in QUALIFIERS else code_of(word)
    if in_cell is None:
        allowed, or_empty = ", ".join(qualifiers.words()), Phrase("or_empty")
        details: dict[str, object] = {"found": word, "allowed": allowed, "or_empty": or_empty}
        return {}, [row.places["qualifier"].error("not_allowed", **details)]
    owners = [VALUE] if VALUE in row.cells else [*quantities]
    typed = {quantities[column].qualifier for column in owners if column in quantities}
    others = sorted(typed - {"", in_cell})
    if in_cell and others:
        details = {"value": QUALIFIERS[others[0]].word, "found": QUALIFIERS[in_cell].word}
        return {}, [row.places["qualifier"].error("two_qualifiers", **details)]
    code = in_cell or "".join(others)
    kept = owners if in_cell or len(typed) == 1 else ()
    return {"qualifier": code} if code else {}, list(_lost_qualifiers(row, quantities, kept))


def _lost_qualifiers(
    row: TypedRow, quantities: Mapping[str, Quantity], kept: Collection[str]
) -> Iterator[DataError]:
    """Yield an error for each qualifier typed before a number that is not in the kept columns."""
    for column, quantity in quantities.items():
        if quantity.qualifier and column not in kept:
            details = {"found": row.cells[column].text, "word": QUALIFIERS[quantity.qualifier].word}
            yield row.places[column].error("other_qualifier", **details)

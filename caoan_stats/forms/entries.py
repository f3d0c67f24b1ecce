"""Typed cells with their places, and the table row made from the cells of one typed row."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.common.errors import DataError
from caoan_stats.common.words import Phrase
from caoan_stats.concepts import facts, qualifiers
from caoan_stats.concepts.comparisons import DIRECTIONS, direction_of, is_equal, take_base
from caoan_stats.concepts.facts import CHANGE, DIRECTION, FACTS, PCT_CHANGE, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import LEVELS, QUALIFIERS, code_of
from caoan_stats.concepts.units import PERCENT
from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.forms.layout import RESTATED
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import (
    Quantity,
    UnclearError,
    is_percentage,
    parse_quantity,
    plain,
    quantity_of_number,
)

SHARED = ("indicator", "source", "section")  # columns of a row and of one that it restates
NUMBER_COLUMNS = tuple(facts.numbers())
PERCENT_DECIMALS = 6  # of a stated percentage: the most that the catalogue allows an indicator
TARGETS, BOUNDS = "targets", ("lower", "upper")  # a table, and its numbers
_DONE_OF_PLAN = re.compile(  # “13/14 hộ”, “6,5/6ha”, “12 tỷ/11 tỷ đồng”; not “tạ/ha”
    "(?P<before>[^0-9/]*)(?P<done>[0-9][0-9.,]*)(?P<unit>[^0-9]*)"
    "/ ?(?P<plan>[0-9][0-9.,]*)(?P<of>[^0-9]*)"
)
NEAR = 2  # a figure is seldom less than half of its plan, or more than twice it
_DAY_AND_MONTH = re.compile("(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])")
_YEARS = re.compile("(19|20)[0-9]{2}")


@dataclass(frozen=True)
class Place:
    """Position of a cell in a file."""

    file: str  # name without folders
    line: int  # of a CSV file, or row of a sheet, from 1
    column: str  # name of the column; in a workbook its letter
    sheet: str = ""  # empty for a CSV file
    heading: str = ""  # of the column, in messages; empty if it is `column`
    label: str = ""  # of the indicator of the row, in messages; empty to name it by its code

    def __str__(self) -> str:
        before = f"{self.sheet}!{self.column}" if self.sheet else f"{self.file}:"
        return f"{before}{self.line}"

    def error(self, kind: str, **details: object) -> DataError:
        """Return an error of this cell."""
        shown = {"column": self.heading or self.column, **details}
        if self.label:
            shown["indicator"] = self.label
        return DataError(kind, self.file, self.line, self.column, shown, self.sheet)


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty.

    `content` is the typed text, number, date or time, or the saved result of a formula; None if
    a formula has no saved result.
    """

    content: object
    formula: str = ""  # empty for a cell without one
    as_percentage: bool = False  # whether the number format shows 0.9714 as 97.14 %
    is_scaled: bool = True  # whether `content` is stored so; else its percent sign is only text
    shown: str = ""  # what the format shows if it adds words, as in “28,05 tỷ”
    thousands: int = 0  # how often the format divides by 1000 without a word that says so

    @property
    def text(self) -> str:
        """The content as text, on one line."""
        return "" if self.content is None else " ".join(str(self.content).split())

    @property
    def worded(self) -> "Cell":
        """The cell with what its format shows as its content, if that adds words."""
        return replace(self, content=self.shown) if self.shown else self


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
    questions: tuple[DataError, ...] = ()  # as of its `Entry`


def by_year(row: TypedRow) -> list[TypedRow]:
    """Return the rows that a row of a sheet states.

    Before it is one of last year for the value that it restates, after it one for the plan that is
    typed with its value, as in “13/14”.
    """
    cells = dict(row.cells)
    if not (restated := cells.pop(RESTATED, None)):
        return _with_plan(row)
    is_alone = FACTS.keys().isdisjoint(cells)
    shared = cells if is_alone else {name: cells[name] for name in SHARED if name in cells}
    year = Cell(str(int(cells["year"].text) - 1))
    places = {**row.places, VALUE: row.places[RESTATED]}
    before = replace(row, cells={**shared, "year": year, VALUE: restated}, places=places)
    return [before] if is_alone else [before, *_with_plan(replace(row, cells=cells))]


def _with_plan(row: TypedRow) -> list[TypedRow]:
    """Return a row, and one of the targets for the plan after its value: “13/14”."""
    typed = row.cells.get(VALUE, Cell(""))
    words = plain(typed.text) if isinstance(typed.content, str) else ""
    year = _year(row)
    words, named = take_base(words, PCT_OF_PLAN, year)  # “13/14 kế hoạch”, “13/kế hoạch 14”
    parts = _DONE_OF_PLAN.fullmatch(words)
    measure = row.measure
    if not parts or not measure or not measure.plan or not _is_plan(parts, measure):
        return [row]
    bound = measure.plan
    units = [parts[name].strip() for name in ("unit", "of")]
    done = Cell(f"{LEVELS[0]} {parts['before']} {parts['done']} {units[0] or units[1]}")
    plan = Cell(f"{LEVELS[0]} {parts['plan']} {units[1] or units[0]}")
    details = {"found": typed.text, "done": parts["done"], "plan": parts["plan"]}
    is_clear = named or _reading(parts["plan"]) in measure.planned.get(year, ())
    is_asked = not is_clear and _is_doubtful(parts, measure, words)
    asked = (row.places[VALUE].error("date_or_plan", **details),) if is_asked else ()
    key = {name: row.cells[name] for name in (*SHARED, "year") if name in row.cells}
    target = TypedRow(
        TARGETS, {**key, bound: plan}, {**row.places, bound: row.places[VALUE]}, measure
    )
    return [replace(row, cells={**row.cells, VALUE: done}, questions=asked), target]


def _year(row: TypedRow) -> int:
    """Return the year of a row; 0 if it has none."""
    typed = row.cells.get("year", Cell("")).text
    return int(typed[:4]) if typed.isdecimal() else 0


def _is_plan(parts: re.Match[str], measure: Measure) -> bool:
    """Return whether what stands after a slash is a number of the unit, and no year."""
    units = (measure.power_of(parts[name].strip()) for name in ("unit", "of"))
    return None not in units and not _YEARS.fullmatch(parts["plan"])


def _is_doubtful(parts: re.Match[str], measure: Measure, words: str) -> bool:
    """Return whether what stands after a slash may be a month, or the whole of a part.

    A plan is near to what was reached. More than it is no part; less may be one, except for a bare
    number of what there should be more of.
    """
    done, plan = _reading(parts["done"]), _reading(parts["plan"])
    if _DAY_AND_MONTH.fullmatch(words) or not plan / NEAR < done < plan * NEAR:
        return True
    is_bare = not parts["unit"].strip() and not parts["of"].strip()
    return done <= plan and (measure.is_part or not (is_bare and measure.is_wanted))


def _reading(number: str) -> Decimal:
    return min(map(Decimal, numerals.readings(number)), default=Decimal(0))


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


@dataclass(frozen=True)
class Remark:
    """A remark that is not an error; `kind` is a key of the section `events` of a language file."""

    kind: str
    place: Place
    details: Mapping[str, object]


@dataclass(frozen=True)
class Answer:
    """What a person has chosen for a finding in a marked copy of the workbook."""

    choice: str  # a key of the section `review` of `pages.vi.toml`, or an unknown word
    reason: str
    place: Place  # of the reason


@dataclass(frozen=True)
class TypedFile:
    """Content of a filled-in workbook or CSV file."""

    rows: tuple[TypedRow, ...]
    errors: tuple[DataError, ...] = ()  # of the layout; `to_entry` returns those of cells
    remarks: tuple[Remark, ...] = ()  # for the person who imports the file
    sheets: tuple[str, ...] = ()  # names in order; empty for a CSV file
    questions: tuple[DataError, ...] = ()  # that this person answers before anything is written
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by the token of the finding


def to_entry(typed: TypedRow) -> tuple[Entry | None, list[DataError]]:
    """Return the table row made from a typed row, or None if there are errors; and the errors."""
    texts: dict[str, str] = {}
    quantities: dict[str, Quantity] = {}
    year = _year(typed)
    row, errors = _with_percent_of_change(_with_direction(typed, year), year)
    numbers = BOUNDS if row.table == TARGETS else NUMBER_COLUMNS
    for column, cell in row.cells.items():
        try:
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

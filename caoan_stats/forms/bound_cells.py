"""The cells of one target, “từ” and “đến”, read as the bounds of one fact."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from caoan_stats.common.words import Phrase
from caoan_stats.concepts.facts import CHANGE, FACTS, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.tables import LOWER, UPPER
from caoan_stats.concepts.units import PERCENT, unit_of
from caoan_stats.forms.bounds import Bounds, bound_of, parse_bounds
from caoan_stats.forms.entries import PERCENT_DECIMALS
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.prefilled import Prefilled
from caoan_stats.forms.quantities import UnclearError, quantity_of_number
from caoan_stats.forms.target_rows import fact_words
from caoan_stats.forms.typed import Cell
from caoan_stats.relations.jumps import FACTOR, WHOLE

MEASURED = ("of", LOWER, UPPER)  # cells that are empty for an indicator without a unit


class UnclearCellError(UnclearError):
    """A cell, in the column of a field, that states no target, or two."""

    def __init__(self, field: str, kind: str, **details: object) -> None:
        self.field = field
        super().__init__(kind, **details)


def read_bounds(cells: Mapping[str, Cell], row: Prefilled, year: int) -> Bounds:
    """Return the bounds of the target of a year.

    `cells` are the typed ones by field. Raises `UnclearCellError` if they are not one target.
    """
    typed = [field for field in MEASURED if field in cells]
    if not typed:
        return Bounds()
    if not row.measure:
        raise UnclearCellError(typed[-1], "target_in_words", found=cells[typed[-1]].text)
    of = _chosen(cells["of"]) if "of" in cells else ""
    sides = [side for side in (LOWER, UPPER) if side in cells]
    better = row.better if len(sides) == 1 else ""  # of two numbers, each has its side
    read: list[Bounds] = []
    for side in sides:
        named = read[0].of if read and read[0].of != VALUE else of
        try:
            read.append(_read(cells[side], row.measure, better, named, year, side))
        except UnclearError as error:
            raise UnclearCellError(side, error.kind, **error.details) from None
    if not read:
        return Bounds(of=of or VALUE)
    if len(read) == 1:
        return read[0]
    by_side = {bounds.only: bounds for bounds in read}
    if by_side.keys() != {LOWER, UPPER} or by_side[LOWER].of != by_side[UPPER].of:
        details = {"found": cells[LOWER].text, "other": cells[UPPER].text}
        raise UnclearCellError(UPPER, "two_bounds", **details)
    return by_side[LOWER].joined(by_side[UPPER])


def is_far(bounds: Bounds, latest: Decimal | None) -> bool:
    """Return whether a target of the value, or of a share of the plan, looks like another one.

    It is compared with the newest figure, or with the whole plan, as figures are in `jumps`.
    """
    known = {VALUE: latest, PCT_OF_PLAN: WHOLE}.get(bounds.of)
    numbers = [Decimal(number) for number in (bounds.lower, bounds.upper) if number]
    return any(
        known and number and max(abs(known / number), abs(number / known)) > FACTOR
        for number in numbers
    )


def may_be_fraction(bounds: Bounds, row: Prefilled, latest: Decimal | None) -> bool:
    """Return whether a percentage to reach is at most 1, and no figure tells that it is small."""
    is_rate = row.measure is not None and row.measure.is_percent and bounds.of == VALUE
    if not is_rate or latest is not None or row.better == "lower":
        return False
    return any(0 < Decimal(each) <= 1 for each in (bounds.lower, bounds.upper) if each)


def _chosen(cell: Cell) -> str:
    """Return the fact that was chosen from the list."""
    words = fact_words()
    typed = " ".join(cell.text.casefold().split())
    for fact, word in words.items():
        if typed == word.casefold():
            return fact
    details = {"allowed": ", ".join(words.values()), "or_empty": Phrase("or_empty")}
    raise UnclearCellError("of", "not_allowed", found=cell.text, **details)


def _read(  # noqa: PLR0913, PLR0917 - what a cell and its row tell
    cell: Cell, measure: Measure, better: str, of: str, year: int, side: str
) -> Bounds:
    """Return the bounds in one cell: one of them, or both if it holds a range."""
    match cell.content:
        case bool():
            raise UnclearError("not_a_number", found=cell.text, example="79,5")
        case int() | float() as number:
            return _of_number(number, cell, measure, better, of, side)
        case date() | time() as moment:
            shown = f"{moment:%d/%m/%Y}" if isinstance(moment, date) else f"{moment:%H:%M}"
            raise UnclearError("date_cell", found=shown)
    return parse_bounds(cell.text, measure, better=better, of=of, year=year, side=side)


def _of_number(  # noqa: PLR0913, PLR0917 - as `_read`
    number: float, cell: Cell, measure: Measure, better: str, of: str, side: str
) -> Bounds:
    """Return the bound in a cell that holds a number, as one that was typed into Excel does."""
    fact = of or VALUE
    if cell.as_percentage and not measure.is_percent and not FACTS[fact].is_percent:
        raise UnclearError("share_of_what", found=f"{100 * number:.12g}%", unit=measure.unit)
    if fact == CHANGE and unit_of(measure.unit).is_before:  # of a rank, up or down
        raise UnclearError("unclear_target", found=cell.text)
    if FACTS[fact].is_percent:
        measure = replace(measure, unit=PERCENT, decimals=PERCENT_DECIMALS)
    quantity = quantity_of_number(number, measure, as_percentage=cell.as_percentage)
    return bound_of(quantity.number, side, fact, better, cell.text)

"""The rows that one row of a sheet states: last year's corrected value, and the plan in “13/14”."""

import re
from dataclasses import replace
from decimal import Decimal

from caoan_stats.common import numerals
from caoan_stats.concepts.comparisons import take_base
from caoan_stats.concepts.facts import FACTS, PCT_OF_PLAN, VALUE
from caoan_stats.concepts.qualifiers import LEVELS
from caoan_stats.concepts.tables import TARGETS
from caoan_stats.forms.drafted import is_undecided
from caoan_stats.forms.layout import RESTATED
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import plain
from caoan_stats.forms.typed import Cell, TypedRow

SHARED = ("indicator", "source", "section")  # columns of a row and of one that it restates
_DONE_OF_PLAN = re.compile(  # “13/14 hộ”, “6,5/6ha”, “12 tỷ/11 tỷ đồng”; not “tạ/ha”
    "(?P<before>[^0-9/]*)(?P<done>[0-9][0-9.,]*)(?P<unit>[^0-9]*)"
    "/ ?(?P<plan>[0-9][0-9.,]*)(?P<of>[^0-9]*)"
)
NEAR = 2  # a figure is seldom less than half of its plan, or more than twice it
_DAY_AND_MONTH = re.compile("(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])")
_YEARS = re.compile("(19|20)[0-9]{2}")


def stated_rows(row: TypedRow) -> list[TypedRow]:
    """Return the rows that a row of a sheet states.

    Before it is one of last year for the value that it restates, after it one for the plan that is
    typed with its value, as in “13/14”.
    """
    cells = dict(row.cells)
    if not (restated := cells.pop(RESTATED, None)):
        return _with_plan(row)
    is_alone = FACTS.keys().isdisjoint(cells)
    shared = cells if is_alone else {name: cells[name] for name in SHARED if name in cells}
    year = Cell(str(row.year - 1)) if row.year else cells.get("year", Cell(""))
    places = {**row.places, VALUE: row.places[RESTATED]}
    before = replace(row, cells={**shared, "year": year, VALUE: restated}, places=places)
    return [before] if is_alone else [before, *_with_plan(replace(row, cells=cells))]


def _with_plan(row: TypedRow) -> list[TypedRow]:
    """Return a row, and one of the targets for the plan after its value: “13/14”."""
    typed = row.cells.get(VALUE, Cell(""))
    words = plain(typed.text) if isinstance(typed.content, str) else ""
    year = row.year
    words, named = take_base(words, PCT_OF_PLAN, year)  # “13/14 kế hoạch”, “13/kế hoạch 14”
    parts = _DONE_OF_PLAN.fullmatch(words)
    measure = row.measure
    if not parts or not measure or not measure.plan or is_undecided(typed):
        return [row]
    if not _is_plan(parts, measure):
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

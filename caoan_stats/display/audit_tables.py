"""Tables of the audit: contradictions, derivations, relations that hold, relations not checked.

Each function expects the rows of `Dataset.audit` that have its status.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf, isinf, nan
from operator import itemgetter

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row
from caoan_stats.common.words import phrase
from caoan_stats.concepts.doubts import DOUBTS
from caoan_stats.concepts.facts import DIRECTION
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.scales import turned
from caoan_stats.concepts.units import PERCENT, unit_of
from caoan_stats.display.tables import Table, Writers, text_frame
from caoan_stats.relations.audit import ASSUMED, DIVISION, NOT_COMPARABLE
from caoan_stats.relations.intervals import Interval, at_place, last_place, supported
from caoan_stats.relations.relation import AT_MOST

BOUND_DECIMALS = 2  # of a derived figure of which only a bound is known
FINER = 5  # an end of an interval is shown to the last digit that is below width / FINER


def contradictions(audit: pd.DataFrame) -> Table:
    """Return a table of both values, their gap, and the reason if it is acknowledged."""
    columns: Writers = {
        phrase("audit.stated"): stated,
        phrase("audit.computed"): computed,
        phrase("audit.gap"): _gap,
        phrase("table.section"): itemgetter("sections"),
        phrase("audit.acknowledged"): lambda row: row["acknowledged"] or phrase("audit.unseen"),
    }
    data = {
        "shown": phrase("audit.stated"),
        "computed": phrase("audit.computed"),
        "gap": phrase("audit.gap"),
        "acknowledged": phrase("audit.acknowledged"),
    }
    return _table(audit, phrase("audit.relation"), columns, data)


def derivations(audit: pd.DataFrame) -> Table:
    """Return a table of derived figures and the intervals in which they lie."""
    columns: Writers = {
        phrase("audit.figure"): _derived,
        phrase("audit.within"): lambda row: "" if row["lower"] == row["upper"] else _range(row),
        phrase("table.section"): itemgetter("sections"),
    }
    data = {
        "computed": phrase("audit.figure"),
        "lower": phrase("audit.from"),
        "upper": phrase("audit.to"),
    }
    return _table(audit, phrase("audit.derivation"), columns, data)


def checks(audit: pd.DataFrame) -> Table:
    """Return a table of stated values and the intervals computed from the other figures."""
    columns: Writers = {
        phrase("audit.stated"): stated,
        phrase("audit.computed"): _range,
        phrase("table.section"): itemgetter("sections"),
    }
    data = {
        "shown": phrase("audit.stated"),
        "lower": phrase("audit.computed_from"),
        "upper": phrase("audit.computed_to"),
    }
    return _table(audit, phrase("audit.relation"), columns, data)


def unchecked(audit: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Return a table of reasons; `names` has the Vietnamese labels of indicators by code."""
    explained = audit.assign(reason=[_why(reason, names) for reason in audit["reason"]])
    heading = phrase("audit.reason")
    columns = {heading: itemgetter("reason"), phrase("table.section"): itemgetter("sections")}
    return _table(explained, phrase("audit.relation"), columns, {"reason": heading})


def _table(audit: pd.DataFrame, name: str, columns: Writers, data: Mapping[str, str]) -> Table:
    """Return a table; `data` has the headings of the download by column of the audit."""
    headings = {
        "label": name,
        "year": phrase("audit.year"),
        "unit": phrase("table.unit"),
        **data,
        "sections": phrase("table.section"),
    }
    download = audit[[*headings]].replace([inf, -inf], nan).rename(columns=headings)
    return Table(text_frame(audit, columns, name, itemgetter("label")), download)


def _derived(row: Row) -> str:
    """Return a derived figure with the digits that its interval supports."""
    face, interval, side = _fraction(row["computed"]), _interval(row), row["qualifier"]
    is_bound = not QUALIFIERS[side].is_bounded
    number = interval.written(face, BOUND_DECIMALS, side) if is_bound else _supported(row)
    words = labels.qualified(labels.quantity(number, row["unit"]), side)
    return f"{words} ({DOUBTS['assumed']})" if row["reason"] == ASSUMED else words


def _interval(row: Row) -> Interval:
    ends = (row[end] if isinf(row[end]) else _fraction(row[end]) for end in ("lower", "upper"))
    return Interval(*ends)


def _fraction(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def stated(row: Row) -> str:
    """Return what a source states in a checked row, in words."""
    shown = labels.quantity(row["shown"], row["unit"])
    return _direction(row) or labels.qualified(shown, row["qualifier"])


def _direction(row: Row) -> str:
    """Return the direction that a source states, in words; empty for any other check."""
    if row["right"] != DIRECTION:
        return ""
    scale = "rank" if unit_of(row["unit"]).is_before else "amount"
    return phrase(f"direction.{direction_of(row, scale)}")


def direction_of(row: Row, scale: str) -> str:
    """Return the code of the direction in a row that checks one."""
    falls, rises = isinf(row["lower"]), isinf(row["upper"])
    return turned("down" if falls else "up" if rises else "steady", scale)


def _gap(row: Row) -> str:
    if row["right"] == DIRECTION:
        return ""
    return labels.change(row["shown"] - computed_number(row), row["unit"])


def computed(row: Row) -> str:
    """Return what follows from the other figures of a checked row, in words."""
    if row["right"] == DIRECTION:
        return _size_of_change(row)
    value = labels.compared(computed_number(row), row["unit"], row["operator"])
    return value if row["operator"] == AT_MOST else labels.qualified(value, precision(row))


def computed_number(row: Row) -> Decimal:
    """Return the right side of a checked row with the digits that its figures support."""
    if row["right"] != DIRECTION and (open_end := _interval(row)).qualifier:
        return open_end.written(_fraction(row["computed"]), max(0, -_place(row["shown"])))
    return max(_beside(row), _supported(row), key=_place)


def precision(row: Row) -> str:
    """Return the qualifier of the right side of a row: `about` if a digit of it is uncertain."""
    is_exact = row["lower"] == row["upper"]
    is_vague = not is_exact and _place(_supported(row)) >= _place(_beside(row))
    return _interval(row).qualifier or ("about" if is_vague else "")


def _beside(row: Row) -> Decimal:
    return labels.beside(row["computed"], row["shown"])


def _supported(row: Row) -> Decimal:
    return supported(_fraction(row["computed"]), _interval(row))


def _place(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _size_of_change(row: Row) -> str:
    """Return the change that is checked against a direction; one without a unit is relative."""
    unit = labels.change_unit(row["unit"]) if row["unit"] else PERCENT
    size = labels.with_unit(labels.signed(row["shown"]), unit)
    return labels.qualified(size, row["qualifier"])


def _range(row: Row) -> str:
    """Return the interval of the right side in words; for `<=` its upper end only.

    The ends have about one digit more than the interval supports.
    """
    if row["right"] == DIRECTION:
        return _size_of_change(row)
    interval, place = _interval(row), None
    if interval.is_bounded:
        lower, upper = Fraction(interval.lower), Fraction(interval.upper)
        place = last_place(Interval(lower / FINER, upper / FINER))

    def shown(end: float) -> labels.Number:
        if isinf(end):
            return nan
        exact = labels.beside(end, row["shown"] or 0)
        return exact if place is None else at_place(_fraction(end), place)

    lowest = nan if row["operator"] == AT_MOST else shown(row["lower"])
    return labels.interval(lowest, shown(row["upper"]), "both", row["unit"])


def _why(reason: str, names: Mapping[str, str]) -> str:
    if reason == "hidden":
        return phrase("audit.hidden")
    if reason == ASSUMED:
        return phrase("audit.assumed")
    if reason.startswith(NOT_COMPARABLE):
        return phrase("audit.not_comparable", reason=labels.inside(reason.partition(": ")[2]))
    lacking = reason.partition("missing: ")[2]
    if not lacking:
        return phrase("audit.division" if reason == DIVISION else "audit.too_large")
    figures = []
    for name in lacking.split(", "):
        code, _, bound = name.partition(".")
        label = names[code]
        figures.append(phrase("audit.missing_target", label=label) if bound else label)
    return phrase("audit.missing", figures="; ".join(figures))

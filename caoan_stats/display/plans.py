"""What is needed for the target of a coming year, and whether it will be reached, in words.

A `row` is one of `Dataset.scorecard` as a dict.
"""

from decimal import Decimal
from fractions import Fraction
from math import isnan

from caoan_stats import labels
from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import VALUE
from caoan_stats.concepts.outlooks import outlook_of
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.statuses import with_verdict
from caoan_stats.concepts.units import PERCENT
from caoan_stats.display.sentences import about, distance, target_of
from caoan_stats.relations.intervals import at_place
from caoan_stats.relations.measures import PERCENT_DECIMALS


def prospect(row: Row) -> str:
    """Return the outlook of a target of a coming year, in words; empty without bounds."""
    if not _is_coming(row) or {"assumed", "disputed"} & {*row["previous_doubts"]}:
        return ""
    if row["break_reason"]:
        return phrase("plan.not_comparable")
    if (row["pace"] == 1.0 or isnan(row["pace"])) and _is_reached(row):
        return phrase("plan.reached")
    low, high = outlook_of(row["pace_low"]), outlook_of(row["pace_high"])
    if low is None or high is None:
        if row["pace_break"]:
            return phrase("plan.no_pace_since", reason=labels.inside(row["pace_break"]))
        return phrase("plan.no_pace")
    words = low.words if low == high else phrase("plan.unknown")
    years = {"first": f"{row['pace_from']:.0f}", "last": f"{row['pace_to']:.0f}"}
    return phrase("plan.outlook", outlook=words, **years)


def needed(row: Row) -> str:
    """Return the change needed to reach the target of a coming year, in words.

    Empty without a bound of the figure itself, or without a comparable figure of the year before.
    """
    if not _is_coming(row) or isnan(row["previous"]) or row["break_reason"] or _is_open(row):
        return ""
    if row["previous_status"] == "undecided":
        return phrase("plan.unknown")
    words = phrase("plan.keep") if _is_reached(row) else _change(row)
    kinds = [kind for kind in ("disputed", "assumed") if kind in row["previous_doubts"]]
    return phrase(f"plan.from_{kinds[0]}", needed=words) if kinds else words


def _is_coming(row: Row) -> bool:
    """Return whether there is a target of the figure itself, and no figure yet."""
    target = target_of(row)
    return target.of == VALUE and target.status(row["value"]) == "no_data"


def _is_open(row: Row) -> bool:
    return not QUALIFIERS[row["previous_qualifier"]].is_bounded


def _is_reached(row: Row) -> bool:
    return row["previous_status"] in with_verdict("reached")


def _change(row: Row) -> str:
    """Return the change from the last figure to the bound that it misses."""
    last, rises = row["previous"], target_of(row).below(row["previous"])
    bound = row["lower_shown"] if rises else row["upper_shown"]
    size = distance(row["previous_shown"], bound)
    direction = "rise" if rises != (row["scale"] == "rank") else "fall"
    if not size:
        return phrase(f"plan.must_{direction}")
    words = labels.quantity(size, labels.change_unit(row["unit"]))
    if last > 0 and row["scale"] == "amount":
        words += f" ({_percent(size, row)})"
    is_open = row["closed"] in ("neither", "right" if rises else "left")
    words = about(words, row["previous_qualifier"], is_above=not rises)
    return phrase(f"plan.{direction}{'_more_than' if is_open else ''}", size=words)


def _percent(size: Decimal, row: Row) -> str:
    """Return a change in percent of the last figure, with no more digits than a vague one has."""
    share, last = 100 * Fraction(size) / Fraction(row["previous_shown"]), row["previous_shown"]
    if not row["previous_qualifier"] and last.as_tuple().exponent <= 0:
        return labels.quantity(round_to(share, PERCENT_DECIMALS), PERCENT)
    digits = len(size.as_tuple().digits)
    place = Decimal(float(share)).adjusted() - digits + 1
    return labels.quantity(at_place(share, max(place, -PERCENT_DECIMALS)), PERCENT)

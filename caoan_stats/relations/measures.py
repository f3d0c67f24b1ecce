"""Measures: the facts of an indicator in a year, each as a source states it or else computed.

A fact that compares the value with a base is computed only where the comparison means something:
on a scale that has it, and not across a break of the series.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.concepts.doubts import DOUBTS
from caoan_stats.concepts.facts import (
    CHANGE,
    DIRECTION,
    FACTS,
    PCT_CHANGE,
    PCT_OF_PLAN,
    PLAN,
    PREVIOUS,
    VALUE,
)
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.concepts.scales import SCALES, turned
from caoan_stats.relations import figures
from caoan_stats.relations.audit import SIGNS, sign_of
from caoan_stats.relations.figures import Figure, Key, Known, Statement
from caoan_stats.relations.filling import base_key, parse
from caoan_stats.relations.intervals import DECIMALS, Interval, at_place, supported

_ORDER = ("stated", "derived", "assumed")  # a measure has the last status of its parts
PERCENT_OF_CHANGE = "100 * change / previous"
NEAR = 10  # an end of an interval is near a number within this part of the width
PERCENT_DECIMALS = 2  # of a computed percentage that is shown


@dataclass(frozen=True)
class Measure:
    """A fact in numbers.

    `shown` has the digits that are stated, or that the interval of a derived figure supports; its
    exponent is the place of the last one. It is None for a computed measure of which only the sign
    is known.
    """

    value: Decimal
    shown: Decimal | None
    interval: Interval
    qualifier: str
    row: Row  # with `source` and `section`
    status: str = "stated"  # as in the table of observations
    is_computed: bool = False  # from the value and its base, by no source


@dataclass(frozen=True)
class Series:
    """All that scorecards and trends are computed from."""

    stated: Statement
    known: Known
    targets: Mapping[Key, Row]  # those by which figures are judged
    other_targets: Mapping[Key, Sequence[Row]]
    hidden: Mapping[Key, str]  # marks of figures that are not public
    revised: Mapping[Key, Sequence[Row]]  # older statements of a value, with `date`
    disputed: Set[Key]  # figures of contradictions that nobody has acknowledged
    annotated: Set[Key]  # figures with a note
    ranked: Mapping[str, str]  # indicator that counts all that are ranked, by rank

    def years(self, indicator: str) -> list[int]:
        """Return the years that have a figure, a fact, a hidden figure or a target, ascending."""
        keys = [*self.known, *self.targets, *self.hidden]
        facts = {(code, year) for code, year, _ in self.stated.facts}
        return sorted({year for code, year in {*keys, *facts} if code == indicator})

    def doubts(self, indicator: str, year: int) -> tuple[str, ...]:
        """Return the codes of the doubts about a figure, in the order of `DOUBTS`."""
        key = (indicator, year)
        status = figure.status if (figure := self.known.get(key)) else ""
        flags = {"revised": self.revised, "disputed": self.disputed, "annotated": self.annotated}
        return tuple(code for code in DOUBTS if code == status or key in flags.get(code, ()))

    def out_of(self, indicator: str, year: int) -> Decimal | None:
        """Return how many are ranked; None if that is not known, or the indicator is no rank."""
        count = self.known.get((self.ranked.get(indicator, ""), year))
        return count.value if count else None

    def text(self, indicator: str, year: int, fact: str) -> str:
        """Return a fact that is no number; empty where no source states it."""
        row = self.fact(indicator, year, fact)
        return str(row["text"]) if row else ""

    def fact(self, indicator: str, year: int, fact: str) -> Row | None:
        """Return what the newest document states of a fact; None without a statement."""
        return self.stated.facts.get((indicator, year, fact))

    def measure(self, indicator: str, year: int, fact: str) -> Measure | None:
        """Return a fact in numbers; None where it is neither stated nor computable."""
        if fact == VALUE:
            figure = self.known.get((indicator, year))
            return None if figure is None else _of_figure(figure)
        if not self._is_comparable(indicator, year, fact):
            return None
        row = self.fact(indicator, year, fact)
        return _of_figure(self.stated.figure(row)) if row else self._computed(indicator, year, fact)

    def plan_task(self, indicator: str, year: int) -> Measure | None:
        """Return the plan of a year in percent of the value of the year before, None for none."""
        plan = self.known.get((f"{indicator}.{PLAN}", year))
        before = self.known.get((indicator, year - 1))
        has_ratio = SCALES[self.stated.catalogue[indicator]["scale"]].has_ratio
        if plan is None or before is None or self.stated.break_reason(indicator, year):
            return None
        if not has_ratio or before.status == "assumed" or not before.interval.is_bounded:
            return None
        formula, used = parse(FACTS[PCT_OF_PLAN].computed), {VALUE: plan, PLAN: before}
        try:
            interval, face = figures.evaluate(formula, used), figures.at_face_value(formula, used)
        except ArithmeticError:
            return None
        return _computed_measure([plan, before], interval, face, is_percent=True)

    def sign(self, indicator: str, year: int) -> str:
        """Return the direction of a change that is stated, or that is all that is known of it."""
        if self.stated.break_reason(indicator, year):
            return ""
        change = self.measure(indicator, year, CHANGE)
        if change is None or change.shown is not None:
            return self.text(indicator, year, DIRECTION)
        scale = self.stated.catalogue[indicator]["scale"]
        return turned("up" if change.interval.lower >= 0 else "down", scale)

    def judged(self, indicator: str, year: int, fact: str) -> Measure | None:
        """Return by what a target of a fact is judged; None where nothing is known of it.

        It is the fact, or else the sign of a change, or else all that the figures allow.
        """
        measure = self.measure(indicator, year, fact)
        is_vague = measure and measure.is_computed and not sign_of(measure.interval)
        if is_vague and self.fact(indicator, year, DIRECTION):
            measure = None
        if measure or not FACTS[fact].base or not self._is_comparable(indicator, year, fact):
            return measure
        if FACTS[fact].base == PREVIOUS and (sign := self._direction(indicator, year)):
            return sign
        if not (found := self._compared(indicator, year, fact)):
            return None
        used, interval, face = found
        exact = round_to(face, DECIMALS)
        return Measure(exact, None, interval, "about", used[0].row, _status(used), is_computed=True)

    def _direction(self, indicator: str, year: int) -> Measure | None:
        """Return a change of which only the sign is stated; None where none is.

        The sign is that of a stated direction, change or relative change.
        """
        stated = (self.fact(indicator, year, fact) for fact in (DIRECTION, CHANGE, PCT_CHANGE))
        row = next(filter(None, stated), None)
        if row is None:
            return None
        scale = self.stated.catalogue[indicator]["scale"]
        word = turned(row["text"], scale) or sign_of(self.stated.figure(row).interval)
        if not word:
            return None
        zero, qualifier = Decimal(0), {"up": "over", "down": "under"}.get(word, "")
        return Measure(zero, zero, SIGNS[word], qualifier, row)

    def _is_comparable(self, indicator: str, year: int, fact: str) -> bool:
        scale = SCALES[self.stated.catalogue[indicator]["scale"]]
        is_broken = FACTS[fact].base == PREVIOUS and self.stated.break_reason(indicator, year)
        return fact in scale.facts and not is_broken

    def _computed(self, indicator: str, year: int, fact: str) -> Measure | None:
        found = self._compared(indicator, year, fact)
        return None if found is None else _computed_measure(*found, FACTS[fact].is_percent)

    def _compared(
        self, indicator: str, year: int, fact: str
    ) -> tuple[Sequence[Figure], Interval, Fraction] | None:
        """Return the value and its base, and their comparison as an interval and as written."""
        entry = self.stated.catalogue[indicator]
        value = self.known.get((indicator, year))
        base = self.known.get(base_key(indicator, year, fact))
        is_ratio = FACTS[fact].is_percent and not SCALES[entry["scale"]].has_ratio
        is_below = FACTS[fact].base == PLAN and entry["better"] == "lower"  # less is not less done
        if value is None or base is None or is_ratio or is_below:
            return None
        if (value.status == "assumed") != (base.status == "assumed"):
            return None  # an assumption and a statement are of two definitions
        formula, used = parse(FACTS[fact].computed), {VALUE: value, FACTS[fact].base: base}
        if fact == PCT_CHANGE and (row := self.fact(indicator, year, CHANGE)):
            formula, used = (
                parse(PERCENT_OF_CHANGE),
                {CHANGE: self.stated.figure(row), PREVIOUS: base},
            )
        try:
            interval, face = figures.evaluate(formula, used), figures.at_face_value(formula, used)
        except ArithmeticError:
            return None
        return list(used.values()), interval, face


def _of_figure(figure: Figure) -> Measure:
    value = shown = figure.value
    if figure.status != "stated" and QUALIFIERS[figure.row["qualifier"]].is_bounded:
        shown = max(value, supported(Fraction(value), figure.interval), key=_place)
    return Measure(
        value, shown, figure.interval, figure.row["qualifier"], figure.row, figure.status
    )


def _computed_measure(
    used: Sequence[Figure], interval: Interval, face: Fraction, is_percent: bool
) -> Measure | None:
    """Return a measure computed from figures; None if not even its sign is known."""
    is_plain = all(map(_is_plain, used))
    qualifier = "" if is_plain else nearness(face, interval)
    exact, status = round_to(face, DECIMALS), _status(used)
    is_signed = interval.lower >= 0 or interval.upper <= 0
    if not all(each.interval.is_bounded for each in used):
        if not is_signed:
            return None
        qualifier = "under" if interval.upper <= 0 else "over"
        return Measure(exact, None, interval, qualifier, used[0].row, status, is_computed=True)
    rounding = {"over": floor, "almost": ceil}.get(qualifier)
    if is_percent:
        short = round_to(face, PERCENT_DECIMALS)
        shown = max(supported(face, interval, rounding), short, key=_place)
    else:
        places = [_place(each.value) for each in used]
        place = max(*places, 0) or min(places)  # digits before the point that are not stated
        shown = exact if is_plain else supported(face, interval, rounding)
        shown = max(shown, at_place(face, place, rounding), key=_place)
    digits: Decimal | None = shown
    if is_signed and face and not shown and not is_plain:  # only its sign is known
        digits = None
    elif not is_signed and not (is_plain and not is_percent):
        digits = Decimal(0)
    qualifier = "about" if exact and digits == 0 else qualifier
    return Measure(exact, digits, interval, qualifier, used[0].row, status, is_computed=True)


def nearness(face: Fraction, interval: Interval) -> str:
    """Return the qualifier of a computed number: to which end of its interval it is near.

    >>> nearness(Fraction(7), Interval(Fraction(2), Fraction(7)))
    'almost'
    """
    size = abs(face)
    ends = interval if face >= 0 else -interval
    width = ends.upper - ends.lower
    if not width:
        return ""
    if ends.upper - size < width / NEAR:
        return "almost"
    return "over" if size - ends.lower < width / NEAR else "about"


def _is_plain(figure: Figure) -> bool:
    """Return whether a figure is stated without a qualifier, up to its last digit."""
    is_whole = _place(figure.value) <= 0
    return figure.status == "stated" and not figure.row["qualifier"] and is_whole


def _status(used: Sequence[Figure]) -> str:
    return max((each.status for each in used), key=_ORDER.index)


def _place(number: Decimal) -> int:
    return int(number.as_tuple().exponent)

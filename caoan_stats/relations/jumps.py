"""Jumps: figures that are far from what is usual, as a figure in a wrong unit is.

A figure is compared with the one before it, the first one with what a commune usually has, a share
of the plan with 100 %, a very small percentage with its target and the other years, a figure of
more decimals than usual with the rounded one, and the years with one another. Each jump is a
question to people. A row of `acknowledged.csv` with the right side of the jump answers it; with a
gap, only while it is the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from operator import itemgetter

import pandas as pd

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS, PCT_OF_PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.scales import SCALES
from caoan_stats.concepts.units import PERCENT, split_unit, unit_of
from caoan_stats.relations import audit
from caoan_stats.relations.derive import make_statement
from caoan_stats.relations.figures import Statement
from caoan_stats.relations.relation import EQUAL, relation_key

FACTOR = 8  # a figure typed in a wrong unit is ten times too large or small, but may have grown
WHOLE = Decimal(100)  # a share of the plan that is reached
OF_PLAN = FACTS[PCT_OF_PLAN].value
FRACTION_LIMIT = Decimal("1.5")  # a percentage up to it may be a fraction of 1, as 0.98 is of 98 %
YEARS = 5  # between a year and the one before it, at most
LEAST, MOST, DECIMALS, YEAR = "least", "most", "decimals", "year"  # right sides of other jumps
FRACTION = "fraction"
SIDES = (PREVIOUS, LEAST, MOST, DECIMALS, YEAR, FRACTION)  # all that are no formulas


@dataclass(frozen=True)
class Jump:
    """A figure that is far from another number.

    If it is that of an earlier year, it is more than `FACTOR` times it, or less than 1 / `FACTOR`.

    >>> jump = Jump("pigs", 2024, Decimal(30), Decimal(360))
    >>> jump.times, jump.gap
    (12.0, Decimal('-330'))
    """

    indicator: str
    year: int
    value: Decimal
    previous: Decimal
    right: str = PREVIOUS  # what `previous` is: one of `SIDES`, or `OF_PLAN`
    years: int = 1  # since the year of `previous`
    fact: str = VALUE  # of which `value` is

    @property
    def times(self) -> float:
        """Ratio of the larger absolute value to the smaller."""
        small, large = sorted((abs(self.value), abs(self.previous)))
        return float(large / small)

    @property
    def gap(self) -> Decimal:
        """Difference from the other number."""
        return self.value - self.previous

    @property
    def row(self) -> Row:
        """The question in the columns of `acknowledged.csv` and of the audit."""
        sides = {"left": self.indicator, "operator": EQUAL, "right": self.right}
        return {**sides, "year": self.year, "gap": self.gap}

    def is_answered(self, acknowledged: audit.Acknowledged) -> bool:
        """Return whether a row of `acknowledged.csv` answers the question."""
        key = relation_key(self.row)
        row = acknowledged.get((*key, self.year))
        return row is not None and row["gap"] in (None, self.gap)


def find_jumps(tables: Mapping[str, pd.DataFrame]) -> list[Jump]:
    """Return the jumps of all years.

    `tables` are those that people write and those of `caoan_stats.relations.derive.derive`. A
    figure is stated, or follows from a fact that is stated for its year.
    """
    stated, observations = make_statement(tables), records(tables["observations"])
    labels = {row["unit"]: row["label_vi"] for row in records(tables["units"])}
    shares = [
        Jump(code, year, row["value"], WHOLE, OF_PLAN, fact=fact)
        for (code, year, fact), row in stated.facts.items()
        if fact == PCT_OF_PLAN and row["value"]
    ]
    from_earlier = list(_from_earlier(stated, observations))
    fractions = _fractions(stated, observations, records(tables["targets"]), labels)
    far = from_earlier + _others(fractions, from_earlier)
    return [
        *far,
        *(jump for jump in shares if jump.times > FACTOR),
        *_of_unusual_size(observations, labels),
        *_others(_of_many_decimals(stated), [each for each in far if each.right == FRACTION]),
        *_far_years(stated),
    ]


def _others(found: Iterable[Jump], known: Iterable[Jump]) -> list[Jump]:
    """Return the jumps of figures of which none is known."""
    keys = {(jump.indicator, jump.year) for jump in known}
    return [jump for jump in found if (jump.indicator, jump.year) not in keys]


def _from_earlier(stated: Statement, observations: Sequence[Row]) -> Iterator[Jump]:
    """Yield the figures, of no rank, far from the year before or the last one that is stated.

    There is no break between the two.
    """
    figures, asked = dict(_figures(observations)), _asked(stated)
    of_sources = sorted(key for key, _ in _figures(_stated(observations)))
    years = {code: [*group] for code, group in groupby(of_sources, itemgetter(0))}
    for (code, year), value in figures.items():
        if (code, year) not in asked or SCALES[stated.catalogue[code]["scale"]].better:
            continue
        earlier = [each for _, each in years.get(code, []) if each < year]
        for since in sorted({year - 1, *earlier[-1:]}, reverse=True):
            if (code, since) in figures and not stated.break_reason(code, year, since):
                jump = Jump(code, year, value, figures[code, since], years=year - since)
                if jump.times > FACTOR:
                    yield jump
                    break


def _fractions(
    stated: Statement,
    observations: Sequence[Row],
    targets: Sequence[Row],
    labels: Mapping[str, str],
) -> Iterator[Jump]:
    """Yield the percentages that look like fractions of 1.

    They are far below all targets of their year, or below all other figures of the indicator; or
    there is neither, and higher is better.
    """
    figures = dict(_figures(observations))
    for (code, year, fact), row in stated.facts.items():
        entry, value = stated.catalogue[code], row["value"]
        is_rate = fact == VALUE and labels[entry["unit"]] == PERCENT
        if not is_rate or not 0 < abs(value) <= FRACTION_LIMIT:
            continue
        others = [each for (of, when), each in figures.items() if of == code and when != year]
        bounds = [
            target[bound]
            for target in targets
            if (target["indicator"], target["year"]) == (code, year)
            and target.get("of", "") in ("", VALUE)
            for bound in ("lower", "upper")
            if target[bound] is not None
        ]
        known = [group for group in (bounds, others) if group]
        is_far = [all(abs(each) > FACTOR * abs(value) for each in group) for group in known]
        if any(is_far) if known else entry["better"] == "higher":
            yield Jump(code, year, value, 100 * value, FRACTION)


def _of_unusual_size(observations: Sequence[Row], labels: Mapping[str, str]) -> Iterator[Jump]:
    """Yield the first figure of each indicator, if it is less or more than a commune usually has.

    `least` is that of money in đồng itself, as a figure in millions has been rounded.
    """
    first: dict[str, Row] = {}
    for row in sorted(_stated(observations), key=itemgetter("year")):
        if row["value"]:
            first.setdefault(row["indicator"], row)
    for code, row in first.items():
        label, year, value = labels[row["unit"]], row["year"], row["value"]
        unit, power = split_unit(label)
        least = Decimal(unit_of(label).least)
        most = Decimal(unit_of(unit.partition("/")[0]).most).scaleb(-power)
        if abs(value) < least:
            yield Jump(code, year, value, least, LEAST)
        if abs(value) > most:
            yield Jump(code, year, value, most, MOST)


def _of_many_decimals(stated: Statement) -> Iterator[Jump]:
    """Yield one figure or change of each indicator and year with more decimals than usual."""
    found: dict[tuple[str, int], Jump] = {}
    for (code, year, fact), row in stated.facts.items():
        if FACTS[fact].is_number and not FACTS[fact].is_percent:
            usual = stated.catalogue[code]["decimals"]
            if numerals.count_decimals(str(row["value"])) > usual:
                rounded = numerals.round_to(Fraction(row["value"]), usual)
                jump = Jump(code, year, row["value"], rounded, DECIMALS, fact=fact)
                found.setdefault((code, year), jump)
    yield from found.values()


def _far_years(stated: Statement) -> Iterator[Jump]:
    """Yield an indicator of each year that is more than `YEARS` from the next one.

    Of the two years it is the one on the side with fewer facts.
    """
    first: dict[int, str] = {}
    for code, year, _ in stated.facts:
        first.setdefault(year, code)
    for before, after in pairwise(sorted(first)):
        if after - before > YEARS:
            late = sum(year >= after for _, year, _ in stated.facts)
            far, near = (before, after) if 2 * late > len(stated.facts) else (after, before)
            yield Jump(first[far], far, Decimal(far), Decimal(near), YEAR, far - near)


def open_jumps(tables: Mapping[str, pd.DataFrame]) -> list[Jump]:
    """Return the jumps that `acknowledged.csv` does not answer."""
    answers = audit.acknowledged_rows(records(tables["acknowledged"]))
    return [jump for jump in find_jumps(tables) if not jump.is_answered(answers)]


def answer(row: Row, reason: str) -> dict[str, str]:
    """Return the cells of the row of `acknowledged.csv` for a question, or a row of the audit.

    A gap with too many digits for a number of a file is left out.

    >>> question = Jump("pigs", 2024, Decimal(30), Decimal(360))
    >>> ",".join(answer(question.row, "bán đàn").values())
    'pigs,=,previous,2024,bán đàn,-330'
    """
    cells = {name: str(row[name]) for name in ("left", "operator", "right", "year")}
    gap = f"{row['gap']:f}"
    return {**cells, "reason": reason, "gap": gap if numerals.is_short(gap) else ""}


def _asked(stated: Statement) -> set[tuple[str, int]]:
    """Return indicator and year of each fact in numbers that is stated."""
    return {(code, year) for code, year, fact in stated.facts if FACTS[fact].is_number}


def _stated(observations: Iterable[Row]) -> list[Row]:
    return [row for row in observations if row["status"] == "stated"]


def _figures(observations: Iterable[Row]) -> Iterator[tuple[tuple[str, int], Decimal]]:
    """Yield each figure that is not 0 and not assumed, by indicator and year."""
    for row in observations:
        if row["value"] and row["status"] != "assumed":
            yield (row["indicator"], row["year"]), row["value"]

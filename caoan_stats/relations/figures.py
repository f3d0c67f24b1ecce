"""Figures with their intervals, and the statements of the sources from which they come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import FACTS, PREVIOUS, VALUE, compared_years
from caoan_stats.relations.formulas import Formula, parse
from caoan_stats.relations.intervals import Interval, around

Key = tuple[str, int]  # an indicator, or a bound or the plan of its target, and a year


@dataclass(frozen=True)
class Figure:
    """An indicator, or a bound or the plan of its target, in one year; or a fact of it.

    `row` is the fact or target, with `value` (`decimal.Decimal`), `qualifier`, `source` and
    `section`. `origin` is the formula by which the figure is derived; empty for a stated figure.
    """

    row: Row
    interval: Interval  # in which the true figure lies
    origin: str = ""
    is_assumed: bool = False  # derived by an assumption, or from a figure that is
    inputs: frozenset[Key] = frozenset()  # the figures from which it is derived

    @property
    def value(self) -> Decimal:
        """The figure as it is written."""
        value: Decimal = self.row["value"]
        return value

    @property
    def face(self) -> Fraction:
        """The number with which is computed: as it is written, unless rounding made it untrue.

        For a derived figure that is the number of its interval that is next to the written one.
        """
        return Fraction(min(max(Fraction(self.value), self.interval.lower), self.interval.upper))

    @property
    def status(self) -> str:
        """The code of `status` in the table of observations."""
        return "assumed" if self.is_assumed else "derived" if self.origin else "stated"


Known = Mapping[Key, Figure]


@dataclass(frozen=True)
class Statement:
    """Facts of the sources, the catalogue of indicators, and the breaks of series.

    `facts` has the newest statement of each fact, by indicator, year and fact, as `make_statement`
    selects them; `outdated` has each comparison that it left out, with the value that its document
    states. A row of the catalogue has `exact` (whether the unit counts things or is đồng),
    `scale`, and the columns of the catalogue.
    """

    facts: Mapping[tuple[str, int, str], Row]
    catalogue: Mapping[str, Row]  # by indicator
    breaks: Mapping[Key, str]  # reason by indicator, or `*`, and first year of the new series
    outdated: Sequence[tuple[Row, Row]] = ()

    def figure(self, fact: Row) -> Figure:
        """Return a fact in numbers with its interval, as `intervals.around` defines it."""
        return Figure(fact, _interval(fact, self.catalogue))

    def break_reason(self, indicator: str, year: int, since: int | None = None) -> str:
        """Return why figures of a year are not comparable with those of `since`; empty if they are.

        `since` is an earlier year; None is the year before.
        """
        start = year if since is None else since + 1
        reasons = (
            self.breaks.get((code, each))
            for each in range(start, year + 1)
            for code in (indicator, "*")
        )
        return next(filter(None, reasons), "")


def make_statement(
    facts: Iterable[Row], catalogue: Mapping[str, Row], breaks: Iterable[Row]
) -> Statement:
    """Return the statement of facts, which are in the order of their documents, oldest first.

    A comparison belongs to the values that its document knew: it is left out once a newer document
    corrects one of them, so that rounding does not explain the difference. It still tells what its
    document held last year's value to be.
    """
    facts = list(facts)
    valid = {_key(row): row for row in _without_outdated(facts, catalogue)}
    own = {
        (row["indicator"], row["year"], row["source"]): row for row in facts if row["fact"] == VALUE
    }
    pairs = ((row, own.get((row["indicator"], row["year"], row["source"]))) for row in facts)
    return Statement(
        valid,
        catalogue,
        {(row["indicator"], row["year"]): row["reason"] for row in breaks},
        [
            (row, value)
            for row, value in pairs
            if value and FACTS[row["fact"]].of_base and _key(row) not in valid
        ],
    )


def revisions(facts: Iterable[Row], catalogue: Mapping[str, Row]) -> list[Row]:
    """Return every value that a newer document corrects, a row for each document, oldest first.

    `facts` are in the order of their documents. A value that rounding or a qualifier reconciles
    with the newest one is not corrected.
    """
    values: dict[Key, list[Row]] = defaultdict(list)
    for row in facts:
        if row["fact"] == VALUE:
            values[row["indicator"], row["year"]].append(row)
    return [
        row
        for rows in values.values()
        if not all(_interval(row, catalogue).meets(_interval(rows[-1], catalogue)) for row in rows)
        for row in rows
    ]


def _key(row: Row) -> tuple[str, int, str]:
    return row["indicator"], row["year"], row["fact"]


Stated = Mapping[Key, Sequence[tuple[int, Interval]]]  # values with the place of their document


def _without_outdated(facts: Sequence[Row], catalogue: Mapping[str, Row]) -> Iterator[Row]:
    """Yield facts without the comparisons of a value that a newer document corrects."""
    sources = dict.fromkeys(row["source"] for row in facts)
    rank = {source: place for place, source in enumerate(sources)}
    values: dict[Key, list[tuple[int, Interval]]] = defaultdict(list)
    for row in facts:
        if row["fact"] == VALUE:
            found = rank[row["source"]], _interval(row, catalogue)
            values[row["indicator"], row["year"]].append(found)
    for row in facts:
        place, code = rank[row["source"]], row["indicator"]
        years = compared_years(row["fact"], row["year"])
        is_corrected = any(_is_corrected(values.get((code, year), ()), place) for year in years)
        if not is_corrected and not _is_replaced(row, place, values, catalogue):
            yield row


def _is_corrected(values: Sequence[tuple[int, Interval]], place: int) -> bool:
    """Return whether a newer document corrects a value that a document knew."""
    known = [interval for of, interval in values if of <= place]
    if not known or known[-1] == values[-1][1]:
        return False
    return not (known[-1].is_bounded and known[-1].meets(values[-1][1]))


def _is_replaced(row: Row, place: int, values: Stated, catalogue: Mapping[str, Row]) -> bool:
    """Return whether a newer document states another value than a comparison implies.

    A comparison implies a value where its document does not state one, but knows that of the year
    before.
    """
    spec, code, year = FACTS[row["fact"]], row["indicator"], row["year"]
    stated = values.get((code, year), ())
    before = [interval for of, interval in values.get((code, year - 1), ()) if of <= place]
    is_first = bool(stated) and all(of > place for of, _ in stated)
    if spec.base != PREVIOUS or not spec.value or not before or not is_first:
        return False
    used = {PREVIOUS: before[-1], row["fact"]: _interval(row, catalogue)}
    return not parse(spec.value).evaluate(used).meets(stated[-1][1])


def _interval(fact: Row, catalogue: Mapping[str, Row]) -> Interval:
    """Return the interval of a fact; the qualifier of a fall is that of its size."""
    is_exact = catalogue[fact["indicator"]]["exact"] and not FACTS[fact["fact"]].is_percent
    value, qualifier = fact["value"], fact["qualifier"]
    if FACTS[fact["fact"]].base == PREVIOUS and value < 0:
        return -around(-value, qualifier, exact=is_exact)
    return around(value, qualifier, exact=is_exact)


def target_figures(targets: Iterable[Row], catalogue: Mapping[str, Row]) -> Known:
    """Return the bounds and plans of targets of values as figures.

    `jobs.lower` is the lowest value of the target, and `jobs.plan` its plan: the lower bound, or
    the upper one where lower is better. `targets` has one row for each indicator and year.
    """
    known: dict[Key, Figure] = {}
    for row in targets:
        plan = "upper" if catalogue[row["indicator"]]["better"] == "lower" else "lower"
        for name, bound in (("lower", "lower"), ("upper", "upper"), ("plan", plan)):
            if row[bound] is not None:
                figure = {**row, "value": row[bound], "qualifier": ""}
                interval = around(row[bound], exact=True)  # a plan is set, not measured
                known[f"{row['indicator']}.{name}", row["year"]] = Figure(figure, interval)
    return known


def years_by_name(known: Iterable[Key]) -> Mapping[str, Set[int]]:
    """Return the years that have a figure, by name."""
    years: dict[str, set[int]] = defaultdict(set)
    for name, year in known:
        years[name].add(year)
    return years


def known_years(names: Iterable[str], years: Mapping[str, Set[int]]) -> list[int]:
    """Return the years that have a figure of at least one of the names, ascending."""
    return sorted({year for name in names for year in years.get(name, ())})


def missing_names(names: Iterable[str], known: Known, year: int) -> list[str]:
    """Return the names that have no figure in a year."""
    return [name for name in names if (name, year) not in known]


def of_year(names: Iterable[str], known: Known, year: int) -> dict[str, Figure]:
    """Return the figure of each name in a year; each must have one."""
    return {name: known[name, year] for name in names}


def evaluate(formula: Formula, used: Mapping[str, Figure]) -> Interval:
    """Return the interval of a formula; raise the errors of `Formula.evaluate`."""
    return formula.evaluate({name: figure.interval for name, figure in used.items()})


def at_face_value(formula: Formula, used: Mapping[str, Figure]) -> Fraction:
    """Return the value of a formula for `Figure.face`; raise the errors of `evaluate`."""
    points = {name: Interval.point(figure.face) for name, figure in used.items()}
    return Fraction(formula.evaluate(points).lower)


def sections_of(figures: Iterable[Figure]) -> list[str]:
    """Return the sections of the sources from which figures come, each once."""
    return list(dict.fromkeys(part for each in figures for part in each.row["section"].split("; ")))

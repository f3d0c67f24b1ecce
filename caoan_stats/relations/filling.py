"""Figures that no source states, derived from facts and from relations.

Facts are used before relations, because a fact is stated for that very figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row
from caoan_stats.concepts.facts import FACTS, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.relations import figures, formulas
from caoan_stats.relations.figures import Figure, Key, Known, Statement
from caoan_stats.relations.formulas import Formula
from caoan_stats.relations.intervals import Interval, last_place
from caoan_stats.relations.relation import Relation, filling_order

parse = cache(formulas.parse)


def fill(
    stated: Statement, relations: Sequence[Relation] = (), targets: Known | None = None
) -> Known:
    """Return all stated figures and all that can be derived; a stated figure is never replaced.

    `relations` are in any order; `graphlib.CycleError` is raised if they fill each other in a
    cycle. `targets` are bounds and plans (`caoan_stats.relations.figures.target_figures`).
    """
    fillers = [relation for relation in filling_order(relations) if relation.fills]
    known = {
        (row["indicator"], row["year"]): stated.figure(row)
        for row in stated.facts.values()
        if row["fact"] == VALUE
    }
    known |= targets or {}
    while derived := ([*_from_facts(stated, known)] or [*_from_relations(stated, fillers, known)]):
        known = {**dict(reversed(derived)), **known}  # the first of several ways
    return known


def list_observations(stated: Statement, known: Known) -> list[Row]:
    """Return the observations of all indicators that have a unit (the column `status`).

    `known` is what `fill` returns. The rows are in the order of the catalogue, then by year; one
    of facts without a value has the value None unless its figure could be derived.
    """
    rows: dict[Key, Row] = {
        (row["indicator"], row["year"]): {**row, "value": None, "qualifier": "", "status": "stated"}
        for row in stated.facts.values()
        if stated.catalogue[row["indicator"]]["unit"]
    }
    rows |= {key: {**figure.row, "status": figure.status} for key, figure in known.items()}
    rank = {indicator: place for place, indicator in enumerate(stated.catalogue)}
    keys = sorted((key for key in rows if key[0] in rank), key=lambda key: (rank[key[0]], key[1]))
    return [rows[key] for key in keys]


def base_key(indicator: str, year: int, fact: str) -> Key:
    """Return the key of the figure with which a fact compares the value."""
    return (indicator, year - 1) if FACTS[fact].base == PREVIOUS else (f"{indicator}.{PLAN}", year)


def comparisons(stated: Statement) -> Iterator[tuple[str, int, Row]]:
    """Yield indicator, year and row of each comparison in numbers, unless it is across a break."""
    for (indicator, year, fact), row in stated.facts.items():
        spec = FACTS[fact]
        is_across = spec.base == PREVIOUS and stated.break_reason(indicator, year)
        if spec.base and spec.is_number and not is_across:
            yield indicator, year, row


def _from_facts(stated: Statement, known: Known) -> Iterator[tuple[Key, Figure]]:
    """Yield missing values that follow from a fact and its base, and missing bases."""
    for indicator, year, row in comparisons(stated):
        fact, key = row["fact"], base_key(indicator, year, row["fact"])
        value, base = known.get((indicator, year)), known.get(key)
        size = stated.figure(row)
        if value is None and base is not None:
            used = {FACTS[fact].base: base, fact: size}
            found, formula = (indicator, year), FACTS[fact].value
        elif value is not None and base is None:
            used = {"next": value, VALUE: value, fact: size}
            found, formula = key, FACTS[fact].of_base
        else:
            continue
        if figure := _computed(stated, found, parse(formula), used):
            yield found, figure
    for row, own in stated.outdated:
        fact, key = row["fact"], base_key(row["indicator"], row["year"], row["fact"])
        if key not in known and not stated.break_reason(row["indicator"], row["year"]):
            value = stated.figure(own)
            used = {"next": value, VALUE: value, fact: stated.figure(row)}
            if figure := _computed(stated, key, parse(FACTS[fact].of_base), used):
                yield key, figure


def _from_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[tuple[Key, Figure]]:
    """Yield missing figures that relations fill; `relations` are in filling order."""
    found = dict(known)
    for relation in relations:
        names = relation.right.names
        for year in filter(relation.applies, figures.known_years(names, known)):
            key = (relation.fills, year)
            if key in found or figures.missing_names(names, found, year):
                continue
            used = figures.of_year(names, found, year)
            figure = _computed(stated, key, relation.right, used, is_assumed=relation.is_assumption)
            if figure:
                found[key] = figure
                yield key, figure


def _computed(
    stated: Statement,
    key: Key,
    formula: Formula,
    used: Mapping[str, Figure],
    *,
    is_assumed: bool = False,
) -> Figure | None:
    """Return the figure that a formula derives; None if there is no result."""
    used = {name: used[name] for name in formula.names}
    try:
        interval = figures.evaluate(formula, used)
        exact = figures.at_face_value(formula, used)
    except ArithmeticError:  # a divisor can be 0, or the result is too large
        return None
    name, year = key
    decimals = stated.catalogue[formulas.indicator_of(name)]["decimals"] or 0
    value = interval.written(exact, decimals)
    if not numerals.is_short(f"{value:f}"):
        return None
    sources = sorted(used.values(), key=lambda figure: figure.row.get("fact", VALUE) == VALUE)
    source = next((figure.row["source"] for figure in sources), "")
    row = {
        "indicator": name,
        "year": year,
        "value": _with_zeros(value, interval, decimals),
        "qualifier": _qualifier(sources, interval, decimals),
        "source": source,
        "section": "; ".join(
            figures.sections_of(each for each in sources if each.row["source"] == source)
        ),
    }
    is_assumed = is_assumed or any(figure.is_assumed for figure in sources)
    return Figure(row, interval.widened(), formula.text, is_assumed)


def _with_zeros(value: Decimal, interval: Interval, decimals: int) -> Decimal:
    """Return a number with the final zeros that its interval supports, as in 0.60."""
    place = last_place(interval)
    lowest = value.as_tuple().exponent if place is None else max(place, -decimals)
    return value.quantize(Decimal(1).scaleb(min(0, int(lowest), int(value.as_tuple().exponent))))


def _qualifier(used: Sequence[Figure], interval: Interval, decimals: int) -> str:
    """Return the qualifier that figures pass on; `about` if the last decimal is uncertain."""
    if interval.qualifier:
        return interval.qualifier
    passed = {QUALIFIERS[figure.row["qualifier"]].passes_on for figure in used}
    if not interval.is_bounded or "about" in passed:
        return "about"
    if "estimate" in passed:
        return "estimate"
    is_precise = interval.upper - interval.lower <= Fraction(10) ** -decimals
    return "" if is_precise else "about"

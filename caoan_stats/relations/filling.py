"""Figures that no source states, derived from stated changes and from relations.

Changes are used before relations, because a change is stated for that very figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.relations import figures
from caoan_stats.relations.figures import BACKWARDS, FORWARDS, Figure, Key, Known, Statement
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.relation import Relation, filling_order


def fill(
    stated: Statement, relations: Sequence[Relation] = (), bounds: Known | None = None
) -> Known:
    """Return all stated figures and all that can be derived; a stated figure is never replaced.

    `relations` are in any order; `graphlib.CycleError` is raised if they fill each other in a
    cycle. `bounds` are those of targets (`caoan_stats.relations.figures.target_bounds`).
    """
    fillers = [relation for relation in filling_order(relations) if relation.fills]
    known = {
        key: Figure(row, stated.interval(key[0], row["value"], row["qualifier"]))
        for key, row in stated.rows.items()
        if row["value"] is not None
    }
    known |= bounds or {}
    while derived := (
        dict(_from_changes(stated, known)) or dict(_from_relations(stated, fillers, known))
    ):
        known |= derived
    return known


def list_observations(stated: Statement, known: Known) -> list[Row]:
    """Return the observations of all indicators, stated and derived (the column `status`).

    `known` is what `fill` returns. The rows are in the order of the catalogue, then by year; one
    that states only a change has the value None unless its figure could be derived.
    """
    rows = {key: {**row, "status": "stated"} for key, row in stated.rows.items()}
    for key, figure in known.items():
        rows[key] = {**figure.row, "status": "derived" if figure.origin else "stated"}
    rank = {indicator: place for place, indicator in enumerate(stated.catalogue)}
    keys = sorted((key for key in rows if key[0] in rank), key=lambda key: (rank[key[0]], key[1]))
    return [rows[key] for key in keys]


def _from_changes(stated: Statement, known: Known) -> Iterator[tuple[Key, Figure]]:
    """Yield missing figures that follow from a change, which is value(year) - value(year - 1)."""
    for (indicator, year), change in stated.changes:
        row = stated.rows[indicator, year]
        now, before = known.get((indicator, year)), known.get((indicator, year - 1))
        if now is None and before is not None:
            row = {**row, "value": before.value + row["change"]}
            yield (indicator, year), Figure(row, before.interval + change, FORWARDS)
        if now is not None and before is None:
            key = (indicator, year - 1)
            unstated = {**row, "year": year - 1, "change": None, "note": ""}
            row = {**stated.rows.get(key, unstated), "value": now.value - row["change"]}
            yield key, Figure(row, now.interval - change, BACKWARDS)


def _from_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[tuple[Key, Figure]]:
    """Yield missing figures that relations fill; `relations` are in filling order."""
    found = dict(known)
    for relation in relations:
        for year in figures.known_years(relation.right.names, known):
            key = (relation.fills, year)
            if key not in found and (figure := _computed(stated, relation, found, year)):
                found[key] = figure
                yield key, figure


def _computed(stated: Statement, relation: Relation, known: Known, year: int) -> Figure | None:
    """Return the figure that a relation fills; None if a part is missing or there is no result."""
    if figures.missing_names(relation.right.names, known, year):
        return None
    used = [known[name, year] for name in relation.right.names]
    try:
        interval = relation.right.evaluate(figures.intervals_of(relation.right.names, known, year))
        exact = figures.at_face_value(relation.right, known, year)
    except ArithmeticError:  # a divisor can be 0, or the result is too large
        return None
    code = relation.fills
    decimals = stated.catalogue[code]["decimals"] or 0
    value = round_to(exact, decimals)
    if not numerals.is_short(f"{value:f}"):
        return None
    row = {
        **stated.rows.get((code, year), {"change": None, "note": ""}),
        "indicator": code,
        "year": year,
        "value": value,
        "qualifier": _qualifier(used, interval, decimals),
        "source": next((figure.row["source"] for figure in used), ""),
        "section": "; ".join(figures.sections_of(used)),
    }
    return Figure(row, interval.widened(), relation.right.text)


def _qualifier(used: Sequence[Figure], interval: Interval, decimals: int) -> str:
    """Return the qualifier that figures pass on; `about` if the last decimal is uncertain."""
    open_down, open_up = is_infinite(interval.lower), is_infinite(interval.upper)
    if open_down != open_up:
        return "over" if open_up else "under"
    passed = {QUALIFIERS[figure.row["qualifier"]].passes_on for figure in used}
    if open_up or "about" in passed:
        return "about"
    if "estimate" in passed:
        return "estimate"
    is_precise = interval.upper - interval.lower <= Fraction(10) ** -decimals
    return "" if is_precise else "about"

"""Figures that no source states: what a stated change gives, and what a relation gives.

A change comes first, for it is said of that figure alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from caoan_stats.common import numerals
from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.relations import figures
from caoan_stats.relations.figures import BACKWARDS, FORWARDS, Figure, Key, Known, Statement
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.relation import Relation, filling_order


def fill(
    stated: Statement, relations: Sequence[Relation] = (), given: Known | None = None
) -> Known:
    """Derive all that the statements imply; a stated figure is never replaced.

    Parameters
    ----------
    stated
        What the sources say.
    relations
        What is true of the indicators, in any order.
    given
        Bounds of targets.

    Raises
    ------
    graphlib.CycleError
        The relations fill each other in a circle.
    """
    fillers = [relation for relation in filling_order(relations) if relation.fills]
    known = {
        key: Figure(row, stated.interval(key[0], row["value"], row["qualifier"]))
        for key, row in stated.rows.items()
        if row["value"] is not None
    }
    known |= given or {}
    while True:
        derived = dict(_from_changes(stated, known)) or dict(
            _from_relations(stated, fillers, known)
        )
        if not derived:
            return known
        known |= derived


def list_observations(stated: Statement, known: Known) -> list[Row]:
    """List every figure of an indicator as an observation, with its `status`.

    Returns
    -------
    list of dict
        The stated rows and the derived ones, in the order of the catalogue, then by year; `status`
        is `stated` or `derived`. A change that leads to no figure stays without a value.
    """
    found = {key: {**figure.row, "status": _status(figure)} for key, figure in known.items()}
    rows = {key: {**row, "status": "stated"} for key, row in stated.rows.items()} | found
    rank = {indicator: place for place, indicator in enumerate(stated.catalogue)}
    keys = sorted((key for key in rows if key[0] in rank), key=lambda key: (rank[key[0]], key[1]))
    return [rows[key] for key in keys]


def _status(figure: Figure) -> str:
    return "derived" if figure.origin else "stated"


def _from_changes(stated: Statement, known: Known) -> Iterator[tuple[Key, Figure]]:
    """A change says value(year) - value(year - 1), so either value follows from the other."""
    for (indicator, year), change in stated.changes:
        row = stated.rows[indicator, year]
        now, before = known.get((indicator, year)), known.get((indicator, year - 1))
        if now is None and before is not None:
            value = before.value + row["change"]
            interval = before.interval + change
            yield (indicator, year), Figure({**row, "value": value}, interval, FORWARDS)
        if now is not None and before is None:
            origin = {**row, "year": year - 1, "change": None, "note": ""}
            origin = {**stated.rows.get((indicator, year - 1), origin)}
            value = now.value - row["change"]
            interval = now.interval - change
            yield (indicator, year - 1), Figure({**origin, "value": value}, interval, BACKWARDS)


def _from_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[tuple[Key, Figure]]:
    found = dict(known)
    for relation in relations:
        for year in figures.known_years(relation.right.names, known):
            key = (relation.fills, year)
            if key not in found and (figure := _computed(stated, relation, found, year)):
                found[key] = figure
                yield key, figure


def _computed(stated: Statement, relation: Relation, known: Known, year: int) -> Figure | None:
    """Derive the left side of a relation; None where a figure is missing or a divisor can be 0."""
    if figures.missing_names(relation.right.names, known, year):
        return None
    used = [known[name, year] for name in relation.right.names]
    try:
        interval = relation.right.evaluate(figures.intervals_of(relation.right.names, known, year))
        exact = figures.at_face_value(relation.right, known, year)
    except ArithmeticError:
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
    """Say of a derived figure what its parts say, and `about` where its last digit is not sure."""
    open_down, open_up = is_infinite(interval.lower), is_infinite(interval.upper)
    if open_down != open_up:
        return "over" if open_up else "under"
    said = {figure.row["qualifier"] for figure in used}
    if open_up or "about" in said:
        return "about"
    if "estimate" in said:
        return "estimate"
    sure = interval.upper - interval.lower <= Fraction(10) ** -decimals
    return "" if sure else "about"

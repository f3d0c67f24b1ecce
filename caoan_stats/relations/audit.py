"""What does not add up: every relation and every stated change held against the figures.

A relation is broken only where its sides cannot meet within the rounding of the figures that it is
made of, as `caoan_stats.relations.intervals.around` gives it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.relations import figures, formulas
from caoan_stats.relations.figures import BACKWARDS, FORWARDS, Figure, Known, Statement
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.relation import EQUAL, Relation, relation_key

DIVISION = "division by zero"
TOO_LARGE = "too large"
DECIMALS = 6  # of what is written; every judgement is exact

Acknowledged = Mapping[tuple[str, str, str, int], str]  # reason by relation and year


def audit_relations(
    stated: Statement, relations: Sequence[Relation], known: Known, acknowledged: Acknowledged
) -> list[Row]:
    """Hold the figures of each year against every relation and every stated change.

    Parameters
    ----------
    stated
        What the sources say.
    relations
        Those that `known` was filled by.
    known
        As `caoan_stats.relations.filling.fill` gives it.
    acknowledged
        What a person has looked at, as the function of that name gives it.

    Returns
    -------
    list of dict
        One for each relation, and each change, and year in which a figure of it is known, with the
        columns of the derived table `audit`. `status` is `holds`; `broken`; `derived` where it
        filled the left side; `not_checkable` with the `reason`: a division by zero, a number too
        large, or the figures that are missing. `stated` is the left side and `computed` the right
        one, both from the figures as they are written; `lower` to `upper` is the interval of the
        right side, None where it has no end. `gap` is stated - computed where that is more than
        rounding explains, else 0; in `unit`, for percent in percentage points. `sections` says
        where to look.
    """
    rows = [*_relations(stated, relations, known), *_changes(stated, known)]
    return [{**row, "acknowledged": acknowledged.get(_key(row), "")} for row in rows]


def acknowledged_reasons(rows: Iterable[Row]) -> Acknowledged:
    """Take the reasons of `acknowledged.csv` by the relation and year that they are for."""
    return {_key(row): row["reason"] for row in rows}


def stale_rows(rows: Iterable[Row], checked: Iterable[Row]) -> list[Row]:
    """List the rows of `acknowledged.csv` whose contradiction no longer occurs."""
    broken = {_key(row) for row in checked if row["status"] == "broken"}
    return [row for row in rows if _key(row) not in broken]


def _key(row: Row) -> tuple[str, str, str, int]:
    return *relation_key(row), row["year"]


def _relations(stated: Statement, relations: Iterable[Relation], known: Known) -> Iterator[Row]:
    for relation in relations:
        codes = tuple(dict.fromkeys(formulas.indicator_of(name) for name in relation.names))
        texts = {
            "left": relation.left.text,
            "operator": relation.operator,
            "right": relation.right.text,
            "label": relation.label,
            "unit": stated.catalogue[codes[0]]["unit"],
            "indicators": ", ".join(codes),
        }
        for year in figures.known_years(codes, known):
            yield {**texts, "year": year, **_judged(relation, known, year)}


def _judged(relation: Relation, known: Known, year: int) -> Row:
    names = relation.names
    used = [known[name, year] for name in names if (name, year) in known]
    lacking = figures.missing_names(names, known, year)
    figure = known.get((relation.fills, year))
    try:
        if figures.missing_names(relation.right.names, known, year):
            return _unknown(used, lacking)
        right = relation.right.evaluate(figures.intervals_of(relation.right.names, known, year))
        computed = figures.at_face_value(relation.right, known, year)
        if figure and figure.origin == relation.right.text:
            return _row("derived", used, None, computed, right)
        if lacking:
            return _unknown(used, lacking)
        holds = relation.holds(figures.intervals_of(names, known, year))
        face = figures.at_face_value(relation.left, known, year)
    except ZeroDivisionError:
        return _unknown(used, [])
    except OverflowError:
        return {**_unknown(used, []), "reason": TOO_LARGE}
    return _row("holds" if holds else "broken", used, face, computed, right)


def _changes(stated: Statement, known: Known) -> Iterator[Row]:
    for (code, year), change in stated.changes:
        now, before = known.get((code, year)), known.get((code, year - 1))
        if now is None or before is None:
            continue
        entry = stated.catalogue[code]
        texts = {"left": code, "operator": EQUAL, "unit": entry["unit"], "indicators": code}
        size = Fraction(stated.rows[code, year]["change"])
        if before.origin == BACKWARDS:
            label = f"{entry['label_vi']} = năm sau − mức tăng, giảm của năm sau"
            computed = Fraction(now.value) - size
            row = _row("derived", [now], None, computed, before.interval)
            yield {**texts, "right": BACKWARDS, "label": label, "year": year - 1, **row}
            continue
        label = f"{entry['label_vi']} = năm trước + mức tăng, giảm"
        interval, computed = before.interval + change, Fraction(before.value) + size
        if now.origin == FORWARDS:
            row = _row("derived", [before], None, computed, interval)
        else:
            status = "holds" if now.interval.meets(interval) else "broken"
            row = _row(status, [now, before], Fraction(now.value), computed, interval)
        yield {**texts, "right": FORWARDS, "label": label, "year": year, **row}


def _row(
    status: str, used: Sequence[Figure], face: Fraction | None, computed: Fraction, right: Interval
) -> Row:
    gap = None if face is None else face - computed if status == "broken" else Fraction(0)
    lower, upper = right.lower, right.upper
    return {
        "status": status,
        "stated": None if face is None else round_to(face, DECIMALS),
        "computed": round_to(computed, DECIMALS),
        "lower": None if is_infinite(lower) else round_to(Fraction(lower), DECIMALS, floor),
        "upper": None if is_infinite(upper) else round_to(Fraction(upper), DECIMALS, ceil),
        "gap": None if gap is None else round_to(gap, DECIMALS),
        "sections": _sections(used),
        "reason": "",
    }


def _unknown(used: Sequence[Figure], lacking: Sequence[str]) -> Row:
    nothing = dict.fromkeys(("stated", "computed", "lower", "upper", "gap"))
    reason = f"missing: {', '.join(lacking)}" if lacking else DIVISION
    row = {"status": "not_checkable", "sections": _sections(used), "reason": reason}
    return nothing | row


def _sections(used: Sequence[Figure]) -> str:
    return "; ".join(figures.sections_of(used))

"""The audit: every relation and every stated change, checked against the figures.

A relation is broken only if no two numbers in the intervals of its sides satisfy it;
`caoan_stats.relations.intervals.around` defines the interval of a figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.common.words import phrase
from caoan_stats.relations import figures, formulas
from caoan_stats.relations.figures import BACKWARDS, FORWARDS, Figure, Known, Statement
from caoan_stats.relations.intervals import Interval, is_infinite
from caoan_stats.relations.relation import EQUAL, Relation, relation_key

DIVISION = "division by zero"
TOO_LARGE = "too large"
DECIMALS = 6  # of the numbers in the table; checks use exact fractions

Acknowledged = Mapping[tuple[str, str, str, int], str]  # reason by left, operator, right and year


def audit_relations(
    stated: Statement, relations: Sequence[Relation], known: Known, acknowledged: Acknowledged
) -> list[Row]:
    """Return the check of every relation and every stated change in each year.

    `known` is what `caoan_stats.relations.filling.fill` returns for the same relations;
    `acknowledged` has the reasons of acknowledged contradictions. The rows are those of the derived
    table `audit`, for each year in which a figure of the relation or change is known. Numbers are
    in `unit`; a `gap` in percent is in percentage points.

    - `status`: `holds`; `broken`; `derived` if the relation or change filled the figure; or
      `not_checkable`, with the `reason`: `DIVISION`, `TOO_LARGE` or the missing names.
    - `stated`, `computed`: left and right side from the figures as written; `stated` is None for
      `derived`.
    - `lower`, `upper`: ends of the interval of the right side; None for an infinite end.
    - `gap`: stated - computed for `broken`, 0 for `holds`, otherwise None.
    - `sections`: sections of the sources, separated by `; `.
    """
    rows = [*_check_relations(stated, relations, known), *_check_changes(stated, known)]
    return [{**row, "acknowledged": acknowledged.get(_key(row), "")} for row in rows]


def acknowledged_reasons(rows: Iterable[Row]) -> Acknowledged:
    """Return the reasons of `acknowledged.csv` by relation and year."""
    return {_key(row): row["reason"] for row in rows}


def stale_rows(rows: Iterable[Row], checked: Iterable[Row]) -> list[Row]:
    """Return the rows of `acknowledged.csv` whose contradiction is not among the checked rows."""
    broken = {_key(row) for row in checked if row["status"] == "broken"}
    return [row for row in rows if _key(row) not in broken]


def _key(row: Row) -> tuple[str, str, str, int]:
    return *relation_key(row), row["year"]


def _check_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[Row]:
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
            yield {**texts, "year": year, **_check_relation(relation, known, year)}


def _check_relation(relation: Relation, known: Known, year: int) -> Row:
    """Return the columns of the audit that depend on the year."""
    names, right_names = relation.names, relation.right.names
    used = [known[name, year] for name in names if (name, year) in known]
    missing = figures.missing_names(names, known, year)
    lacking = f"missing: {', '.join(missing)}"
    figure = known.get((relation.fills, year))
    if figures.missing_names(right_names, known, year):
        return _not_checkable(used, lacking)
    try:
        right = relation.right.evaluate(figures.intervals_of(right_names, known, year))
        computed = figures.at_face_value(relation.right, known, year)
        if figure and figure.origin == relation.right.text:
            return _row("derived", used, None, computed, right)
        if missing:
            return _not_checkable(used, lacking)
        holds = relation.holds(figures.intervals_of(names, known, year))
        left = figures.at_face_value(relation.left, known, year)
    except ZeroDivisionError:
        return _not_checkable(used, DIVISION)
    except OverflowError:
        return _not_checkable(used, TOO_LARGE)
    return _row("holds" if holds else "broken", used, left, computed, right)


def _check_changes(stated: Statement, known: Known) -> Iterator[Row]:
    for (code, year), change in stated.changes:
        now, before = known.get((code, year)), known.get((code, year - 1))
        if now is None or before is None:
            continue
        entry = stated.catalogue[code]
        texts = {"left": code, "operator": EQUAL, "unit": entry["unit"], "indicators": code}
        size = Fraction(stated.rows[code, year]["change"])
        if before.origin == BACKWARDS:
            label = phrase("audit.backwards", label=entry["label_vi"])
            computed = Fraction(now.value) - size
            row = _row("derived", [now], None, computed, before.interval)
            yield {**texts, "right": BACKWARDS, "label": label, "year": year - 1, **row}
            continue
        label = phrase("audit.forwards", label=entry["label_vi"])
        interval, computed = before.interval + change, Fraction(before.value) + size
        if now.origin == FORWARDS:
            row = _row("derived", [before], None, computed, interval)
        else:
            status = "holds" if now.interval.meets(interval) else "broken"
            row = _row(status, [now, before], Fraction(now.value), computed, interval)
        yield {**texts, "right": FORWARDS, "label": label, "year": year, **row}


def _row(
    status: str, used: Sequence[Figure], left: Fraction | None, computed: Fraction, right: Interval
) -> Row:
    """Return the columns of a check; `left` and `computed` are the sides as written."""
    gap = None if left is None else left - computed if status == "broken" else Fraction(0)
    lower, upper = right.lower, right.upper
    return {
        "status": status,
        "stated": None if left is None else round_to(left, DECIMALS),
        "computed": round_to(computed, DECIMALS),
        "lower": None if is_infinite(lower) else round_to(Fraction(lower), DECIMALS, floor),
        "upper": None if is_infinite(upper) else round_to(Fraction(upper), DECIMALS, ceil),
        "gap": None if gap is None else round_to(gap, DECIMALS),
        "sections": "; ".join(figures.sections_of(used)),
        "reason": "",
    }


def _not_checkable(used: Sequence[Figure], reason: str) -> Row:
    return {
        **dict.fromkeys(("stated", "computed", "lower", "upper", "gap")),
        "status": "not_checkable",
        "sections": "; ".join(figures.sections_of(used)),
        "reason": reason,
    }

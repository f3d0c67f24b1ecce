"""The audit: every relation and every stated comparison, checked against the figures.

A relation is broken only if no two numbers in the intervals of its sides satisfy it;
`caoan_stats.relations.intervals.around` defines the interval of a figure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf

from caoan_stats.common.frames import Row
from caoan_stats.common.numerals import round_to
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import CHANGE, DIRECTION, FACTS, PCT_CHANGE, PLAN, PREVIOUS, VALUE
from caoan_stats.concepts.scales import turned
from caoan_stats.relations import figures, formulas
from caoan_stats.relations.figures import Figure, Key, Known, Statement
from caoan_stats.relations.filling import base_key, parse
from caoan_stats.relations.formulas import Formula
from caoan_stats.relations.intervals import DECIMALS, Interval, is_infinite, supported
from caoan_stats.relations.relation import EQUAL, Relation, relation_key

DIVISION = "division by zero"
TOO_LARGE = "too large"
ASSUMED = "assumption"
NOT_COMPARABLE = "not comparable"
SIGNS: Mapping[str, Interval] = {  # changes of each direction
    "up": Interval(Fraction(0), inf),
    "down": Interval(-inf, Fraction(0)),
    "steady": Interval(Fraction(0), Fraction(0)),
}

Acknowledged = Mapping[tuple[str, str, str, int], Row]  # row by left, operator, right and year


@dataclass(frozen=True)
class _Side:
    """One side of a check: its interval, and its number from the figures as written."""

    interval: Interval
    face: Fraction
    figure: Figure | None = None  # if it is one figure alone

    @classmethod
    def of(cls, formula: Formula, used: Mapping[str, Figure]) -> "_Side":
        """Return a formula for figures by name; raise the errors of `Formula.evaluate`."""
        if formula.single_name:
            return cls.of_figure(used[formula.single_name])
        parts = {name: used[name] for name in formula.names}
        return cls(figures.evaluate(formula, parts), figures.at_face_value(formula, parts))

    @classmethod
    def of_figure(cls, figure: Figure) -> "_Side":
        """Return a figure alone."""
        return cls(figure.interval, Fraction(figure.value), figure)

    @property
    def written(self) -> Decimal:
        """The number with the digits that are written, or that its figures support."""
        return self.figure.value if self.figure else supported(self.face, self.interval)

    @property
    def qualifier(self) -> str:
        """The qualifier of a figure alone."""
        return self.figure.row["qualifier"] if self.figure else ""


Change = tuple[str, Sequence[Figure], _Side]  # fact, the figures that it comes from, and its number


def audit_relations(
    stated: Statement, relations: Sequence[Relation], known: Known, acknowledged: Acknowledged
) -> list[Row]:
    """Return the check of every relation and every stated comparison in each year.

    `known` is what `caoan_stats.relations.filling.fill` returns for the same relations;
    `acknowledged` are the acknowledged contradictions. The rows are those of the derived table
    `audit`, for each year in which a figure of the relation or comparison is known. Numbers are in
    `unit`; a `gap` in percent is in percentage points.

    - `right`: of a stated comparison, the formula of its fact in
      `caoan_stats.concepts.facts.FACTS`, or `direction`.
    - `status`: `holds`; `broken`; `derived` if the relation or comparison filled the figure; or
      `not_checkable`, with the `reason`: `DIVISION`, `TOO_LARGE`, `ASSUMED`, `NOT_COMPARABLE` or
      the missing names. A derived figure that is assumed has the reason `ASSUMED`.
    - `stated`, `computed`: left and right side from the figures as written; `stated` is None for
      `derived`. A left side of one figure has its digits and its `qualifier`, also a derived one.
    - `lower`, `upper`: ends of the interval of the right side; None for an infinite end.
    - `gap`: stated - computed for `broken`, 0 for `holds`, otherwise None.
    - `sections`: sections of the sources, separated by `; `.

    A derived plan that a relation gives to an indicator is a row of that relation alone. A relation
    with an indicator of which nothing is known in any year has no rows.
    """
    plan = f".{PLAN}"
    given = {each.right.text for each in relations if each.right.text.endswith(plan)}
    rows = [
        *_check_relations(stated, relations, known),
        *(row for row in _check_comparisons(stated, known) if row["left"] not in given),
        *_check_directions(stated, known),
    ]
    return [{**row, "acknowledged": _reason(row, acknowledged)} for row in rows]


def acknowledged_rows(rows: Iterable[Row]) -> Acknowledged:
    """Return the rows of `acknowledged.csv` by relation and year."""
    return {_key(row): row for row in rows}


def stale_rows(rows: Iterable[Row], checked: Iterable[Row]) -> list[Row]:
    """Return the rows of `acknowledged.csv` whose contradiction is not among the checked rows."""
    broken = {_key(row) for row in checked if row["status"] == "broken"}
    return [row for row in rows if _key(row) not in broken]


def _reason(checked: Row, acknowledged: Acknowledged) -> str:
    """Return why a contradiction is acknowledged; empty if it is none, or has another gap."""
    if not checked or checked["status"] != "broken" or not (row := acknowledged.get(_key(checked))):
        return ""
    is_same = row.get("gap") in (None, checked["gap"])
    return str(row["reason"]) if is_same else ""


def _key(row: Row) -> tuple[str, str, str, int]:
    return *relation_key(row), row["year"]


def _check_relations(
    stated: Statement, relations: Iterable[Relation], known: Known
) -> Iterator[Row]:
    heard_of = {formulas.indicator_of(name) for name, _ in known}
    heard_of |= {code for code, _, _ in stated.facts}
    years = figures.years_by_name(known)
    for relation in relations:
        codes = tuple(dict.fromkeys(formulas.indicator_of(name) for name in relation.names))
        if not heard_of.issuperset(codes):
            continue
        texts = {
            "left": relation.left.text,
            "operator": relation.operator,
            "right": relation.right.text,
            "label": relation.label,
            "unit": stated.catalogue[codes[0]]["unit"],
            "indicators": ", ".join(codes),
        }
        for year in filter(relation.applies, figures.known_years(codes, years)):
            yield {**texts, "year": year, **_check_relation(relation, known, year)}


def _check_relation(relation: Relation, known: Known, year: int) -> Row:
    """Return the columns of the audit that depend on the year."""
    used = {name: known[name, year] for name in relation.names if (name, year) in known}
    missing = figures.missing_names(relation.names, known, year)
    lacking = _not_checkable(used.values(), f"missing: {', '.join(missing)}")
    if not {*relation.right.names} <= used.keys():
        return lacking
    try:
        right = _Side.of(relation.right, used)
        left = None if missing else _Side.of(relation.left, used)
    except ArithmeticError as error:
        return _not_checkable(used.values(), _problem(error))
    filled = used.get(relation.fills)
    if left is None or (filled and filled.origin == relation.right.text):
        return _derived(used.values(), right, filled) if filled else lacking
    if relation.is_assumption:
        return _not_checkable(used.values(), ASSUMED)
    return _checked(used.values(), left, right, relation.allows(left.interval, right.interval))


def _check_comparisons(stated: Statement, known: Known) -> Iterator[Row]:
    """Yield the check of each fact in numbers that compares the value with a base."""
    current = [(row, known.get((code, year))) for (code, year, _), row in stated.facts.items()]
    outdated = [(row, stated.figure(own)) for row, own in stated.outdated]
    for row, value in [*current, *outdated]:
        spec = FACTS[row["fact"]]
        base = known.get(base_key(row["indicator"], row["year"], row["fact"]))
        is_current = stated.facts.get((row["indicator"], row["year"], row["fact"])) is row
        if value and base and spec.value and (is_current or base.origin == spec.of_base):
            yield _check_comparison(stated, row, value, base)


def _check_comparison(stated: Statement, row: Row, value: Figure, base: Figure) -> Row:
    """Return the check of one fact against the value, or how it derives the value or the base."""
    code, year, fact = row["indicator"], row["year"], row["fact"]
    spec, label = FACTS[fact], stated.catalogue[code]["label_vi"]
    used = {VALUE: value, "next": value, spec.base: base, fact: stated.figure(row)}
    if spec.base == PREVIOUS and (reason := stated.break_reason(code, year)):
        checked = _not_checkable([value, base], f"{NOT_COMPARABLE}: {reason}")
    elif base.origin == spec.of_base:
        name, base_year = base_key(code, year, fact)
        texts = _texts(stated, code, spec.of_base, phrase(f"audit.{fact}_base", label=label))
        derived = _check_formula(spec.of_base, used, base)
        return {**texts, "left": name, "year": base_year, **derived}
    else:
        checked = _check_formula(spec.value, used, value)
    texts = _texts(stated, code, spec.value, phrase(f"audit.{fact}", label=label))
    return {**texts, "year": year, **checked}


def _texts(stated: Statement, code: str, right: str, label: str) -> dict[str, str]:
    entry = stated.catalogue[code]
    return {
        "left": code,
        "operator": EQUAL,
        "right": right,
        "unit": entry["unit"],
        "indicators": code,
        "label": label,
    }


def _check_formula(text: str, used: Mapping[str, Figure], figure: Figure) -> Row:
    """Return the check of a figure against a formula, or how the formula has derived it."""
    formula, is_derived = parse(text), figure.origin == text
    parts = [*([] if is_derived else [figure]), *(used[name] for name in formula.names)]
    try:
        right = _Side.of(formula, used)
    except ArithmeticError as error:
        return _not_checkable(parts, _problem(error))
    if is_derived:
        return _derived(parts, right, figure)
    left = _Side.of_figure(figure)
    return _checked(parts, left, right, left.interval.meets(right.interval))


def _check_directions(stated: Statement, known: Known) -> Iterator[Row]:
    """Yield the check of each direction against the sign of the change.

    A relative change states a direction too, where it is not checked against two figures.
    """
    for (code, year, fact), row in stated.facts.items():
        changes = list(_changes(stated, known, code, year))
        direction = ""
        if fact == DIRECTION:
            direction = turned(row["text"], stated.catalogue[code]["scale"])
        elif fact == PCT_CHANGE and (code, year, DIRECTION) not in stated.facts:
            direction = sign_of(stated.figure(row).interval)
            is_checked = (code, year) in known and (code, year - 1) in known
            changes = [] if is_checked else [each for each in changes if each[0] != PCT_CHANGE]
        if direction and changes:
            yield _check_direction(stated, (code, year), direction, changes)


def _check_direction(stated: Statement, key: Key, direction: str, changes: Sequence[Change]) -> Row:
    """Return the check of a direction against the first change that has not its sign, if any.

    The row of a relative change has no unit.
    """
    code, year = key
    fits = [_has_sign(side.interval, direction) for _, _, side in changes]
    fact, used, change = changes[fits.index(all(fits))]
    word = turned(direction, stated.catalogue[code]["scale"])
    label = phrase(f"audit.{word}", label=stated.catalogue[code]["label_vi"])
    texts = _texts(stated, code, DIRECTION, label) | ({} if fact == CHANGE else {"unit": ""})
    if reason := stated.break_reason(code, year):
        checked = _not_checkable(used, f"{NOT_COMPARABLE}: {reason}")
    else:
        right = _Side(SIGNS[direction], Fraction(0))
        checked = _checked(used, change, right, all(fits))
    return {**texts, "year": year, **checked}


def _changes(stated: Statement, known: Known, code: str, year: int) -> Iterator[Change]:
    """Yield the change, as it is stated or else computed, and the stated relative change."""
    value, before = known.get((code, year)), known.get((code, year - 1))
    if row := stated.facts.get((code, year, CHANGE)):
        yield CHANGE, [stated.figure(row)], _Side.of_figure(stated.figure(row))
    elif value and before:
        used = {VALUE: value, PREVIOUS: before}
        yield CHANGE, [value, before], _Side.of(parse(FACTS[CHANGE].computed), used)
    if row := stated.facts.get((code, year, PCT_CHANGE)):
        yield PCT_CHANGE, [stated.figure(row)], _Side.of_figure(stated.figure(row))


def sign_of(change: Interval) -> str:
    """Return the direction of a change; empty if its sign is not known."""
    if change.lower > 0:
        return "up"
    if change.upper < 0:
        return "down"
    return "steady" if change == SIGNS["steady"] else ""


def _has_sign(change: Interval, direction: str) -> bool:
    """Return whether some number of an interval has the sign of a direction."""
    if direction == "up":
        return change.upper > 0
    if direction == "down":
        return change.lower < 0
    return change.meets(SIGNS[direction])


def _checked(used: Collection[Figure], left: _Side, right: _Side, holds: bool) -> Row:
    """Return the columns of a check that holds or not; of none if a figure is assumed."""
    if any(figure.is_assumed for figure in used):
        return _not_checkable(used, ASSUMED)
    gap = Fraction(0) if holds else left.face - right.face
    return {
        **_sides(used, right),
        "status": "holds" if holds else "broken",
        "stated": left.written,
        "qualifier": left.qualifier,
        "gap": round_to(gap, DECIMALS),
        "reason": "",
    }


def _derived(used: Collection[Figure], right: _Side, figure: Figure) -> Row:
    return {
        **_sides(used, right),
        "status": "derived",
        "stated": None,
        "qualifier": figure.row["qualifier"],
        "gap": None,
        "reason": ASSUMED if any(each.is_assumed for each in used) else "",
    }


def _sides(used: Collection[Figure], right: _Side) -> Row:
    """Return the columns of the right side."""
    lower, upper = right.interval.lower, right.interval.upper
    return {
        "computed": round_to(right.face, DECIMALS),
        "lower": None if is_infinite(lower) else round_to(Fraction(lower), DECIMALS, floor),
        "upper": None if is_infinite(upper) else round_to(Fraction(upper), DECIMALS, ceil),
        "sections": "; ".join(figures.sections_of(used)),
    }


def _not_checkable(used: Collection[Figure], reason: str) -> Row:
    return {
        **dict.fromkeys(("stated", "computed", "lower", "upper", "gap")),
        "status": "not_checkable",
        "qualifier": "",
        "sections": "; ".join(figures.sections_of(used)),
        "reason": reason,
    }


def _problem(error: ArithmeticError) -> str:
    return TOO_LARGE if isinstance(error, OverflowError) else DIVISION

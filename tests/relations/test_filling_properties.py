"""Random histories of several years, filled a second time by the definitions, in fractions.

What is recomputed here shares nothing with the library: the intervals and the formulas of
comparisons are those of `helpers.oracle`, and relations are evaluated by Python.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf
from typing import Any, NamedTuple

import pytest
from helpers.oracle import FORMS, Interval, around, point
from hypothesis import event, given, settings
from hypothesis import strategies as st

from caoan_stats.relations import figures, filling
from caoan_stats.relations.figures import Known
from caoan_stats.relations.relation import parse_relations

Key = tuple[str, int]
YEARS = range(2018, 2024)
DECIMALS = {"a": 0, "b": 2, "c": 0, "s": 1, "d": 2, "e": 0}
EXACT = ("a", "c")
RELATIONS = {"c": "a + b", "s": "100 * a / c", "d": "c * s / 50 - b", "e": "d_plan + a"}
QUALIFIERS = ("", "", "estimate", "about", "almost", "over", "under")
PASSED_ON = {"estimate": "estimate", "about": "about", "almost": "about"}
NUMBERS = {
    "value": ("0", "3", "40", "12.5", "0.4", "970", "99.60", "12e2"),
    "change": ("5", "-3", "0", "-0.4", "20", "500"),
    "pct_change": ("20", "-50", "7.5", "-100", "0"),
    "pct_of_plan": ("108", "90.5", "0", "100"),
}
CATALOGUE = {
    code: {
        "indicator": code,
        "unit": "ha",
        "better": "",
        "scale": "amount",
        "exact": code in EXACT,
        "decimals": decimals,
    }
    for code, decimals in DECIMALS.items()
}


class Found(NamedTuple):
    """A figure as it is written, the numbers that it can be, its qualifier, and its formula."""

    value: Fraction
    interval: Interval
    qualifier: str
    formula: str = ""

    @property
    def nearest(self) -> Fraction:
        return Fraction(min(max(self.value, self.interval.low), self.interval.high))


Statements = Mapping[Key, Mapping[str, str]]  # by indicator and year: facts, and `qualifier`


@st.composite
def statements(draw: st.DrawFn) -> Statements:
    keys = [(code, year) for code in DECIMALS for year in YEARS]
    row = st.fixed_dictionaries(
        {"qualifier": st.sampled_from(QUALIFIERS)},
        optional={fact: st.sampled_from(texts) for fact, texts in NUMBERS.items()},
    )
    return draw(st.dictionaries(st.sampled_from(keys), row, min_size=6, max_size=25))


def library(said: Statements, plans: Mapping[Key, str], relations: list[str]) -> Known:
    """Return what the library fills."""
    facts = [
        {
            "indicator": code,
            "year": year,
            "fact": fact,
            "value": Decimal(row[fact]),
            "qualifier": row["qualifier"] if fact == "value" or "value" not in row else "",
            "source": "bc2023",
            "section": "I",
        }
        for (code, year), row in said.items()
        for fact in NUMBERS
        if fact in row
    ]
    sides = [(code, RELATIONS[code].replace("_", ".")) for code in relations]
    rows = [{"left": a, "operator": "=", "right": b, "label_vi": ""} for a, b in sides]
    targets = [
        {"indicator": code, "year": year, "lower": Decimal(text), "upper": None}
        | {"source": "bc2023", "section": "II"}
        for (code, year), text in plans.items()
    ]
    stated = figures.make_statement(facts, CATALOGUE, [])
    return filling.fill(stated, parse_relations(rows), figures.target_figures(targets, CATALOGUE))


def recomputed(
    said: Statements, plans: Mapping[Key, str], relations: list[str]
) -> dict[Key, Found]:
    """Return what the definitions fill: by comparisons, then by relations, parts before wholes."""
    known = {key: of_row(key, "value", row) for key, row in said.items() if "value" in row}
    for (code, year), text in plans.items():
        known[f"{code}.plan", year] = Found(Fraction(text), point(text), "")
    carry(said, known)
    for code in RELATIONS:
        if code not in relations:
            continue
        for year in (YEARS[0] - 1, *YEARS):
            names = [each for each in (*DECIMALS, "d.plan") if (each, year) in known]
            parts = {each.replace(".", "_"): known[each, year] for each in names}
            if (code, year) not in known and (found := of_relation(code, parts)):
                known[code, year] = found
        carry(said, known)
    return known


def carry(said: Statements, known: dict[Key, Found]) -> None:
    """Add what follows from comparisons, the nearest first."""
    while True:
        added: dict[Key, Found] = {}
        for key, found in by_comparison(said, known):
            added.setdefault(key, found)
        if not added:
            return
        known |= added


def by_comparison(said: Statements, known: Mapping[Key, Found]) -> Iterator[tuple[Key, Found]]:
    """Yield what each comparison gives: values before bases, in the order of the facts."""
    for side, fact in ((side, fact) for side in (0, 1) for fact in FORMS):
        for (code, year), row in said.items():
            base = (f"{code}.plan", year) if fact == "pct_of_plan" else (code, year - 1)
            origin, key = (base, (code, year)) if side == 0 else ((code, year), base)
            if fact in row and origin in known and key not in known:
                parts = {"x": known[origin], "size": of_row((code, year), fact, row)}
                form = FORMS[fact][side]
                found = derived(code, lambda x, size, form=form: form(x, size), parts)
                if found:
                    yield key, found._replace(formula=f"{fact} {side}")


def of_row(key: Key, fact: str, row: Mapping[str, str]) -> Found:
    """Return a stated number; the qualifier of a fall is that of its size."""
    qualifier = row["qualifier"] if fact == "value" or "value" not in row else ""
    text, exact = row[fact], key[0] in EXACT and fact in ("value", "change")
    falls = fact in ("change", "pct_change") and text.startswith("-")
    found = around(text.removeprefix("-") if falls else text, qualifier, exact=exact)
    ends = Interval(-found.high, -found.low) if falls else found
    return Found(Fraction(Decimal(text)), Interval(ends.low, ends.high), qualifier)


def of_relation(code: str, parts: Mapping[str, Found]) -> Found | None:
    text = RELATIONS[code]
    names = [name for name in (*DECIMALS, "d_plan") if name in text.split()]
    if not all(name in parts for name in names):
        return None
    used = {name: parts[name] for name in names}
    found = derived(code, lambda **numbers: eval(text, {}, numbers), used)
    return found and found._replace(formula=text.replace("_", "."))


def derived(code: str, form: Callable[..., Any], parts: Mapping[str, Found]) -> Found | None:
    """Return what a formula gives from parts; None where a divisor can be 0."""
    try:
        interval = point(form(**{name: each.interval for name, each in parts.items()}))
        face = form(**{name: each.nearest for name, each in parts.items()})
    except ZeroDivisionError:
        return None
    unit = Fraction(1, 10 ** DECIMALS[code])
    qualifier = of_parts(interval, face, unit, [each.qualifier for each in parts.values()])
    rounded = {"over": floor(interval.low / unit)} if qualifier == "over" else {}
    rounded |= {"under": ceil(interval.high / unit)} if qualifier == "under" else {}
    value = rounded.get(qualifier, round(face / unit)) * unit
    return Found(value, Interval(interval.low, interval.high), qualifier)


def of_parts(interval: Interval, face: Fraction, unit: Fraction, parts: list[str]) -> str:
    """Return the qualifier of a result: a bound where one is open, else what the parts pass on."""
    open_ends = [interval.low == -inf, interval.high == inf]
    if any(open_ends):
        return "about" if all(open_ends) else "under" if open_ends[0] else "over"
    if {"over", "under"} & {*parts}:
        return "under" if interval.high - face <= face - interval.low else "over"
    passed = {PASSED_ON.get(part, "") for part in parts}
    is_wide = interval.high - interval.low > unit
    return next((each for each in ("about", "estimate") if each in passed), "about" * is_wide)


plans_of_years = st.dictionaries(
    st.tuples(st.sampled_from(["a", "d"]), st.sampled_from(YEARS)),
    st.sampled_from(["40", "12.5", "970"]),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(statements(), plans_of_years, st.permutations([*RELATIONS]), st.integers(0, len(RELATIONS)))
def test_a_history_is_filled_as_the_definitions_say(said, plans, relations, count):
    relations = relations[:count]
    expected, known = recomputed(said, plans, relations), library(said, plans, relations)
    known = {key: each for key, each in known.items() if not key[0].endswith(".lower")}
    event(f"derived: {sum(bool(each.formula) for each in expected.values())}")
    assert {key: each.qualifier for key, each in expected.items()} == {
        key: each.row["qualifier"] for key, each in known.items()
    }
    for key, each in expected.items():
        figure = known[key]
        assert Fraction(figure.value) == each.value
        assert float(figure.interval.lower) == pytest.approx(float(each.interval.low), abs=1e-9)
        assert float(figure.interval.upper) == pytest.approx(float(each.interval.high), abs=1e-9)
        assert bool(figure.origin) == bool(each.formula)

"""What a public edition tells of the figures of all years, as conditions of Z3."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd
import z3

from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS, PLAN, PREVIOUS
from caoan_stats.relations import derive
from caoan_stats.relations.formulas import parse
from caoan_stats.relations.intervals import Interval, around, is_infinite
from caoan_stats.relations.relation import EQUAL, Relation, parse_relations

BELOW = 5
EFFORT = 5_000_000  # steps of Z3 for one question; what it cannot answer counts as possible
UNTOLD = "?"  # mark of an older statement that no page has

Key = tuple[str, int]
Tables = Mapping[str, pd.DataFrame]
Gaps = Mapping[tuple[Any, Any], Fraction]  # how far the sources contradict a relation in a year


@dataclass(frozen=True)
class Bounds:
    """What is told of a figure: its ends, None for none."""

    lower: Fraction | None = None
    upper: Fraction | None = None


@dataclass(frozen=True)
class Quotient:
    """A formula in Z3: numerator, denominator, and every divisor in it."""

    top: Any
    bottom: Any
    divisors: tuple[Any, ...] = ()

    @classmethod
    def of(cls, value: Any) -> "Quotient":
        return cls(value, z3.RealVal(1))

    def __neg__(self) -> "Quotient":
        return Quotient(-self.top, self.bottom, self.divisors)

    def __add__(self, other: "Quotient") -> "Quotient":
        top = _times(self.top, other.bottom) + _times(other.top, self.bottom)
        return Quotient(top, _times(self.bottom, other.bottom), self.divisors + other.divisors)

    def __sub__(self, other: "Quotient") -> "Quotient":
        return self + -other

    def __mul__(self, other: "Quotient") -> "Quotient":
        top, bottom = _times(self.top, other.top), _times(self.bottom, other.bottom)
        return Quotient(top, bottom, self.divisors + other.divisors)

    def __truediv__(self, other: "Quotient") -> "Quotient":
        top, bottom = _times(self.top, other.bottom), _times(self.bottom, other.top)
        return Quotient(top, bottom, (*self.divisors, *other.divisors, other.top))


def _times(one: Any, two: Any) -> Any:
    """Return a product without factors of 1, which Z3 would not recognise as linear."""
    ones = [
        each for each in (one, two) if not (z3.is_rational_value(each) and each.as_fraction() == 1)
    ]
    return ones[0] * ones[1] if len(ones) == 2 else ones[0] if ones else one


class World:
    """The figures of all years as Z3 variables, with what a reader is told of them."""

    def __init__(self, full: Tables, shown: Tables, hidden: Mapping[Key, str], gaps: Gaps) -> None:
        self.full, self.shown, self.hidden, self.gaps = full, shown, hidden, gaps
        self.catalogue = derive.make_catalogue(full)
        self.relations = parse_relations(records(full["relations"]))
        self.figures = {key_of(row): row for row in records(shown["figures"])}
        self.truth = {key_of(row): row for row in records(full["figures"])}
        self.filled = {  # relations that filled a figure, as pages say
            (row["label"], row["year"])
            for row in records(full["audit"])
            if row["status"] == "derived"
        }
        self.small = {
            key
            for key, row in self.truth.items()
            if self.is_sensitive(key[0]) and 1 <= row["value"] < BELOW
        }
        self.solver = z3.Solver()
        self.solver.set("rlimit", EFFORT)
        self.solver.set("random_seed", 1)
        self.variables: dict[Key, Any] = {}
        self.beliefs: dict[str, tuple[Any, Any]] = {}  # relation and year by name in the solver
        for belief, constraint in self._constraints():
            name = f"belief {len(self.beliefs)}"
            self.beliefs[name] = belief
            self.solver.add(z3.Implies(z3.Bool(name), constraint))
        for key in {**self.truth, **hidden}:
            self.of(key)

    def believe(self) -> "World":
        """Add every relation to what is known."""
        self.solver.add(*map(z3.Bool, self.beliefs))
        return self

    def contradictory(self) -> list[tuple[Any, Any]]:
        """Return relations that cannot all be true, with their years; empty where they can."""
        if self.solver.check(*map(z3.Bool, self.beliefs)) != z3.unsat:
            return []
        core = {str(each) for each in self.solver.unsat_core()}
        return [belief for name, belief in self.beliefs.items() if name in core]

    def is_count(self, name: str) -> bool:
        return name in self.catalogue and self.catalogue[name]["exact"]

    def is_sensitive(self, name: str) -> bool:
        return self.is_count(name) and self.catalogue[name]["sensitive"]

    def of(self, key: Key) -> Any:
        """Return the variable of a figure, or its number where that is told."""
        if key not in self.variables:
            bounds = self.bounds(key)
            if bounds.lower is not None and bounds.lower == bounds.upper:
                self.variables[key] = _number(bounds.lower)
            else:
                make = z3.Int if self.is_count(key[0]) else z3.Real
                variable = make(f"{key[0]}@{key[1]}")
                self.variables[key] = variable
                if bounds.lower is not None:
                    self.solver.add(variable >= _number(bounds.lower))
                if bounds.upper is not None:
                    self.solver.add(variable <= _number(bounds.upper))
        return self.variables[key]

    def real(self, key: Key) -> Any:
        variable = self.of(key)
        return z3.ToReal(variable) if variable.is_int() else variable

    def bounds(self, key: Key) -> Bounds:
        """Return what the pages tell of a figure without any other."""
        if key in self.figures and key not in self.hidden:
            return self.told(self.figures[key])
        if key not in self.hidden:
            return Bounds(Fraction(0))
        if self.hidden[key] == UNTOLD:
            return Bounds(Fraction(0))
        if self.hidden[key].startswith("<"):
            return Bounds(Fraction(1), Fraction(BELOW - 1))
        least = 1 if self.is_count(key[0]) else 0
        if self.is_sensitive(key[0]) and not self.unspecified and key not in self.small:
            least = BELOW
        row = self.truth.get(key)
        return Bounds(min(Fraction(least), Fraction(row["value"]) if row else Fraction(0)))

    @cached_property
    def unspecified(self) -> bool:
        """Whether some small count is marked so that the mark does not tell that it is small."""
        return any(not self.hidden.get(key, "<").startswith("<") for key in self.small)

    def told(self, row: Row) -> Bounds:
        """Return the interval of a figure that is shown, cut to whole numbers of at least 0."""
        lower, upper = row["lower"], row["upper"]
        low = None if lower is None else Fraction(lower)
        low = max(low, Fraction(0)) if low is not None else Fraction(0)
        return Bounds(low, None if upper is None else Fraction(upper))

    def _constraints(self) -> Iterator[tuple[tuple[Any, Any], Any]]:
        for relation in self.relations:
            for year in sorted({year for _, year in self.truth}):
                if relation.applies(year) and self._is_believed(relation, year):
                    yield from (((relation, year), each) for each in self._relation(relation, year))
        for row in records(self.shown["facts"]):
            key = (row["indicator"], row["fact"]), row["year"]
            yield from ((key, each) for each in self._comparison(row))
        yield from (((None, None), each) for each in self._face_values())

    def _is_believed(self, relation: Relation, year: int) -> bool:
        if not relation.is_assumption:
            return True
        return (relation.label, year) in self.filled

    def _relation(self, relation: Relation, year: int) -> Iterator[Any]:
        """Yield what a relation says, widened by what the sources contradict it."""
        is_linear = relation.left.signs or relation.right.signs
        if not is_linear and all(self._is_shown((name, year)) for name in relation.names):
            return
        values = {name: self._quotient((name, year)) for name in relation.names}
        try:
            left, right = (
                side.compute(values, lambda number: Quotient.of(_number(number)))
                for side in (relation.left, relation.right)
            )
        except ZeroDivisionError:
            return
        gap = self.gaps.get((relation, year), self._gap(relation, year))
        if gap is None:
            return
        difference = left - right
        top, bottom = difference.top, difference.bottom
        slack = _times(_number(gap), bottom) if gap else _number(Fraction(0))
        if relation.operator == EQUAL:
            holds = z3.And(top <= slack, top >= -slack) if gap else top == 0
        else:
            holds = top <= slack
        odd = [divisor <= 0 for divisor in difference.divisors]
        yield z3.Or(*odd, holds) if odd else holds

    def _is_shown(self, key: Key) -> bool:
        return key in self.figures and key not in self.hidden

    def _gap(self, relation: Relation, year: int) -> Fraction | None:
        """Return how far the sources contradict a relation; None where it has no number."""
        intervals = {
            name: Interval(
                _end(self.truth[name, year], "lower"), _end(self.truth[name, year], "upper")
            )
            for name in relation.names
            if (name, year) in self.truth
        }
        if len(intervals) < len(relation.names):
            return Fraction(0)
        try:
            left, right = (side.evaluate(intervals) for side in (relation.left, relation.right))
        except ZeroDivisionError:
            return Fraction(0)
        except OverflowError:
            return None
        return Fraction(
            max(
                0,
                left.lower - right.upper,
                (right.lower - left.upper) if relation.operator == EQUAL else 0,
            )
        )

    def _quotient(self, key: Key) -> Quotient:
        return Quotient.of(self.real(key))

    def _comparison(self, row: Row) -> Iterator[Any]:
        """Yield what a shown change or share of the plan says, widened likewise."""
        spec, code, year = FACTS[row["fact"]], row["indicator"], row["year"]
        if (
            not spec.base
            or not spec.is_number
            or row["source"] != self.newest(code, year, row["fact"])
        ):
            return
        base = (code, year - 1) if spec.base == PREVIOUS else (f"{code}.{PLAN}", year)
        exact = self.is_count(code) and not spec.is_percent
        size = abs(row["value"]) if spec.base == PREVIOUS else row["value"]
        within = around(size, row["qualifier"], exact=exact)
        within = -within if row["value"] < 0 and spec.base == PREVIOUS else within
        if (code, year) not in self.truth or base not in self.truth:
            return
        value, before, fact = self.real((code, year)), self.real(base), z3.FreshReal("fact")
        yield from (fact >= _number(within.lower) for _ in "x" if not is_infinite(within.lower))
        yield from (fact <= _number(within.upper) for _ in "x" if not is_infinite(within.upper))
        names = {PREVIOUS: before, PLAN: before, row["fact"]: fact}
        quotient = parse(spec.value).compute(
            {name: Quotient.of(each) for name, each in names.items()},
            lambda number: Quotient.of(_number(number)),
        )
        difference = Quotient.of(value) - quotient
        old = _interval(self.truth[base])
        true = {PREVIOUS: old, PLAN: old, row["fact"]: within}
        own, computed = _interval(self.truth[code, year]), parse(spec.value).evaluate(true)
        gap = max(0, own.lower - computed.upper, computed.lower - own.upper)
        gap = self.gaps.get(((code, row["fact"]), year), Fraction(gap))
        slack = _times(_number(gap), difference.bottom)
        yield z3.And(difference.top <= slack, difference.top >= -slack)

    def newest(self, code: str, year: int, fact: str) -> str:
        row = self._statement.facts.get((code, year, fact))
        return row["source"] if row else ""

    @cached_property
    def _statement(self) -> Any:
        return derive.make_statement(self.full)

    def _face_values(self) -> Iterator[Any]:
        """Yield how the program computed a shown figure that no source states."""
        compared = {
            (row["indicator"], row["year"] + step)
            for row in records(self.full["facts"])
            if FACTS[row["fact"]].base == PREVIOUS
            for step in (-1, 0)
        }
        for key, row in self.figures.items():
            fillers = [
                each for each in self.relations if each.fills == key[0] and each.applies(key[1])
            ]
            if (
                row["status"] == "stated"
                or key in self.hidden
                or len(fillers) != 1
                or key in compared
            ):
                continue
            used = [(name, key[1]) for name in fillers[0].right.names]
            if row["qualifier"] in ("over", "under") or not all(map(self._has_face, used)):
                continue
            if not any(each in self.hidden for each in used):
                continue
            values = {name: self._face((name, year)) for name, year in used}
            formula = fillers[0].right.compute(values, lambda number: Quotient.of(_number(number)))
            half = Fraction(10) ** -(self.catalogue[key[0]]["decimals"] or 0) / 2
            difference = formula - Quotient.of(_number(Fraction(row["value"])))
            slack = _times(_number(half), difference.bottom)
            holds = z3.And(difference.top <= slack, difference.top >= -slack)
            yield z3.Or(*(each <= 0 for each in difference.divisors), holds)

    def _has_face(self, key: Key) -> bool:
        if key not in self.truth:
            return False
        row = self.truth[key]
        return key not in self.hidden or (
            self.is_count(key[0]) and row["status"] == "stated" and not row.get("qualifier")
        )

    def _face(self, key: Key) -> Quotient:
        if key in self.hidden:
            return self._quotient(key)
        return Quotient.of(_number(Fraction(self.figures[key]["value"])))

    def can_be(self, key: Key, number: int) -> bool:
        """Return whether the reader cannot exclude that a count has a number."""
        variable = self.of(key)
        return self.solver.check(variable == number) != z3.unsat

    def possible(self, key: Key, most: int) -> tuple[int, ...]:
        return tuple(number for number in range(most + 1) if self.can_be(key, number))


def key_of(row: Row) -> Key:
    return row["indicator"], row["year"]


def _interval(row: Row) -> Interval:
    return Interval(_end(row, "lower"), _end(row, "upper"))


def _end(row: Row, side: str) -> Any:
    infinite = float("-inf") if side == "lower" else float("inf")
    return infinite if row[side] is None else Fraction(row[side])


def _number(number: Any) -> Any:
    exact = Fraction(number)
    return z3.Q(exact.numerator, exact.denominator)

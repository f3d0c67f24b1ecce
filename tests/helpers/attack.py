"""A reader who tries to compute hidden figures back, with a solver of another kind."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isinf

import z3

from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import EQUAL, Relation


@dataclass(frozen=True)
class Page:
    """What the public pages say of one year."""

    shown: Mapping[str, Interval]
    small: Collection[str]
    hidden: Collection[str]
    counts: Collection[str]
    sensitive: Collection[str]


def possible_values(page: Page, relations: Iterable[Relation], code: str, below: int) -> set[int]:
    """Every number from 1 to below the threshold that a small count can still be."""
    truths = list(relations)
    names = {name for relation in truths for name in relation.names} | {code}
    variables = {name: _variable(name, page) for name in names}
    solver = z3.Solver()
    solver.add(*(each for name in names for each in _told(variables[name], name, page, below)))
    for relation in truths:
        solver.add(_true(relation, variables))
    return {
        number for number in range(1, below) if solver.check(variables[code] == number) == z3.sat
    }


def _variable(name: str, page: Page) -> z3.ArithRef:
    return z3.Int(name) if name in page.counts else z3.Real(name)


def _told(variable: z3.ArithRef, name: str, page: Page, below: int) -> list[z3.BoolRef]:
    if name in page.small:
        return [variable >= 1, variable < below]
    if name in page.hidden:
        least = below if name in page.sensitive else 1
        return [variable >= (least if name in page.counts else 0)]
    if name not in page.shown:
        return [variable >= 0]
    within = page.shown[name]
    ends = [(within.lower, "lower"), (within.upper, "upper")]
    return [
        variable >= _exact(end) if side == "lower" else variable <= _exact(end)
        for end, side in ends
        if not isinf(end)
    ]


def _true(relation: Relation, variables: Mapping[str, z3.ArithRef]) -> z3.BoolRef:
    real = {name: z3.ToReal(each) if each.is_int() else each for name, each in variables.items()}
    left, right = (side.compute(real, _exact) for side in (relation.left, relation.right))
    below_the_line = relation.right.text.partition("/")[2]
    divisors = [real[name] > 0 for name in real if re.search(rf"\b{name}\b", below_the_line)]
    return z3.And(left == right if relation.operator == EQUAL else left <= right, *divisors)


def _exact(number: Fraction) -> z3.RatNumRef:
    return z3.Q(Fraction(number).numerator, Fraction(number).denominator)

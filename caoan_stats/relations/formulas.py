"""Formulas: one side of a relation, arithmetic over indicators, bounds of targets and numbers.

A name is the code of an indicator, or that code with `.lower`, `.upper` or `.plan` for a bound or
the plan of its target. Text of a data file is parsed to a syntax tree, which is walked; it is never
executed.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from caoan_stats.common.numerals import readings
from caoan_stats.relations.intervals import Interval

BOUNDS = ("lower", "upper", "plan")
LENGTH_LIMIT = 5000  # characters
NODE_LIMIT = 500  # nodes of the syntax tree
_CHARACTERS = re.compile(r"[a-z0-9_.+*/() -]+")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_NAME_OR_BOUND = re.compile(rf"{_NAME.pattern}([.]({'|'.join(BOUNDS)}))?")
_NUMBER = re.compile(r"[0-9]{1,15}|[0-9]{1,9}[.][0-9]{1,6}")  # a float holds every digit
N = TypeVar("N")  # a type with + - * / and negation
_OPERATIONS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula is not arithmetic; `part` is the first part of its text that is not."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(f"not arithmetic over indicators and numbers: {part}")


@dataclass(frozen=True)
class Formula:
    """A formula, as `parse` returns it."""

    text: str
    names: tuple[str, ...]  # indicators and bounds, each once, in order of appearance
    tree: ast.expr = field(repr=False, compare=False)  # of names, numbers and `- + * /`

    @property
    def single_name(self) -> str:
        """The indicator if the formula is a single indicator; otherwise empty."""
        return self.names[0] if isinstance(self.tree, ast.Name) else ""

    @property
    def summands(self) -> tuple[str, ...]:
        """The indicators if the formula is a sum of indicators; otherwise empty."""
        is_sum = len(self.signs) > 1 and min(self.signs.values()) > 0 and "." not in self.text
        return self.names if is_sum else ()

    @property
    def signs(self) -> dict[str, int]:
        """The sign of each name, 1 or -1, in a formula of sums and differences; otherwise empty.

        >>> parse("revenue - (wages + works)").signs
        {'revenue': 1, 'wages': -1, 'works': -1}
        """
        terms = list(_terms(self.tree, 1))
        names = {_without_prefixes(ast.unparse(node)): sign for node, sign in terms}
        is_linear = set(names) == set(self.names) and len(terms) == len(names)
        return names if is_linear else {}

    def evaluate(self, intervals: Mapping[str, Interval]) -> Interval:
        """Return the interval of the formula, by interval arithmetic.

        Raises `ZeroDivisionError` if the interval of a divisor contains 0, and `OverflowError` if
        the result exceeds every figure that can be stated (`Interval.is_huge`).
        """
        result = self.compute(intervals, Interval.point)
        if result.is_huge:
            raise OverflowError(f"too large: {self.text}")
        return result

    def compute(self, values: Mapping[str, N], constant: Callable[[Fraction], N]) -> N:
        """Return the formula computed in any type; `constant` converts a number to that type."""
        result: N = _compute(self.tree, values, constant)
        return result


def parse(text: str) -> Formula:
    """Return the formula that a text states.

    Raises `FormulaError` if the text has anything but `+ - * /`, parentheses, numbers, indicators
    and bounds, or exceeds `LENGTH_LIMIT` or `NODE_LIMIT`.

    >>> parse("100 * visits / visits.lower").names
    ('visits', 'visits.lower')
    >>> parse("open(f)")
    Traceback (most recent call last):
    caoan_stats.relations.formulas.FormulaError: not arithmetic over indicators and numbers: open(f)
    """
    if len(text) > LENGTH_LIMIT:
        raise FormulaError(_start(text))
    if not _CHARACTERS.fullmatch(text):
        raise FormulaError(text)
    try:
        source = _NAME.sub(r"_\g<0>", text.strip())  # a code may be a keyword of Python
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(text) from None
    if sum(1 for _ in ast.walk(tree)) > NODE_LIMIT:
        raise FormulaError(_start(text))
    return Formula(text, tuple(dict.fromkeys(_names(tree, source))), tree)


def indicator_of(name: str) -> str:
    """Return the indicator of a name: `visits` of `visits` and of its bound `visits.lower`."""
    return name.partition(".")[0]


def _names(node: ast.expr, source: str) -> list[str]:
    """Return the names in a tree from left to right; raise at the first part that is not allowed.

    `source` is one line of ASCII, so the column offsets of a node, in bytes, index it.
    """
    part = _without_prefixes(source[node.col_offset : node.end_col_offset])
    match node:
        case ast.Name() | ast.Attribute() if _NAME_OR_BOUND.fullmatch(part):
            return [part]
        case ast.Constant() if _NUMBER.fullmatch(part) and len(readings(part)) == 1:
            return []
        case ast.UnaryOp(op=ast.USub()):
            return _names(node.operand, source)
        case ast.BinOp() if type(node.op) in _OPERATIONS:
            return _names(node.left, source) + _names(node.right, source)
    raise FormulaError(part)


def _terms(node: ast.expr, sign: int) -> Iterator[tuple[ast.expr, int]]:
    """Yield what a tree adds and subtracts, each with its sign."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            yield from _terms(left, sign)
            yield from _terms(right, sign if isinstance(op, ast.Add) else -sign)
        case ast.UnaryOp(operand=operand):
            yield from _terms(operand, -sign)
        case _:
            yield node, sign


def _compute(node: ast.expr, values: Mapping[str, Any], constant: Callable[[Fraction], Any]) -> Any:
    match node:
        case ast.Name() | ast.Attribute():
            return values[_without_prefixes(ast.unparse(node))]
        case ast.Constant():
            return constant(Fraction(str(node.value)))
        case ast.UnaryOp():
            return -_compute(node.operand, values, constant)
        case ast.BinOp():
            left = _compute(node.left, values, constant)
            return _OPERATIONS[type(node.op)](left, _compute(node.right, values, constant))
    raise TypeError(f"not a node of a formula: {node}")


def _start(text: str) -> str:
    return f"{text[:40]}…"


def _without_prefixes(source: str) -> str:
    """Return source without the `_` that `parse` puts before each name."""
    return _NAME.sub(lambda name: name[0][1:], source)

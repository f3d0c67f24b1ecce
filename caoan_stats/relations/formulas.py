"""One side of a relation: arithmetic over indicators and numbers, and nothing else.

A name is the code of an indicator, or that of one with `.lower` or `.upper`: the bound of its
target. Text from a data file is parsed to a tree and walked; it is never executed.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from caoan_stats.common.numerals import readings
from caoan_stats.relations.intervals import Interval

BOUNDS = ("lower", "upper")
LENGTH_LIMIT = 5000  # the longest formula
NODE_LIMIT = 500  # the largest one, in nodes of its tree
_SIGNS = re.compile(r"[a-z0-9_.+*/() -]+")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_BOUND = re.compile(rf"{_NAME.pattern}[.]({'|'.join(BOUNDS)})")
_NUMBER = re.compile(r"[0-9]{1,15}|[0-9]{1,9}[.][0-9]{1,6}")  # what a float holds to the last digit
N = TypeVar("N")  # intervals, or what is computed with in their place
_OPERATIONS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula has something in it that is not arithmetic; `part` is what."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(f"not arithmetic over indicators and numbers: {part}")


@dataclass(frozen=True)
class Formula:
    """A parsed formula; made by `parse`.

    Parameters
    ----------
    text
        As it was written.
    names
        The indicators and bounds in it, each once, in order of appearance.
    tree
        Its syntax tree, of the few kinds of nodes that are allowed.
    """

    text: str
    names: tuple[str, ...]
    tree: ast.expr = field(repr=False, compare=False)

    @property
    def alone(self) -> str:
        """The indicator that is all of the formula; empty where it is more than one."""
        return self.names[0] if isinstance(self.tree, ast.Name) else ""

    @property
    def summands(self) -> tuple[str, ...]:
        """The names in a formula that adds names and nothing else; none in any other.

        Examples
        --------
        >>> parse("chickens + ducks").summands, parse("2 * chickens").summands
        (('chickens', 'ducks'), ())
        """
        kinds = {type(node) for node in ast.walk(self.tree)}
        adds = kinds == {ast.BinOp, ast.Add, ast.Name, ast.Load}
        return self.names if adds else ()

    def evaluate(self, known: Mapping[str, Interval]) -> Interval:
        """Compute the formula.

        Parameters
        ----------
        known
            The interval of each name.

        Raises
        ------
        ZeroDivisionError
            A divisor can be zero.
        OverflowError
            The result is larger than any figure that is stated.

        Examples
        --------
        >>> rate = parse("100 * lost / bought").evaluate
        >>> rate({"lost": Interval.point(1), "bought": Interval.point(8)}).lower
        Fraction(25, 2)
        """
        result = self.over(known, Interval.point)
        if result.is_huge:
            raise OverflowError(f"too large: {self.text}")
        return result

    def over(self, known: Mapping[str, N], constant: Callable[[Fraction], N]) -> N:
        """Compute the formula with anything that can be added and multiplied.

        Parameters
        ----------
        known
            What stands for each name.
        constant
            Makes the like of a number in the formula.
        """
        result: N = _over(self.tree, known, constant)
        return result


def parse(text: str) -> Formula:
    """Read a formula.

    Raises
    ------
    FormulaError
        It is not written in `+ - * /`, parentheses, numbers, codes and bounds alone, or is longer
        than any relation has to be.

    Examples
    --------
    >>> parse("100 * visits / visits.lower").names
    ('visits', 'visits.lower')
    >>> parse("open(f)")
    Traceback (most recent call last):
    caoan_stats.relations.formulas.FormulaError: not arithmetic over indicators and numbers: open(f)
    """
    if len(text) > LENGTH_LIMIT:
        raise FormulaError(_start(text))
    if not _SIGNS.fullmatch(text):
        raise FormulaError(text)
    try:
        source = _NAME.sub(r"_\g<0>", text.strip())  # so that no code is a word of Python
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(text) from None
    if sum(1 for _ in ast.walk(tree)) > NODE_LIMIT:
        raise FormulaError(_start(text))
    return Formula(text, tuple(dict.fromkeys(_names(tree, source))), tree)


def indicator_of(name: str) -> str:
    """Give the indicator of a name.

    Examples
    --------
    >>> indicator_of("visits.lower")
    'visits'
    """
    return name.partition(".")[0]


def _names(node: ast.expr, source: str) -> list[str]:
    """List the names in a tree from left to right, or refuse the first part that is not allowed."""
    part = _written(source[node.col_offset : node.end_col_offset])  # it is one line of ASCII
    match node:
        case ast.Name():
            return [part]
        case ast.Attribute() if _BOUND.fullmatch(part):
            return [part]
        case ast.Constant() if _NUMBER.fullmatch(part) and len(readings(part)) == 1:
            return []
        case ast.UnaryOp(op=ast.USub()):
            return _names(node.operand, source)
        case ast.BinOp() if type(node.op) in _OPERATIONS:
            return _names(node.left, source) + _names(node.right, source)
    raise FormulaError(part)


def _over(node: ast.expr, known: Mapping[str, Any], constant: Callable[[Fraction], Any]) -> Any:
    match node:
        case ast.Name() | ast.Attribute():
            return known[_written(ast.unparse(node))]
        case ast.Constant():
            return constant(Fraction(str(node.value)))
        case ast.UnaryOp():
            return -_over(node.operand, known, constant)
        case ast.BinOp():
            left = _over(node.left, known, constant)
            return _OPERATIONS[type(node.op)](left, _over(node.right, known, constant))
    raise TypeError(f"not a node of a formula: {node}")


def _start(text: str) -> str:
    return f"{text[:40]}…"


def _written(source: str) -> str:
    return _NAME.sub(lambda name: name[0][1:], source)

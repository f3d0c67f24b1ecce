"""What a reader can work out of figures that are not shown, from those that are and the relations.

The reader knows every relation that holds, every shown figure within its rounding, that a hidden
sensitive count is one of a few, and that counts are whole. Each question is an integer programme,
solved by HiGHS: can the hidden figure be this number, with everything else as it is shown?
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf, isinf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from caoan_stats.disclosure.linear import Linear, NonlinearError, Quotient
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import AT_MOST, EQUAL, Relation

Known = Mapping[str, Interval]


@dataclass(frozen=True)
class Unknown:
    """What a reader knows of a figure that is not shown: its bounds, and whether it is whole."""

    lower: int = 0
    upper: float = inf
    whole: bool = False


@dataclass(frozen=True)
class Puzzle:
    """What a reader has in hand.

    Parameters
    ----------
    unknowns
        The figures that are not shown, by name.
    equal
        Linear forms that are zero.
    at_most
        Linear forms that are not above zero.
    """

    unknowns: Mapping[str, Unknown]
    equal: tuple[Linear, ...]
    at_most: tuple[Linear, ...]


def puzzle(
    relations: Iterable[Relation], figures: Known, unknowns: Mapping[str, Unknown]
) -> Puzzle:
    """Put together what a reader has in hand.

    Parameters
    ----------
    relations
        Those that hold in the year.
    figures
        Every figure and bound of the year within its rounding, hidden ones included; they are used
        only where two hidden figures are multiplied, and one of them is taken as given away.
    unknowns
        What is known of each figure that is not shown; one that nobody knows is a number from 0 on.
    """
    all_of_them = tuple(relations)
    forms: dict[str, list[Linear]] = {EQUAL: [], AT_MOST: []}
    names: set[str] = set()
    for relation in all_of_them:
        others = {*chain.from_iterable(each.names for each in all_of_them if each is not relation)}
        form = _form(relation, figures, unknowns, others)
        if form and form.terms:
            forms[relation.operator].append(form)
            names |= set(form.terms)
    nobody = dict.fromkeys(names - set(unknowns), Unknown())
    return Puzzle({**nobody, **unknowns}, tuple(forms[EQUAL]), tuple(forms[AT_MOST]))


def _form(
    relation: Relation, figures: Known, unknowns: Mapping[str, Unknown], others: Collection[str]
) -> Linear | None:
    """Write left - right as a linear form; None where a free left side makes it always true."""
    hidden = [name for name in relation.names if name in unknowns]
    for count in range(len(hidden) + 1):
        shown = {
            name: figures[name]
            for name in relation.names
            if name in figures and name not in hidden[count:]
        }
        if form := _linear(relation, shown):
            return form
        if relation.fills in hidden and relation.fills not in others:
            return None
    return None


def is_linear(relation: Relation) -> bool:
    """Whether no two names of a relation are multiplied or divided.

    Examples
    --------
    >>> from caoan_stats.relations.relation import parse_relations
    >>> rows = [("whole", "part + rest"), ("share", "100 * part / whole")]
    >>> texts = [dict(left=a, operator="=", right=b, label_vi="") for a, b in rows]
    >>> [is_linear(relation) for relation in parse_relations(texts)]
    [True, False]
    """
    return _linear(relation, {}) is not None


def _linear(relation: Relation, known: Known) -> Linear | None:
    values = {
        name: Quotient.of(known[name]) if name in known else Quotient.unknown(name)
        for name in relation.names
    }
    try:
        left = relation.left.over(values, Quotient.constant)
        return (left - relation.right.over(values, Quotient.constant)).numerator
    except NonlinearError:
        return None


def possible(in_hand: Puzzle, asked: Mapping[str, Iterable[int]]) -> dict[str, set[int]]:
    """Give the numbers that hidden figures can be, as far as a reader can tell.

    Parameters
    ----------
    in_hand
        What the reader knows.
    asked
        For each figure the numbers to try.
    """
    names = list(in_hand.unknowns)
    unknowns = in_hand.unknowns.values()
    lower = np.array([each.lower for each in unknowns], dtype=float)
    upper = np.array([each.upper for each in unknowns], dtype=float)
    whole = np.array([each.whole for each in unknowns], dtype=int)
    rows = _rows(in_hand, names)

    def can_be(name: str, number: int) -> bool:
        fixed = np.array(names) == name
        bounds = Bounds(np.where(fixed, number, lower), np.where(fixed, number, upper))
        found = milp(np.zeros(len(names)), constraints=rows, integrality=whole, bounds=bounds)
        return bool(found.success)

    return {
        name: {number for number in numbers if can_be(name, number)}
        for name, numbers in asked.items()
    }


def _rows(in_hand: Puzzle, names: Sequence[str]) -> list[LinearConstraint]:
    """Let the lower end of each form be at most 0, and the upper end of an equal one at least 0.

    No unknown is below 0, so an end of a form is the sum of the same ends of its coefficients.
    """
    rows = []
    for form, end in (
        *((form, end) for form in in_hand.equal for end in ("lower", "upper")),
        *((form, "lower") for form in in_hand.at_most),
    ):
        known = -float(getattr(form.known, end))
        factors = {name: float(getattr(each, end)) for name, each in form.terms.items()}
        if not any(map(isinf, (known, *factors.values()))):
            row = [factors.get(name, 0.0) for name in names]
            least, most = (-inf, known) if end == "lower" else (known, inf)
            rows.append(LinearConstraint(row, least, most))
    return rows

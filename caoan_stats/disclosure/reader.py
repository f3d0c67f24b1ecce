"""Values of hidden figures that a reader can infer: the attacker problem of disclosure control.

The reader knows every relation that holds, the rounding interval of every shown figure, the bounds
of every hidden one, and that counts are integers. Whether a hidden figure can have a given value is
then an integer programme, which HiGHS solves (`scipy.optimize.milp`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf, isinf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from caoan_stats.disclosure.linear import Linear, NonlinearError, Quotient
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import EQUAL, Relation

Intervals = Mapping[str, Interval]  # by indicator or bound of a target


@dataclass(frozen=True)
class Unknown:
    """A figure that is not shown: its bounds, both included, and whether it is an integer."""

    lower: int = 0
    upper: float = inf
    integer: bool = False


@dataclass(frozen=True)
class ReaderKnowledge:
    """Constraints on the figures that are not shown."""

    unknowns: Mapping[str, Unknown]  # by indicator or bound of a target
    forms: Sequence[tuple[Linear, str]]  # each is related to 0 by the operator of its relation


def reader_knowledge(
    relations: Sequence[Relation], intervals: Intervals, unknowns: Mapping[str, Unknown]
) -> ReaderKnowledge:
    """Return the constraints that the relations of a year put on the figures that are not shown.

    `intervals` has every figure and bound of the year. Those of hidden figures are used only where
    two hidden figures are multiplied: one of the two is then treated as shown. `unknowns` are the
    hidden figures; any other name without an interval becomes an `Unknown()`.
    """
    forms: list[tuple[Linear, str]] = []
    for relation in relations:
        others = {*chain.from_iterable(each.names for each in relations if each is not relation)}
        form = _form(relation, intervals, unknowns, others)
        if form and form.terms:
            forms.append((form, relation.operator))
    missing = dict.fromkeys(chain.from_iterable(form.terms for form, _ in forms), Unknown())
    return ReaderKnowledge({**missing, **unknowns}, forms)


def _form(
    relation: Relation, intervals: Intervals, unknowns: Collection[str], others: Collection[str]
) -> Linear | None:
    """Return left side - right side as a linear form; None where it constrains nothing.

    Hidden figures are treated as shown, as few as are needed to make the form linear. A relation
    constrains nothing where its left side is hidden and not in `others`, the names of all other
    relations.
    """
    hidden = [name for name in relation.names if name in unknowns]
    for count in range(len(hidden) + 1):
        shown = {
            name: intervals[name]
            for name in relation.names
            if name in intervals and name not in hidden[count:]
        }
        if form := _linear(relation, shown):
            return form
        if relation.fills in hidden and relation.fills not in others:
            return None
    return None


def is_linear(relation: Relation) -> bool:
    """Return whether no two names of a relation are multiplied or divided, as in a share."""
    return _linear(relation, {}) is not None


def _linear(relation: Relation, shown: Intervals) -> Linear | None:
    """Return the numerator of left side - right side; None where it is not linear."""
    values = {
        name: Quotient.of(shown[name]) if name in shown else Quotient.unknown(name)
        for name in relation.names
    }
    try:
        left = relation.left.compute(values, Quotient.constant)
        return (left - relation.right.compute(values, Quotient.constant)).numerator
    except NonlinearError:
        return None


def possible_values(
    knowledge: ReaderKnowledge, candidates: Mapping[str, Iterable[int]]
) -> dict[str, set[int]]:
    """Return which of the `candidates`, by hidden figure, the constraints allow."""
    names = list(knowledge.unknowns)
    unknowns = knowledge.unknowns.values()
    lower = np.array([each.lower for each in unknowns], dtype=float)
    upper = np.array([each.upper for each in unknowns], dtype=float)
    integrality = np.array([each.integer for each in unknowns], dtype=int)
    constraints, objective = _constraints(knowledge, names), np.zeros(len(names))

    def is_feasible(name: str, value: int) -> bool:
        fixed = np.array(names) == name
        bounds = Bounds(np.where(fixed, value, lower), np.where(fixed, value, upper))
        result = milp(objective, constraints=constraints, integrality=integrality, bounds=bounds)
        return bool(result.success)

    return {
        name: {value for value in values if is_feasible(name, value)}
        for name, values in candidates.items()
    }


def _constraints(knowledge: ReaderKnowledge, names: Sequence[str]) -> list[LinearConstraint]:
    """Return constraints: each form has a lower end <= 0, and an equal one an upper end >= 0.

    No unknown is below 0, so an end of a form is the sum of the same ends of its terms.
    """
    constraints = []
    for form, operator in knowledge.forms:
        for end in ("lower", "upper") if operator == EQUAL else ("lower",):
            limit = -float(getattr(form.constant, end))
            factors = {name: float(getattr(each, end)) for name, each in form.terms.items()}
            if not any(map(isinf, (limit, *factors.values()))):
                row = [factors.get(name, 0.0) for name in names]
                least, most = (-inf, limit) if end == "lower" else (limit, inf)
                constraints.append(LinearConstraint(row, least, most))
    return constraints

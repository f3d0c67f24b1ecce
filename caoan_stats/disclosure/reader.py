"""What a reader knows of the figures that are not shown: the attacker of disclosure control.

The reader believes every relation, knows the interval of every shown figure and the bounds of every
hidden one, and that counts are whole. Which values a hidden figure can have is then a question to
an integer programme (`caoan_stats.disclosure.solver`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf

from caoan_stats.disclosure.linear import ZERO, Linear, NonlinearError, Quotient
from caoan_stats.relations.intervals import Bound, Interval, is_infinite
from caoan_stats.relations.relation import EQUAL, Relation

ANY = Interval(-inf, inf)
NO_GAP = Fraction(0)


@dataclass(frozen=True)
class Unknown:
    """A figure that is not shown: its bounds, both included, and whether it is whole."""

    bounds: Interval = ANY
    is_whole: bool = False


@dataclass(frozen=True)
class Row:
    """A condition on unknowns: the sum of these times their factors lies between two ends."""

    factors: Mapping[str, Fraction]  # by name of the unknown
    lower: Bound
    upper: Bound


@dataclass(frozen=True)
class Puzzle:
    """Unknowns by name, and the rows that a reader knows to be true."""

    unknowns: Mapping[str, Unknown]
    rows: Sequence[Row]
    unused: Set[str] = frozenset()  # shown figures in relations that are not linear

    @cached_property
    def parts(self) -> tuple["Puzzle", ...]:
        """The puzzles of which it consists, none of which tells anything about another."""
        groups = connected((set(row.factors) for row in self.rows), self.unknowns)
        rows: dict[str, list[Row]] = {}
        first = {name: min(group) for group in groups for name in group}
        for row in self.rows:
            rows.setdefault(first[next(iter(row.factors))], []).append(row)
        return tuple(
            Puzzle({name: self.unknowns[name] for name in sorted(group)}, rows.get(min(group), []))
            for group in groups
        )


def connected(links: Iterable[Set[str]], names: Iterable[str] = ()) -> list[frozenset[str]]:
    """Return the connected components of names: the members of each link are connected.

    They are in the order of their first names.

    >>> [sorted(each) for each in connected([{"a", "b"}, {"b", "c"}], ["d"])]
    [['a', 'b', 'c'], ['d']]
    """
    group = {name: {name} for name in names}
    for link in links:
        merged = set(link).union(*(group.get(name, set()) for name in link))
        group |= dict.fromkeys(merged, merged)
    return sorted({frozenset(each) for each in group.values()}, key=min)


def make_puzzle(
    relations: Iterable[Relation],
    shown: Mapping[str, Unknown],
    unknowns: Mapping[str, Unknown],
    gaps: Mapping[Relation, Fraction],
) -> Puzzle:
    """Return what relations tell a reader about the figures that are not shown.

    Each name of a relation is in `shown` or in `unknowns`. A shown figure that is rounded becomes
    an unknown within its interval, so that it is the same number in all relations. The sides of a
    relation may differ by its gap.

    A relation that multiplies two unknowns is made linear: a share or product is replaced by its
    definition, or else rounded figures by their intervals. Where that does not help, its shown
    figures are `unused`: what they tell is not known; but the definition of a figure that is not
    shown tells nothing. A relation is left out where a divisor can be 0, and where a number is too
    large.
    """
    relations = tuple(relations)
    within = {name: Quotient.of(each.bounds) for name, each in shown.items()}
    rounded = {name: each for name, each in shown.items() if _is_wide(each.bounds)}
    free = {name: Quotient.unknown(name) for name in (*rounded, *unknowns)}
    values = {**within, **free}
    defined = _definitions(relations, values, unknowns)
    every, rows, unused = {**rounded, **unknowns}, list[Row](), set[str]()
    for relation in relations:
        gap = gaps.get(relation, NO_GAP)
        shares = {name: defined[name][1] for name in relation.names if name in defined}
        is_definition = relation.fills in defined and defined[relation.fills][0] is relation
        if is_definition:
            del shares[relation.fills]
        for replaced in _replacements(relation, {name: within[name] for name in rounded}):
            forms = [_form(relation, {**values, **shares, **each}, every, gap) for each in replaced]
            if found := [form for form in forms if form]:
                rows += [row for form in found for row in _rows(form, relation.operator, every)]
                break
        else:
            unused |= {*relation.names} & shown.keys() if not is_definition else set()
    return Puzzle(every, rows, unused)


def _replacements(
    relation: Relation, within: Mapping[str, Quotient]
) -> Iterator[Sequence[Mapping[str, Quotient]]]:
    """Yield which rounded figures to replace so that a relation may become linear: none, or all.

    In between, one figure stays an unknown; each in turn, as each may be linear.
    """
    kept = [name for name in relation.names if name in within]
    yield [{}]
    yield [{name: within[name] for name in kept if name != each} for each in kept]
    yield [within]


def is_linear(relation: Relation) -> bool:
    """Return whether no two names of a relation are multiplied or divided, as in a share."""
    return linear_form(relation) is not None


def linear_form(relation: Relation) -> Linear | None:
    """Return left side - right side of a relation; None where two names are multiplied."""
    return _form(relation, {name: Quotient.unknown(name) for name in relation.names}, {})


def _definitions(
    relations: Iterable[Relation], values: Mapping[str, Quotient], unknowns: Mapping[str, Unknown]
) -> dict[str, tuple[Relation, Quotient]]:
    """Return how unknown shares and products are computed from other unknowns, and by what."""
    defined: dict[str, tuple[Relation, Quotient]] = {}
    wanted = [relation for relation in relations if relation.fills in unknowns]
    for relation in wanted * 2:  # the second time, a share of a share is defined
        if relation.fills not in defined and _form(relation, values, unknowns) is None:
            known = {name: quotient for name, (_, quotient) in defined.items()}
            with suppress(NonlinearError):
                right = relation.right.compute({**values, **known}, Quotient.constant)
                defined[relation.fills] = relation, right
    return defined


def _form(
    relation: Relation,
    values: Mapping[str, Quotient],
    unknowns: Mapping[str, Unknown],
    gap: Fraction = NO_GAP,
) -> Linear | None:
    """Return what relates to 0 as the left side to the right side; None where it is not linear.

    So it is None where a rounded factor meets an unknown whose sign is not known.

    It has no terms where the relation tells nothing, or a divisor can be 0.
    """
    try:
        left = relation.left.compute(values, Quotient.constant)
        difference = left - relation.right.compute(values, Quotient.constant)
        difference += Quotient.of(Interval(-gap, gap))
    except NonlinearError:
        return None
    if any(_is_unclear(each, unknowns) for each in difference.numerator.terms.items()):
        return None
    sign = _sign(difference.denominator, unknowns)
    if not sign and (relation.operator != EQUAL or not difference.denominator.terms):
        return Linear(Interval.point(0), {})
    return -difference.numerator if sign < 0 else difference.numerator


def _sign(divisor: Linear, unknowns: Mapping[str, Unknown]) -> int:
    """Return the sign of a divisor, 0 where it is not known."""
    total = divisor.constant
    for name, factor in divisor.terms.items():
        total += factor * unknowns.get(name, Unknown()).bounds
    is_other = bool(divisor.terms)  # an unknown divisor can be next to 0, but is not 0
    if total.lower > 0 or (is_other and total.lower == 0):
        return 1
    return -1 if total.upper < 0 or (is_other and total.upper == 0) else 0


def _rows(form: Linear, operator: str, unknowns: Mapping[str, Unknown]) -> Iterator[Row]:
    """Yield the rows of a form that is 0, or at most 0: its ends are on both sides of 0.

    An end is the sum of the same ends of its terms, or of the other ends if an unknown is not
    positive.
    """
    terms = {name: factor for name, factor in form.terms.items() if factor != ZERO}
    if not terms or any(each.is_huge for each in (form.constant, *terms.values())):
        return
    lower, upper = dict[str, Bound](), dict[str, Bound]()
    for name, factor in terms.items():
        is_positive = unknowns[name].bounds.upper > 0
        lower[name] = factor.lower if is_positive else factor.upper
        upper[name] = factor.upper if is_positive else factor.lower
    low, high = -form.constant.lower, -form.constant.upper
    if operator == EQUAL and lower == upper and low == high:
        yield from _finite_row(lower, low, high)
        return
    yield from _finite_row(lower, -inf, low)
    if operator == EQUAL:
        yield from _finite_row(upper, high, inf)


def _finite_row(factors: Mapping[str, Bound], lower: Bound, upper: Bound) -> Iterator[Row]:
    """Yield a row, unless it tells nothing because a factor or both ends are infinite."""
    found = {name: factor for name, factor in factors.items() if factor}
    is_told = found and not (is_infinite(lower) and is_infinite(upper))
    if is_told and not any(map(is_infinite, found.values())):
        yield Row({name: Fraction(factor) for name, factor in found.items()}, lower, upper)


def _is_wide(interval: Interval) -> bool:
    return interval.lower != interval.upper


def _is_unclear(term: tuple[str, Interval], unknowns: Mapping[str, Unknown]) -> bool:
    """Return whether the ends of a term depend on the sign of its unknown."""
    name, factor = term
    bounds = unknowns.get(name, Unknown()).bounds
    return _is_wide(factor) and bounds.lower < 0 < bounds.upper

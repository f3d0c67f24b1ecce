"""Figures to hide beside the primary suppressions, found without looking at a number.

A primary suppression is protected where it can move: where other hidden figures can rise and fall
with it so that all relations stay true. The cheapest such move is found by a linear programme, as
in the heuristics for cell suppression that Fischetti and Salazar describe ("Models and Algorithms
for the 2-Dimensional Cell Suppression Problem in Statistical Disclosure Control", 1999).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from fractions import Fraction

from caoan_stats.disclosure import reader
from caoan_stats.disclosure.reader import Row
from caoan_stats.disclosure.solver import Effort, cheapest_move
from caoan_stats.disclosure.year import Year
from caoan_stats.relations.relation import EQUAL

PRIMARY = 100.0  # cost of moving another primary suppression
TOTAL = 2.0  # what a figure costs more if it is a total: it is read more than its parts
PLACE = 1e-4  # what a figure costs more for each one after it in the catalogue

Move = Callable[[str, frozenset[str], Set[str]], set[str]]


def make_mover(
    year: Year, primary: Collection[str], costs: Mapping[str, float], effort: Effort
) -> Move:
    """Return a function of a primary suppression, hidden figures, and figures that must not move.

    It returns the figures to hide as well, so that the primary suppression can move.
    """
    rows = _rows(year)

    def move(name: str, hidden: frozenset[str], still: Set[str]) -> set[str]:
        now = {each: 0.0 if each in hidden - {*primary} else costs[each] for each in costs}
        return cheapest_move(rows, now, name, still, effort)

    return move


def _rows(year: Year) -> list[Row]:
    """Return the equations of the figures that can be hidden, or that nobody states.

    Inequalities do not count: figures can move within them, as far as their numbers allow.
    """
    forms = (reader.linear_form(each) for each in year.relations if each.operator == EQUAL)
    free = {name for name, cell in year.cells.items() if not cell.is_fixed}
    rows = (
        {
            name: Fraction(each.lower)
            for name, each in form.terms.items()
            if name in free and each.lower
        }
        for form in forms
        if form
    )
    return [Row(factors, 0, 0) for factors in rows if factors]


def costs_of(year: Year, primary: Collection[str]) -> dict[str, float]:
    """Return what it costs to hide each figure: 0 for one that nobody states."""
    totals = {each.fills for each in year.relations if reader.is_linear(each)}
    costs = dict.fromkeys((name for name, cell in year.cells.items() if not cell.is_fixed), 0.0)
    free = [each for each in costs if each in year.everything]
    for place, name in enumerate(reversed(free)):
        computed = len(year.with_computed({name}))
        costs[name] = computed + TOTAL * (name in totals) + PLACE * place
    return costs | dict.fromkeys(primary, PRIMARY)


def growing_sets(
    year: Year, hidden: frozenset[str], costs: Mapping[str, float]
) -> Iterator[frozenset[str]]:
    """Yield larger and larger sets: the nearest figure is added first, of these the cheapest."""
    yield hidden
    links = [{*each.names} for each in year.relations]
    while left := year.everything & costs.keys() - hidden:
        near = {name for link in links if link & hidden for name in link} & left
        added = min(near or left, key=lambda name: costs[name])
        hidden = year.with_computed(hidden | {added})
        yield hidden

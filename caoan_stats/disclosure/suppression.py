"""Figures of a year that the public edition hides.

The terms are those of Hundepool et al., "Statistical Disclosure Control" (Wiley, 2012). A primary
suppression hides a sensitive count that can be from 1 to below the threshold. A secondary
suppression hides another figure, from which a primary one could be computed. Secondary ones suffice
where the shown figures exclude no value that a primary suppression can otherwise have.

A reader who has this program knows why a figure is hidden. So which figures are hidden as well is
found without looking at a number (`caoan_stats.disclosure.growing`), and whether they suffice
follows from the figures that are shown then.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import product
from math import inf

from caoan_stats.disclosure.growing import costs_of, growing_sets, make_mover
from caoan_stats.disclosure.reader import Puzzle, connected
from caoan_stats.disclosure.solver import Effort, Solver, excluded_values
from caoan_stats.disclosure.year import Year
from caoan_stats.relations.relation import Relation

CONCEALED = "ẩn"
MOVES = 3  # of a primary suppression, none through a figure of another of its moves
MARGIN = 1  # how far beyond its range a primary suppression must be able to lie
ALL_VALUES = 12  # up to this threshold, a reader is asked for each value of a primary suppression
Know = Callable[[Collection[str]], Puzzle]  # what a reader knows, by the figures that are hidden
Possible = Mapping[str, Collection[int]]  # values by primary suppression
Reader = tuple[Know, Possible]  # with the values if all figures were hidden


class InfeasibleError(ValueError):
    """No figures at all satisfy some relations; `formulas` are these."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self.formulas = [
            f"{each.left.text} {each.operator} {each.right.text}" for each in relations
        ]
        super().__init__(f"no figures satisfy: {'; '.join(self.formulas)}")


def choose_marks(year: Year, effort: Effort) -> dict[str, str]:
    """Return the mark shown in place of each figure that is to be hidden, by indicator.

    It is `<5` for a primary suppression with the threshold 5; `ẩn` for a secondary one, and for a
    primary one that `<5` would disclose, or that may also be 5 or more. More is hidden once the
    effort is spent. Raises `InfeasibleError`.
    """
    marks: dict[str, str] = {}
    for part in _parts(year):
        primary = _primary(part, effort)
        marked = _marked(part, primary, effort)
        marks |= dict.fromkeys(_hidden(part, primary, marked, effort), CONCEALED)
        marks |= dict.fromkeys(marked, f"<{year.threshold}")
    return marks


def _parts(year: Year) -> Iterator[Year]:
    """Yield the parts of a year that may have figures to hide; no relation connects two of them."""
    free = {name for name, cell in year.cells.items() if not cell.is_fixed}
    links = [free & {*each.names} for each in year.relations]
    links += [free & {name, *cell.inputs} for name, cell in year.cells.items() if cell.inputs]
    wanted = {name for name in free if year.cells[name].can_be_primary} | year.always
    for group in connected(filter(None, links), wanted):
        if group & wanted:
            relations = tuple(each for each in year.relations if group & {*each.names})
            names = group.union(*(each.names for each in relations))
            cells = {
                name: cell
                for name, cell in year.cells.items()
                if name in names or group & cell.inputs
            }
            broken = {each: gap for each, gap in year.broken.items() if each in relations}
            always = year.always & names
            yield Year(cells, relations, broken, year.threshold, always)


def _primary(year: Year, effort: Effort) -> dict[str, bool]:
    """Return the primary suppressions, and of each whether a mark may say so.

    A figure that may be each number below the threshold, and larger ones, states no more than a
    mark. Such a figure, and one that no source states, is a primary suppression if the others
    would tell which small numbers it can be. That follows from what is shown beside the primary
    suppressions that are stated, so that it tells nothing of these.
    """
    primary: dict[str, bool] = {}
    counts = {name: cell for name, cell in year.cells.items() if cell.can_be_primary}
    for name, cell in counts.items():
        if cell.small_values(year.threshold) and not cell.is_vague(year.threshold):
            primary[name] = cell.is_below(year.threshold)
    hidden = year.with_computed({*primary, *year.always})
    vague = {name for name, cell in counts.items() if not cell.is_exact} - hidden
    marked = [name for name, is_below in primary.items() if is_below]
    puzzle = year.puzzle(hidden, marked, primary, widened=True)
    return primary | dict.fromkeys(_narrowed(puzzle, vague, year.threshold, effort), False)


def _narrowed(puzzle: Puzzle, names: Set[str], threshold: int, effort: Effort) -> Iterator[str]:
    """Yield the names of which a puzzle excludes some small numbers, but not all.

    In a contradictory part these are all names.
    """
    for part in puzzle.parts:
        if part.rows and (found := names & part.unknowns.keys()):
            solver = Solver(part, effort)
            for name in sorted(found):
                is_small = {solver.can_be(name, n, n) for n in range(1, threshold)}
                ends = ((-inf, 0), (threshold, inf))
                if len(is_small) > 1 or not any(solver.can_be(name, *each) for each in ends):
                    yield name


def _marked(year: Year, primary: Mapping[str, bool], effort: Effort) -> frozenset[str]:
    """Return the primary suppressions whose mark states the threshold.

    If a total and its four parts were all marked `<5`, for example, each part could only be 1. Then
    totals are not marked, one after the other; a figure derived from a marked one never is.
    """
    all_marked = frozenset(
        name
        for name, is_below in primary.items()
        if is_below and not primary.keys() & year.cells[name].inputs
    )
    marked = all_marked
    totals, values = {each.fills for each in year.relations}, range(1, year.threshold)
    for name in sorted(all_marked, key=lambda name: (name not in totals, name)):
        puzzle = year.puzzle(year.everything, marked, primary, widened=True)
        excluded = Counter(
            each for each, _ in excluded_values(puzzle, dict.fromkeys(marked, values), effort)
        )
        if all(count < len(values) - 1 for count in excluded.values()):
            return marked
        marked -= {name}
    return all_marked


def _hidden(
    year: Year, primary: Collection[str], marked: Collection[str], effort: Effort
) -> frozenset[str]:
    """Return what to hide, so that a reader can exclude no value of a primary suppression.

    Each primary suppression gets a move; those that are still exposed get more, up to `MOVES`.
    Then everything near is hidden, until none is exposed.
    """
    hidden = year.with_computed({*primary, *year.always})
    if not primary:
        return hidden
    readers = _readers(year, primary, marked, effort)
    if _determines(readers[-1][1], year.threshold):
        return year.everything

    exposed = partial(_exposed, year, readers, effort)
    costs, left = costs_of(year, primary), set(primary)
    move = make_mover(year, primary, costs, effort)
    used: dict[str, set[str]] = {name: set() for name in sorted(primary)}
    for _ in range(MOVES):
        for name in sorted(left):
            used[name] |= move(name, hidden, used[name])
            hidden = year.with_computed(hidden | (used[name] & year.everything))
        left = set(exposed(left, hidden))
        if not left:
            return hidden
    sets = list(growing_sets(year, hidden, costs))
    last = len(sets) - 1
    return sets[bisect_left(sets, True, hi=last, key=lambda each: not any(exposed(left, each)))]


def _exposed(
    year: Year,
    readers: Sequence[Reader],
    effort: Effort,
    names: Set[str],
    hidden: Collection[str],
) -> Iterator[str]:
    """Yield those of some primary suppressions of which a reader can exclude a value."""
    for know, goal in readers:
        puzzle, wanted = know(hidden), {name: goal[name] for name in names}
        if puzzle.unused & year.everything:
            yield from names
        else:
            yield from (name for name, _ in excluded_values(puzzle, wanted, effort))


def _readers(
    year: Year, primary: Collection[str], marked: Collection[str], effort: Effort
) -> list[Reader]:
    """Return what readers know, each with the values of primary suppressions if all were hidden.

    The first reader believes broken relations as they are, and knows that other sensitive counts
    are not below the threshold. If that is contradictory, or determines a count, others follow who
    know less. Raises `InfeasibleError` if no figures satisfy the relations.
    """
    wanted = dict.fromkeys(sorted(primary), values_asked_for(year.threshold))
    found: list[Reader] = []
    for widened, uncertain in product((False, True), (primary, year.cells)):
        know = partial(year.puzzle, marked=marked, uncertain=uncertain, widened=widened)
        excluded = {*excluded_values(know(year.everything), wanted, effort, is_proven=True)}
        goal = {
            name: [value for value in values if (name, value) not in excluded]
            for name, values in wanted.items()
        }
        if all(goal.values()):
            found.append((know, goal))
            if not _determines(goal, year.threshold):
                break
    if not found:
        raise InfeasibleError(_contradiction(year, marked, effort))
    return found


def _contradiction(year: Year, marked: Collection[str], effort: Effort) -> Sequence[Relation]:
    """Return relations that no figures satisfy, none of which can be left out."""

    def is_possible(relations: Sequence[Relation]) -> bool:
        fewer = replace(year, relations=tuple(relations))
        puzzle = fewer.puzzle(year.everything, marked, year.cells, widened=True)
        parts = (each for each in puzzle.parts if each.rows)
        return all(Solver(each, effort).can_be(min(each.unknowns), -inf, inf) for each in parts)

    found = list(year.relations)
    for relation in year.relations:
        fewer = [each for each in found if each is not relation]
        found = found if is_possible(fewer) else fewer
    return found


def _determines(possible: Possible, threshold: int) -> bool:
    """Return whether some figure can have at most one value from 1 to below the threshold."""
    return any(sum(0 < each < threshold for each in values) < 2 for values in possible.values())


def values_asked_for(threshold: int) -> Collection[int]:
    """Return the values of a primary suppression that a reader must not exclude.

    They reach `MARGIN` beyond its range: otherwise a reader could conclude, from figures that did
    not suffice, that a value at the end of the range is impossible.
    """
    end = threshold + MARGIN
    if threshold <= ALL_VALUES:
        return range(1 - MARGIN, end)
    return [*range(1 - MARGIN, 4), end // 2, *range(end - 4, end)]

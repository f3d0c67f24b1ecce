"""Figures and relations of one year, and what a reader knows who does not see some of them."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import inf

from caoan_stats.disclosure import reader
from caoan_stats.disclosure.reader import Puzzle, Unknown
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import Relation


@dataclass(frozen=True)
class Cell:
    """A figure of a year, or a bound or plan of a target; or a name that has none of these."""

    interval: Interval | None = None  # in which it lies for a reader who sees it; None: not stated
    is_whole: bool = False  # a count
    is_sensitive: bool = False
    can_be_negative: bool = False
    inputs: frozenset[str] = frozenset()  # figures of the year from which it is derived
    is_fixed: bool = False  # always shown: a figure of 0, and what a target states

    @property
    def is_exact(self) -> bool:
        """Whether a reader who sees it knows its value."""
        return self.interval is not None and self.interval.lower == self.interval.upper

    @property
    def can_be_primary(self) -> bool:
        """Whether it is a sensitive count that is not 0."""
        return self.is_sensitive and self.is_whole and not self.is_fixed

    def small_values(self, threshold: int) -> list[int]:
        """Return the numbers from 1 to below the threshold that the figure may be."""
        if self.interval is None:
            return []
        return [n for n in range(1, threshold) if self.interval.lower <= n <= self.interval.upper]

    def is_vague(self, threshold: int) -> bool:
        """Return whether the figure may be each number below the threshold, and larger ones."""
        is_each = len(self.small_values(threshold)) == threshold - 1
        return self.interval is not None and is_each and self.interval.upper >= threshold

    def is_below(self, threshold: int) -> bool:
        """Return whether the figure is certainly from 1 to below the threshold."""
        interval = self.interval
        return interval is not None and interval.lower > 0 and interval.upper < threshold


@dataclass(frozen=True)
class Year:
    """Figures and relations of one year."""

    cells: Mapping[str, Cell]  # by indicator or bound of a target: all names of the relations
    relations: tuple[Relation, ...]  # those that a reader can believe in the year
    broken: Mapping[Relation, Fraction]  # by how much the figures contradict some of them
    threshold: int  # smallest sensitive count, other than 0, that is shown
    always: Set[str] = frozenset()  # figures to hide in any case

    def hiding(self, names: Iterable[str]) -> "Year":
        """Return the year with figures to hide in any case; what a target states stays shown."""
        cells = {name: self.cells[name] for name in names if name in self.cells}
        always = {
            name
            for name, each in cells.items()
            if each.interval is not None and (each.inputs or "." not in name)
        }
        return replace(self, always=frozenset(always))

    @cached_property
    def everything(self) -> frozenset[str]:
        """All figures that can be hidden, and those that are computed from them."""
        free = {name for name, each in self.cells.items() if each.interval and not each.is_fixed}
        return self.with_computed(free | self.always)

    @cached_property
    def shares(self) -> tuple[Relation, ...]:
        """The relations that compute a share or product that is stated or derived."""
        return tuple(
            each
            for each in self.relations
            if each.fills
            and self.cells[each.fills].interval is not None
            and not reader.is_linear(each)
        )

    def with_computed(self, hidden: Iterable[str]) -> frozenset[str]:
        """Return hidden figures with the shares and derived figures that are computed from them."""
        found = frozenset(hidden)
        while True:
            shares = {each.fills for each in self.shares if found & {*each.right.names}}
            derived = {name for name, cell in self.cells.items() if found & cell.inputs}
            if shares | derived <= found:
                return found
            found |= shares | derived

    def puzzle(
        self,
        hidden: Collection[str],
        marked: Collection[str] = (),
        uncertain: Collection[str] = (),
        *,
        widened: bool = False,
    ) -> Puzzle:
        """Return what a reader knows who does not see some figures.

        `marked` are shown as `<5`, so they are 1 to 4. Any other hidden sensitive count is 5 or
        more, unless it is `uncertain`. Where the relations are `widened`, they allow for the gaps
        of those that are broken.
        """
        cells = self.cells.items()
        shown = {
            name: Unknown(cell.interval, cell.is_whole)
            for name, cell in cells
            if cell.interval is not None and name not in hidden
        }
        unknowns = {
            name: self._marked if name in marked else self._unknown(cell, name in uncertain)
            for name, cell in cells
            if name not in shown
        }
        gaps = self.broken if widened else {}
        return reader.make_puzzle(self.relations, shown, unknowns, gaps)

    @property
    def _marked(self) -> Unknown:
        return Unknown(Interval(Fraction(1), Fraction(self.threshold - 1)), is_whole=True)

    def _unknown(self, cell: Cell, is_uncertain: bool) -> Unknown:
        """Return the bounds of a figure without a mark; a count of 0 is hidden only if derived."""
        if cell.can_be_negative:
            return Unknown(is_whole=cell.is_whole)
        is_large = cell.can_be_primary and not is_uncertain
        least = self.threshold if is_large else 0 if cell.inputs or cell.is_fixed else 1
        if cell.interval is None or not cell.is_whole:
            least = 0
        return Unknown(Interval(Fraction(least), inf), cell.is_whole)

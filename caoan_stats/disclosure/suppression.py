"""Figures of a year that the public edition hides.

The terms are those of Hundepool et al., "Statistical Disclosure Control" (Wiley, 2012). A primary
suppression hides a sensitive count from 1 to below the threshold. A secondary suppression hides
another figure, from which a primary one could be computed. Secondary suppressions suffice where
the shown figures exclude no value that a primary suppression can otherwise have.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.disclosure import reader
from caoan_stats.disclosure.reader import Unknown
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import Relation

CONCEALED = "ẩn"
SEARCH_FACTOR = 4  # values up to this times the threshold are tested for a primary marked `ẩn`


@dataclass(frozen=True)
class Year:
    """Figures and relations of one year."""

    figures: Mapping[str, Decimal]  # by indicator
    intervals: Mapping[str, Interval]  # by indicator or bound of a target
    counts: Set[str]  # indicators whose unit is exact: counts and đồng
    sensitive: Set[str]  # indicators whose small counts are hidden
    relations: tuple[Relation, ...]  # those that hold in the year
    threshold: int  # smallest sensitive count, other than 0, that is shown

    @property
    def primary(self) -> frozenset[str]:
        """The primary suppressions: sensitive counts from 1 to below the threshold."""
        codes = self.counts & self.figures.keys() & self.sensitive
        return frozenset(code for code in codes if 1 <= self.figures[code] < self.threshold)

    def possible_values(
        self, hidden: Collection[str], unspecified: Collection[str]
    ) -> dict[str, set[int]]:
        """Return the values that a reader cannot exclude, by primary suppression.

        `hidden` includes the primary suppressions; `unspecified` are those of them whose mark does
        not state the threshold.
        """
        unknowns = {code: self._unknown(code, unspecified) for code in sorted(hidden)}
        knowledge = reader.reader_knowledge(self.relations, self.intervals, unknowns)
        candidates = {
            code: range(1, self.threshold * (SEARCH_FACTOR if code in unspecified else 1))
            for code in sorted(self.primary)
        }
        return reader.possible_values(knowledge, candidates)

    def _unknown(self, code: str, unspecified: Collection[str]) -> Unknown:
        """Return the bounds of a hidden figure; a count of 0 is never hidden."""
        if code in self.primary and code not in unspecified:
            return Unknown(1, self.threshold - 1, integer=True)
        least = self.threshold if code in self.sensitive - self.primary else 1
        return Unknown(least, integer=True) if code in self.counts else Unknown()


def choose_marks(year: Year) -> dict[str, str]:
    """Return the mark shown in place of each figure that is to be hidden, by indicator.

    It is `<5` for a primary suppression with the threshold 5; `ẩn` for a secondary one, and for a
    primary one that `<5` discloses.
    """
    unspecified = _unspecified(year)
    marks = dict.fromkeys(year.primary, f"<{year.threshold}")
    concealed = unspecified | (_secondary(year, unspecified) if marks else set())
    return marks | dict.fromkeys(concealed, CONCEALED)


def _unspecified(year: Year) -> set[str]:
    """Return primary suppressions whose mark must not state the threshold.

    If a total and its four parts are all marked `<5`, for example, each part can only be 1.
    """
    unspecified: set[str] = set()
    everything = frozenset(_by_preference(year))
    while True:
        possible = year.possible_values(everything, unspecified)
        disclosed = [code for code, values in possible.items() if len(values) < 2]
        options = (_linked(year, disclosed, everything) & year.primary) - unspecified
        if not options:
            return unspecified
        unspecified.add(max(options, key=lambda code: (year.figures[code], code)))


def _secondary(year: Year, unspecified: Collection[str]) -> set[str]:
    """Return secondary suppressions; no primary one has fewer values than if all were hidden.

    Figures are added in the order of `_by_preference`, each with the shares it is part of. Those
    that turn out not to be needed are then shown again, in reverse order.
    """
    order = _by_preference(year)
    rank = {code: place for place, code in enumerate(order)}
    goal = year.possible_values(order, unspecified)
    hidden = _with_shares(year, year.primary)
    while unsafe := _narrowed(year.possible_values(hidden, unspecified), goal):
        linked = _linked(year, unsafe, hidden) - hidden
        if not (options := sorted(linked & rank.keys(), key=rank.__getitem__)):
            break
        hidden = _with_shares(year, hidden | {options[0]})
    for code in sorted(hidden - year.primary, key=lambda code: rank.get(code, 0), reverse=True):
        fewer = hidden - {code}
        if _with_shares(year, fewer) == fewer:
            safe = not _narrowed(year.possible_values(fewer, unspecified), goal)
            hidden = fewer if safe else hidden
    return set(hidden - year.primary)


def _narrowed(possible: Mapping[str, set[int]], goal: Mapping[str, set[int]]) -> list[str]:
    return [code for code, values in possible.items() if values != goal[code]]


def _by_preference(year: Year) -> list[str]:
    """Return nonzero figures: parts before totals, sensitive before others, small before large."""
    totals = {relation.fills for relation in year.relations}
    return sorted(
        (code for code, value in year.figures.items() if value),
        key=lambda code: (code in totals, code not in year.sensitive, year.figures[code], code),
    )


def _with_shares(year: Year, hidden: Collection[str]) -> frozenset[str]:
    """Return hidden figures with every share and product that is computed from one of them."""
    shares = [
        relation
        for relation in year.relations
        if relation.fills in year.figures and not reader.is_linear(relation)
    ]
    found = frozenset(hidden)
    while more := {each.fills for each in shares if found & set(each.right.names)} - found:
        found |= more
    return found


def _linked(year: Year, codes: Iterable[str], hidden: Set[str]) -> set[str]:
    """Return names that relations link to some codes, directly or through hidden figures."""
    names = [set(relation.names) for relation in year.relations]
    found = set(codes)
    while more := set().union(*(each for each in names if found & each & hidden)) - found:
        found |= more
    return found

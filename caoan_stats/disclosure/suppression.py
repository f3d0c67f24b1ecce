"""What of a year is not shown, so that small sensitive counts stay unknown.

The terms are those of statistical disclosure control (Hundepool et al., 2012): a primary
suppression is of a sensitive count itself, a secondary one of another figure that would give it
away. It is enough when what is shown does not narrow a primary down.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.disclosure import reader
from caoan_stats.disclosure.reader import Unknown
from caoan_stats.relations.intervals import Interval
from caoan_stats.relations.relation import Relation

CONCEALED = "ẩn"
FAR = 4  # times the threshold: how far a count is followed of which no threshold is said


@dataclass(frozen=True)
class Year:
    """One year of figures, and what is true of them.

    Parameters
    ----------
    figures
        Each figure by its indicator.
    within
        Each figure, and each bound of a target, within its rounding.
    counts, sensitive
        Indicators that count something; those of which small counts are hidden.
    truths
        The relations that hold.
    below
        The smallest sensitive count that is shown.
    """

    figures: Mapping[str, Decimal]
    within: Mapping[str, Interval]
    counts: Set[str]
    sensitive: Set[str]
    truths: tuple[Relation, ...]
    below: int

    @property
    def primary(self) -> frozenset[str]:
        """The sensitive counts that are too small to be shown."""
        asked = self.counts & self.figures.keys() & self.sensitive
        return frozenset(code for code in asked if 1 <= self.figures[code] < self.below)

    def possible(self, hidden: Collection[str], veiled: Collection[str]) -> dict[str, set[int]]:
        """Give the numbers that each primary can be as far as a reader can tell.

        Parameters
        ----------
        hidden
            All that is not shown.
        veiled
            Primaries of which not even the threshold is said.
        """
        unknowns = {code: self._unknown(code, veiled) for code in sorted(hidden)}
        in_hand = reader.puzzle(self.truths, self.within, unknowns)
        asked = {
            code: range(1, FAR * self.below if code in veiled else self.below)
            for code in sorted(self.primary)
        }
        return reader.possible(in_hand, asked)

    def _unknown(self, code: str, veiled: Collection[str]) -> Unknown:
        """Give what a reader knows of a hidden figure: a count is hidden only where it is not 0."""
        if code in self.primary and code not in veiled:
            return Unknown(1, self.below - 1, whole=True)
        least = self.below if code in self.sensitive - self.primary else 1
        return Unknown(least, whole=True) if code in self.counts else Unknown()


def choose_marks(year: Year) -> dict[str, str]:
    """Choose what is hidden in a year.

    Returns
    -------
    dict of str
        By indicator, what is shown in its place.
    """
    veiled = _veiled(year)
    shown = dict.fromkeys(year.primary, f"<{year.below}")
    concealed = veiled | (_secondary(year, veiled) if shown else set())
    return shown | dict.fromkeys(concealed, CONCEALED)


def _veiled(year: Year) -> set[str]:
    """Choose primaries of which not even the threshold is said, for it would give one away.

    As where a total below 5 has four parts below 5: then all are known.
    """
    veiled: set[str] = set()
    everything = frozenset(_by_preference(year))
    while known := _certain(year.possible(everything, veiled)):
        tied = (_tied(year, known, everything) & year.primary) - veiled
        if not tied:
            break
        veiled.add(max(tied, key=lambda code: (year.figures[code], code)))
    return veiled


def _secondary(year: Year, veiled: Collection[str]) -> set[str]:
    """Choose what else is hidden, as little as is needed, so that it tells no more of a primary.

    Each primary can then be any number that it could be if no figure were shown. A share is hidden
    with any of its parts. Of the rest, sensitive figures are hidden before others, parts before
    totals, and small before large.
    """
    order = _by_preference(year)
    rank = {code: place for place, code in enumerate(order)}
    goal = year.possible(order, veiled)
    hidden = _with_shares(year, year.primary)
    while unsafe := _narrowed(year.possible(hidden, veiled), goal):
        tied = _tied(year, unsafe, hidden) - hidden
        if not (options := sorted(tied & rank.keys(), key=rank.__getitem__)):
            break
        hidden = _with_shares(year, hidden | {options[0]})
    for code in sorted(hidden - year.primary, key=lambda code: rank.get(code, 0), reverse=True):
        fewer = hidden - {code}
        if _with_shares(year, fewer) == fewer:
            safe = not _narrowed(year.possible(fewer, veiled), goal)
            hidden = fewer if safe else hidden
    return set(hidden - year.primary)


def _certain(may_be: Mapping[str, set[int]]) -> list[str]:
    return [code for code, numbers in may_be.items() if len(numbers) < 2]


def _narrowed(may_be: Mapping[str, set[int]], goal: Mapping[str, set[int]]) -> list[str]:
    return [code for code, numbers in may_be.items() if numbers != goal[code]]


def _by_preference(year: Year) -> list[str]:
    totals = {relation.fills for relation in year.truths}
    known = (code for code, value in year.figures.items() if value)
    return sorted(
        known,
        key=lambda code: (code in totals, code not in year.sensitive, year.figures[code], code),
    )


def _with_shares(year: Year, hidden: Collection[str]) -> frozenset[str]:
    """Hide every share and product that a hidden figure is part of."""
    found = frozenset(hidden)
    while (
        more := {
            relation.fills
            for relation in year.truths
            if relation.fills in year.figures
            and not reader.is_linear(relation)
            and found & set(relation.right.names)
        }
        - found
    ):
        found |= more
    return found


def _tied(year: Year, codes: Iterable[str], hidden: Collection[str]) -> set[str]:
    """List the names that hidden figures tie to some, from relation to relation."""
    found = set(codes)
    while (
        more := {
            name
            for relation in year.truths
            if found & set(relation.names) & set(hidden)
            for name in relation.names
        }
        - found
    ):
        found |= more
    return found

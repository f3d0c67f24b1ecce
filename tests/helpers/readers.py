"""A reader of a public edition who tries to compute hidden counts back, with Z3.

`attack(history)` finds what he computes from the concealed tables alone. Nothing here comes from
`caoan_stats.disclosure` but the two functions that make the edition::

    from helpers.histories import History, make, random_history, smaller
    from helpers.readers import attack
    history = History("a! b t", ("a 2023 bc2023 value=3", ...), ("t,=,a + b",))
    print(attack(history))                       # Finding for each count that is worse off
    smaller(history, lambda each: bool(attack(each)))   # the fewest lines that show it
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import z3
from helpers.histories import History, make
from helpers.world import BELOW, UNTOLD, Gaps, Key, Tables, World, key_of

from caoan_stats.common.frames import Row, records
from caoan_stats.disclosure import edition
from caoan_stats.relations.relation import Relation

MOST = 20  # a count marked `ẩn` is computed back if only one number up to this is possible


class Finding(NamedTuple):
    """A small sensitive count of which a reader can exclude numbers."""

    code: str
    year: int
    number: int  # the true one
    mark: str  # "" where no page has a figure
    possible: tuple[int, ...]
    without: tuple[int, ...]  # possible numbers if every figure but zeros were hidden

    @property
    def is_recovered(self) -> bool:
        """Whether one number is left."""
        return len(self.possible) < 2


def contradictions(tables: Tables) -> Gaps:
    """Return how far relations have to be widened, beyond their own gaps, to be true together."""
    gaps: dict[tuple[Any, Any], Fraction] = {}
    for _ in range(60):
        core = World(tables, tables, {}, gaps).contradictory()
        core = [key for key in core if key[0] is not None]
        if not core:
            break
        worst = max(core, key=lambda key: (key in gaps, _is_share(key[0])))
        gaps[worst] = 2 * gaps.get(worst, Fraction(1, 20))
    return gaps


def _is_share(of: Any) -> bool:
    return not (isinstance(of, Relation) and (of.right.signs or of.left.signs))


def secrets(tables: Tables, gaps: Gaps) -> dict[Key, int]:
    """Return the small sensitive counts that the full tables tell, stated or not."""
    world = World(tables, tables, {}, gaps).believe()
    years = {year for _, year in world.truth}
    names = {name for each in world.relations for name in each.names}
    codes = [code for code in world.catalogue if world.is_sensitive(code)]
    found = {}
    for code in codes:
        for year in sorted(years):
            if (row := world.truth.get((code, year))) and row["lower"] == row["upper"]:
                numbers = [int(row["value"])]
            elif (code, year) in world.truth or code in names:
                numbers = _few(world, (code, year))
            else:
                continue
            if len(numbers) == 1 and 1 <= numbers[0] < BELOW:
                found[code, year] = numbers[0]
    return found


def _few(world: World, key: Key) -> list[int]:
    """Return the number that a count has for certain; nothing where it can have several."""
    variable = world.of(key)
    if world.solver.check() != z3.sat:
        return []
    number = world.solver.model().eval(variable, model_completion=True)
    whole = number.as_long() if z3.is_int_value(number) else int(number.as_fraction())
    return [whole] if world.solver.check(variable != whole) == z3.unsat else []


def attack(history: History | Tables, hidden: Mapping[Key, str] | None = None) -> list[Finding]:
    """Return the counts of which a reader excludes more than if all but zeros were hidden."""
    full = make(history) if isinstance(history, History) else history
    hidden = edition.choose_hidden(full, BELOW) if hidden is None else hidden
    gaps = contradictions(full)
    targets = secrets(full, gaps)
    if not targets:
        return []
    public = World(full, edition.conceal(full, hidden), hidden, gaps).believe()
    everything = {
        key: hidden.get(key, "ẩn")
        for key, row in public.truth.items()
        if row["value"] and (key[0] in public.catalogue or row["status"] != "stated")
    } | {**hidden}
    nothing = World(full, edition.conceal(full, everything), everything, gaps).believe()
    findings = []
    for key, number in targets.items():
        most = BELOW - 1 if hidden.get(key, "").startswith("<") else MOST
        possible, without = (each.possible(key, most) for each in (public, nothing))
        assert not possible or number in possible, (key, number, possible)
        is_worse = set(range(1, BELOW)) & {*without} - {*possible}
        if is_worse or len(possible) < min(2, len(without)):
            findings.append(Finding(*key, number, hidden.get(key, ""), possible, without))
    return findings


def attack_two_editions(history: History) -> list[Finding]:
    """Return what a reader computes who kept an edition that was made when fewer documents were."""
    full = make(history)
    findings = []
    for known in _earlier(history, full):
        before = make(known)
        first = edition.choose_hidden(before, BELOW)
        hidden = edition.choose_hidden(full, BELOW, earlier={*first})
        old, new = (
            {key_of(row): row["source"] for row in records(each["figures"])}
            for each in (before, full)
        )
        kept = {
            key: mark
            for key, mark in hidden.items()
            if key in first or old.get(key) != new.get(key)
        }
        findings += attack(full, kept)
    return findings


def _earlier(history: History, full: Tables) -> Iterator[History]:
    """Yield the history as each document but the last knew it."""
    dates = {row["source"]: row["date"] for row in records(full["sources"])}
    for last in sorted({*dates.values()})[:-1]:
        known, due = (
            tuple(line for line in lines if dates[line.split()[2]] <= last)
            for lines in (history.statements, history.targets)
        )
        if known:
            yield replace(history, statements=known, targets=due)


def attack_older(history: History) -> list[Finding]:
    """Return the older statements of small counts that the older statements on the pages tell."""
    full = make(history)
    hidden = edition.choose_hidden(full, BELOW)
    shown = records(edition.conceal(full, hidden)["facts"])
    findings = []
    for known in _earlier(history, full):
        old = make(known)
        sources = {*old["facts"]["source"]}
        rows = {
            (row["indicator"], row["year"], row["fact"], row["source"])
            for row in shown
            if row["source"] in sources
        }
        findings += _attack_older(old, rows)
    return findings


def _attack_older(old: Tables, rows: set[tuple[str, int, str, str]]) -> list[Finding]:
    """Return what the shown facts of the documents of one time tell."""

    def is_public(row: Row) -> bool:
        return (row["indicator"], row["year"], row["fact"], row["source"]) in rows

    facts = old["facts"][[is_public(row) for row in records(old["facts"])]]
    told = {key_of(row) for row in records(facts) if row["fact"] == "value"}
    own = {key_of(row): row for row in records(old["figures"])}
    untold = {
        key: UNTOLD
        for key, row in own.items()
        if not (key in told and is_public({**row, "fact": "value"})) and "." not in key[0]
    }
    gaps = contradictions(old)
    targets = secrets(old, gaps)
    if not targets:
        return []
    tables = {**old, "facts": facts}
    everything = {key: UNTOLD for key, row in own.items() if row["value"]}
    public = World(old, tables, untold, gaps).believe()
    nothing = World(old, {**old, "facts": facts[:0]}, everything, gaps).believe()
    return [
        Finding(*key, number, "older", possible, without)
        for key, number in targets.items()
        for possible, without in [(public.possible(key, MOST), nothing.possible(key, MOST))]
        if len(possible) < min(2, len(without))
    ]

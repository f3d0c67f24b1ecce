"""A reader of a public edition who runs the program on what the pages allow.

`attack_with_program(history)` replaces hidden figures by all that the reader of `helpers.readers`
cannot exclude, and keeps what gives the same edition.

`PYTHONPATH=. python -m helpers.program_reader SEED` in `tests/` prints what both find in a random
history.
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import z3
from helpers.histories import History, make, random_history
from helpers.readers import Finding, attack, contradictions, secrets
from helpers.world import BELOW, Key, Tables, World, key_of

from caoan_stats.common.frames import records
from caoan_stats.concepts.facts import FACTS, PLAN, PREVIOUS, VALUE
from caoan_stats.disclosure import edition
from caoan_stats.relations import derive
from caoan_stats.relations.formulas import parse
from caoan_stats.relations.relation import Relation

EDITION = ("observations", "facts", "figures", "audit", "notes", "acknowledged")


class UndecidedError(Exception):
    """Z3 does not find within its limit whether numbers are possible, so none is excluded."""


@dataclass
class Program:
    """What a reader finds who has the program: it hides the same in the same edition."""

    findings: list[Finding]
    tried: int = 0  # replaced histories that the pages allow, with the same small counts
    differing: int = 0  # of them, those of which the program hides something else
    example: History | None = None  # one of these


def attack_with_program(history: History, *, tries: int = 12, seed: int = 1) -> Program:
    """Return the counts of which a reader excludes more if he also runs the program.

    For each number that the first reader cannot exclude, up to `tries` histories are tried that
    show the same; a number is excluded if the edition of none is the same.
    """
    full = make(history)
    hidden = edition.choose_hidden(full, BELOW)
    gaps = contradictions(full)
    targets = secrets(full, gaps)
    shown = edition.conceal(full, hidden)
    world = World(full, shown, hidden, gaps).believe()
    found = Program([])
    for key, number in targets.items():
        most = BELOW - 1 if hidden.get(key, "").startswith("<") else BELOW + 1
        before = world.possible(key, most)
        kept = {number}
        for value in before:
            with closing(
                replaced(history, world, {key: value}, tries, random.Random(seed))
            ) as others:
                try:
                    is_kept = any(_is_kept(other, full, hidden, shown, found) for other in others)
                except UndecidedError:
                    is_kept = True
            if is_kept:
                kept.add(value)
        if {*before} & {*range(1, BELOW)} - kept:
            finding = Finding(*key, number, hidden.get(key, ""), tuple(sorted(kept)), before)
            found.findings.append(finding)
    return found


def _is_kept(
    history: History, full: Tables, hidden: Mapping[Key, str], shown: Tables, found: Program
) -> bool:
    """Return whether a replaced history has the same edition; count it."""
    tables = make(history)
    if _broken(tables) and not _broken(full):
        return False
    choice = edition.choose_hidden(tables, BELOW)
    if small_counts(tables) == small_counts(full):
        found.tried += 1
        if choice != hidden:
            found.differing += 1
            found.example = history
    return choice == hidden and _same(edition.conceal(tables, choice), shown)


def replaced(
    history: History,
    world: World,
    fixed: Mapping[Key, int],
    tries: int,
    chance: random.Random,
) -> Iterator[History]:
    """Yield histories with other hidden numbers, which the pages allow; first the nearest."""
    keys = [key for key in world.hidden if world.is_count(key[0]) and key in world.truth]
    solver = world.solver
    solver.push()
    solver.add(*(world.of(key) == value for key, value in fixed.items()))
    try:
        for attempt in range(tries):
            numbers = _numbers(world, keys, chance if attempt else None)
            if numbers is None:
                break
            yield restated(history, world, numbers)
            if not keys:
                break
            solver.add(z3.Or(*(world.of(key) != numbers[key] for key in keys)))
    finally:
        solver.pop()


def _numbers(
    world: World, keys: Sequence[Key], chance: random.Random | None
) -> dict[Key, int] | None:
    """Return numbers that the pages allow: near the true ones, or chosen by chance."""
    solver = world.solver
    solver.push()
    try:
        for key in chance.sample(keys, len(keys)) if chance else keys:
            truth = int(world.truth[key]["value"])
            wish = chance.randint(1, max(8, truth + 4)) if chance else truth
            if solver.check(world.of(key) == wish) == z3.sat:
                solver.add(world.of(key) == wish)
        answer = solver.check()
        if answer == z3.unknown:
            raise UndecidedError
        if answer != z3.sat:
            return None
        model = solver.model()
        counts = {key for key in world.variables if world.is_count(key[0])}
        return {key: _whole(model, world.of(key)) for key in sorted(counts)}
    finally:
        solver.pop()


def _whole(model: Any, variable: Any) -> int:
    number = model.eval(variable, model_completion=True)
    return number.as_long() if z3.is_int_value(number) else int(number.as_fraction())


def restated(history: History, world: World, numbers: Mapping[Key, int]) -> History:
    """Return a history with other numbers of hidden counts, and shares and changes that fit them.

    A share that the source rounded wrongly stays as wrong as it was.
    """
    old = {key: Fraction(row["value"]) for key, row in world.truth.items()}
    new = {key: Fraction(number) for key, number in numbers.items()}
    shares: dict[Key, Decimal] = {}
    for key in [*world.hidden] * 3:  # a share of a share follows that share
        row = world.truth.get(key)
        fillers = [
            each for each in world.relations if each.fills == key[0] and each.applies(key[1])
        ]
        if not row or row["status"] != "stated" or world.is_count(key[0]) or not fillers:
            continue
        decimals = -int(row["value"].as_tuple().exponent)
        before, after = (_computed(fillers[0], key[1], each) for each in (old, {**old, **new}))
        is_open = before is None and not after  # of a count that can be any number
        if after is not None and before != after and not is_open:
            slip = Decimal(0) if before is None else row["value"] - _rounded(before, decimals)
            shares[key] = max(Decimal(0), _rounded(after, decimals) + slip)
            new[key] = Fraction(shares[key])
    values = {**old, **new}
    lines = [_restated(line, world, old, values, numbers, shares) for line in history.statements]
    return replace(history, statements=tuple(lines))


def _computed(relation: Relation, year: int, values: Mapping[Key, Fraction]) -> Fraction | None:
    used = {name: values.get((name, year)) for name in relation.right.names}
    if None in used.values():
        return None
    try:
        return relation.right.compute(used, Fraction)
    except ZeroDivisionError:
        return None


def _rounded(number: Fraction, decimals: int) -> Decimal:
    value = Decimal(number.numerator) / Decimal(number.denominator)
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _restated(
    line: str,
    world: World,
    old: Mapping[Key, Fraction],
    values: Mapping[Key, Fraction],
    numbers: Mapping[Key, int],
    shares: Mapping[Key, Decimal],
) -> str:
    code, year_text, source, *cells = line.split(" ")
    year = int(year_text)
    key = (code, year)
    cell = dict(each.split("=", 1) for each in cells)
    if "value" in cell and source == world.newest(code, year, VALUE):
        if key in world.hidden and key in numbers:
            cell["value"] = str(numbers[key])
        elif key in shares:
            cell["value"] = str(shares[key])
    for fact in cell.keys() & {"change", "pct_change", "pct_of_plan"}:
        spec = FACTS[fact]
        base = (code, year - 1) if spec.base == PREVIOUS else (f"{code}.{PLAN}", year)
        is_told = key in world.truth and base in world.truth
        if is_told and (values[key], values[base]) != (old[key], old[base]):
            decimals = -int(Decimal(cell[fact]).as_tuple().exponent)
            try:
                before, after = (
                    parse(spec.computed).compute(
                        {VALUE: each[key], spec.base: each[base]}, Fraction
                    )
                    for each in (old, values)
                )
            except ZeroDivisionError:
                continue
            slip = Decimal(cell[fact]) - _rounded(before, decimals)
            cell[fact] = str(_rounded(after, decimals) + slip)
    return " ".join([code, year_text, source, *(f"{name}={text}" for name, text in cell.items())])


def _broken(tables: Tables) -> set[tuple[Any, ...]]:
    return {
        (row["left"], row["operator"], row["right"], row["year"])
        for row in records(tables["audit"])
        if row["status"] == "broken"
    }


def small_counts(tables: Tables) -> set[Key]:
    """Return the sensitive counts that are hidden for themselves."""
    catalogue = derive.make_catalogue(tables)
    return {
        key_of(row)
        for row in records(tables["observations"])
        if catalogue[row["indicator"]]["sensitive"] and row["value"] and 1 <= row["value"] < BELOW
    }


def _same(one: Tables, two: Tables) -> bool:
    return all(records(one[name]) == records(two[name]) for name in EDITION)


if __name__ == "__main__":
    chosen = random_history(int(sys.argv[1]))
    print(chosen)
    print(attack(chosen))
    print(attack_with_program(chosen))

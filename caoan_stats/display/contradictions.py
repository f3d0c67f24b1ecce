"""What the audit finds, in words: contradictions with their figures, questions and revisions."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import say
from caoan_stats.concepts.facts import CHANGE, DIRECTION, FACTS, PCT_CHANGE, PCT_OF_PLAN, PREVIOUS
from caoan_stats.display import audit_tables
from caoan_stats.display.lexicon import Lexicon, Tables
from caoan_stats.relations import derive, formulas
from caoan_stats.relations.figures import Key
from caoan_stats.relations.filling import base_key
from caoan_stats.relations.jumps import FRACTION, OF_PLAN, YEAR, Jump
from caoan_stats.relations.relation import AT_MOST

AUDIT_KEY = ("left", "operator", "right", "year")
_COMPARISONS = {fact.value or code: code for code, fact in FACTS.items() if fact.base}


def earlier_contradictions(tables: Tables, derived: Tables) -> list[tuple[Tables, Sequence[Row]]]:
    """Return contradictions that the pages of a year have and that later documents resolve.

    They are rows of the audit, with the derived tables of the documents that the year knows.
    """
    everything = {**tables, **derived}
    broken = derived["audit"][derived["audit"]["status"] == "broken"]
    now = {(*key, gap) for key, gap in zip(audit_keys(broken), broken["gap"], strict=True)}
    found: list[tuple[Tables, Sequence[Row]]] = []
    for year in sorted(set(derived["facts"]["year"])):
        view = derive.restrict(everything, year)
        audit = view["audit"]
        rows = records(audit[(audit["year"] == year) & (audit["status"] == "broken")])
        keys = [(*(row[name] for name in AUDIT_KEY), row["gap"]) for row in rows]
        rows = [row for row, key in zip(rows, keys, strict=True) if key not in now]
        if rows:
            found.append((view, rows))
    return found


def unacknowledged(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the contradictions in the derived table `audit` that nobody has acknowledged."""
    return checked[(checked["status"] == "broken") & (checked["acknowledged"] == "")]


def audit_keys(checked: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    """Return the primary key of each row of the derived table `audit`: relation and year."""
    return list(checked[[*AUDIT_KEY]].itertuples(index=False, name=None))


def sides(row: Row, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return both sides of a contradiction and their gap; of a direction, it and the change."""
    ends = {"lower": -inf if row["lower"] is None else row["lower"]}
    ends["upper"] = inf if row["upper"] is None else row["upper"]
    row = {**row, **ends, "shown": row["stated"]}
    if row["right"] == DIRECTION:
        fact = CHANGE if row["unit"] else PCT_CHANGE  # a rate has no unit
        change = {**row, "indicator": row["left"], "fact": fact, "value": row["stated"]}
        scale = lexicon.catalogue[row["left"]]["scale"]
        return lexicon.say(audit_tables.direction_of(row, scale)), lexicon.fact(change), ""
    computed = audit_tables.computed_number(row)
    precision = "" if row["operator"] == AT_MOST else audit_tables.precision(row)
    return (
        lexicon.amount(row["stated"], row["unit"], row["qualifier"]),
        lexicon.say(row["operator"]) + lexicon.amount(computed, row["unit"], precision),
        gap_words(row["stated"] - computed, row["unit"], lexicon),
    )


def gap_words(value: labels.Number, unit: str, lexicon: Lexicon) -> str:
    """Return a gap with its sign and unit; `unit` is the code of that of the figures."""
    return f"{labels.signed(value, lexicon.language)} {lexicon.change_unit(unit)}"


def relation_words(row: Row, lexicon: Lexicon) -> str:
    """Return the label of a relation, or its formula in a language without labels."""
    shows_label = say(lexicon.language, "format", "relation") == "label"
    return str(row["label"]) if shows_label else formula(row)


def formula(row: Row) -> str:
    """Return the formula of a relation."""
    return f"{row['left']} {row['operator']} {row['right']}"


def evidence(row: Row, lexicon: Lexicon) -> str:
    """Return the figures of a contradiction, one per line; with the year if it differs."""
    lines = []
    for name, year in keys(row):
        if found := lexicon.facts.get((name, year)):
            lines.append(str(found) if year == row["year"] else f"{year}: {found}")
    return "\n".join(lines)


def keys(row: Row) -> list[Key]:
    """Return the keys of the figures that a row of the audit compares."""
    code, year = row["left"], row["year"]
    if fact := _COMPARISONS.get(row["right"]):
        changes = [each for each, spec in FACTS.items() if spec.base == PREVIOUS]
        names = [f"{code}.{each}" for each in (changes if fact == DIRECTION else [fact])]
        return [(code, year), *((name, year) for name in names), base_key(code, year, fact)]
    names = [*formulas.parse(code).names, *formulas.parse(row["right"]).names]
    return [(name, year) for name in dict.fromkeys(names)]


def question(jump: Jump, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return what the question of a jump is about, why it is asked, and what is to be answered."""
    code, year, before = jump.indicator, jump.year, jump.year - jump.years
    if jump.right == OF_PLAN:
        share = lexicon.facts[f"{code}.{PCT_OF_PLAN}", year]
        what = lexicon.finding("figure", label=share.label, value=share.amount)
        return what, lexicon.finding("share_why"), lexicon.finding("share_remedy")
    entry = lexicon.catalogue[code]
    details: dict[str, object] = {"before": before, "usual": entry["decimals"]}
    amount = lexicon.amount(jump.value, entry["unit"])
    if jump.right == PREVIOUS:
        amount = lexicon.facts[code, year].amount
        details["previous"] = lexicon.facts[code, before].amount
        details["times"] = lexicon.number(round(jump.times, 1))
    if jump.right == FRACTION:
        details["near"] = lexicon.amount(jump.previous, entry["unit"])
    what = lexicon.finding("figure", label=lexicon.indicators[code], value=amount)
    if jump.right == YEAR:
        what = lexicon.finding("year_what", year=year)
    kind = "jump" if jump.right == PREVIOUS else jump.right
    return what, lexicon.finding(f"{kind}_why", **details), lexicon.finding(f"{kind}_remedy")


def revision_words(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """Yield a sentence for each revised figure, with the value of every document.

    `rows` are those of `derive.revisions`.
    """
    for (code, year), group in groupby(rows, lambda row: (row["indicator"], row["year"])):
        amounts = [f"{lexicon.figure(row)} ({row['source']}, {row['date']})" for row in group]
        label = lexicon.indicators[code]
        yield lexicon.say("revised_figure", year=year, label=label, amounts="; ".join(amounts))

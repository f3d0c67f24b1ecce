"""What does not add up, worded for the one who types the figures: what is stated where, the gap."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

import pandas as pd
from rich.console import Console
from rich.table import Table

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.messages import Language
from caoan_stats.common.phrases import SAID
from caoan_stats.relations import audit, formulas
from caoan_stats.relations.figures import FORWARDS, Key
from caoan_stats.relations.relation import relation_key

LOG_WIDTH = 160  # of what is not written to a terminal
TABLE_WIDTH = 140  # the narrowest terminal in which a table of contradictions can be read


Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Fact:
    """One figure: its label, its value with the unit, and its file and line."""

    label: str
    amount: str
    place: str

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} ({self.place})"


@dataclass(frozen=True)
class Lexicon:
    """The words of one language for the tables of a data folder; made by `lexicon`.

    Parameters
    ----------
    language
        `vi` or `en`.
    indicators, units
        Labels by code.
    facts
        By indicator and year; `visits.change` is a stated change, `visits.lower` a bound.
    """

    language: Language
    indicators: Mapping[str, str]
    units: Mapping[str, str]
    facts: Mapping[Key, Fact]

    def say(self, what: str, **details: object) -> str:
        """Fill a sentence of `caoan_stats.common.phrases.SAID`."""
        return SAID[what][self.language].format(**details)

    def amount(self, value: labels.Number, unit: str) -> str:
        """Write a number with its unit, which is given by its code."""
        return labels.quantity(value, self.units[unit], self.language)


def unacknowledged(checked: pd.DataFrame) -> pd.DataFrame:
    """Take the contradictions that nobody has acknowledged.

    Parameters
    ----------
    checked
        The derived table `audit`.
    """
    return checked[(checked["status"] == "broken") & (checked["acknowledged"] == "")]


def audit_keys(checked: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    """Give what tells each row of the derived table `audit` from all others."""
    names = ["left", "operator", "right", "year"]
    return list(checked[names].itertuples(index=False, name=None))


def print_audit(
    tables: Tables,
    found: Mapping[str, pd.DataFrame],
    language: Language,
    places: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print the audit of a data folder, as wide as the terminal is.

    Parameters
    ----------
    tables, found, language, places
        As for `tell`.
    """
    console = Console(emoji=False, markup=False, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = LOG_WIDTH
    for part in report_audit(tables, found, language, places, narrow=console.width < TABLE_WIDTH):
        console.print(part, soft_wrap=isinstance(part, str))


def report_audit(
    tables: Tables,
    found: Mapping[str, pd.DataFrame],
    language: Language,
    places: Mapping[str, str] = MappingProxyType({}),
    *,
    narrow: bool = False,
) -> Iterator[Table | str]:
    """Word the audit of a data folder.

    Parameters
    ----------
    tables
        As `caoan_stats.datafolder.raw.read_tables` gives them.
    found
        As `caoan_stats.relations.derive.derive` gives them.
    language
        `vi` or `en`.
    places
        Where figures stand that are not in their files yet, by file and line as in `rice.csv:3`.
    narrow
        Whether a contradiction stands in lines below each other, for a small terminal.

    Yields
    ------
    Table or str
        The acknowledged contradictions; the new ones and how to acknowledge them; rows of
        `acknowledged.csv` that are stale; relations that would divide by zero; a summary.
    """
    lexicon = make_lexicon(tables, found["observations"], language, places)
    checked = found["audit"]
    broken, unseen = (
        records(checked[checked["status"] == "broken"]),
        records(unacknowledged(checked)),
    )
    seen = [row for row in broken if row["acknowledged"]]
    lay = _blocks if narrow else _table
    if seen:
        yield lexicon.say("acknowledged_contradictions", count=len(seen))
        yield lay([(*_cells(row, lexicon), row["acknowledged"]) for row in seen], "reason", lexicon)
    if unseen:
        yield lexicon.say("new_contradictions", count=len(unseen))
        cells = [(*_cells(row, lexicon), _evidence(row, lexicon)) for row in unseen]
        yield lay(cells, "evidence", lexicon)
        yield lexicon.say("how_to_acknowledge")
        yield _as_csv(unseen, lexicon)
    for line, row in numbered_rows(tables["acknowledged"]):
        if audit.stale_rows([row], broken):
            yield lexicon.say("stale", line=line, **row)
    yield from _undivided(checked, tables["relations"], lexicon)
    counts = Counter(checked["status"])
    known = {name: counts[name] for name in ("holds", "derived", "not_checkable")}
    yield lexicon.say("audited", new=len(unseen), seen=len(seen), **known)


def _headings(last: str, lexicon: Lexicon) -> list[str]:
    return [*lexicon.say("contradiction_columns").split("|"), lexicon.say(last)]


def _table(rows: Sequence[tuple[str, ...]], last: str, lexicon: Lexicon) -> Table:
    table = Table(show_lines=True)
    for heading in _headings(last, lexicon):
        table.add_column(heading, overflow="fold")
    for cells in rows:
        table.add_row(*cells)
    return table


def _blocks(rows: Sequence[tuple[str, ...]], last: str, lexicon: Lexicon) -> Table:
    table = Table(show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for cells in rows:
        for heading, cell in zip(_headings(last, lexicon), cells, strict=True):
            table.add_row(heading, cell)
        table.add_section()
    return table


def _cells(row: Row, lexicon: Lexicon) -> tuple[str, ...]:
    computed, gap = (labels.beside(row[name], row["stated"]) for name in ("computed", "gap"))
    unit = lexicon.units[row["unit"]]
    of_gap = lexicon.say("points") if unit == labels.PERCENT else unit
    stated = [lexicon.facts.get((name, row["year"])) for name in formulas.parse(row["left"]).names]
    places = [fact.place for fact in stated if fact]
    return (
        str(row["year"]),
        row["label"] if lexicon.language == "vi" else _formula(row),
        "\n".join([lexicon.amount(row["stated"], row["unit"]), *places]),
        lexicon.say(row["operator"]) + lexicon.amount(computed, row["unit"]),
        f"{labels.signed(gap, lexicon.language)} {of_gap}",
        row["sections"],
    )


def _formula(row: Row) -> str:
    return f"{row['left']} {row['operator']} {row['right']}"


def _evidence(row: Row, lexicon: Lexicon) -> str:
    """Word the figures that a contradiction is made of, with the year where it is not its own."""
    known = [(lexicon.facts.get(key), key[1]) for key in _keys(row)]
    return "\n".join(
        str(fact) if year == row["year"] else f"{year}: {fact}" for fact, year in known if fact
    )


def _keys(row: Row) -> list[Key]:
    year, code = row["year"], row["left"]
    if row["right"] == FORWARDS:
        return [(code, year), (f"{code}.change", year), (code, year - 1)]
    names = [*formulas.parse(code).names, *formulas.parse(row["right"]).names]
    return [(name, year) for name in dict.fromkeys(names)]


def _as_csv(rows: Sequence[Row], lexicon: Lexicon) -> str:
    """Write contradictions as lines of `acknowledged.csv`, with a place for the reason."""
    text = io.StringIO()
    reason = lexicon.say("your_reason")
    csv.writer(text, lineterminator="\n").writerows(
        [row["left"], row["operator"], row["right"], row["year"], reason] for row in rows
    )
    return text.getvalue().rstrip()


def _undivided(checked: pd.DataFrame, table: pd.DataFrame, lexicon: Lexicon) -> Iterator[str]:
    places = {relation_key(row): line for line, row in numbered_rows(table)}
    for row in records(checked[checked["reason"] == audit.DIVISION]):
        line = places[relation_key(row)]
        yield lexicon.say("undivided", line=line, formula=_formula(row), year=row["year"])


def make_lexicon(
    tables: Tables,
    observations: pd.DataFrame,
    language: Language,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Lexicon:
    """Word the tables of a data folder.

    Parameters
    ----------
    tables
        As `caoan_stats.datafolder.raw.read_tables` gives them.
    observations
        The derived table of that name.
    language
        `vi` or `en`.
    places
        Where figures stand that are not in their files yet, by file and line as in `rice.csv:3`.
    """
    label = f"label_{language}"
    indicators = {row["indicator"]: row[label] for row in records(tables["indicators"])}
    units = {row["unit"]: row[label] for row in records(tables["units"])}
    bare = Lexicon(language, indicators, units, {})
    facts = [
        *_figures(tables, observations, bare),
        *_named(tables, tables["indicators"]["table"].unique(), ("change",), bare),
        *_named(tables, ("targets",), formulas.BOUNDS, bare),
    ]
    known = {key: replace(fact, place=places.get(fact.place, fact.place)) for key, fact in facts}
    return Lexicon(language, indicators, units, known)


def numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Return each row of a raw table with the line of its file."""
    return zip(table.index.tolist(), records(table), strict=True)


def _figures(
    tables: Tables, observations: pd.DataFrame, bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    places = {
        (row["indicator"], row["year"]): f"{name}.csv:{line}"
        for name in tables["indicators"]["table"].unique()
        for line, row in numbered_rows(tables[name])
    }
    for row in records(observations[observations["value"].notna()]):
        key = (row["indicator"], row["year"])
        place = bare.say("derived") if row["status"] == "derived" else places[key]
        yield key, Fact(bare.indicators[key[0]], bare.amount(row["value"], row["unit"]), place)


def _named(
    tables: Tables, names: Iterable[str], columns: Iterable[str], bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Word the changes of observations or the bounds of targets."""
    units = {row["indicator"]: row["unit"] for row in records(tables["indicators"])}
    for name, column in product(names, columns):
        for line, row in numbered_rows(tables[name]):
            if row[column] is not None:
                code, kind = row["indicator"], "change" if column == "change" else "target"
                label = f"{bare.indicators[code]}, {bare.say(kind)}"
                amount = bare.amount(row[column], units[code])
                yield (f"{code}.{column}", row["year"]), Fact(label, amount, f"{name}.csv:{line}")

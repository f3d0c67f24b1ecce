"""The audit as `check` and `import` print it: contradictions, with their figures and places."""

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import pandas as pd
from rich.console import Console
from rich.table import Column, Table

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import say
from caoan_stats.concepts.units import unit_of
from caoan_stats.relations import audit, formulas
from caoan_stats.relations.figures import FORWARDS, Key
from caoan_stats.relations.relation import relation_key

LOG_WIDTH = 160  # characters of a line where the output is not a terminal
TABLE_WIDTH = 140  # characters that a terminal needs for a table of contradictions

Tables = Mapping[str, pd.DataFrame]
Layout = Callable[[Sequence[tuple[str, ...]], Sequence[str]], Table]  # of cells and headings


@dataclass(frozen=True)
class Fact:
    """A figure as text: its label, its value with the unit, and its file and line."""

    label: str
    amount: str
    place: str

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} ({self.place})"


@dataclass(frozen=True)
class Lexicon:
    """The texts of one language for the tables of a data folder."""

    language: str
    indicators: Mapping[str, str]  # labels by code
    units: Mapping[str, str]  # labels by code
    facts: Mapping[Key, Fact]  # `visits.change` is a stated change, `visits.lower` a bound

    def say(self, event: str, **details: object) -> str:
        """Return a sentence of the section `events`, with `details` filled in."""
        return say(self.language, "events", event, **details)

    def amount(self, value: labels.Number, unit: str) -> str:
        """Return a number with the label of its unit; `unit` is the code."""
        return labels.quantity(value, self.units[unit], self.language)


def print_audit(
    tables: Tables, derived: Tables, language: str, origins: Mapping[str, str] = {}
) -> None:
    """Print the audit of a data folder, in the width of the terminal.

    `tables` are raw tables, `derived` those of `derive.derive`. For figures not yet in their files,
    `origins` has the place where they were typed, by file and line: `{"rice.csv:3": "Lúa!F3"}`.
    """
    console = Console(emoji=False, markup=False, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = LOG_WIDTH
    lexicon = _make_lexicon(tables, derived["observations"], language, origins)
    layout = _stacked if console.width < TABLE_WIDTH else _side_by_side
    for part in _report(tables, derived["audit"], lexicon, layout):
        console.print(part, soft_wrap=isinstance(part, str))


def unacknowledged(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the contradictions in the derived table `audit` that nobody has acknowledged."""
    return checked[(checked["status"] == "broken") & (checked["acknowledged"] == "")]


def audit_keys(checked: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    """Return the primary key of each row of the derived table `audit`: relation and year."""
    names = ["left", "operator", "right", "year"]
    return list(checked[names].itertuples(index=False, name=None))


def labels_by_code(table: pd.DataFrame, key: str, language: str) -> dict[str, str]:
    """Return the labels of a table by the codes in the column `key`.

    They are in Vietnamese if the table has none in the language.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["day"], "label_vi": ["ngày"], "label_en": ["days"]})
    >>> labels_by_code(table, "unit", "en"), labels_by_code(table, "unit", "sv")
    ({'day': 'days'}, {'day': 'ngày'})
    """
    column = f"label_{language}"
    texts = table[column if column in table else "label_vi"]
    return dict(zip(table[key], texts, strict=True))


def _report(
    tables: Tables, checked: pd.DataFrame, lexicon: Lexicon, layout: Layout
) -> Iterator[Table | str]:
    """Yield the parts of the report: contradictions, stale acknowledgements, the counts."""
    broken, new = records(checked[checked["status"] == "broken"]), records(unacknowledged(checked))
    acknowledged = [row for row in broken if row["acknowledged"]]
    columns = lexicon.say("contradiction_columns").split("|")
    if acknowledged:
        yield lexicon.say("acknowledged_contradictions", count=len(acknowledged))
        cells = [(*_cells(row, lexicon), row["acknowledged"]) for row in acknowledged]
        yield layout(cells, [*columns, lexicon.say("reason")])
    if new:
        yield lexicon.say("new_contradictions", count=len(new))
        cells = [(*_cells(row, lexicon), _evidence(row, lexicon)) for row in new]
        yield layout(cells, [*columns, lexicon.say("evidence")])
        yield lexicon.say("how_to_acknowledge")
        yield _as_csv(new, lexicon)
    for line, row in _numbered_rows(tables["acknowledged"]):
        if audit.stale_rows([row], broken):
            yield lexicon.say("stale", line=line, **row)
    yield from _undivided(checked, tables["relations"], lexicon)
    counts = Counter(checked["status"])
    others = {status: counts[status] for status in ("holds", "derived", "not_checkable")}
    yield lexicon.say("audited", new=len(new), seen=len(acknowledged), **others)


def _side_by_side(rows: Sequence[tuple[str, ...]], headings: Sequence[str]) -> Table:
    """Return a table with a row for each contradiction."""
    table = Table(*(Column(heading, overflow="fold") for heading in headings), show_lines=True)
    for cells in rows:
        table.add_row(*cells)
    return table


def _stacked(rows: Sequence[tuple[str, ...]], headings: Sequence[str]) -> Table:
    """Return a table with a row for each cell of a contradiction, for a narrow terminal."""
    table = Table(Column(no_wrap=True), Column(overflow="fold"), show_header=False)
    for cells in rows:
        for heading, cell in zip(headings, cells, strict=True):
            table.add_row(heading, cell)
        table.add_section()
    return table


def _cells(row: Row, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the cells of a contradiction except the last."""
    computed, gap = (labels.beside(row[name], row["stated"]) for name in ("computed", "gap"))
    unit = lexicon.units[row["unit"]]
    gap_unit = lexicon.say("points") if unit_of(unit).change else unit
    stated = [lexicon.facts.get((name, row["year"])) for name in formulas.parse(row["left"]).names]
    places = [fact.place for fact in stated if fact]
    shows_label = say(lexicon.language, "format", "relation") == "label"
    return (
        str(row["year"]),
        row["label"] if shows_label else _formula(row),
        "\n".join([lexicon.amount(row["stated"], row["unit"]), *places]),
        lexicon.say(row["operator"]) + lexicon.amount(computed, row["unit"]),
        f"{labels.signed(gap, lexicon.language)} {gap_unit}",
        row["sections"],
    )


def _formula(row: Row) -> str:
    return f"{row['left']} {row['operator']} {row['right']}"


def _evidence(row: Row, lexicon: Lexicon) -> str:
    """Return the figures of a contradiction, one per line; with the year if it differs."""
    lines = []
    for name, year in _keys(row):
        if fact := lexicon.facts.get((name, year)):
            lines.append(str(fact) if year == row["year"] else f"{year}: {fact}")
    return "\n".join(lines)


def _keys(row: Row) -> list[Key]:
    """Return the keys of the figures that a row of the audit compares."""
    year, code = row["year"], row["left"]
    if row["right"] == FORWARDS:
        return [(code, year), (f"{code}.change", year), (code, year - 1)]
    names = [*formulas.parse(code).names, *formulas.parse(row["right"]).names]
    return [(name, year) for name in dict.fromkeys(names)]


def _as_csv(rows: Sequence[Row], lexicon: Lexicon) -> str:
    """Return contradictions as lines of `acknowledged.csv`, with a placeholder for the reason."""
    text = io.StringIO()
    reason = lexicon.say("your_reason")
    csv.writer(text, lineterminator="\n").writerows(
        [row["left"], row["operator"], row["right"], row["year"], reason] for row in rows
    )
    return text.getvalue().rstrip()


def _undivided(checked: pd.DataFrame, relations: pd.DataFrame, lexicon: Lexicon) -> Iterator[str]:
    """Yield a sentence for each relation and year with a division by zero."""
    lines = {relation_key(row): line for line, row in _numbered_rows(relations)}
    for row in records(checked[checked["reason"] == audit.DIVISION]):
        line = lines[relation_key(row)]
        yield lexicon.say("undivided", line=line, formula=_formula(row), year=row["year"])


def _make_lexicon(
    tables: Tables, observations: pd.DataFrame, language: str, origins: Mapping[str, str]
) -> Lexicon:
    """Return the texts of a data folder; `observations` is the derived table."""
    indicators = labels_by_code(tables["indicators"], "indicator", language)
    units = labels_by_code(tables["units"], "unit", language)
    bare = Lexicon(language, indicators, units, {})
    facts = [
        *_figures(tables, observations, bare),
        *_changes_or_bounds(tables, tables["indicators"]["table"].unique(), ("change",), bare),
        *_changes_or_bounds(tables, ("targets",), formulas.BOUNDS, bare),
    ]
    placed = {key: replace(fact, place=origins.get(fact.place, fact.place)) for key, fact in facts}
    return replace(bare, facts=placed)


def _figures(
    tables: Tables, observations: pd.DataFrame, bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Yield the fact of each figure, stated or derived."""
    places = {
        (row["indicator"], row["year"]): f"{name}.csv:{line}"
        for name in tables["indicators"]["table"].unique()
        for line, row in _numbered_rows(tables[name])
    }
    for row in records(observations[observations["value"].notna()]):
        key = (row["indicator"], row["year"])
        place = bare.say("derived") if row["status"] == "derived" else places[key]
        yield key, Fact(bare.indicators[key[0]], bare.amount(row["value"], row["unit"]), place)


def _changes_or_bounds(
    tables: Tables, names: Iterable[str], columns: Iterable[str], bare: Lexicon
) -> Iterator[tuple[Key, Fact]]:
    """Yield the fact of each number in columns that are `change`, or bounds of a target."""
    units = {row["indicator"]: row["unit"] for row in records(tables["indicators"])}
    for name, column in product(names, columns):
        for line, row in _numbered_rows(tables[name]):
            if row[column] is not None:
                code, kind = row["indicator"], "change" if column == "change" else "target"
                label = f"{bare.indicators[code]}, {bare.say(kind)}"
                amount = bare.amount(row[column], units[code])
                yield (f"{code}.{column}", row["year"]), Fact(label, amount, f"{name}.csv:{line}")


def _numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table, each with its line in the file, which is its index."""
    return zip(table.index.tolist(), records(table), strict=True)

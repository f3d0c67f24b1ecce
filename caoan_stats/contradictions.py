"""What does not add up, worded for the one who types the figures: what is stated where, the gap."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from rich.table import Table

from caoan_stats import audit, facts, formulas, labels, relations
from caoan_stats.facts import Lexicon, Tables
from caoan_stats.figures import Key
from caoan_stats.filling import FORWARDS
from caoan_stats.frames import Row, records
from caoan_stats.messages import Language


def new(checked: pd.DataFrame) -> pd.DataFrame:
    """Take the contradictions that nobody has acknowledged.

    Parameters
    ----------
    checked
        The derived table `audit`.
    """
    return checked[(checked["status"] == "broken") & (checked["acknowledged"] == "")]


def tell(
    tables: Tables, found: Mapping[str, pd.DataFrame], language: Language
) -> Iterator[Table | str]:
    """Word the audit of a data folder.

    Parameters
    ----------
    tables
        As `caoan_stats.raw.read` gives them.
    found
        As `caoan_stats.derived.derive` gives them.
    language
        `vi` or `en`.

    Yields
    ------
    Table or str
        The new contradictions and how to acknowledge them; the acknowledged ones; rows of
        `acknowledged.csv` that are stale; relations that would divide by zero; a summary.
    """
    lexicon = facts.lexicon(tables, found["observations"], language)
    checked = found["audit"]
    broken, unseen = records(checked[checked["status"] == "broken"]), records(new(checked))
    seen = [row for row in broken if row["acknowledged"]]
    if unseen:
        yield lexicon.say("new_contradictions", count=len(unseen))
        yield _table([(row, _evidence(row, lexicon)) for row in unseen], "evidence", lexicon)
        yield lexicon.say("how_to_acknowledge")
        yield _as_csv(unseen, lexicon)
    if seen:
        yield lexicon.say("acknowledged_contradictions", count=len(seen))
        yield _table([(row, row["acknowledged"]) for row in seen], "reason", lexicon)
    for line, row in facts.lines(tables["acknowledged"]):
        if audit.stale([row], broken):
            yield lexicon.say("stale", line=line, **row)
    yield from _undivided(checked, tables["relations"], lexicon)
    counts = Counter(checked["status"])
    known = {name: counts[name] for name in ("holds", "derived", "not_checkable")}
    yield lexicon.say("audited", new=len(unseen), seen=len(seen), **known)


def _table(remarked: Sequence[tuple[Row, str]], heading: str, lexicon: Lexicon) -> Table:
    headings = [*lexicon.say("contradiction_columns").split("|"), lexicon.say(heading)]
    table = Table(*headings, show_lines=True)
    for row, remark in remarked:
        table.add_row(*_cells(row, lexicon), remark)
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
    known = (lexicon.facts.get(key) for key in _keys(row))
    return "\n".join(str(fact) for fact in known if fact)


def _keys(row: Row) -> list[Key]:
    """List the figures that a contradiction is made of."""
    year, code = row["year"], row["left"]
    if row["right"] == FORWARDS:
        return [(code, year), (code, year - 1)]
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
    places = {relations.key(row): line for line, row in facts.lines(table)}
    for row in records(checked[checked["reason"] == audit.DIVISION]):
        line = places[relations.key(row)]
        yield lexicon.say("undivided", line=line, formula=_formula(row), year=row["year"])

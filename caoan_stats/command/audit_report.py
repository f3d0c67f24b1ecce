"""What `check` and `import` print of figures: contradictions, questions and revisions."""

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import inf

import pandas as pd
from rich.console import Console
from rich.table import Column, Table

from caoan_stats import labels
from caoan_stats.command.lexicon import Lexicon, make_lexicon, numbered_rows
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import say
from caoan_stats.concepts.facts import (
    CHANGE,
    DIRECTION,
    FACTS,
    PCT_CHANGE,
    PCT_OF_PLAN,
    PREVIOUS,
    numbers,
)
from caoan_stats.display import audit_tables
from caoan_stats.relations import audit, derive, formulas, jumps
from caoan_stats.relations.figures import Key
from caoan_stats.relations.filling import base_key
from caoan_stats.relations.jumps import Jump
from caoan_stats.relations.relation import AT_MOST, relation_key

LOG_WIDTH = 160  # characters of a line where the output is not a terminal
TABLE_WIDTH = 140  # characters that a terminal needs for a table of contradictions
AUDIT_KEY = ("left", "operator", "right", "year")
ANSWER = (*AUDIT_KEY, "reason")  # columns of `acknowledged.csv`
_COMPARISONS = {fact.value or code: code for code, fact in FACTS.items() if fact.base}

Tables = Mapping[str, pd.DataFrame]
Layout = Callable[[Sequence[tuple[str, ...]], Sequence[str]], Table]  # of cells and headings


def print_audit(
    tables: Tables, derived: Tables, language: str, columns: Sequence[str] = ANSWER
) -> int:
    """Print revisions, open questions and the audit; return the number of new contradictions.

    `tables` are raw tables, `derived` those of `derive.derive`; `columns` is the header of
    `acknowledged.csv`.
    """
    lexicon = make_lexicon(tables, derived, language, columns=columns)
    earlier = earlier_contradictions(tables, derived)
    seen = [row for _, rows in earlier for row in rows]
    print_parts(
        lambda layout: (
            *revised(revisions(tables, derived), lexicon),
            *questions(jumps.open_jumps({**tables, **derived}), lexicon),
            *_earlier(tables, earlier, lexicon, layout),
            *contradictions({**tables, **derived}, derived["audit"], lexicon, layout, earlier=seen),
        )
    )
    new = [row for row in seen if not row["acknowledged"]]
    return len(unacknowledged(derived["audit"])) + len(new)


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


def _earlier(
    tables: Tables,
    earlier: Iterable[tuple[Tables, Sequence[Row]]],
    lexicon: Lexicon,
    layout: Layout,
) -> Iterator[Table | str]:
    """Yield the contradictions of `earlier_contradictions` that nobody has acknowledged."""
    columns = lexicon.say("contradiction_columns").split("|")
    for view, rows in earlier:
        if new := [row for row in rows if not row["acknowledged"]]:
            own = make_lexicon(tables, view, lexicon.language, columns=lexicon.columns)
            yield own.say("earlier_contradictions", year=new[0]["year"], count=len(new))
            cells = [(*_cells(row, own), _evidence(row, own)) for row in new]
            yield layout(cells, [*columns, own.say("evidence")])
            yield from _suggested(new, own)


def print_parts(make_parts: Callable[[Layout], Iterable[Table | str]]) -> None:
    """Print the parts of a report, in the width of the terminal.

    `make_parts` returns them for the layout of tables that fits the width.
    """
    console = Console(emoji=False, markup=False, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = LOG_WIDTH
    for part in make_parts(_stacked if console.width < TABLE_WIDTH else _side_by_side):
        console.print(part, soft_wrap=isinstance(part, str))


def unacknowledged(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the contradictions in the derived table `audit` that nobody has acknowledged."""
    return checked[(checked["status"] == "broken") & (checked["acknowledged"] == "")]


def audit_keys(checked: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    """Return the primary key of each row of the derived table `audit`: relation and year."""
    return list(checked[[*AUDIT_KEY]].itertuples(index=False, name=None))


def revisions(tables: Tables, derived: Tables) -> list[Row]:
    """Return the values that a newer document corrects, a row for each document."""
    return derive.revisions({**tables, **derived})


def revised(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """Yield the number of revised figures, then each with the value of every document."""
    groups = [[*group] for _, group in groupby(rows, lambda row: (row["indicator"], row["year"]))]
    if groups:
        yield lexicon.say("revised_figures", count=len(groups))
    for group in groups:
        code, year = group[0]["indicator"], group[0]["year"]
        amounts = [f"{lexicon.figure(row)} ({row['source']}, {row['date']})" for row in group]
        label = lexicon.indicators[code]
        yield lexicon.say("revised_figure", year=year, label=label, amounts="; ".join(amounts))


def questions(open_jumps: Sequence[Jump], lexicon: Lexicon) -> Iterator[str]:
    """Yield the number of open questions, each of them, and the lines that answer them."""
    if not open_jumps:
        return
    yield lexicon.say("open_questions", count=len(open_jumps))
    for jump in open_jumps:
        if jump.right == jumps.OF_PLAN:
            found = lexicon.facts[f"{jump.indicator}.{PCT_OF_PLAN}", jump.year]
            yield lexicon.say(
                "far_share", place=found.place, figure=f"{found.label}: {found.amount}"
            )
            continue
        yield lexicon.say(
            "jump",
            place=_place(jump, lexicon),
            label=lexicon.indicators[jump.indicator],
            value=lexicon.facts[jump.indicator, jump.year].amount,
            previous=lexicon.facts[jump.indicator, jump.year - 1].amount,
            times=lexicon.number(round(jump.times, 1)),
        )
    rows = [{**each.row, **lexicon.catalogue[each.indicator]} for each in open_jumps]
    yield from _suggested(rows, lexicon)


def _place(jump: Jump, lexicon: Lexicon) -> str:
    """Return where the figure of a question is stated, or else a fact from which it follows."""
    names = [jump.indicator, *(f"{jump.indicator}.{fact}" for fact in numbers())]
    facts = [lexicon.facts.get((name, jump.year)) for name in names]
    return next(fact.place for fact in facts if fact and fact.is_stated)


def contradictions(
    tables: Tables,
    checked: pd.DataFrame,
    lexicon: Lexicon,
    layout: Layout,
    *,
    earlier: Iterable[Row] = (),
) -> Iterator[Table | str]:
    """Yield contradictions, stale acknowledgements and counts; `checked` are rows of the audit.

    `tables` are raw and derived tables. What acknowledges an `earlier` contradiction, which later
    documents resolve, is not stale.
    """
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
        yield from _suggested(new, lexicon)
    asked = [{**jump.row, "status": "broken"} for jump in jumps.find_jumps(tables)]
    live = [*records(tables["audit"]), *asked, *earlier]
    for line, row in numbered_rows(tables["acknowledged"]):
        if audit.stale_rows([row], live):
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
    stated = [lexicon.facts.get((name, row["year"])) for name in formulas.parse(row["left"]).names]
    places = [fact.place for fact in stated if fact]
    shows_label = say(lexicon.language, "format", "relation") == "label"
    left, right, gap = _sides(row, lexicon)
    return (
        str(row["year"]),
        row["label"] if shows_label else _formula(row),
        "\n".join([left, *places]),
        right,
        gap,
        row["sections"],
    )


def _sides(row: Row, lexicon: Lexicon) -> tuple[str, str, str]:
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
        _gap(row["stated"] - computed, row["unit"], lexicon),
    )


def _gap(value: labels.Number, unit: str, lexicon: Lexicon) -> str:
    return f"{labels.signed(value, lexicon.language)} {lexicon.change_unit(unit)}"


def _formula(row: Row) -> str:
    return f"{row['left']} {row['operator']} {row['right']}"


def _evidence(row: Row, lexicon: Lexicon) -> str:
    """Return the figures of a contradiction, one per line; with the year if it differs."""
    lines = []
    for name, year in _keys(row):
        if found := lexicon.facts.get((name, year)):
            lines.append(str(found) if year == row["year"] else f"{year}: {found}")
    return "\n".join(lines)


def _keys(row: Row) -> list[Key]:
    """Return the keys of the figures that a row of the audit compares."""
    code, year = row["left"], row["year"]
    if fact := _COMPARISONS.get(row["right"]):
        changes = [each for each, spec in FACTS.items() if spec.base == PREVIOUS]
        names = [f"{code}.{each}" for each in (changes if fact == DIRECTION else [fact])]
        return [(code, year), *((name, year) for name in names), base_key(code, year, fact)]
    names = [*formulas.parse(code).names, *formulas.parse(row["right"]).names]
    return [(name, year) for name in dict.fromkeys(names)]


def _suggested(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """Yield lines of `acknowledged.csv` with a placeholder for the reason, and what to do.

    A row that acknowledges another gap is named, as its line has to be replaced.
    """
    if lexicon.columns:
        for row in rows:
            if old := lexicon.acknowledged.get((*relation_key(row), row["year"])):
                gap = _gap(old["gap"], row["unit"], lexicon)
                yield lexicon.say("other_gap", **{**old, "gap": gap})
        text, reason = io.StringIO(), lexicon.say("your_reason")
        answers = [jumps.answer(row, reason) for row in rows]
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([answer.get(name, "") for name in lexicon.columns] for answer in answers)
        yield lexicon.say("how_to_acknowledge")
        yield text.getvalue().rstrip()


def _undivided(checked: pd.DataFrame, relations: pd.DataFrame, lexicon: Lexicon) -> Iterator[str]:
    """Yield a sentence for each relation and year with a division by zero."""
    lines = {relation_key(row): line for line, row in numbered_rows(relations)}
    for row in records(checked[checked["reason"] == audit.DIVISION]):
        line = lines[relation_key(row)]
        yield lexicon.say("undivided", line=line, formula=_formula(row), year=row["year"])

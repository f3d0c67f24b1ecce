"""What `check` and `import` print of figures: contradictions, questions and revisions."""

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pandas as pd
from rich.console import Console
from rich.table import Column, Table

from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import (
    numbers,
)
from caoan_stats.display.contradictions import (
    AUDIT_KEY,
    earlier_contradictions,
    evidence,
    formula,
    gap_words,
    question,
    relation_words,
    revision_words,
    sides,
    unacknowledged,
)
from caoan_stats.display.lexicon import Lexicon, make_lexicon, numbered_rows
from caoan_stats.relations import audit, derive, formulas, jumps
from caoan_stats.relations.jumps import Jump
from caoan_stats.relations.relation import relation_key

LOG_WIDTH = 160  # characters of a line where the output is not a terminal
TABLE_WIDTH = 140  # characters that a terminal needs for a table of contradictions
ANSWER = (*AUDIT_KEY, "reason")  # columns of `acknowledged.csv`

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
            *contradictions({**tables, **derived}, lexicon, layout, earlier=seen),
        )
    )
    new = [row for row in seen if not row["acknowledged"]]
    return len(unacknowledged(derived["audit"])) + len(new)


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
            cells = [(*_cells(row, own), evidence(row, own)) for row in new]
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


def revisions(tables: Tables, derived: Tables) -> list[Row]:
    """Return the values that a newer document corrects, a row for each document."""
    return derive.revisions({**tables, **derived})


def revised(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """Yield the number of revised figures, then each with the value of every document."""
    if figures := [*revision_words(rows, lexicon)]:
        yield lexicon.say("revised_figures", count=len(figures))
        yield from figures


def questions(open_jumps: Sequence[Jump], lexicon: Lexicon) -> Iterator[str]:
    """Yield the number of open questions, each of them, and the lines that answer them."""
    if not open_jumps:
        return
    yield lexicon.say("open_questions", count=len(open_jumps))
    for jump in open_jumps:
        what, why, remedy = question(jump, lexicon)
        place = _place(jump, lexicon)
        yield lexicon.say("asked", place=place, what=what, why=why, remedy=remedy)
    rows = [{**each.row, **lexicon.catalogue[each.indicator]} for each in open_jumps]
    yield from _suggested(rows, lexicon)


def _place(jump: Jump, lexicon: Lexicon) -> str:
    """Return where the figure of a question is stated, or else a fact from which it follows."""
    names = [jump.indicator, *(f"{jump.indicator}.{fact}" for fact in numbers())]
    facts = [lexicon.facts.get((name, jump.year)) for name in names]
    return next(fact.place for fact in facts if fact and fact.is_stated)


def contradictions(
    tables: Tables, lexicon: Lexicon, layout: Layout, *, earlier: Iterable[Row]
) -> Iterator[Table | str]:
    """Yield contradictions, stale acknowledgements and counts.

    `tables` are raw and derived tables. What acknowledges an `earlier` contradiction, which later
    documents resolve, is not stale.
    """
    checked = tables["audit"]
    broken, new = records(checked[checked["status"] == "broken"]), records(unacknowledged(checked))
    acknowledged = [row for row in broken if row["acknowledged"]]
    columns = lexicon.say("contradiction_columns").split("|")
    if acknowledged:
        yield lexicon.say("acknowledged_contradictions", count=len(acknowledged))
        cells = [(*_cells(row, lexicon), row["acknowledged"]) for row in acknowledged]
        yield layout(cells, [*columns, lexicon.say("reason")])
    if new:
        yield lexicon.say("new_contradictions", count=len(new))
        cells = [(*_cells(row, lexicon), evidence(row, lexicon)) for row in new]
        yield layout(cells, [*columns, lexicon.say("evidence")])
        yield from _suggested(new, lexicon)
    asked = [{**jump.row, "status": "broken"} for jump in jumps.find_jumps(tables)]
    live = [*records(checked), *asked, *earlier]
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
    left, right, gap = sides(row, lexicon)
    return (
        str(row["year"]),
        relation_words(row, lexicon),
        "\n".join([left, *places]),
        right,
        gap,
        row["sections"],
    )


def _suggested(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[str]:
    """Yield lines of `acknowledged.csv` with a placeholder for the reason, and what to do.

    A row that acknowledges another gap is named, as its line has to be replaced.
    """
    if lexicon.columns:
        for row in rows:
            if old := lexicon.acknowledged.get((*relation_key(row), row["year"])):
                gap = gap_words(old["gap"], row["unit"], lexicon)
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
        yield lexicon.say("undivided", line=line, formula=formula(row), year=row["year"])

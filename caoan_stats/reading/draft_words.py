"""What a draft says of a statement: its place in the report, its words, and why it is unsure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats.common.frames import Row
from caoan_stats.common.words import PAGES, catalogue, phrase
from caoan_stats.concepts.comparisons import DIRECTIONS
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.display.target_words import target_words
from caoan_stats.documents.document import Line
from caoan_stats.forms.as_typed import text_of
from caoan_stats.forms.measure import Measure
from caoan_stats.reading.persons import masked
from caoan_stats.reading.statement import Statement

_PLAIN = (".txt", ".pdf")  # formats that have lines; others have paragraphs
NUMBERS = ("value", "change", "pct_change", "pct_of_plan")


@dataclass(frozen=True)
class Told:
    """A statement, and the file that has it."""

    statement: Statement
    file: str


def place_of(told: Told) -> str:
    """Return where a statement is, with its section."""
    return place(told.statement.line, told.file, told.statement.section)


def place(line: Line, file: str, section: str = "") -> str:
    """Return where a line is, as a person finds it.

    >>> place(Line("…", 12, page=3), "bao-cao.pdf", "I.B.1")
    'I.B.1, trang 3, dòng 12, bao-cao.pdf'
    """
    key = "line" if file.lower().endswith(_PLAIN) else "paragraph"
    if line.table:
        key = "table_row"
    page = phrase("draft.page", page=line.page) if line.page else ""
    number = phrase(f"draft.{key}", line=line.number, table=line.table)
    return ", ".join(filter(None, (section, page, number, file)))


def reading_words(statement: Statement, measure: Measure | None) -> str:
    """Return what was read, with its unit, as a clerk would type it."""
    trend = [DIRECTIONS[statement.direction][0]] if statement.direction else []
    if not measure:
        return "".join(trend)
    qualifier = QUALIFIERS[statement.qualifier].word if statement.qualifier else ""
    facts = [(fact, getattr(statement, fact)) for fact in NUMBERS]
    texts = [text_of(number, measure, fact) for fact, number in facts if number]
    lower, upper = (Decimal(each or "nan") for each in (statement.lower, statement.upper))
    closed = statement.closed or "both"
    aim = [target_words(lower, upper, closed, statement.of, measure.unit)] if statement.of else []
    return f"{qualifier} {'; '.join([*texts, *aim] or trend)}".strip()


def words_of(statements: Sequence[Statement], doubts: Sequence[str], labels: Sequence[str]) -> str:
    """Return the words beside a row: the quotes, before them why it is unsure."""
    quotes = dict.fromkeys(masked(each.quote) for each in statements if each.quote)
    also = [phrase("draft.also_known", labels="; ".join(labels))] if labels else []
    said = [phrase("draft.doubt", doubt=each) for each in dict.fromkeys(doubts)]
    return "\n".join((*said, *also, *quotes))


def doubt_words(statement: Statement) -> str:
    """Return why a statement is unsure, in words; empty for a certain one."""
    if statement.certainty == "certain":
        return ""
    known: Mapping[str, str] = catalogue(PAGES)["doubt"]
    return phrase(f"doubt.{statement.doubt if statement.doubt in known else 'unsure'}")


def other_labels(statements: Sequence[Statement], known: Mapping[str, Row]) -> list[str]:
    """Return the labels of other indicators that statements may be of."""
    codes = dict.fromkeys(code for each in statements for code in each.others if code in known)
    return [str(known[code]["label"]) for code in codes]

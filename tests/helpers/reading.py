"""Sentences of a report, and what is read in them as short strings."""

from collections.abc import Callable

from caoan_stats.documents.document import Document, Line
from caoan_stats.reading.catalogue import Catalogue
from caoan_stats.reading.report import read_document
from caoan_stats.reading.statement import Reading, Statement

Read = Callable[..., list[str]]
NUMBERS = ("value", "change", "pct_change", "pct_of_plan", "lower", "upper")


def document_of(text: str) -> Document:
    """Return a text as a document with wrapped lines."""
    lines = tuple(Line(line, number) for number, line in enumerate(text.splitlines(), 1))
    return Document("report.txt", lines, is_wrapped=True)


def reading_of(text: str, known: Catalogue, year: int = 2024) -> Reading:
    """Return what a report of a year states."""
    return read_document(document_of(text), known, year)


def short(each: Statement) -> str:
    """Return a statement as `pigs 2024 value=350 change=40 up almost`; a doubt ends it.

    An aim that bounds no value has its fact, and one without `closed` ends has `open`.
    """
    numbers = [f"{name}={number}" for name in NUMBERS if (number := getattr(each, name))]
    bounded = {"": "", "value": "aim"}.get(each.of, f"aim of {each.of}")
    is_open = "open" if each.closed == "neither" else ""
    doubt = f"? {each.doubt}".strip() if each.certainty == "unsure" else ""
    words = (bounded, is_open, each.direction, each.qualifier, doubt)
    return " ".join([each.indicator, str(each.year), *numbers, *filter(None, words)])

"""What a Word document says: its text by section, as a reader finds it without the program."""

import re
from io import BytesIO

from docx import Document
from docx.document import Document as Word

from caoan_stats.writing.letterhead import BRACKETS

NUMBER = re.compile(r"((?:\d+\.)+|[IVX]+\.|[A-Z]\.) ")


def opened(content: bytes) -> Word:
    return Document(BytesIO(content))


def lines_by_section(document: Word) -> dict[str, list[str]]:
    """Return the lines of text of each section; a section is the last number of each level."""
    found: dict[str, list[str]] = {}
    path: list[str] = []
    for paragraph in document.paragraphs:
        text, name = paragraph.text, paragraph.style.name
        if name.startswith("Heading") or NUMBER.match(text):
            path = _path(path, text, int(name[-1]) if name.startswith("Heading") else 0)
        found.setdefault(".".join(path), []).append(NUMBER.sub("", text, count=1))
    return found


def brackets(document: Word) -> list[str]:
    """Return what is highlighted, in the text and in its tables."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    assert all(BRACKETS.fullmatch(run.text) for run in runs if run.font.highlight_color)
    return [run.text for run in runs if run.font.highlight_color]


def _path(path: list[str], text: str, level: int) -> list[str]:
    if text.startswith("Phần "):
        return [text.split()[1]]
    found = NUMBER.match(text)
    number = found[1].rstrip(".").split(".") if found else ["DGC"]
    first = next((at for at, each in enumerate(path) if each.isdigit()), len(path))
    depth = level - 1 if level else first + len(number) - 1
    return [*path[:depth], number[-1]]

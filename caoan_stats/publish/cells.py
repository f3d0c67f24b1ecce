"""The cells of an executed notebook, turned into the HTML of a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from caoan_stats.display.markup import slug
from caoan_stats.publish import content, markdown, maths
from caoan_stats.publish.pictures import FROM_FILE, Finding
from caoan_stats.publish.remarks import LOGGED, Remark
from caoan_stats.publish.sections import PAGE_ONLY
from caoan_stats.publish.site import Heading

MAIN_ANCHOR = "noi-dung"  # id of the `main` element, which no heading may have
SHORT = 60  # characters of a name or of a line in a remark
_HEADING = re.compile(r"<!--.*?-->|<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_NESTED = re.compile(r'<sup class="footnote-ref".*?</sup>|</?a\b[^>]*>|\sid="[^"]*"')  # in a link
_ID = re.compile(r"""\bid=["']?([^\s"'>]+)""")


@dataclass
class Converted:
    """What a page shows around its cells, and what there is to say of them."""

    title: str = ""  # the heading of the page, as HTML
    headings: list[Heading] = field(default_factory=list)  # the others
    remarks: list[Remark] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # of its pictures, also of missing ones


def convert_cells(notebook: NotebookNode, folder: Path) -> Converted:
    """Turn the cells of a notebook into HTML, each markdown cell and each `html` of an output.

    `folder` is that of the notebook. The heading that is the title is taken out, and each other
    heading of the first level becomes one of the second.
    """
    made = Converted()
    for number, cell in _numbered(notebook):
        line = next(filter(str.strip, cell.source.splitlines()), "")
        convert = {"markdown": _convert_markdown, "code": _convert_outputs}.get(cell.cell_type)
        if convert:
            findings = convert(cell, number, folder, made)
        else:
            cell.source, findings = content.of_html(cell.source, folder)
        made.files += [what for kind, what in findings if kind == FROM_FILE]
        told = [each for each in findings if each[0] != FROM_FILE]
        made.remarks += [_remark(*finding, number, line) for finding in told]
    return made


def _numbered(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield each cell with its number in the file; an injected cell has the one before it."""
    number = 0
    for cell in notebook.cells:
        number += "injected-parameters" not in cell.metadata.get("tags", ())
        yield number, cell


def _convert_markdown(
    cell: NotebookNode, number: int, folder: Path, made: Converted
) -> list[Finding]:
    attachments, of_title = cell.get("attachments", {}), list[Finding]()
    html = markdown.html_of(cell.source, str(number))
    if not made.title and (title := markdown.find_title(html)):
        made.title, of_title = content.of_html(title[1], folder, attachments)
        html = html[: title.start()] + html[title.end() :]
    html, findings = content.of_html(html, folder, attachments)
    html = _anchored(html, made.headings)
    if PAGE_ONLY in cell.metadata.get("tags", ()):
        html = html.replace("<h2 ", f'<h2 class="{PAGE_ONLY}" ')
    cell.source = html
    return [*of_title, *findings]


def _convert_outputs(
    cell: NotebookNode, number: int, folder: Path, made: Converted
) -> list[Finding]:
    findings = []
    for place, output in enumerate(cell.outputs):
        output.html, found = content.of_output(output, folder, f"{number}-{place}")
        if content.is_markdown(output):
            output.html = _anchored(output.html, made.headings)
        findings += found
    cell.outputs = [output for output in cell.outputs if output.html]
    return findings


def _anchored(html: str, headings: list[Heading]) -> str:
    """Return HTML whose headings have unique anchors, and append these headings to a list."""

    def anchored(found: re.Match[str]) -> str:
        level, attributes, inner = found.groups()
        if not level:  # a comment
            return found[0]
        if not inner.strip():
            return ""
        own = _ID.search(attributes)
        anchor = own[1] if own else _free_anchor(maths.spelled(inner), headings)
        headings.append(Heading(int(level), _NESTED.sub("", inner), anchor))
        given = attributes if own else f' id="{anchor}"{attributes}'
        return f"<h{level}{given}>{inner}</h{level}>"

    return _HEADING.sub(anchored, html)


def _free_anchor(words: str, headings: Sequence[Heading]) -> str:
    name = slug(words) or "muc"
    taken = {MAIN_ANCHOR, *(heading.anchor for heading in headings)}
    anchors = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in anchors if each not in taken)


def _remark(kind: str, what: str, number: int, line: str) -> Remark:
    what = what if kind == LOGGED else _shorten(what)
    return Remark(kind, what, number, _shorten(line))


def _shorten(text: str) -> str:
    """Return a text in one short line."""
    joined = " ".join(text.split())
    return joined if len(joined) <= SHORT else f"{joined[: SHORT - 1]}…"

"""What a cell shows, as HTML that needs no other file, no network and no script.

What a page cannot show is a line on it, and a finding: the kind and the name of a remark.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import escape

from caoan_stats.common.words import DEFAULT, phrase
from caoan_stats.publish import markdown, maths
from caoan_stats.publish.pictures import (
    FROM_FILE,
    Attachments,
    Finding,
    attributes,
    described,
    embedded,
    is_large,
)
from caoan_stats.publish.remarks import LOGGED, Remark

LONGEST, LINES = 50_000, 500  # characters and lines of an output as text
PICTURES = [f"image/{kind}" for kind in ("svg+xml", "png", "jpeg", "gif", "webp", "avif", "bmp")]
_INSIDE = r"(?:(?:[^\"'>]|\"[^\"]*\"|'[^']*')*|[^>]*)"  # a tag, also one with a lone quote
_PART = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(?P<lost>script|iframe|frame|video|audio|object|embed|canvas|applet)\b{_INSIDE}>(?:.*?</(?P=lost)\s*>)?"
    rf"|<(?P<picture>img|image)\b{_INSIDE}>"
    rf"|<(?:link|meta|base|source)\b{_INSIDE}>"
    rf"|<a\b[^<>]*href=\"attachment:(?P<attachment>[^<\"]*)\"[^<>]*>(?P<words>.*?)</a>"
    r"|<code class=\"latex\">(?P<latex>.*?)</code>"
    r"|<(?P<drawing>pre|div)\b[^<>]*class=[\"']?mermaid\b[^<>]*>(?P<mermaid>.*?)</(?P=drawing)>",
    re.DOTALL | re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"plotly|altair|vega|bokeh|folium|leaflet|echarts|highcharts|datatables", re.I
)
_KNOWN_AS = {
    "vega": "altair", "vegalite": "altair", "leaflet": "folium", "bokehjs": "bokeh",
    "widget-view": "widget", "geo": "geojson",
}  # fmt: skip
_SILENT = {"undescribed", FROM_FILE}  # kinds of findings without a line on the page
_HIDES = {"unshown", "remote", "formula"}  # kinds of findings for which another form is tried
_MEDIA_TYPE = re.compile(r"\w+/(?:x-)?(?:vnd\.)?(?:jupyter\.)?([\w-]+)")
_SHOWN = {"text/plain", "text/html", "text/markdown", "text/latex", "application/json", *PICTURES}
_NO_TEXT = re.compile(r"<style\b.*?</style>|<(?!img|svg|table|hr|math|pre)[^>]*>", re.DOTALL)
_REPR = re.compile(r"\s*(?:<.*>|[\w.]+\(.*\))\s*", re.DOTALL)  # of an object without a text
_BAR = re.compile(  # of tqdm
    r"^[^|\n]*%\|[^|\n]*\| \S+ \[(?:\d+:)+.*\][^\S\n]*\n?|^[^\[\n]*\dit \[(?:\d+:)+.*\]\n?",
    re.MULTILINE,
)
_OVERWRITTEN = re.compile(r"[^\n]*\r(?=[^\n])")
_CONTROL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])|[\x00-\x08\x0b-\x1f\x7f]"
)

_H1 = re.compile(r"(</?h)1\b", re.IGNORECASE)
_TABLE = re.compile(r"<table(?![^>]*role=)[^>]*>.*?</table>", re.DOTALL)  # not one of ours
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)


def of_html(
    html: str, folder: Path, attachments: Attachments | None = None, library: str = ""
) -> tuple[str, list[Finding]]:
    """Return HTML with its pictures in it, and lines for what a page cannot show.

    `library` is the name of what draws it, if that is known.
    """
    findings: list[Finding] = []
    at_end: list[str] = []

    def replaced(part: re.Match[str]) -> str:
        if part["lost"]:
            named = _LIBRARY.search(html)
            what = _known_as(named[0]) if named else library or _lost_name(part)
            written, found = "", [("unshown", what)]
        else:
            written, found = _replaced(part, folder, attachments or {})
        new = [each for each in found if each not in findings]
        findings.extend(new)
        lines = "".join(line(*each) for each in new if each[0] not in _SILENT)
        if part["lost"] == "script" or part["picture"] == "image":  # it may be within a drawing
            at_end.append(lines)
            return written
        return written + lines

    written = _PART.sub(replaced, _H1.sub(r"\g<1>2", html))
    return _with_scrolling_tables(written) + "".join(at_end), findings


def line(kind: str, what: str) -> str:
    """Return a line for what a page does not show."""
    return f'<span class="unshown">({escape(Remark(kind, what).words(DEFAULT))})</span>'


def of_output(
    output: Mapping[str, Any], folder: Path, footnotes: str = ""
) -> tuple[str, list[Finding]]:
    """Return an output of a code cell as HTML, and its findings."""
    match output["output_type"], output.get("name"):
        case "stream", "stdout":
            return _of_text(output["text"])
        case "stream", _:
            return "", [(LOGGED, _CONTROL.sub("", output["text"]))]
        case "error", _:
            trace = output["traceback"] or [f"{output['ename']}: {output['evalue']}"]
            html, findings = _of_text(trace[-1])  # the others name files of this machine
            return html, [*findings, (LOGGED, _CONTROL.sub("", "\n".join(trace)))]
    return _of_data(output["data"], output.get("metadata", {}), folder, footnotes)


def is_markdown(output: Mapping[str, Any]) -> bool:
    """Return whether markdown is the best form of an output."""
    return {"text/html", "text/markdown"} & {*output.get("data", ())} == {"text/markdown"}


def _of_data(
    data: Mapping[str, Any], metadata: Mapping[str, Any], folder: Path, footnotes: str
) -> tuple[str, list[Finding]]:
    """Return the first form that a page can show whole, else the first that it shows in part."""
    others = dict.fromkeys(_media_name(each) for each in data if each not in _SHOWN)
    if len(others) > 1:
        others.pop("javascript", None)  # the other says what it draws
    partly = []
    for html, findings in _forms(data, metadata, folder, footnotes, "".join([*others][:1])):
        if not _HIDES & {kind for kind, _ in findings} and _NO_TEXT.sub("", html).strip():
            return html, findings
        if findings:
            partly.append((html, findings))
    plain = str(data.get("text/plain", ""))
    if _BAR.match(plain) or not (others or partly):
        return _of_text("" if "text/html" in data else plain)
    if partly:
        return partly[0]
    found: list[Finding] = [("unshown", name) for name in others]
    text = ("", []) if _REPR.fullmatch(plain) else _of_text(plain)
    return "".join([*(line(*each) for each in found), text[0]]), [*found, *text[1]]


def _forms(
    data: Mapping[str, Any], metadata: Mapping[str, Any], folder: Path, footnotes: str, library: str
) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the forms of an output that a page can show, the best first."""
    if "text/html" in data:
        yield of_html(data["text/html"], folder, library=library)
    for kind in filter(data.__contains__, PICTURES):
        yield _of_picture(kind, data[kind], metadata.get(kind, metadata), folder)
    if "text/markdown" in data:
        yield of_html(markdown.html_of(data["text/markdown"], footnotes), folder)
    if "text/latex" in data:
        yield of_html(maths.latex_html(data["text/latex"]), folder)
    if "text/vnd.mermaid" in data:
        yield of_html(f'<pre class="mermaid">{escape(data["text/vnd.mermaid"])}</pre>', folder)
    if "application/json" in data:
        yield _of_text(json.dumps(data["application/json"], ensure_ascii=False, indent=1))


def _of_picture(
    kind: str, content: str, metadata: Mapping[str, Any], folder: Path
) -> tuple[str, list[Finding]]:
    if kind == "image/svg+xml":
        return of_html(content[max(content.find("<svg"), 0) :], folder)
    if is_large(len(content) * 3 // 4):
        return line("large", kind), [("large", kind)]
    alt, findings = described(str(metadata.get("alt", "")), kind)
    encoded = "".join(content.split())
    return f'<img alt="{escape(alt)}" src="data:{kind};base64,{encoded}">', findings


def _of_text(text: str) -> tuple[str, list[Finding]]:
    """Return a text as HTML, as a terminal shows it, without colours and progress bars."""
    shown = _CONTROL.sub("", _OVERWRITTEN.sub("", text.replace("\r\n", "\n")))
    findings: list[Finding] = [(LOGGED, bar) for bar in _BAR.findall(shown)]
    shown = _BAR.sub("", shown)
    if not shown.strip():
        return "", findings
    kept = "".join(shown[:LONGEST].splitlines(keepends=True)[:LINES])
    if rest := len(shown) - len(kept):
        findings.append(("cut", str(rest)))
    lines = "".join(line(*each) for each in findings if each[0] == "cut")
    return f'<pre tabindex="0">{escape(kept)}</pre>{lines}', findings


def _replaced(
    part: re.Match[str], folder: Path, attachments: Attachments
) -> tuple[str, list[Finding]]:
    """Return what a part of HTML becomes, and its findings."""
    if part["picture"]:
        return embedded(part[0], folder, attachments)
    if part["attachment"]:
        return part["words"], [("unshown", unquote(part["attachment"]))]
    if part["latex"]:
        return "", [("formula", unescape(part["latex"]))]
    if part["mermaid"]:
        code = f'<pre tabindex="0"><code>{part["mermaid"]}</code></pre>'
        folded = f"<details><summary>{phrase('site.code')}</summary>{code}</details>"
        return folded, [("unshown", "mermaid")]
    return part[0] if part[0].endswith("-->") else "", []


def _lost_name(part: re.Match[str]) -> str:
    """Return the name of an element that is not shown, with its address if it has a short one."""
    given = attributes(part[0].partition(">")[0])
    address = given.get("src") or given.get("data") or ""
    is_short = len(address) < 100 and not address.startswith("data:")
    return f"{part['lost'].lower()} {address if is_short else ''}".rstrip()


def _media_name(kind: str) -> str:
    """Return the common name of a media type.

    >>> _media_name("application/vnd.plotly.v1+json"), _media_name("application/pdf")
    ('plotly', 'pdf')
    """
    found = _MEDIA_TYPE.match(kind)
    return _known_as(found[1]) if found else kind


def _known_as(name: str) -> str:
    name = name.lower().removesuffix("_exec").removesuffix("_load")
    return _KNOWN_AS.get(name, name)


def _with_scrolling_tables(html: str) -> str:
    """Return HTML in which each table of others, as of pandas, can be scrolled sideways.

    Its header cells say what they head, and empty ones are ordinary cells.
    """
    start = f'<div class="scroll" role="group" aria-label="{phrase("frame.table")}" tabindex="0">'
    return _TABLE.sub(lambda table: f"{start}{_scoped(table[0])}</div>", html)


def _scoped(table: str) -> str:
    named = table.replace("<th></th>", "<td></td>")
    named = _HEAD.sub(lambda head: head[0].replace("<th>", '<th scope="col">'), named)
    return named.replace("<th>", '<th scope="row">')

"""The markdown of notebooks as HTML: one parser for pages, their titles and the index."""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from mistune import HTMLRenderer, Markdown, create_markdown

from caoan_stats.publish import maths

PLUGINS = ["table", "strikethrough", "url", "footnotes"]  # of mistune
_HEADING = re.compile(r"<!--.*?-->|<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL)
_IN_HTML = re.compile(  # what is no text, or a formula
    r"(?P<kept><(?P<quoted>pre|code|script|style)\b.*?</(?P=quoted)>|<!--.*?-->|<[^>]*>)"
    rf"|{maths.IN_MARKDOWN}",
    re.DOTALL,
)
_FOOTNOTE = re.compile(r'((?:id="|href="#)fn(?:ref)?-)(?=\d)')


def html_of(source: str, key: str = "") -> str:
    r"""Return a markdown cell as HTML; a key makes the anchors of its footnotes unique.

    Addresses of pictures and of attachments stay as they are. What cannot be shown has a class:
    `latex` for a formula, `mermaid` for a drawing.

    Examples
    --------
    >>> html_of("# *Lúa*\n1 < 2")
    '<h1><em>Lúa</em></h1>\n<p>1 &lt; 2</p>\n'
    """
    html, state = _parser().parse(source.removeprefix("\ufeff"))
    notes = state.env.get("ref_footnotes", {})
    used = state.env.get("footnotes", ())
    unused = [text for name, text in notes.items() if name not in used]
    rest = "".join(map(html_of, unused))
    return _FOOTNOTE.sub(rf"\g<1>{key}-", f"{html}{rest}")


def title_of(sources: Iterable[str]) -> str:
    r"""Return the title of a notebook from its markdown cells; empty if there is none.

    That is the text of the first heading of the first level.

    Examples
    --------
    >>> title_of(["Mở đầu", "\n**Nước** &amp; $m^2$\n==="])
    'Nước & m²'
    """
    for source in sources:
        if heading := find_title(html_of(source)):
            return maths.spelled(heading[1])
    return ""


def find_title(html: str) -> re.Match[str] | None:
    """Return the first heading of the first level in the HTML of a cell that has a text."""
    found = _HEADING.finditer(html)
    return next((each for each in found if maths.spelled(each[1] or "")), None)


@cache
def _parser() -> Markdown:
    parser = create_markdown(
        renderer=_Renderer(escape=False, allow_harmful_protocols=["attachment:"]), plugins=PLUGINS
    )
    parser.block.register("block_formula", maths.BLOCK, _parse_block, before="list")
    for rules in (parser.block.list_rules, parser.block.block_quote_rules):
        parser.block.insert_rule(rules, "block_formula", before="list")
    parser.inline.register("formula", maths.IN_MARKDOWN, _parse_inline, before="escape")
    return parser


def _parse_block(_block: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "formula", "raw": maths.found_formula(found, "block_")})
    return found.end()


def _parse_inline(_inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "formula", "raw": maths.found_formula(found)})
    return found.end()


class _Renderer(HTMLRenderer):
    """Renderer that leaves addresses of pictures as they are."""

    def formula(self, html: str) -> str:
        return html

    def block_html(self, html: str) -> str:
        written = super().block_html(html)
        return _IN_HTML.sub(lambda part: part["kept"] or maths.found_formula(part), written)

    def footnotes(self, text: str) -> str:
        return f'<ol class="footnotes">\n{text}</ol>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        titled = f' title="{escape(title)}"' if title else ""
        alt = " ".join(maths.spelled(text).split())
        return f'<img src="{escape(url)}" alt="{escape(alt)}"{titled}>'

    def block_code(self, code: str, info: str | None = None) -> str:
        if (info or "").strip("{} ").split()[:1] == ["mermaid"]:
            return f'<pre class="mermaid">{escape(code)}</pre>\n'
        return super().block_code(code, info)

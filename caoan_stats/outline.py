"""The outline of a notebook: its markdown as HTML, every heading with an anchor of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mistune import HTMLRenderer, create_markdown

from caoan_stats.markup import plain, slug

MAIN = "noi-dung"  # the anchor of all content
PLUGINS = ["table", "strikethrough", "url"]


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1 on, what it says as HTML, and its anchor."""

    level: int
    html: str
    anchor: str


def render(sources: Iterable[str]) -> tuple[list[str], list[Heading]]:
    r"""Turn markdown into HTML.

    Parameters
    ----------
    sources
        The markdown cells of a notebook, in order.

    Returns
    -------
    list of str
        The HTML of each.
    list of Heading
        The headings of all, in order.

    Examples
    --------
    >>> render(["## Kết quả", "## Kết quả"])[0][1]
    '<h2 id="ket-qua-2">Kết quả</h2>\n'
    """
    renderer = _Renderer(escape=False)
    markdown: Any = create_markdown(renderer=renderer, plugins=PLUGINS)
    return [markdown(source) for source in sources], renderer.headings


class _Renderer(HTMLRenderer):
    """Collects the headings that it writes."""

    def __init__(self, *, escape: bool) -> None:
        super().__init__(escape=escape)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        name = slug(plain(text)) or "muc"
        taken = {MAIN, *(heading.anchor for heading in self.headings)}
        anchors = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3)))
        anchor = next(each for each in anchors if each not in taken)
        self.headings.append(Heading(level, text, anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

"""Charts as inline SVG with real text, and a title on each mark, which a pointer shows.

Colours are attributes, which the style sheet of a page replaces (`[fill="#0072b2"]`) and a copy of
the chart keeps.
"""

import re
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from html import escape
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from matplotlib import RcParams, rc_context, rc_params_from_file, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from caoan_stats.display.marks import INK, TITLED
from caoan_stats.display.placing import place_labels

STYLE = Path(__file__).with_name("style.mplstyle")
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_POINTS = 72  # per inch; SVG is drawn in points
_MARGIN = 3  # points around the texts
_ANCHORS = {  # fraction of the box of a text at which the text is anchored
    "left": 0, "bottom": 0, "baseline": 0, "center": 0.5, "center_baseline": 0.5, "right": 1,
    "top": 1,
}  # fmt: skip
_NEEDLESS = (  # what matplotlib writes and inline SVG does not need
    re.compile(r"<!--.*?-->|<style.*?</style>|<defs>\s*</defs>", re.DOTALL),
    re.compile(
        r'font-size: 11px; | ?font-family: [^;"]*;?| transform="rotate\(-0 [^"]*"| version="1.1"'
    ),
    re.compile(r"(?<=>)\s+(?=<)"),
)
_EXTRA_SPACES = re.compile(r"(?<= )\s+|\s+(?=\")")
_ROOT = f'font-size="11" font-family="{FONTS}" stroke-linejoin="round"'
_STYLE, _PROPERTY = re.compile(r'style="([^"]*)"'), re.compile(r"\s*([\w-]+): ([^;]*);?")
# a style sheet does not reach into a copy of a marker, but into the element that copies it
_MARKER = re.compile(r'(<path id="m[^"]*" d="[^"]*" style=")stroke: #\w+;?')
_TITLED = re.compile(rf"<g id=(['\"]){TITLED}(.*?)\1>", re.DOTALL)
_TAG, _LONG_NUMBER = re.compile(r"<[^>]*>"), re.compile(r"\d+\.\d{3,}")
_ID = re.compile(r' id="([\w.-]+)"')
_TEXT = re.compile(r"(?<=>)[^<>]+(?=</t(?:ext|itle)>)")
_PLACEHOLDER = re.compile(r"(?<=>)\d+(?=</t(?:ext|itle)>)")


def draw_svg(draw: Callable[[Axes], Axes], height: float, description: str) -> str:
    """Return a chart as an `<svg>` element for HTML; the same bytes for the same chart.

    The parameters are those of `caoan_stats.display.blocks.chart`.
    """
    with rc_context(_style()), warnings.catch_warnings():
        # a glyph that no font of this machine has; the reader's browser may have it
        warnings.filterwarnings("ignore", "Glyph ", UserWarning)
        width = rcParams["figure.figsize"][0]
        figure = Figure(figsize=(width, height), dpi=_POINTS)
        ax = draw(figure.add_axes((0, 0, 1, 1)))
        buffer = StringIO()
        renderer: Any = RendererSVG(width * _POINTS, height * _POINTS, buffer, metadata=_METADATA)  # type: ignore[no-untyped-call]
        _fit_texts(ax, renderer)
        place_labels(ax, renderer)
        figure.draw(renderer)
        renderer.finalize()
    return _element(buffer.getvalue(), description)


def figure_svg(figure: Figure, description: str) -> str:
    """Return a figure drawn by others as an `<svg>` element in the colours of the page.

    Its black becomes the ink of the page, its white the paper; other colours stay. A figure of the
    default size gets that of our charts, so that its texts can be read on a phone.
    """
    buffer, is_default = StringIO(), has_default_size(figure)
    with rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph |.*(tight_layout|Tight layout)", UserWarning)
        if is_default:
            figure.set_size_inches(rcParams["figure.figsize"])
            if figure.get_layout_engine() is None:
                figure.tight_layout()
        figure.savefig(
            buffer, format="svg", metadata=_METADATA, facecolor="auto", bbox_inches="tight"
        )
    inked = _TAG.sub(lambda tag: tag[0].replace("#000000", INK), buffer.getvalue())
    element = _element(inked, description)
    return element.replace("<svg ", f'<svg fill="{INK}" ', 1)  # matplotlib omits black


def has_default_size(figure: Figure) -> bool:
    """Return whether nobody has chosen the size of a figure."""
    return tuple(figure.get_size_inches()) == tuple(rcParams["figure.figsize"])


def _element(text: str, description: str) -> str:
    """Return a drawing as an `<svg>` element that can stand in a page with others."""
    element = _TITLED.sub(r"<g><title>\2</title>", text[text.index("<svg") :])
    # numbers in place of the texts, so that nothing below can mistake a text for markup
    texts, numbers = _TEXT.findall(element), count()
    element = _TEXT.sub(lambda _: str(next(numbers)), element)
    element = _with_attributes(_MARKER.sub(r"\1", _shortened(element)))
    element = _with_unique_ids(element, f"{description}{text}")
    element = _PLACEHOLDER.sub(lambda place: texts[int(place[0])], element)
    start = f'<svg role="img" aria-label="{escape(description)}" {_ROOT} '
    return element.replace("<svg ", start, 1)


@cache
def _style() -> RcParams:
    return rc_params_from_file(STYLE, use_default_template=False)


def _fit_texts(ax: Axes, renderer: RendererSVG) -> None:
    """Shrink an Axes that fills its figure until every text is inside.

    Faster than the constrained layout of matplotlib, which draws the whole figure twice.
    """
    texts = [text for text in ax.texts if text.get_in_layout() and text.get_text()]
    boxes = [(text, text.get_window_extent(renderer)) for text in texts]
    horizontal = [(box.x0, box.x1, text.get_horizontalalignment()) for text, box in boxes]
    vertical = [(box.y0, box.y1, text.get_verticalalignment()) for text, box in boxes]
    left, right = _axes_limits(horizontal, renderer.width)
    low, high = _axes_limits(vertical, renderer.height)
    ax.set_position(Bbox([[left, low], [right, high]]))


def _axes_limits(spans: Iterable[tuple[float, float, str]], length: float) -> tuple[float, float]:
    """Return the limits of an Axes, in one dimension, within which every text is inside the figure.

    `spans` are the start, the end and the alignment of each text while the Axes fills the figure;
    they and `length`, that of the figure, are in points. The limits are fractions of the length:
    `low` is at most 0.45, `high` at least 0.55.

    A text anchored at the fraction `a` of the Axes is drawn at `low + a * (high - low)` and extends
    to both sides of that point. So it bounds `low` for a given `high`, and `high` for a given
    `low`; two rounds approximate the solution.
    """
    anchored = []
    for start, end, side in spans:
        point = min(max(start + _ANCHORS[side] * (end - start), 0), length)
        anchored.append((point / length, (point - start) / length, (end - point) / length))
    first, last = _MARGIN / length, 1 - _MARGIN / length
    low, high = first, last
    for _ in range(2):
        lows = [(first + before - at * high) / (1 - at) for at, before, _ in anchored if at < 1]
        low = min(max([first, *lows]), 0.45)
        highs = [(last - after - (1 - at) * low) / at for at, _, after in anchored if at > 0]
        high = max(min([last, *highs]), 0.55)
    return low, high


def _shortened(element: str) -> str:
    """Return an element without needless markup, its numbers rounded to 0.01 point."""
    for pattern in _NEEDLESS:
        element = pattern.sub("", element)

    def shorten(tag: re.Match[str]) -> str:
        short = _EXTRA_SPACES.sub("", tag[0])
        return _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}", short)

    return _TAG.sub(shorten, element.strip())


def _with_unique_ids(element: str, seed: str) -> str:
    """Return an element without unused ids, the others with a prefix that depends on the seed."""
    used = set(re.findall(r"#([\w-]+)", element))
    prefix = f"c{sha256(seed.encode()).hexdigest()[:6]}-"
    element = _ID.sub(lambda name: f' id="{prefix}{name[1]}"' if name[1] in used else "", element)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}", element)


def _with_attributes(element: str) -> str:
    """Return an element with an attribute for each property of a style.

    >>> _with_attributes('<path style="fill: none; stroke: #0072b2"/>')
    '<path fill="none" stroke="#0072b2"/>'
    """
    return _STYLE.sub(lambda style: _PROPERTY.sub(r' \1="\2"', style[1]).strip(), element)

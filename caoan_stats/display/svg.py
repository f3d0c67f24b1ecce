"""Pictures: a chart as inline SVG with real text, in the colours of the page that it stands in."""

import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from matplotlib import RcParams, rc_context, rc_params_from_file, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from caoan_stats.display.marks import BLUE, GREEN, INK, ORANGE, PAPER, QUIET, RED

STYLE = Path(__file__).with_name("style.mplstyle")
SHADES = {
    INK: "ink", PAPER: "paper", QUIET: "quiet", BLUE: "blue", RED: "red", GREEN: "green",
    ORANGE: "orange",
}  # fmt: skip
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_POINTS = 72  # in an inch; SVG is drawn in points
_EDGE = 3  # points that stay free around a picture
_ANCHOR = {  # where along its box a text is held
    "left": 0, "bottom": 0, "baseline": 0, "center": 0.5, "center_baseline": 0.5, "right": 1,
    "top": 1,
}  # fmt: skip
_NOISE = (  # what matplotlib writes and a picture inside a page does not need
    re.compile(r"<!--.*?-->|<style.*?</style>|<defs>\s*</defs>", re.DOTALL),
    re.compile(
        r'font-size: 11px; | ?font-family: [^;"]*;?| transform="rotate\(-0 [^"]*"| version="1.1"'
    ),
    re.compile(r"(?<=>)\s+(?=<)"),
)
_GAPS = re.compile(r"(?<= )\s+|\s+(?=\")")
_LOOK = f"background: var(--paper, {PAPER}); font: 11px {FONTS}; " + "; ".join(
    f"--c-{name}: var(--{name}, {colour})" for colour, name in SHADES.items()
)
_TAG, _LONG = re.compile(r"<[^>]*>"), re.compile(r"\d+\.\d{3,}")
_ID = re.compile(r' id="([\w.-]+)"')
_WORDS = re.compile(r"(?<=>)[^<>]+(?=</text>)")
_PLACE = re.compile(r"(?<=>)\d+(?=</text>)")


def draw_svg(draw: Callable[[Axes], Axes], height: float, description: str) -> str:
    """Make a picture of a chart, the same bytes for the same chart.

    Parameters
    ----------
    draw
        Draws on an Axes.
    height
        In inches; the width is that of the house style.
    description
        What the chart says, for those who do not see it.

    Returns
    -------
    str
        An `<svg>` element with real text, to stand inside HTML.
    """
    with rc_context(_style()), warnings.catch_warnings():
        # letters that no font of this machine has; the reader's has them, or shows a box
        warnings.filterwarnings("ignore", "Glyph ", UserWarning)
        width = rcParams["figure.figsize"][0]
        figure = Figure(figsize=(width, height), dpi=_POINTS)
        ax = draw(figure.add_axes((0, 0, 1, 1)))
        buffer = StringIO()
        renderer: Any = RendererSVG(width * _POINTS, height * _POINTS, buffer, metadata=_METADATA)  # type: ignore[no-untyped-call]
        _fit(ax, renderer)
        figure.draw(renderer)
        renderer.finalize()
    text = buffer.getvalue()
    drawn, words = _without_words(text[text.index("<svg") :])
    element = _coloured(_with_own_ids(_small(drawn), f"{description}{text}"))
    named = f'<svg role="img" aria-label="{escape(description)}" style="{_LOOK}" '
    return _with_words(element, words).replace("<svg ", named, 1)


def _without_words(element: str) -> tuple[str, Sequence[str]]:
    """Take out the words of a picture, so that nothing below can take them for markup."""
    words: list[str] = _WORDS.findall(element)
    places = iter(range(len(words)))
    return _WORDS.sub(lambda _: str(next(places)), element), words


def _with_words(element: str, words: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: words[int(place[0])], element)


@cache
def _style() -> RcParams:
    return rc_params_from_file(STYLE, use_default_template=False)


def _fit(ax: Axes, renderer: RendererSVG) -> None:
    """Shrink an Axes that fills its picture until every text is inside.

    The constrained layout of matplotlib does the same by drawing the whole picture once more.
    """
    texts = [text for text in ax.texts if text.get_in_layout() and text.get_text()]
    boxes = [(text, text.get_window_extent(renderer)) for text in texts]
    across = [(box.x0, box.x1, text.get_horizontalalignment()) for text, box in boxes]
    along = [(box.y0, box.y1, text.get_verticalalignment()) for text, box in boxes]
    left, right = _ends(across, renderer.width)
    low, high = _ends(along, renderer.height)
    ax.set_position(Bbox([[left, low], [right, high]]))


def _ends(spans: Iterable[tuple[float, float, str]], length: float) -> tuple[float, float]:
    """Give the ends of an Axes between which all texts are inside a picture, in one direction.

    Parameters
    ----------
    spans
        Where each text starts, ends and is held while the Axes fills the picture.
    length
        That of the picture.

    Returns
    -------
    tuple of float
        As shares of the length of the picture.
    """
    held = []
    for start, end, side in spans:
        point = min(max(start + _ANCHOR[side] * (end - start), 0), length)
        held.append((point / length, (point - start) / length, (end - point) / length))
    first, last = _EDGE / length, 1 - _EDGE / length
    low, high = first, last
    for _ in range(2):
        lows = [(first + before - at * high) / (1 - at) for at, before, _ in held if at < 1]
        low = min(max([first, *lows]), 0.45)
        highs = [(last - after - (1 - at) * low) / at for at, _, after in held if at > 0]
        high = max(min([last, *highs]), 0.55)
    return low, high


def _small(element: str) -> str:
    """Leave out what is not seen, and decimals below a hundredth of a point."""
    for noise in _NOISE:
        element = noise.sub("", element)
    return _TAG.sub(lambda tag: _LONG.sub(_short, _GAPS.sub("", tag[0])), element.strip())


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}"


def _with_own_ids(element: str, said: str) -> str:
    """Keep only ids that are referred to, and make them unlike those of any other picture."""
    used = set(re.findall(r"#([\w-]+)", element))
    own = f"c{sha256(said.encode()).hexdigest()[:6]}-"
    element = _ID.sub(lambda name: f' id="{own}{name[1]}"' if name[1] in used else "", element)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{own}", element)


def _coloured(element: str) -> str:
    """Let the page choose the shade of each colour."""
    for colour, name in SHADES.items():
        element = element.replace(f'fill="{colour}"', f'style="fill: {colour}"')
        element = re.sub(rf": {colour}\b", f": var(--c-{name})", element)
    return element

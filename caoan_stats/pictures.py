"""Pictures: a chart as inline SVG with real text, in the colours of the page that it stands in."""

import re
from collections.abc import Callable
from hashlib import sha256
from html import escape
from io import StringIO
from pathlib import Path

from matplotlib import rcParams, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caoan_stats.marks import BLUE, GREEN, INK, ORANGE, PAPER, QUIET, RED

STYLE = Path(__file__).with_name("style.mplstyle")
SHADES = {
    INK: "ink", PAPER: "paper", QUIET: "quiet", BLUE: "blue", RED: "red", GREEN: "green",
    ORANGE: "orange",
}  # fmt: skip
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
_METADATA = ("Creator", "Date", "Format", "Type")
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


def svg(draw: Callable[[Axes], Axes], height: float, description: str) -> str:
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
    with style.context(STYLE):
        width = rcParams["figure.figsize"][0]
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        buffer = StringIO()
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(_METADATA))
    text = buffer.getvalue()
    element = _coloured(_with_own_ids(_small(text[text.index("<svg") :]), description))
    named = f'<svg role="img" aria-label="{escape(description)}" style="{_LOOK}" '
    return element.replace("<svg ", named, 1)


def _small(element: str) -> str:
    """Leave out what is not seen, and decimals below a hundredth of a point."""
    for noise in _NOISE:
        element = noise.sub("", element)
    return _TAG.sub(lambda tag: _LONG.sub(_short, _GAPS.sub("", tag[0])), element.strip())


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}"


def _with_own_ids(element: str, description: str) -> str:
    """Keep only ids that are referred to, and make them unlike those of any other picture."""
    used = set(re.findall(r"#([\w-]+)", element))
    own = f"c{sha256(f'{description}{element}'.encode()).hexdigest()[:6]}-"
    element = _ID.sub(lambda name: f' id="{own}{name[1]}"' if name[1] in used else "", element)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{own}", element)


def _coloured(element: str) -> str:
    """Let the page choose the shade of each colour."""
    for colour, name in SHADES.items():
        element = element.replace(f'fill="{colour}"', f'style="fill: {colour}"')
        element = re.sub(rf": {colour}\b", f": var(--c-{name})", element)
    return element

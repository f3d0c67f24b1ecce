"""Pictures of a Word document: SVG of our charts becomes PNG, in the font that drew them."""

import re
import struct
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes
from zlib import crc32

import matplotlib
import resvg_py
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph

from caoan_stats.writing.elements import describe

DOTS = 200  # per inch, of a picture in print
PIXELS = 96  # per inch, of SVG and CSS
INCH = 0.0254  # metres
BESIDE = 24  # points beside our charts, whose texts may reach over their edge
FONT = "DejaVu Sans"  # has all Vietnamese letters; matplotlib comes with it
_SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt" viewBox="0 0 \1 \2"')
_SVG = "http://www.w3.org/2000/svg"


def png_of(svg: str) -> bytes:
    """Return an `<svg>` element as PNG on white.

    The fonts of the machine are not used, so that the same element gives the same bytes.
    """
    fonts = Path(matplotlib.get_data_path()) / "fonts/ttf"
    png: bytes = resvg_py.svg_to_bytes(
        svg_string=_prepared(svg),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(fonts / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")],
        font_family=FONT,
        sans_serif_family=FONT,
        serif_family=FONT,
        monospace_family=FONT,
        dpi=PIXELS,
        zoom=DOTS / PIXELS,
    )
    return with_density(png, DOTS)


def _prepared(svg: str) -> str:
    """Return SVG that declares its namespace; one as wide as its box has room on both sides."""
    if "xmlns=" not in svg.partition(">")[0]:
        svg = svg.replace("<svg", f'<svg xmlns="{_SVG}"', 1)

    def widened(size: re.Match[str]) -> str:
        width = float(size[1]) + 2 * BESIDE
        return f'width="{width:g}pt" height="{size[2]}pt" viewBox="{-BESIDE} 0 {width:g} {size[2]}"'

    return _SIZE.sub(widened, svg, count=1)


def with_density(png: bytes, dots: int) -> bytes:
    """Return a PNG that says how many dots it has per inch, right after its header."""
    chunk = b"pHYs" + struct.pack(">IIB", *[round(dots / INCH)] * 2, 1)
    start = png.index(b"IHDR") + 4 + 13 + 4  # the name, the content and the checksum
    size, checksum = struct.pack(">I", 9), struct.pack(">I", crc32(chunk))
    return png[:start] + size + chunk + checksum + png[start:]


def read_data_url(url: str) -> bytes:
    """Return the content of a `data:` URL.

    >>> read_data_url("data:text/plain;base64,YQ=="), read_data_url("data:,a%20b")
    (b'a', b'a b')
    """
    head, _, content = url.partition(",")
    return b64decode(content) if head.endswith(";base64") else unquote_to_bytes(content)


def add_picture(
    paragraph: Paragraph, content: bytes, description: str, number: int, width: float
) -> None:
    """Append a picture, at most `width` mm broad, with its alternative text.

    Raises `UnrecognizedImageError` if it is in a format that Word does not show.
    """
    run = paragraph.add_run()
    picture = run.add_picture(BytesIO(content))
    if picture.width > Mm(width):
        picture.height = Emu(round(picture.height * Mm(width) / picture.width))
        picture.width = Mm(width)
    describe(run, description, number)

"""What repeats on the pages of a PDF: page numbers, running headers and footers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from caoan_stats.documents.letters import clean
from caoan_stats.documents.pdf_layout import Block

_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*(\d{1,4})\s*(?:[/|]\s*\d{1,4})?[-–—\s]*", re.I)
_EDGE = 2  # lines at the top and at the bottom that may repeat
_LEAST_PAGES = 3  # on which a text repeats
_STEP = 12  # points within which it stands at the same place


def running_lines(pages: Sequence[Sequence[Block]]) -> list[set[int]]:
    """Return the places, from 0, of the lines of each page that repeat on most pages.

    They stand at the same height, and have the same text or the number of the page.
    """
    edges = [set(_edges(blocks)) for blocks in pages]
    offset = _offset(pages, edges)
    found = Counter(
        key
        for page, (blocks, places) in enumerate(zip(pages, edges, strict=True), 1)
        for key in {key for place in places for key in _keys(blocks[place], page)}
    )
    least = max(_LEAST_PAGES, len(pages) // 2 + 1)
    repeated = {key for key, count in found.items() if count >= least}
    return [
        {
            place
            for place in places
            if repeated & set(_keys(blocks[place], page))
            or (offset is not None and _page_number(blocks[place]) == page + offset)
        }
        for page, (blocks, places) in enumerate(zip(pages, edges, strict=True), 1)
    ]


def _edges(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the places of the highest and the lowest lines."""
    heights = sorted({block.y for block in blocks})
    outer = {*heights[:_EDGE], *heights[-_EDGE:]}
    return (place for place, block in enumerate(blocks) if block.y in outer and block.grid is None)


def _offset(pages: Sequence[Sequence[Block]], edges: Sequence[set[int]]) -> int | None:
    """Return how much larger the printed page numbers are; None if there are none."""
    numbers = Counter(
        number - page
        for page, (blocks, places) in enumerate(zip(pages, edges, strict=True), 1)
        for place in places
        if (number := _page_number(blocks[place])) is not None
    )
    offset, count = numbers.most_common(1)[0] if numbers else (0, 0)
    return offset if count > 1 or (count and len(pages) == 1 and offset == 0) else None


def _page_number(block: Block) -> int | None:
    match = _NUMBER.fullmatch(clean(block.text))
    return int(match[1]) if match else None


def _keys(block: Block, page: int) -> Iterator[tuple[str, int]]:
    """Yield the text of a line without its page number, with its place and the one beside it."""
    text = re.sub(rf"\b{page}\b", "#", clean(block.text))
    yield from ((text, int(block.y // _STEP) + step) for step in (0, 1))

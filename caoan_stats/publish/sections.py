"""Sections of an executed notebook: from one heading of the second level to the next."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nbformat import NotebookNode

from caoan_stats.display.blocks import NOTHING

PAGE_ONLY = "page-only"  # tag of a heading whose section is not part of the report of the year
_START = f'<p class="{NOTHING}">'


def without_empty(
    cells: Sequence[NotebookNode], starts: Iterable[NotebookNode]
) -> tuple[list[NotebookNode], list[NotebookNode]]:
    """Return the cells without what is empty, and the first cell of each section left out.

    `starts` are the first cells of the sections. Outputs that say that there is nothing
    (`caoan_stats.display.blocks.nothing`) are left out, and sections that have no other outputs;
    those before the first section only if another one is left.
    """
    places = [*(cells.index(cell) for cell in starts), len(cells)]
    kept, left_out = [_with_content(cell) for cell in cells[: places[0]]], []
    for first, end in pairwise(places):
        section = cells[first:end]
        outputs = list(_outputs(section))
        if outputs and all(map(_is_nothing, outputs)):
            left_out.append(section[0])
        else:
            kept += [_with_content(cell) for cell in section]
    return (list(cells[: places[0]]) if len(kept) == places[0] else kept), left_out


def _outputs(cells: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    for cell in cells:
        yield from cell.get("outputs", [])


def _is_nothing(output: NotebookNode) -> bool:
    return str(output.get("data", {}).get("text/html", "")).startswith(_START)


def _with_content(cell: NotebookNode) -> NotebookNode:
    if not any(map(_is_nothing, _outputs([cell]))):
        return cell
    outputs = [output for output in cell.outputs if not _is_nothing(output)]
    return NotebookNode({**cell, "outputs": outputs})

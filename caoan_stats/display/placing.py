"""Labels of a chart, moved until none stands on another text or on a line that has to be seen."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from numpy.typing import NDArray

from caoan_stats.display.marks import MOVABLE

Extents = NDArray[np.float64]  # x0, y0, x1, y1 of a box, or a row of them for each of several

BARRIERS = ("--", ":")  # styles of the lines of targets and breaks
GAPS = (4, 9, 15, 21, 27, 34, 42)  # points between a label and its point, tried in this order
SIDES = (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75)  # widths by which a label is moved to the right
CLEAR = 1.5  # points kept free around a text, a bar and a line
PADDING = np.array([-CLEAR, -CLEAR, CLEAR, CLEAR])
DOT = 3.5  # points kept free around a dot
PIECE = 6  # points, the longest piece of a line that counts as a box


def place_labels(ax: Axes, renderer: RendererBase) -> None:
    """Move each movable label to the first place that is free; hide a label that has none.

    The labels that were written first have the choice. A free place is inside the picture, right
    of the scale, and on no text, no target and no break; if possible, it is on no other mark.
    """
    texts = [text for text in ax.texts if text.get_text()]
    movable: list[Any] = [text for text in texts if text.get_label() == MOVABLE]
    if not movable:
        return
    fixed = [*_boxes((text for text in texts if text not in movable), renderer)]
    marks = [*_boxes((patch for patch in ax.patches if patch.get_clip_on()), renderer)]
    for line in ax.lines:
        is_barrier = line.get_linestyle() in BARRIERS
        if is_barrier or line.get_transform() == ax.transData:
            (fixed if is_barrier else marks).extend(_pieces(line))
    for label in movable:
        offsets, boxes = _places(ax, label, renderer)
        free = _free(boxes, fixed)
        best = free & _free(boxes, marks)
        if not free.any():
            label.set_visible(False)
            continue
        place = int(np.argmax(best if best.any() else free))
        label.xyann = tuple(offsets[place])
        fixed.append(boxes[place] + PADDING)


def _boxes(artists: Iterable[Artist], renderer: RendererBase) -> Iterator[Extents]:
    for artist in artists:
        yield artist.get_window_extent(renderer).extents + PADDING


def _places(ax: Axes, label: Annotation, renderer: RendererBase) -> tuple[Extents, Extents]:
    """Return offsets of a label in points and the boxes that it fills there, the best first."""
    (x, y), box = label.xyann, label.get_window_extent(renderer)
    point = float(ax.transData.transform(label.xy)[1])
    rises = [(point + gap - box.y0, point - gap - box.y1) for gap in GAPS]
    sides = [side * box.width for side in SIDES]
    shifts = np.array(
        [
            (side, rise)
            for pair in rises
            for rise in (pair if y > 0 else pair[::-1])
            for side in sides
        ]
    )
    boxes = np.tile(shifts, 2) + box.extents
    width, height = renderer.get_canvas_width_height()
    is_inside = (
        (boxes[:, 0] >= ax.bbox.x0)
        & (boxes[:, 1] >= 0)
        & (boxes[:, 2] <= width)
        & (boxes[:, 3] <= height)
    )
    return shifts[is_inside] + (x, y), boxes[is_inside]


def _free(boxes: Extents, taken: list[Extents]) -> NDArray[np.bool_]:
    """Return whether each of some boxes overlaps none that is taken."""
    others = np.array(taken).reshape(1, -1, 4)
    each = boxes[:, np.newaxis]
    is_apart = (others[..., 2:] <= each[..., :2]) | (others[..., :2] >= each[..., 2:])
    free: NDArray[np.bool_] = np.all(np.any(is_apart, axis=2), axis=1)
    return free


def _pieces(line: Line2D) -> Iterator[Extents]:
    """Yield boxes around a dot, or around the pieces of a line."""
    points = line.get_transform().transform(line.get_xydata())
    if len(points) == 1:
        yield np.concatenate([points[0] - DOT, points[0] + DOT])
    for start, end in pairwise(points):
        steps = np.linspace(start, end, int(np.abs(end - start).max() // PIECE) + 2)
        ends = np.minimum(steps[:-1], steps[1:]), np.maximum(steps[:-1], steps[1:])
        yield from np.hstack(ends) + PADDING

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
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from caoan_stats.display.marks import MOVABLE

Extents = NDArray[np.float64]  # x0, y0, x1, y1 of a box

BARRIERS = ("--", ":")  # styles of the lines of targets and breaks
GAPS = (4, 9, 15, 21, 27)  # points between a label and its point, tried in this order
SIDES = (0.0, 0.25, -0.25, 0.5, -0.5)  # widths of a label by which it is moved to the right
CLEAR = 1.5  # points kept free around a text, a bar and a line
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
        places = [*_places(ax, label, renderer)]
        for taken in ([*fixed, *marks], fixed):
            free = next((place for place in places if not _overlaps(place[1], taken)), None)
            if free is not None:
                break
        if free is None:
            label.set_visible(False)
        else:
            label.xyann = free[0]
            fixed.append(np.array(free[1].padded(CLEAR).extents))


def _boxes(artists: Iterable[Artist], renderer: RendererBase) -> Iterator[Extents]:
    for artist in artists:
        yield np.array(artist.get_window_extent(renderer).padded(CLEAR).extents)


def _places(
    ax: Axes, label: Annotation, renderer: RendererBase
) -> Iterator[tuple[tuple[float, float], Bbox]]:
    """Yield offsets of a label in points, and the box that it fills there, the best first."""
    (x, y), box = label.xyann, label.get_window_extent(renderer)
    point = float(ax.transData.transform(label.xy)[1])
    width, height = renderer.get_canvas_width_height()
    for gap in GAPS:
        rises = [point + gap - box.y0, point - gap - box.y1]
        for rise in rises if y > 0 else rises[::-1]:
            for side in SIDES:
                moved = box.translated(side * box.width, rise)
                if moved.x0 >= ax.bbox.x0 and moved.x1 <= width and moved.y1 <= height:
                    yield (x + side * box.width, y + rise), moved


def _pieces(line: Line2D) -> Iterator[Extents]:
    """Yield boxes around a dot, or around the pieces of a line."""
    points = line.get_transform().transform(line.get_xydata())
    if len(points) == 1:
        yield np.concatenate([points[0] - DOT, points[0] + DOT])
    for start, end in pairwise(points):
        count = int(np.abs(end - start).max() // PIECE) + 1
        steps = np.linspace(start, end, count + 1)
        for one, other in pairwise(steps):
            yield np.concatenate([np.minimum(one, other) - CLEAR, np.maximum(one, other) + CLEAR])


def _overlaps(box: Bbox, taken: list[Extents]) -> bool:
    boxes = np.array(taken).reshape(-1, 4)
    is_apart = (boxes[:, 2:] <= box.min) | (boxes[:, :2] >= box.max)
    return bool((~is_apart.any(axis=1)).any())

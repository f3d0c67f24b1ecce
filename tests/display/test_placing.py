"""Labels of charts and the lines, bars and texts around them, measured as they are drawn."""

from io import StringIO
from itertools import combinations, pairwise

import pandas as pd
import pytest
from helpers.cards import make_card, make_row, make_trend
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from caoan_stats import charts
from caoan_stats.display import marks, svg, timeline

FEW = settings(max_examples=min(settings.default.max_examples, 200))  # each draws a chart
REASON = "Từ năm 2022 rà soát theo chuẩn nghèo đa chiều mới"
VALUES = st.one_of(
    st.integers(0, 130), st.integers(-50, 50), st.integers(10**6, 10**9), st.floats(0.01, 9)
)


@st.composite
def trends(draw: st.DrawFn, most_breaks: int = 2) -> pd.DataFrame:
    """Trends of 2 to 12 years with targets near and far, gaps, breaks, qualifiers and revisions."""
    base, count = draw(VALUES), draw(st.integers(2, 12))
    known = draw(st.sets(st.integers(0, count - 1), min_size=2))
    breaks = draw(st.lists(st.integers(0, count - 1), max_size=most_breaks))
    near = st.floats(0.97, 1.03) | st.floats(0.3, 2)
    rows = []
    for place in range(count):
        row = {}
        if place in known:
            row["value"] = round(base * draw(near), 2)
            row["qualifier"] = draw(st.sampled_from(["", "about", "over"]))
        if draw(st.booleans()):
            row["lower"] = round(base * draw(near), 2)
            if draw(st.booleans()):
                row["upper"] = row["lower"] + abs(base) / 9
        if place in breaks:
            row["break_reason"] = REASON
        row["revised"] = draw(st.sampled_from([(), ({"value": 1},)]))
        rows.append(make_row(**row))
    return make_trend(2010, *rows, unit=draw(st.sampled_from(["hộ", "%", "triệu đồng"])))


def drawn(draw, height: float) -> tuple[Axes, RendererSVG]:
    """Return the Axes of a picture as it was written."""
    kept = []
    svg.draw_svg(lambda ax: kept.append(ax) or draw(ax), height, "x")
    with svg.rc_context(svg._style()):
        return kept[0], RendererSVG(*kept[0].figure.bbox.size, StringIO())


def trend(frame: pd.DataFrame) -> tuple[Axes, RendererSVG]:
    height = timeline.height(timeline.drawn_years(frame))
    return drawn(lambda ax: charts.trend(ax, frame), height)


def boxes(ax: Axes, renderer: RendererSVG) -> list[tuple[Text, Bbox]]:
    texts = [text for text in ax.texts if text.get_text() and text.get_visible()]
    return [(text, text.get_window_extent(renderer)) for text in texts]


def collisions(ax: Axes, renderer: RendererSVG) -> list[str]:
    """Return each pair of texts that overlap, and each text on the line of a target or break."""
    measured = boxes(ax, renderer)
    pairs = [
        f"{one.get_text()} on {other.get_text()}"
        for (one, box), (other, taken) in combinations(measured, 2)
        if Bbox.intersection(box, taken)
    ]
    lines = [line for line in ax.lines if line.get_linestyle() in ("--", ":")]
    paths = [line.get_transform().transform(line.get_xydata()) for line in lines]
    on_lines = [
        f"{text.get_text()} on a line"
        for text, box in measured
        for points in paths
        if any(Path(ends).intersects_bbox(box, filled=False) for ends in pairwise(points))
    ]
    return pairs + on_lines


@pytest.mark.property
@FEW
@given(trends())
def test_no_label_of_a_trend_stands_on_a_text_a_target_or_a_break(frame):
    assert collisions(*trend(frame)) == []


@pytest.mark.property
@FEW
@given(trends(most_breaks=0))
def test_the_last_figure_of_a_trend_without_a_break_is_labelled(frame):
    known = frame.index[frame["value"].notna()]
    ax, _ = trend(frame)
    labelled = [text for text in ax.texts if text.get_label() == marks.MOVABLE]
    told = {round(text.xy[1], 6) for text in labelled if text.get_visible()}
    assert round(frame.at[known[-1], "value"], 6) in told


@pytest.mark.property
@FEW
@given(trends())
def test_every_label_of_a_trend_is_inside_its_picture(frame):
    ax, renderer = trend(frame)
    assert [
        text.get_text()
        for text, box in boxes(ax, renderer)
        if text.get_label() == marks.MOVABLE
        and not (box.x0 >= 0 and box.x1 <= renderer.width and box.y1 <= renderer.height)
    ] == []


@st.composite
def cards(draw: st.DrawFn) -> pd.DataFrame:
    """Rows of one unit with labels of one to four lines."""
    names = st.sampled_from(
        ["Thỏ", "Đàn vịt thịt và vịt đẻ trứng", "Hồ sơ giải quyết trước hạn " * 4]
    )
    rows = []
    for value in draw(
        st.lists(st.integers(1, 9) | st.integers(10**4, 10**7), min_size=1, max_size=5)
    ):
        change = draw(st.integers(-3, 3) | st.integers(-value, value))
        about = draw(st.sampled_from(["", "about"]))
        figures = {"value": value, "previous": value - change, "change": change}
        rows.append(make_row(**figures, label=draw(names), qualifier=about, better="higher"))
    return make_card(*rows)


@pytest.mark.property
@pytest.mark.parametrize(("draw", "row"), [(charts.bars, 0.55), (charts.changes, 0.7)])
@FEW
@given(card=cards())
def test_no_label_of_rows_stands_on_another_one(draw, row, card):
    height = marks.height(card["label"], row)
    assert collisions(*drawn(lambda ax: draw(ax, card), height)) == []


@pytest.mark.property
@FEW
@given(cards(), cards())
def test_no_label_of_a_flow_stands_on_another_one(sources, outcomes):
    height = charts.flow_height(sources, outcomes)
    assert collisions(*drawn(lambda ax: charts.flow(ax, sources, outcomes), height)) == []

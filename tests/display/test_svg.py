import re
from collections.abc import Iterator
from io import StringIO
from itertools import product

import nbformat
import pytest
from helpers.project import PROJECT
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from caoan_stats import charts
from caoan_stats.display import marks
from caoan_stats.display import svg as pictures
from caoan_stats.display.marks import BLUE, GREEN, INK, ORANGE, PAPER, QUIET, RED

CSS = (PROJECT / "caoan_stats/publish/templates/caoan/report.css").read_text(encoding="utf-8")


def picture(words: str = "x", description: str = "Lúa", **style: object) -> str:
    """Return a picture of one text and one bar that is clipped."""

    def draw(ax):
        ax.bar(0, 1.23456, color=BLUE, hatch="//", edgecolor=INK)
        ax.annotate(words, (0, 0), **style)
        return ax

    return pictures.draw_svg(draw, 2, description)


def ids(svg: str) -> set[str]:
    return set(re.findall(r' id="(.*?)"', svg))


def attributes(svg: str) -> str:
    """Return all tags of a picture but its first."""
    return "".join(re.findall("<[^>]*>", svg)[1:])


def test_a_picture_has_its_description_as_label():
    assert picture(description='Năng suất: "115" < 127').startswith(
        '<svg role="img" aria-label="Năng suất: &quot;115&quot; &lt; 127"'
    )


@pytest.mark.parametrize(
    "words", ["7.344", "18.619.139.193", "3.14159", "ước 115 tạ/ha", "−0,1234"]
)
def test_text_stays_text_and_its_numbers_are_not_rounded(words):
    assert f">{words}</text>" in picture(words)


def test_coordinates_are_rounded_to_a_hundredth_of_a_point():
    assert not re.search(r"\d\.\d{3}", attributes(picture()))


def test_the_same_chart_is_the_same_picture():
    assert picture() == picture()


@pytest.mark.parametrize("other", [{"words": "y"}, {"description": "Màu"}])
def test_two_pictures_share_no_id(other):
    first, second = ids(picture()), ids(picture(**other))
    assert first
    assert not first & second


def test_every_id_is_referred_to_and_every_reference_is_found():
    svg = picture()
    assert set(re.findall(r'href="#(.*?)"|url\(#(.*?)\)', svg)) <= {
        pair for name in ids(svg) for pair in ((name, ""), ("", name))
    }
    assert all(svg.count(f"#{name}") for name in ids(svg))


COLOURS = (BLUE, GREEN, INK, ORANGE, PAPER, QUIET, RED)


def test_colours_are_attributes_that_a_copy_of_the_picture_keeps():
    svg = picture()
    assert f'fill="{BLUE}"' in svg
    assert f'stroke="{INK}"' in svg
    assert "style=" not in svg
    without_ids = re.sub(r"#c[0-9a-f]{6}-", "", attributes(svg))
    assert {*re.findall("#[0-9a-fA-F]{6}", without_ids)} <= {*COLOURS}


@pytest.mark.parametrize(("colour", "use"), [*product(COLOURS, ("fill", "stroke"))])
def test_a_page_replaces_every_colour(colour, use):
    assert re.search(rf'\.chart \[{use}="{colour}"\] {{ {use}: var\(--\w+\); }}', CSS)


def test_a_marker_takes_its_colours_from_where_it_is_used():
    def draw(ax: Axes) -> Axes:
        return ax.plot([1], [1], marker="o", color=BLUE)[0].axes

    svg = pictures.draw_svg(draw, 2, "x")
    markers, uses = re.findall(r'<path id="[^"]*-m[^>]*>', svg), re.findall("<use [^>]*>", svg)
    assert markers
    assert not [marker for marker in markers if "stroke=" in marker]
    assert [use for use in uses if f'stroke="{BLUE}"' in use]


def test_the_background_of_a_picture_is_paper():
    [ground] = re.findall(rf'<path d="M 0 144[^>]*fill="{PAPER}"/>', picture())
    assert ground


def test_a_mark_has_a_title_that_a_pointer_shows():
    def draw(ax: Axes) -> Axes:
        marks.bar(ax, (0, 0), (1, 1), 'Năm 2023, "7.344" < 1', facecolor=BLUE)
        marks.line(ax, (0,), (0,), "<script>", marker="o")
        return ax

    svg = pictures.draw_svg(draw, 2, "x")
    titles = re.findall(r"<g><title>(.*?)</title><(?:path|defs)", svg)
    assert titles == ['Năm 2023, "7.344" &lt; 1', "&lt;script&gt;"]


def test_a_picture_has_no_style_sheet_and_no_comment():
    assert not re.search(r"<style|<!--|<metadata>\s*<rdf|font-family", attributes(picture()))


def test_text_from_data_cannot_become_markup_or_mathematics(shipped):
    frame = shipped.trend("rice_yield")
    frame.attrs["unit"] = "<script>$x^2$"
    svg = pictures.draw_svg(lambda ax: charts.trend(ax, frame), 3, "x")
    assert "<script>" not in svg
    assert "&lt;script&gt;$x^2$" in svg


@pytest.fixture
def drawn(monkeypatch) -> list[Figure]:
    """The matplotlib figures of all pictures."""
    figures = []

    def record(*parts: object, **style: object) -> Figure:
        figures.append(Figure(*parts, **style))
        return figures[-1]

    monkeypatch.setattr(pictures, "Figure", record)
    return figures


def outside(figure: Figure) -> Iterator[str]:
    """Yield each text that is not completely inside its picture."""
    renderer = RendererSVG(*figure.bbox.size, StringIO())
    for text in figure.axes[0].texts:
        box = text.get_window_extent(renderer)
        if text.get_text() and not (
            box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        ):
            yield f"{text.get_text()}: {box.extents} of {figure.bbox.size}"


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem
)
def test_no_text_of_a_chart_leaves_its_picture(path, drawn, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(PROJECT / "data"))
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    exec(code, {})
    assert drawn or path.stem in ("audit", "explore", "overview")
    assert [words for figure in drawn for words in outside(figure)] == []


@pytest.mark.parametrize("side", ["left", "center", "right"])
@pytest.mark.parametrize("place", [0, 0.3, 0.7, 1])
def test_a_chart_shrinks_to_make_room_for_long_words(drawn, side, place):
    def draw(ax: Axes) -> Axes:
        for height, words in ((0, "9.999"), (1, "khoảng 558,94 triệu")):
            ax.annotate(words, (place, height), (5, 5), textcoords="offset points", ha=side)
        return ax

    pictures.draw_svg(draw, 2, "x")
    assert list(outside(drawn[0])) == []


def test_words_wider_than_a_picture_leave_a_chart_of_positive_size(drawn):
    pictures.draw_svg(lambda ax: ax.annotate("x" * 99, (0.5, 0.5), ha="center").axes, 2, "x")
    box = drawn[0].axes[0].get_position()
    assert box.width > 0
    assert box.height > 0

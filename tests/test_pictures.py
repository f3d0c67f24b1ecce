import re

import pytest

from caoan_stats import charts, pictures
from caoan_stats.marks import BLUE, INK


def picture(words: str = "x", description: str = "Lúa", **style: object) -> str:
    """A picture of one text and one bar that is cut at its frame."""

    def draw(ax):
        ax.bar(0, 1.23456, color=BLUE, hatch="//", edgecolor=INK)
        ax.annotate(words, (0, 0), **style)
        return ax

    return pictures.svg(draw, 2, description)


def ids(svg: str) -> set[str]:
    return set(re.findall(r' id="(.*?)"', svg))


def attributes(svg: str) -> str:
    """The tags of a picture without the one that opens it."""
    return "".join(re.findall("<[^>]*>", svg)[1:])


def test_a_picture_says_what_it_shows():
    assert picture(description='Năng suất: "115" < 127').startswith(
        '<svg role="img" aria-label="Năng suất: &quot;115&quot; &lt; 127"'
    )


@pytest.mark.parametrize(
    "words", ["7.344", "18.619.139.193", "3.14159", "ước 115 tạ/ha", "−0,1234"]
)
def test_text_is_real_and_its_numbers_are_never_rounded(words):
    assert f">{words}</text>" in picture(words)


def test_places_are_rounded_to_a_hundredth_of_a_point():
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


def test_colours_are_those_of_the_page():
    svg = picture()
    assert "var(--c-blue)" in svg
    assert "var(--c-ink)" in svg
    assert not re.findall("#[0-9a-fA-F]{6}", re.sub(r"#c[0-9a-f]{6}-", "", attributes(svg)))


def test_a_picture_outside_a_page_has_colours_of_its_own():
    opening = picture().partition(">")[0]
    assert f"--c-blue: var(--blue, {BLUE})" in opening


def test_a_picture_brings_no_style_sheet_and_no_note():
    assert not re.search(r"<style|<!--|<metadata>\s*<rdf|font-family", attributes(picture()))


def test_text_from_data_cannot_become_markup_or_mathematics(shipped):
    frame = shipped.trend("rice_yield")
    frame.attrs["unit"] = "<script>$x^2$"
    svg = pictures.svg(lambda ax: charts.trend(ax, frame), 3, "x")
    assert "<script>" not in svg
    assert "&lt;script&gt;$x^2$" in svg

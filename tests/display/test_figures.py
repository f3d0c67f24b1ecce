"""Any matplotlib figure becomes a picture in the fonts and colours of the page."""

import re
from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pytest

from caoan_stats.display.figures import show_figure
from caoan_stats.display.marks import INK, PAPER


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def drawn(**size: object):
    """A figure with a bar in black and a text, and its Axes."""
    figure, ax = plt.subplots(**size)
    ax.bar([1], [2], color="black")
    ax.set_title("Lúa <b>")
    return figure, ax


def width(html: str) -> float:
    return float(re.search(r'width="([\d.]+)pt"', html)[1])


def test_a_figure_has_its_caption_and_description():
    block = show_figure(drawn()[1], "Sản lượng <tạ>", 'Giảm "12" %')
    assert "<figcaption>Sản lượng &lt;tạ&gt;</figcaption>" in block.html
    assert 'role="img" aria-label="Giảm &quot;12&quot; %"' in block.html
    assert block.text == 'Sản lượng <tạ>\nGiảm "12" %'


def test_its_texts_are_texts_in_the_fonts_of_the_page():
    html = show_figure(drawn()[0], "Lúa", "Lúa").html
    assert ">Lúa &lt;b&gt;</text>" in html
    assert "font-family" not in html.partition("<g")[2]


def test_black_is_the_ink_of_the_page_and_white_its_paper():
    html = show_figure(drawn()[0], "Lúa", "Lúa").html
    assert f'<svg fill="{INK}"' in html
    assert f'stroke="{INK}"' in html
    assert f'fill="{PAPER}"' in html
    assert "#000000" not in html


def test_a_text_that_names_a_colour_stays():
    figure, ax = drawn()
    ax.set_xlabel("màu: #000000")
    assert ">màu: #000000</text>" in show_figure(figure, "Lúa", "Lúa").html


def test_a_figure_of_the_default_size_is_as_wide_as_our_charts():
    assert width(show_figure(drawn()[0], "Lúa", "Lúa").html) < 300


@pytest.mark.parametrize(("inches", "kind"), [(4, "chart"), (9, "chart broad")])
def test_a_figure_keeps_a_size_that_was_chosen(inches, kind):
    html = show_figure(drawn(figsize=(inches, 3))[0], "Lúa", "Lúa").html
    assert html.startswith(f'<figure class="{kind}">')
    assert 0.75 < width(html) / (72 * inches) < 1.01


def test_long_labels_stay_inside_the_width():
    figure, ax = plt.subplots()
    ax.barh(["Hồ sơ giải quyết trước hạn"], [1])
    assert width(show_figure(figure, "Hồ sơ", "Hồ sơ").html) < 300


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
def test_a_figure_keeps_its_layout(layout):
    figure, ax = plt.subplots(layout=layout)
    figure.colorbar(ax.imshow(np.eye(3)), label="giá trị")
    assert ">giá trị</text>" in show_figure(figure, "Ảnh", "Ảnh").html


def test_an_image_is_embedded():
    figure, ax = plt.subplots()
    ax.imshow(np.eye(3))
    assert 'xlink:href="data:image/png;base64,' in show_figure(figure, "Ảnh", "Ảnh").html


@pytest.mark.parametrize(
    "part",
    [
        lambda ax: np.array([[ax]]),
        lambda ax: ax.plot([1]),
        lambda ax: ax.figure.subfigures().subplots(),
    ],
)
def test_the_figure_of_what_was_drawn_is_found(part):
    assert "<svg" in show_figure(part(drawn()[1]), "Lúa", "Lúa").html


def test_a_figure_is_not_shown_a_second_time_by_the_notebook():
    show_figure(drawn()[0], "Lúa", "Lúa")
    assert plt.get_fignums() == []


@pytest.mark.parametrize("words", [("", "Lúa giảm"), ("Lúa", " ")])
def test_a_figure_without_words_is_refused(words):
    with pytest.raises(ValueError, match=r"found an empty (caption|alt); expected words: say"):
        show_figure(drawn()[0], *words)


def test_something_else_is_refused():
    with pytest.raises(TypeError, match="found int; expected a figure or an Axes: pass what plt"):
        show_figure(3, "Lúa", "Lúa")

import pytest

from caoan_stats.publish import export
from caoan_stats.publish.site import Heading


def html(source: str) -> str:
    [written], _ = export.render_markdown([source])
    return written.strip()


def anchors(*sources: str) -> list[str]:
    return [heading.anchor for heading in export.render_markdown(sources)[1]]


def test_each_cell_becomes_html_of_its_own():
    assert export.render_markdown(["Một", "*Hai*"])[0] == ["<p>Một</p>\n", "<p><em>Hai</em></p>\n"]


def test_a_heading_has_an_anchor_without_marks():
    assert html("## Đàn gia cầm (con)") == '<h2 id="dan-gia-cam-con">Đàn gia cầm (con)</h2>'


def test_headings_of_all_cells_are_listed_in_order_with_their_levels():
    assert export.render_markdown(["# Lúa\n\n## Kết quả", "### Cả năm"])[1] == [
        Heading(1, "Lúa", "lua"),
        Heading(2, "Kết quả", "ket-qua"),
        Heading(3, "Cả năm", "ca-nam"),
    ]


def test_headings_that_say_the_same_have_different_anchors():
    assert anchors("## Nguồn", "## Nguồn", "## Nguồn") == ["nguon", "nguon-2", "nguon-3"]


def test_a_numbered_anchor_is_not_given_where_a_heading_has_it():
    assert anchors("## Nguồn 2", "## Nguồn", "## Nguồn") == ["nguon-2", "nguon", "nguon-3"]


def test_a_heading_without_letters_has_an_anchor():
    assert anchors("## …", "## ?") == ["muc", "muc-2"]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("~~cũ~~", "<p><del>cũ</del></p>"),
        ("https://example.org", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_markdown_is_that_of_a_notebook(source, written):
    assert html(source) == written


def test_a_table_of_markdown_is_a_table():
    assert html("| a | b |\n|---|---|\n| 1 | 2 |").startswith("<table>")

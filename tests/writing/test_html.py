"""HTML of a page as parts of a Word document."""

from base64 import b64encode

import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn

from caoan_stats.writing import form
from caoan_stats.writing.html import Writer
from caoan_stats.writing.pictures import png_of

SVG = (
    '<svg aria-label="Một đường" width="10pt" height="10pt" viewBox="0 0 10 10">'
    '<path d="M0 0L9 9"/></svg>'
)


def made(html: str) -> Word:
    document = form.new_document("", "", 2023, "")
    Writer(document).add(html)
    return document


def texts(html: str) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in made(html).paragraphs]


def test_headings_paragraphs_and_lists_keep_their_kind():
    assert texts(
        "<h2>Lúa</h2><p>Một <b>hai</b>\n ba.</p><ul><li>a<ul><li>b</li></ul></li></ul>"
    ) == [
        ("Heading 2", "Lúa"),
        ("Normal", "Một hai ba."),
        ("List Bullet", "a"),
        ("List Bullet 2", "b"),
    ]


def test_emphasis_is_kept():
    runs = made("<p>a <strong>b</strong> <em>c</em></p>").paragraphs[0].runs
    assert [(run.text, run.bold, run.italic) for run in runs if run.text.strip()] == [
        ("a ", None, None), ("b", True, None), ("c", None, True)
    ]  # fmt: skip


def test_preformatted_text_keeps_its_lines():
    assert texts("<pre>a\n  b</pre>") == [("Preformatted", "a\n  b")]


def test_what_only_a_browser_needs_is_left_out():
    html = '<p>a<span class="unseen">: b</span></p><a class="download" href="data:,">c</a>'
    assert texts(f"{html}<script>d</script><details class='definitions'>e</details>") == [
        ("Normal", "a")
    ]


def test_a_table_has_its_caption_above_and_repeats_its_heading():
    document = made(
        "<table><caption>Lúa</caption><thead><tr><th>Chỉ tiêu</th><th>2023</th></tr></thead>"
        '<tbody><tr><th>Diện tích</th><td class="number">5</td></tr></tbody></table>'
    )
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Chỉ tiêu", "2023"], ["Diện tích", "5"]
    ]  # fmt: skip
    assert document.paragraphs[0].text == "Lúa"
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False]


def test_cells_over_several_rows_and_columns_are_merged():
    (table,) = made(
        "<table><tr><th rowspan=2>a</th><td colspan=2>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table>"
    ).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a", "b", "b"], ["a", "c", "d"]
    ]  # fmt: skip


def test_columns_fill_the_page_and_a_number_is_not_broken():
    (table,) = made(f"<table><tr><td>{'dài ' * 60}</td><td>18.619.139.193</td></tr></table>").tables
    widths = [column.width.mm for column in table.columns]
    assert sum(widths) == pytest.approx(form.TEXT_WIDTH, abs=0.1)
    assert widths[1] >= 25


def test_a_drawing_is_a_picture_with_its_description():
    document = made(f"<figure><figcaption>Hình</figcaption>{SVG}</figure>")
    (picture,) = document.element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Một đường"
    assert len(document.inline_shapes) == 1


def test_a_drawing_that_is_hidden_from_readers_is_decoration():
    assert len(made(f"<p>a{SVG.replace('aria-label', 'aria-hidden')}</p>").inline_shapes) == 0


def test_an_image_in_a_page_is_embedded():
    source = b64encode(png_of(SVG)).decode()
    document = made(f'<p><img alt="Hình" src="data:image/png;base64,{source}"></p>')
    assert len(document.inline_shapes) == 1


def test_a_picture_that_word_cannot_show_is_told_in_words():
    assert texts('<p><img alt="Bản đồ" src="data:image/webp;base64,AAAA"></p>')[0][1] == "Bản đồ"


def test_tiles_are_a_list():
    html = "<ul class='tiles'><li><p>Hộ nghèo</p><p>28 hộ</p><p>giảm</p></li></ul>"
    assert texts(html) == [("List Bullet", "Hộ nghèo: 28 hộ; giảm.")]


def test_text_is_never_markup():
    assert texts("<p>&lt;w:p&gt; & a</p>")[0][1] == "<w:p> & a"


def test_a_numbered_list_keeps_its_numbers():
    assert texts("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>") == [
        ("Normal", "1. a"),
        ("Normal", "2. b"),
        ("Normal", "c"),
    ]


def test_a_formula_is_spelled():
    html = "<p>S = <math><msup><mi>a</mi><mn>2</mn></msup></math>.</p>"
    assert texts(html) == [("Normal", "S = a².")]


def test_the_source_of_a_table_is_small_and_right_below_it():
    document = made("<table><tr><td>a</td></tr></table><p class='foot'>Nguồn: b.</p>")
    room, foot = document.paragraphs
    assert (room.text, room.paragraph_format.line_spacing.pt) == ("", 6)
    assert (foot.style.name, foot.text) == ("Small", "Nguồn: b.")


def test_an_aim_of_a_list_is_one_paragraph():
    aim = "<div class='aim'><p>Hộ nghèo</p>\n<p><strong>28 hộ</strong>.</p>\n<p>Mục I.A.4</p></div>"
    assert texts(f"<ol><li>{aim}</li></ol>") == [("Normal", "1. Hộ nghèo: 28 hộ. Mục I.A.4")]

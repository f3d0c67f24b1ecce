import re
from base64 import b64decode
from typing import get_args

import pandas as pd
import pytest

from caoan_stats.common.library import PACKAGE
from caoan_stats.concepts.statuses import Colour
from caoan_stats.display import blocks
from caoan_stats.display.download import to_csv
from caoan_stats.display.tables import Table

CELLS = pd.DataFrame(
    {"Năm 2023": ["97", "8", "1.000"], "Mục": ["I.1", "I.2", ""]},
    index=pd.Index(["Đàn gà", "Đàn vịt", "Đàn <b>"], name="Chỉ tiêu"),
)
DATA = pd.DataFrame({"Chỉ tiêu": ["Đàn gà"], "Năm 2023": [97.5]})
COLOURS = get_args(Colour)


def show(cells: pd.DataFrame = CELLS, **parts: object) -> str:
    return blocks.table(Table(cells, DATA, **parts), "Chăn nuôi năm 2023").html


def rows(html: str) -> list[str]:
    return re.findall(r"<tr [^>]*>.*?</tr>", html, flags=re.DOTALL)


def test_a_table_has_its_caption_first():
    assert '<table role="table">\n<caption>Chăn nuôi năm 2023</caption>' in show()


def test_column_headers_are_scoped():
    assert rows(show())[0] == (
        '<tr role="row"><th scope="col" role="columnheader">Chỉ tiêu</th>'
        '<th scope="col" role="columnheader">Năm 2023</th>'
        '<th scope="col" role="columnheader">Mục</th></tr>'
    )


def test_each_row_has_a_header_and_each_cell_names_its_column():
    assert rows(show())[1] == (
        '<tr role="row"><th scope="row" role="rowheader">Đàn gà</th>'
        '<td role="cell" data-label="Năm 2023" class="number">97</td>'
        '<td role="cell" data-label="Mục">I.1</td></tr>'
    )


def test_groups_of_rows_have_explicit_roles():
    assert re.findall(r'<(thead|tbody) role="rowgroup">', show()) == ["thead", "tbody"]


def test_totals_and_parts_are_marked():
    html = show(kinds=("total", "part", ""))
    assert [row.partition(">")[0] for row in rows(html)[1:]] == [
        '<tr role="row" class="total"',
        '<tr role="row" class="part"',
        '<tr role="row"',
    ]


WORDS = pd.DataFrame(
    {"Năm 2023": ["97", "", ""], "Mục tiêu": ["", "", "Giữ"], "Kết quả": ["", "Tốt", "Đạt"],
     "Mục": ["I.1", "I.2", "I.3"]},
    index=pd.Index(["Đàn gà", "Đời sống", "Môi trường"], name="Chỉ tiêu"),
)  # fmt: skip


def test_words_take_the_empty_columns_of_a_row_without_a_unit():
    html = show(WORDS, kinds=("", "said", "said"))
    cells = [re.findall(r"<td .*?</td>", row) for row in rows(html)[1:]]
    widths = [[*map(width, row)] for row in cells]
    assert widths == [[1, 1, 1, 1], [3, 1], [2, 1, 1]]
    assert [re.sub("<.*?>", "", cell) for cell in cells[2]] == ["Giữ", "Đạt", "I.3"]


def width(cell: str) -> int:
    """Return the number of columns that a cell takes."""
    found = re.search('colspan="([0-9])"', cell)
    return int(found[1]) if found else 1


def test_a_phone_shows_the_last_words_of_a_row_without_a_unit_below_its_name():
    html = show(WORDS, kinds=("", "said", "said"), main="Năm 2023")
    mains = [re.findall('class="[^"]*main">(.*?)<', row) for row in rows(html)[1:]]
    assert mains == [["97"], ["Tốt"], ["Đạt"]]


def test_the_result_cell_has_the_colour_of_its_row():
    cells = CELLS.assign(**{"Kết quả": ["✗ Chưa đạt", "✓ Đạt", "○ Không định lượng"]})
    found = re.findall(
        r'data-label="Kết quả" class="(.*?)">(.*?)</td>', show(cells, colours=COLOURS)
    )
    assert found == list(zip(COLOURS, cells["Kết quả"], strict=True))


def test_only_the_result_cell_has_a_colour():
    assert not re.search(r'class="(good|bad|muted)"', show(colours=COLOURS))


@pytest.mark.parametrize("colour", COLOURS)
def test_the_style_sheet_has_a_rule_for_each_colour(colour):
    style_sheet = (PACKAGE / "publish/templates/caoan/report.css").read_text(encoding="utf-8")
    assert re.search(rf"^\.{colour} {{ color: [^;]+; }}$", style_sheet, re.MULTILINE)


@pytest.mark.parametrize(
    ("cell", "marked"),
    [("1.000,5", "number"), ("−3", "number"), ("ước 115", "number"), ("x" * 41, "words")],
)
def test_numbers_and_long_words_are_marked(cell, marked):
    html = show(CELLS.assign(**{"Năm 2023": cell}))
    assert html.count(f'class="{marked}">{cell}</td>') == 3


def test_a_short_word_is_not_marked():
    assert 'data-label="Năm 2023">Đạt</td>' in show(CELLS.assign(**{"Năm 2023": "Đạt"}))


def test_text_from_data_cannot_become_markup():
    html = show(CELLS.rename(columns={"Năm 2023": "<i>"}), sources=(("<u>",), (), ()))
    assert not re.search("<[biu]>", html)
    assert "Đàn &lt;b&gt;" in html


def test_the_documents_of_a_table_are_named_below_it():
    html = show(sources=(("Báo cáo",), ("Báo cáo",), ("Báo cáo",)), foot="Nguồn: báo cáo 2023.")
    assert "Nguồn: báo cáo 2023. <a" in html
    assert "title=" not in html


def test_of_several_documents_each_is_named_beside_its_section():
    html = show(sources=(("Báo cáo",), ("Nghị quyết", "Báo cáo"), ()))
    assert re.findall(r'<span title="(.*?)">(.*?)</span>', html) == [
        ("Báo cáo", "I.1"),
        ("Nghị quyết; Báo cáo", "I.2"),
    ]


def test_a_table_without_a_source_names_none():
    assert "Nguồn" not in show()


def test_a_table_contains_its_csv_under_its_own_name():
    [(name, data)] = re.findall(
        r'download="(.*?)" href="data:text/csv;charset=utf-8;base64,(.*?)"', show()
    )
    assert name == "chan-nuoi-nam-2023.csv"
    assert b64decode(data) == to_csv(DATA)


def test_the_download_link_names_its_table():
    [words] = re.findall(r"<a class=\"download\".*?>(.*)</a>", show())
    assert re.sub("<[^>]*>", "", words) == "Tải bảng (CSV): Chăn nuôi năm 2023"


def test_a_table_is_plain_text_outside_html():
    assert repr(blocks.table(Table(CELLS, DATA), "x")) == CELLS.to_string()


def test_several_sentences_are_a_list_and_one_is_a_paragraph():
    assert blocks.text(["Một <b>", "Hai"]).html == (
        "<ul>\n<li>Một &lt;b&gt;</li>\n<li>Hai</li>\n</ul>"
    )
    assert blocks.text(["Một."])._repr_html_() == "<p>Một.</p>"


def test_a_folded_block_is_a_details_element():
    block = blocks.folded("Xem <bảng>", blocks.text(["Một."]))
    assert block.html == "<details>\n<summary>Xem &lt;bảng&gt;</summary>\n<p>Một.</p>\n</details>"
    assert repr(block) == "Một."


def test_a_chart_is_a_figure_with_its_title_above():
    block = blocks.chart(lambda ax: ax, 1, "Lúa < màu", "Lúa: 1 ha.")
    assert block.html.startswith(
        '<figure class="chart">\n<figcaption>Lúa &lt; màu</figcaption>\n<svg '
    )
    assert 'aria-label="Lúa: 1 ha."' in block.html
    assert block.text == "Lúa < màu\nLúa: 1 ha."

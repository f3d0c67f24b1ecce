"""Any workbook that openpyxl saves is read with the cells that were typed into it."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from caoan_stats.forms.spreadsheet import read_sheets

words = st.text("aạ 1,.<&\"'_x0D😀", min_size=1, max_size=12).filter(
    lambda text: text.strip() and text == " ".join(text.split()) and "_x" not in text
)
moments = st.datetimes(datetime(1910, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(hour=12, minute=0, second=0, microsecond=0)
)
contents = st.one_of(
    st.integers(-(10**14), 10**14), st.decimals(-9999, 9999, places=3), st.booleans(), words,
    st.sampled_from(["#N/A", "#DIV/0!"]), moments,
)  # fmt: skip
places = st.tuples(st.integers(1, 60), st.integers(1, 30))
sheets = st.lists(st.dictionaries(places, contents, max_size=12), min_size=1, max_size=3)


@settings(max_examples=30, deadline=None)
@given(sheets, st.sampled_from([WINDOWS_EPOCH, MAC_EPOCH]), st.data())
def test_what_is_typed_is_read(tmp_path_factory, typed, epoch, data):
    book = Workbook()
    book.remove(book.active)
    book.epoch = epoch
    for number, cells in enumerate(typed):
        sheet = book.create_sheet(f"Bảng {number}")
        sheet.sheet_state = data.draw(st.sampled_from(["visible", "hidden", "veryHidden"]))
        for (row, column), content in cells.items():
            is_rich = isinstance(content, str) and content[0] != "#" and data.draw(st.booleans())
            bold = CellRichText(TextBlock(InlineFont(b=True), str(content)))
            sheet.cell(row, column).value = bold if is_rich else content
    path = tmp_path_factory.mktemp("book") / "2024.xlsx"
    book.create_sheet("Cuối")
    book.save(path)
    for cells, sheet, read in zip(typed, book.worksheets, read_sheets(path), strict=False):
        assert read.is_hidden is (sheet.sheet_state != "visible")
        assert {(row, column): cell.content for (row, column), cell in read.cells.items()} == {
            (row, sheet.cell(row, column).column_letter): plain(content)
            for (row, column), content in cells.items()
        }


def plain(content: object) -> object:
    """Return what a spreadsheet stores: numbers as floats."""
    return content if isinstance(content, str | bool | datetime) else float(content)

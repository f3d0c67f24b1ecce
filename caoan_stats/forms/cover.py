"""The cover of a year's workbook: how to fill it in, and the document that its figures are from."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from math import ceil

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from caoan_stats.common.errors import DataError
from caoan_stats.common.frames import records
from caoan_stats.dataset import Dataset
from caoan_stats.forms import styles
from caoan_stats.forms.entries import Cell, Place, Typed
from caoan_stats.forms.layout import COVER
from caoan_stats.forms.styles import font
from caoan_stats.forms.xlsx import Found, Sheet

# what the figures are from, and what stands before each cell of it
FIELDS: Mapping[str, str] = {
    "year": "Năm",
    "source": "Mã nguồn",
    "title": "Tên văn bản",
    "issuer": "Cơ quan ban hành",
    "date": "Ngày ban hành",
}
SOURCE = "bc{year}"
TITLE = "Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm {year}"
ISSUER = "UBND xã"
SUGGESTED = "Gợi ý theo nguồn đã có; sửa cho đúng văn bản đang nhập."
RULES = (
    "Mỗi trang là một bảng, mỗi dòng là một chỉ tiêu, theo thứ tự của báo cáo. Chỉ điền các ô nền "
    "vàng; chỉ tiêu không có số liệu thì để trống cả dòng.",
    "«Số liệu năm {year}»: số đúng như báo cáo nêu, theo đơn vị tính của dòng, giữ nguyên số chữ "
    "số thập phân. Ghi «khoảng 12.500 con» hay «1,5 tỷ» cũng được; số hiểu được hai cách sẽ được "
    "hỏi lại.",
    "«Tăng, giảm so với năm {before}»: mức tăng, giảm (−) mà báo cáo nêu, theo đơn vị tính; "
    "với tỷ lệ % thì theo điểm %.",
    "«Từ kèm theo»: chọn ước, khoảng, trên hoặc dưới nếu báo cáo ghi như vậy trước con số.",
    "«Mục trong báo cáo»: bắt buộc khi có số, ví dụ I.B.I.1.1 (phần, mục lớn, mục, mục nhỏ).",
    "Số in nghiêng của năm {before} là số suy ra, nguồn không nêu trực tiếp.",
    "Không đổi tên, thêm, bớt hay ẩn trang, cột, dòng; không gộp ô.",
    "Điền xong thì lưu tệp và gõ: caoan-stats import {year}.xlsx. Xem những gì sẽ được thêm, rồi "
    "gõ lại với --write để ghi vào data/raw/.",
)
SIGNS = 110  # of a rule that fit in a line
_YEAR = re.compile(r"\b2[0-9]{3}\b")
_DAY = re.compile(r"(?:(?:([0-9]{1,2})/)?([0-9]{1,2})/)?([0-9]{4})")


def write_cover(sheet: Worksheet, ds: Dataset, year: int) -> None:
    """Write the cover: what to do, and a suggestion of what the figures are from.

    Parameters
    ----------
    sheet
        An empty sheet.
    ds
        The data folder that is to get the figures.
    year
        Their year.
    """
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 100
    styles.put(sheet["A1"], f"Phiếu nhập số liệu năm {year}")
    styles.put(sheet["A2"], ds.title)
    sheet["A1"].font, sheet["A2"].font = font(size=18, bold=True), font(size=13)
    for row, rule in enumerate(RULES, 4):
        sheet.cell(row, 1, row - 3).alignment = styles.RIGHT
        sheet.cell(row, 2, rule.format(year=year, before=year - 1)).alignment = styles.TOP
        sheet.row_dimensions[row].height = styles.LINE * ceil(len(rule) / SIGNS)
    start = 4 + len(RULES) + 1
    sheet.cell(start, 1, "Nguồn của số liệu").font = font(size=13, bold=True)
    sheet.cell(start, 2, SUGGESTED).font = font(italic=True)
    values = {"year": str(year), **suggest_source(ds, year)}
    for row, (name, label) in enumerate(FIELDS.items(), start + 1):
        sheet.cell(row, 1, label).font = font(bold=True)
        cell = sheet[f"B{row}"]
        styles.put(cell, values[name])
        cell.alignment = styles.LEFT
        cell.border = styles.EDGES
        if name != "year":
            cell.number_format, cell.fill = "@", styles.TYPED_FILL
            cell.protection = Protection(locked=False)
    styles.finish(sheet)


def read_source(
    file: str, cover: Sheet | None, ds: Dataset, year: int
) -> tuple[Typed, list[DataError]]:
    """Read the document that all figures are from.

    Parameters
    ----------
    file
        Name of the workbook.
    cover
        The sheet, where it is there.
    ds
        The data folder that is to get the figures.
    year
        The year that the headings of the other sheets say.

    Returns
    -------
    tuple
        A row of `sources.csv`, with what is suggested for what is not there, and what is wrong.
    """
    rows = {cover.text(row, "A"): row for row in cover.rows()} if cover else {}
    places = {
        name: Place(file, rows.get(label, 1), "B", COVER, label) for name, label in FIELDS.items()
    }
    cells = {name: Cell(text) for name, text in suggest_source(ds, year).items()}
    errors: list[DataError] = []
    for name, label in FIELDS.items() if cover else ():
        found = cover.cells.get((rows[label], "B")) if cover and label in rows else None
        if label not in rows:
            errors.append(DataError("missing_field", file, details={"label": label}, sheet=COVER))
        elif found is None or found.content is None:
            errors.append(places[name].say("empty_cell"))
        elif name != "year":
            cells[name] = Cell(_iso(found) if name == "date" else found.text)
        elif found.text != str(year):
            errors.append(places[name].say("other_year", found=found.text, year=year))
    return Typed("sources", cells, places), errors


def _iso(found: Found) -> str:
    """Write a date that was typed as Vietnamese does, or that became one of Excel, in ISO 8601.

    >>> _iso(Found("31/12/2024")), _iso(Found("12/2024")), _iso(Found("2024-12"))
    ('2024-12-31', '2024-12', '2024-12')
    """
    if isinstance(found.content, date):
        moment = found.content
        return f"{moment.date() if isinstance(moment, datetime) else moment:%Y-%m-%d}"
    if parts := _DAY.fullmatch(found.text):
        return "-".join(part.zfill(2) for part in reversed(parts.groups()) if part)
    return found.text


def suggest_source(ds: Dataset, year: int) -> dict[str, str]:
    """Suggest the document that the figures of a year will be from: last year's, a year later."""
    rows = records(ds.tables["sources"])
    known = {row["source"]: row for row in rows}
    code = SOURCE.format(year=year)
    if code in known:
        return {name: str(known[code][name]) for name in ("source", "title", "issuer", "date")}
    last = rows[-1] if rows else {"title": TITLE.format(year=year - 1), "issuer": ISSUER}
    first = _YEAR.search(str(last["title"]))
    passed = year - int(first[0]) if first else 0
    title = _YEAR.sub(lambda found: str(int(found[0]) + passed), str(last["title"]))
    return {"source": code, "title": title, "issuer": str(last["issuer"]), "date": f"{year}-12"}

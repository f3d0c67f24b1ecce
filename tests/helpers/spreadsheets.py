"""One workbook that LibreOffice saved in each format, its cells, and edits of its parts."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from helpers.project import PROJECT

from caoan_stats.forms.sheet import Sheet
from caoan_stats.forms.typed import Cell

FOLDER = PROJECT / "tests/forms/spreadsheets"
SHEET = "xl/worksheets/sheet1.xml"
PERCENT, SIGN_AS_TEXT = {"as_percentage": True}, {"as_percentage": True, "is_scaled": False}
CELLS = {
    "A1": Cell("chữ"),
    "A2": Cell(118),
    "A3": Cell(462.56),
    "A4": Cell(-15.7),
    "B1": Cell(0.9714, **PERCENT),
    "B2": Cell(0.9714, **SIGN_AS_TEXT),
    "B3": Cell(0.9714, **SIGN_AS_TEXT),
    "B4": Cell(0.9714, **SIGN_AS_TEXT),
    "B5": Cell(0.5, **PERCENT),
    "B6": Cell(-0.03, **SIGN_AS_TEXT),
    "C1": Cell(28.05, shown="28,05 tỷ"),
    "C2": Cell(97000, shown="khoảng 97000"),
    "C3": Cell(5000, shown="5000 ₫"),
    "D1": Cell(datetime(2024, 5, 12)),
    "D2": Cell("12/05/2024"),
    "D3": Cell("hai\ndòng, «ngoặc» và  khoảng"),
    "D4": Cell(True, "="),
    "E1": Cell(118, "="),
    "E2": Cell("#DIV/0!", "="),
    "E3": Cell(0.9714, "=", **PERCENT),
    "E4": Cell(118, "="),
    "E5": Cell("xy", "="),
    "F1": Cell("gộp"),
    "H1": Cell("lặp"),
    "H2": Cell("lặp"),
    "I1": Cell("lặp"),
}


def places(sheet: Sheet) -> dict[str, Cell]:
    """The cells by place; a formula is only its first sign, as xlrd returns no more."""
    cells = ((f"{letter}{row}", cell) for (row, letter), cell in sheet.cells.items())
    return {place: replace(cell, formula=cell.formula[:1]) for place, cell in sorted(cells)}


def within(part: str, end: bytes, added: bytes) -> Callable[[str, bytes], bytes]:
    """An edit that adds XML before the first of an end tag in a part."""
    return lambda name, data: data.replace(end, added + end, 1) if name == part else data


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[..., Path]:
    """Change each part of a workbook in an archive."""

    def change(source: Path, edit: Callable[[str, bytes], bytes]) -> Path:
        target = tmp_path / source.name
        with zipfile.ZipFile(source) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name, part in parts.items():
                new.writestr(name, edit(name, part))
        return target

    return change

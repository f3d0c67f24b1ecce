"""Any DataFrame becomes a table with Vietnamese numbers and a name for each row and column."""

from datetime import date
from decimal import Decimal
from math import inf, nan

import numpy as np
import pandas as pd
import pytest

from caoan_stats.display.frames import frame_table, show_frame

YEARS = pd.Index([2022, 2023], name="year")


def column(*cells: object, name: str = "x") -> list[str]:
    """The texts of a column beside row names."""
    frame = pd.DataFrame({name: pd.Series(cells, index=[f"r{at}" for at in range(len(cells))])})
    return list(frame_table(frame).cells.iloc[:, 0])


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ((18619139193, -5), ["18.619.139.193", "−5"]),
        ((462.56, 478.0), ["462,56", "478,00"]),
        ((738.2394, 54.0719), ["738,2", "54,1"]),
        ((0.0001234, 0.5), ["0,0001", "0,5000"]),
        ((53195.25, nan), ["53.195,25", ""]),
        ((123456.7891, 1.0), ["123.457", "1"]),
        ((Decimal("54.10"), None), ["54,10", ""]),
        ((inf, -inf), ["∞", "−∞"]),
        ((True, np.False_), ["có", "không"]),
        ((date(2023, 12, 31), pd.NaT), ["31/12/2023", ""]),
        ((pd.Timestamp("2023-02-01"), pd.Timestamp("2023-02-02")), ["01/02/2023", "02/02/2023"]),
        (("Lúa", None), ["Lúa", ""]),
        (([1, 2], "a"), ["[1, 2]", "a"]),
    ],
)
def test_a_cell_is_written_in_vietnamese(cells, texts):
    assert column(*cells) == texts


def test_years_have_no_separators():
    assert column(2022, 2023, name="year") == ["2022", "2023"]
    assert list(frame_table(pd.DataFrame({"x": [1, 2]}, index=YEARS)).cells.index) == [
        "2022",
        "2023",
    ]


def test_an_index_of_years_is_headed_in_vietnamese():
    assert frame_table(pd.DataFrame({"x": [1, 2]}, index=YEARS)).cells.index.name == "Năm"


def test_the_first_column_names_the_rows_of_a_default_index():
    cells = frame_table(pd.DataFrame({"loại": ["Gà", "Vịt"], "con": [7, 5]})).cells
    assert (cells.index.name, list(cells.index), list(cells)) == ("loại", ["Gà", "Vịt"], ["con"])


def test_a_first_column_with_decimals_names_no_rows():
    cells = frame_table(pd.DataFrame({"a": [1.5], "b": [2.5]})).cells
    assert (cells.index.name, list(cells.index), list(cells)) == ("Dòng", ["0"], ["a", "b"])


def test_several_levels_become_one_name():
    frame = pd.DataFrame(
        [[1, 2]],
        index=pd.MultiIndex.from_tuples([("Quý I", 2023)], names=["quý", "year"]),
        columns=pd.MultiIndex.from_tuples([("Lúa", "ha"), ("Ngô", "")]),
    )
    cells = frame_table(frame).cells
    assert (cells.index.name, *cells.index) == ("quý, Năm", "Quý I, 2023")
    assert list(cells) == ["Lúa, ha", "Ngô"]


def test_columns_of_one_name_are_told_apart():
    frame = pd.DataFrame([[1, 2]], index=["r"], columns=["a", "a"])
    assert list(frame_table(frame).cells) == ["a", "a (2)"]


def test_the_columns_of_a_table_of_the_report_have_their_labels(shipped):
    cells = frame_table(shipped.table("rice")).cells
    assert list(cells)[:2] == ["Diện tích gieo trồng lúa", "Năng suất lúa trung bình"]
    assert list(cells.loc["2023"])[:2] == ["462,56", "115"]


def test_a_column_without_content_is_left_out_of_the_table_but_not_of_the_download():
    table = frame_table(pd.DataFrame({"a": [nan, nan], "b": [1, 2]}, index=YEARS))
    assert list(table.cells) == ["b"]
    assert list(table.data) == ["Năm", "a", "b"]


def test_the_download_has_all_digits():
    data = frame_table(pd.DataFrame({"a": [0.123456789], "b": [Decimal("1.50")]}, ["r"])).data
    assert data.to_dict("records") == [{"Dòng": "r", "a": 0.123456789, "b": 1.5}]


def test_numbers_stand_on_the_right_with_their_heading_for_a_phone():
    html = show_frame(pd.DataFrame({"con": [7], "loại": ["Gà"]}, index=["r"]), "Đàn").html
    assert '<td role="cell" data-label="con" class="number">7</td>' in html
    assert '<td role="cell" data-label="loại">Gà</td>' in html
    assert 'download="dan.csv"' in html


def test_a_frame_can_be_scrolled_with_the_keyboard():
    html = show_frame(pd.DataFrame({"con": [7]}, index=["r"]), "<Đàn>").html
    assert html.startswith(
        '<div class="scroll" role="group" aria-label="&lt;Đàn&gt;" tabindex="0">'
    )


@pytest.mark.parametrize(("columns", "kind"), [(8, "scroll"), (9, "scroll many")])
def test_a_frame_of_many_columns_is_printed_below_each_other(columns, kind):
    frame = pd.DataFrame([range(columns)], index=["r"])
    assert show_frame(frame, "Rộng").html.startswith(f'<div class="{kind}"')


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"a": [nan]}, index=["r"])])
def test_a_frame_without_content_is_one_sentence(frame):
    assert show_frame(frame, "Đàn").html == '<p class="nothing">Đàn: chưa có số liệu.</p>'


def test_a_series_is_a_frame_of_one_column():
    html = show_frame(pd.Series([7], index=["Gà"], name="con"), "Đàn").html
    assert '<td role="cell" data-label="con" class="number main">7</td>' in html

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats.display.download import to_csv, to_link

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
DANGEROUS = (*FORMULA, "\t", "\r", "\n")


def cells(*values: object) -> list[str]:
    """Return the cells that a spreadsheet reads from a column of values."""
    data = to_csv(pd.DataFrame({"x": pd.Series(values, dtype=object)})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))
    return [cell for [cell] in rows[1:]]


def test_a_file_begins_with_a_byte_order_mark():
    assert to_csv(pd.DataFrame({"Năm": []})) == "\ufeffNăm\r\n".encode()


def test_columns_are_separated_by_semicolons_and_the_index_is_left_out():
    table = pd.DataFrame({"Chỉ tiêu": ["Lúa"], "Năm": [2023]}, index=["rice"])
    assert to_csv(table).decode("utf-8-sig") == "Chỉ tiêu;Năm\r\nLúa;2023\r\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (462.56, "462,56"),
        (0.1, "0,1"),
        (100.0, "100"),
        (18_619_139_193.0, "18619139193"),
        (1114, "1114"),
        (0, "0"),
        (-0.0, "0"),
        (Decimal("25.0"), "25,0"),
        (Decimal("-0.0"), "0,0"),
        (Decimal("1.860E+10"), "18600000000"),
    ],
)
def test_a_number_has_a_decimal_comma_and_no_groups(value, written):
    assert cells(value) == [written]


def test_a_negative_number_gets_no_apostrophe():
    assert cells(-15.7, -3) == ["-15,7", "-3"]


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_a_missing_value_is_an_empty_cell(value):
    assert cells(value) == [""]


def test_a_text_that_holds_separators_or_quotes_stays_one_cell():
    assert cells('a;b "c"\nd') == ['a;b "c"\nd']


@pytest.mark.parametrize("start", DANGEROUS)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(start):
    assert cells(f"{start}1+1") == [f"'{start}1+1"]


def test_a_formula_in_a_column_name_gets_an_apostrophe():
    assert to_csv(pd.DataFrame({"=1+1": []})).decode("utf-8-sig") == "'=1+1\r\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x,=1+1", "x,'=1+1"),
        ("x\n=1+1", "x\n'=1+1"),
        ('x,"=1+1', "x,'\"=1+1"),
        (" =1+1", "' =1+1"),
        ("\u00a0@x", "'\u00a0@x"),
    ],
)
def test_a_formula_after_another_separator_gets_an_apostrophe(text, written):
    assert cells(text) == [written]


@pytest.mark.parametrize("text", ["1=1", "a@b", "−3", " ", "'", "từ 100 đến 150", "x, -3", ";=1"])
def test_other_text_is_unchanged(text):
    assert cells(text) == [text]


@pytest.mark.property
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_every_text_is_read_back_with_nothing_but_apostrophes_added(texts):
    bare = [text.replace("'", "") for text in texts]
    assert [text.replace("'", "") for text in cells(*texts)] == bare


@pytest.mark.property
@given(st.lists(st.text("a1 =+@＝-,;\"'\t\r\n"), min_size=2, max_size=2), st.sampled_from(";,\t"))
def test_no_cell_is_a_formula_with_any_separator(texts, separator):
    data = to_csv(pd.DataFrame([texts], columns=["a", "b"])).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(data, newline=""), delimiter=separator)
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.property
@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_every_number_of_two_decimals_is_read_back(hundredths):
    [written] = cells(hundredths / 100)
    assert float(written.replace(",", ".")) == hundredths / 100


def test_a_link_contains_the_file():
    assert to_link("ạ".encode()) == "data:text/csv;charset=utf-8;base64,4bqh"

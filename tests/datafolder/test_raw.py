"""A data folder is read as a whole, and all its errors are reported at once."""

import os
import unicodedata
from pathlib import Path

import pytest

from caoan_stats.datafolder import raw

AREA = "rice_sown_area,2023,462.56,-15.7,,bc2023,I.B.I.1.1,"


def test_the_shipped_data_is_valid(data):
    assert len(raw.read_tables(data)["rice"]) == 3


def test_all_errors_of_all_files_are_reported_at_once(data, write_table, errors):
    write_table("rice", "rice_yield,20,x,,,bc,,", AREA.replace("462.56", "462;56"))
    (data / "raw/budget.csv").write_bytes(b"")
    (data / "raw/welfare.csv").write_bytes(b"\xff\xfe")
    assert [sentence.partition(": ")[0] for sentence in errors()] == [
        "budget.csv",
        "rice.csv:2, column year",
        "rice.csv:2, column value",
        "rice.csv:2, column source",
        "rice.csv:2, column section",
        "rice.csv:3, column value",
        "welfare.csv:1",
    ]


def test_errors_of_relations_and_of_figures_are_reported_together(data, errors):
    text = (data / "relations.csv").read_text(encoding="utf-8")
    (data / "relations.csv").write_text(text + "poultry,=,exec(x),x,,\n", encoding="utf-8")
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("462.56", "x"), encoding="utf-8")
    line = text.count("\n") + 1
    assert [sentence.partition(",")[0] for sentence in errors()] == [
        f"relations.csv:{line}",
        "rice.csv:2",
    ]


def test_a_wrong_column_is_reported_once_for_the_file(data, write_table, errors):
    write_table("rice")
    (data / "raw/rice.csv").write_text("indicator,year,amount\nrice_yield,2023,115\n")
    assert errors() == [
        "rice.csv:1: found the columns “indicator,year,amount”; expected columns of "
        "“indicator,year,value,change,qualifier,source,section,note,pct_change,pct_of_plan,"
        "direction,words”, each once at most, and always “indicator,year,source,section”: add "
        "source, section; take out amount"
    ]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("section,source,value,year,indicator", "I,bc2023,115,2023,rice_yield"),
        ("indicator,year,value,source,section,words", "rice_yield,2023,115,bc2023,I,"),
        ("indicator;year;value;source;section", "rice_yield;2023;115,0;bc2023;I"),
    ],
)
def test_columns_can_be_left_out_and_be_in_any_order(data, write_table, header, line):
    write_table("rice")
    (data / "raw/rice.csv").write_text(f"{header}\n{line}\n")
    [row] = raw.read_tables(data)["rice"].to_dict("records")
    assert (row["indicator"], row["value"], row["change"]) == ("rice_yield", 115, None)
    assert (row["qualifier"], row["words"], row["pct_change"]) == ("", "", None)


def test_targets_need_only_the_columns_that_they_use(data, write_table):
    write_table("rice")
    (data / "raw/targets.csv").write_text(
        "indicator,year,lower,source,section\nrice_yield,2024,115,bc2023,I\n"
    )
    [row] = raw.read_tables(data)["targets"].to_dict("records")
    assert (row["lower"], row["upper"], row["closed"], row["of"], row["base_year"]) == (
        115, None, "", "", None,
    )  # fmt: skip


def test_columns_in_another_order_are_refused_where_all_are_needed(data, write_table, errors):
    path = write_table("rice") / "raw/sources.csv"
    path.write_text("title,source,issuer,date\nx,bc2023,x,2023\n")
    assert errors()[0].endswith("in this order: put them in order")


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        ("Indicator,Year,value,change,qualifier,source,section,note",
         "rename Indicator → indicator, Year → year"),
        ("indicator,year,value,value,qualifier,source,section,note",
         "take out the repeated value"),
        ("indicator,year,value,Pct_Change,source,section", "rename Pct_Change → pct_change"),
        ("indicator,year,value,note", "add source, section"),
        ("indicator\tyear\tvalue", "separate the cells with “,” or “;”"),
    ],
)  # fmt: skip
def test_a_wrong_header_is_reported_with_its_correction(data, write_table, errors, header, advice):
    write_table("rice")
    (data / "raw/rice.csv").write_text(header + "\n")
    assert errors()[0].endswith(f"“indicator,year,source,section”: {advice}")


def test_a_missing_file_is_reported(data, write_table, errors):
    write_table("rice")
    (data / "raw/rice.csv").unlink()
    assert errors() == [
        "rice.csv: found no such file; expected the file that datapackage.json lists: restore it"
    ]


@pytest.mark.parametrize(
    "name", ["raw/fish.csv", "raw/RICE.CSV", "raw/rice.xlsx", "raw/old/rice.csv", "rice.csv"]
)
def test_a_table_that_the_descriptor_does_not_list_is_reported(data, write_table, errors, name):
    write_table("rice")
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("x")
    assert errors() == [
        f"{name}: found a table that datapackage.json does not list, so that nobody reads it; "
        "expected only listed files: add it to datapackage.json, or move it out of the data folder"
    ]


def test_a_file_name_with_unprintable_bytes_is_reported_in_escapes(data, errors):
    Path(os.fsdecode(os.fsencode(data / "raw") + b"/a\xff\n.csv")).write_text("x")
    assert errors()[0].startswith(r"raw/a\udcff\u000a.csv: found a table that datapackage.json")


def test_a_lock_file_of_excel_is_ignored(data):
    (data / "raw/~$rice.csv").write_text("x")
    raw.read_tables(data)


def test_a_folder_with_special_characters_in_its_name_is_read(data):
    odd = data.parent / 'Xã <b>"Cao An"\n; $HOME'
    data.rename(odd)
    assert len(raw.read_tables(odd)["rice"]) == 3


def test_a_file_name_in_decomposed_unicode_is_the_one_that_the_descriptor_lists(data):
    descriptor = data / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace("raw/rice.csv", "raw/lúa.csv"))
    (data / "raw/rice.csv").rename(data / "raw" / unicodedata.normalize("NFD", "lúa.csv"))
    assert len(raw.read_tables(data)["rice"])

"""A table of the report is a CSV and an entry of the descriptor; a kind of table is one row."""

import json
from pathlib import Path

import pytest

from caoan_stats import Dataset, InvalidDataError
from caoan_stats.concepts.tables import TABLES, TableSpec
from caoan_stats.datafolder.package import load_package
from caoan_stats.datafolder.raw import read_tables
from caoan_stats.forms.layout import sheet_names
from caoan_stats.forms.prefilled import prefill


@pytest.fixture
def fishery(data) -> Path:
    """A data folder with one more table of the report, `fishery`."""
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    [rice] = [each for each in descriptor["resources"] if each["name"] == "rice"]
    table = {**rice, "name": "fishery", "path": "raw/fishery.csv", "title": "Thủy sản"}
    descriptor["resources"].append(table)
    (data / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with (data / "indicators.csv").open("a", encoding="utf-8") as file:
        file.write("fish_caught,fishery,Sản lượng cá,Fish caught,kg,higher,0,false,\n")
    header = "indicator,year,value,change,qualifier,source,section,note\n"
    row = "fish_caught,2023,1200,,,bc2023,I.B.I.1,\n"
    (data / "raw/fishery.csv").write_text(header + row, encoding="utf-8")
    return data


def test_a_new_table_of_the_report_is_in_the_dataset(fishery):
    ds = Dataset.open(fishery)
    assert ds.titles["fishery"] == "Thủy sản"
    assert ds.table("fishery")["fish_caught"].to_dict() == {2023: 1200.0}
    assert list(ds.scorecard(2023, "fishery")["label"]) == ["Sản lượng cá"]


def test_a_new_table_of_the_report_is_a_sheet_of_the_workbook(fishery):
    ds = Dataset.open(fishery)
    assert sheet_names(load_package(fishery))["fishery"] == "Thủy sản"
    assert [row.indicator for row in prefill(ds, 2024)["fishery"]] == ["fish_caught"]


def test_a_new_kind_of_table_is_needed_in_every_data_folder(data, monkeypatch):
    monkeypatch.setitem(TABLES, "fairs", TableSpec({"indicator": "string", "year": "integer"}))
    with pytest.raises(InvalidDataError) as caught:
        read_tables(data)
    [error] = caught.value.errors
    assert "fairs.indicator (string); fairs.year (integer)" in error.found


def test_a_table_that_is_optional_is_without_rows_where_no_descriptor_has_it(data):
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    kept = [each for each in descriptor["resources"] if each["name"] != "breaks"]
    descriptor["resources"] = kept
    (data / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (data / "breaks.csv").unlink()
    assert read_tables(data)["breaks"].empty

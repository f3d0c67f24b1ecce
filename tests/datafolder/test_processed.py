import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers.strategies import SIGNS, numbers
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats import Dataset, InvalidDataError
from caoan_stats.common.frames import field_types, make_frame, records
from caoan_stats.datafolder import processed, raw
from caoan_stats.datafolder.processed_files import Processed
from caoan_stats.relations import derive


def frictionless_accepts(descriptor: Path) -> bool:
    import frictionless  # after the library, which imports it without its slowest part

    return frictionless.validate(descriptor).valid


@pytest.mark.parametrize("spoil", ["", "x"])
def test_frictionless_accepts_the_raw_package_until_it_is_spoilt(data, spoil):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("462.56", f"462.56{spoil}"))
    assert frictionless_accepts(data / "datapackage.json") == (not spoil)


@pytest.mark.parametrize("spoil", ["", " "])
def test_frictionless_accepts_the_processed_package_until_a_byte_is_changed(data, spoil):
    folder = processed.build(data)
    path = folder / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8") + spoil, encoding="utf-8")
    assert frictionless_accepts(folder / "datapackage.json") == (not spoil)


def test_observations_are_written_with_their_decimals(data):
    lines = (processed.build(data) / "observations.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "indicator,table,year,value,unit,status,qualifier,source,section"
    assert "rice_sown_area,rice,2022,478.26,ha,derived,about,bc2023,I.B.I.1.1" in lines
    assert "rice_yield,rice,2023,115,ta_per_ha,stated,estimate,bc2023,I.B.I.1.1" in lines
    assert (
        "natural_population_growth_rate,population,2022,0.60,percent,derived,about,bc2023,I.A.6"
    ) in lines


def test_targets_and_indicators_are_copied_beside_observations(data):
    folder = processed.build(data)
    for name in ("raw/targets.csv", "indicators.csv", "relations.csv", "breaks.csv"):
        raw_file, written = data / name, folder / Path(name).name
        rows = pd.read_csv(raw_file, dtype=str, keep_default_na=False)
        copied = pd.read_csv(written, dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(copied[rows.columns], rows)
        assert (copied.drop(columns=rows.columns) == "").all(axis=None)


def test_a_number_keeps_the_digits_that_are_stated(write_table):
    data = write_table("budget", "budget_revenue,2023,18.60e9,,,bc2023,I,")
    folder = processed.build(data)
    assert "budget_revenue,2023,value,1.860E+10,,,bc2023,I\n" in (folder / "facts.csv").read_text()
    [row] = records(processed.load_tables(data)["figures"])
    assert [str(row[name]) for name in ("value", "lower", "upper")] == [
        "1.860E+10", "18595000000", "18605000000",
    ]  # fmt: skip


def test_the_same_data_gives_the_same_bytes(data):
    folder = processed.build(data)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    processed.build(data)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_processed_data_is_read_when_it_is_up_to_date(data, monkeypatch):
    processed.build(data)
    monkeypatch.setattr(processed, "_derive", lambda _: pytest.fail("raw data was read"))
    assert len(processed.load_tables(data)["sources"]) == 1


def test_raw_data_is_read_when_it_is_newer(data):
    processed.build(data)
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53196"), encoding="utf-8")
    values = processed.load_tables(data)["observations"]["value"].map(str)
    assert "53196" in set(values)


@pytest.mark.parametrize("name", ["observations.csv", "datapackage.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_raw_data_is_read_when_processed_data_is_damaged(data, name, content):
    folder = processed.build(data)
    (folder / name).write_bytes(content)
    assert len(processed.load_tables(data)["observations"]) == 179


def test_ensure_processed_builds_only_what_is_out_of_date(data):
    processed.ensure_processed(data)
    descriptor = data / "processed/datapackage.json"
    first = descriptor.stat().st_mtime_ns
    processed.ensure_processed(data)
    assert descriptor.stat().st_mtime_ns == first
    (data / "raw/rice.csv").write_text(
        (data / "raw/rice.csv").read_text(encoding="utf-8").replace("53195", "53196")
    )
    processed.ensure_processed(data)
    assert descriptor.stat().st_mtime_ns != first


def test_each_file_has_a_checksum(data):
    descriptor = json.loads((processed.build(data) / "datapackage.json").read_bytes())
    assert {each["name"] for each in descriptor["resources"]} == {
        "facts", "figures", "observations", "notes", "audit", "targets", "indicators", "units",
        "unit_words", "phrases", "sources", "relations", "acknowledged", "breaks",
    }  # fmt: skip
    assert all(each["hash"].startswith("sha256:") for each in descriptor["resources"])


def test_the_audit_is_written_with_the_processed_data(data):
    folder = processed.build(data)
    lines = (folder / "audit.csv").read_text(encoding="utf-8").splitlines()
    resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    [schema] = [each["schema"] for each in resources if each["name"] == "audit"]
    assert lines[0] == ",".join(field["name"] for field in schema["fields"])
    assert len(lines) == 1 + len(Dataset.open(data).audit())


def test_nothing_is_written_when_the_data_is_invalid(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    with pytest.raises(InvalidDataError):
        processed.build(data)
    assert not (data / "processed").exists()


def test_old_processed_data_stays_when_the_data_becomes_invalid(data):
    folder = processed.build(data)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    (data / "raw/rice.csv").write_bytes(b"")
    with pytest.raises(InvalidDataError):
        processed.build(data)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_data_that_changes_during_a_build_is_reported_and_nothing_is_written(data, monkeypatch):
    path, read = data / "raw/rice.csv", raw.read_tables
    before = path.read_bytes()

    def edit(folder: Path) -> object:
        path.write_bytes(before + b"rice_yield,2019,115,,,bc2023,I,\n")
        tables = read(folder)
        path.write_bytes(before)
        return tables

    monkeypatch.setattr(raw, "read_tables", edit)
    with pytest.raises(InvalidDataError, match=r"^data: found data that changed while it was read"):
        processed.build(data)
    assert not (data / "processed").exists()


def test_a_link_instead_of_processed_is_refused_and_not_followed(data, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (data / "processed").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InvalidDataError, match=r"^processed: found a link to another folder"):
        processed.ensure_processed(data)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_processed_files_can_be_read_by_nobody_else_than_the_data(data):
    (data / "datapackage.json").chmod(0o600)
    modes = {path.stat().st_mode & 0o777 for path in processed.build(data).iterdir()}
    assert modes == {0o600}


def test_data_that_keeps_changing_is_reported(data, monkeypatch):
    read = raw.read_tables

    def grow(folder: Path) -> object:
        tables = read(folder)
        shutil.copy(folder / "units.csv", folder / "raw/units2.csv")
        return tables

    monkeypatch.setattr(raw, "read_tables", grow)
    with pytest.raises(InvalidDataError, match=r"^data: found data that changed while it was read"):
        processed.ensure_processed(data)


def made(kind: str) -> st.SearchStrategy[Any]:
    """Return a strategy of all values of a derived column."""
    match kind:
        case "integer":
            return st.integers(1945, 2100) | st.none()
        case "number":
            return st.none() | numbers(6) | st.sampled_from([Decimal("1.860E+10"), Decimal("5E+1")])
        case "boolean":
            return st.booleans()
    return st.lists(SIGNS, max_size=12).map("".join)


@pytest.mark.property
@given(st.data())
def test_processed_data_is_read_as_it_was_written(data):
    name = data.draw(st.sampled_from(sorted(derive.derived_schemas())))
    schema = derive.derived_schemas()[name]
    row = st.fixed_dictionaries({each["name"]: made(each["type"]) for each in schema["fields"]})
    table = make_frame(field_types(schema), data.draw(st.lists(row, max_size=4)))
    descriptor = {"resources": [{"name": name, "schema": schema}]}
    content = Processed(descriptor, {name: processed._csv(table)})
    found = processed._tables(content)[name]
    assert found.dtypes.to_dict() == table.dtypes.to_dict()
    assert [[repr(cell) for cell in row.values()] for row in records(found)] == [
        [repr(cell) for cell in row.values()] for row in records(table)
    ]

import json
import subprocess
import sys
from pathlib import Path

import pytest

from caoan_stats.datafolder import processed


def frictionless_accepts(descriptor: Path) -> bool:
    command = [sys.executable, "-m", "frictionless", "validate", str(descriptor)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


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
    assert "rice_sown_area,rice,2022,478.26,ha,derived,,bc2023,I.B.I.1.1" in lines
    assert "rice_yield,rice,2023,115,ta_per_ha,stated,estimate,bc2023,I.B.I.1.1" in lines
    assert (
        "natural_population_growth_rate,population,2022,0.60,percent,derived,,bc2023,I.A.6"
    ) in lines


def test_targets_and_indicators_stand_beside_them(data):
    folder = processed.build(data)
    for name in ("raw/targets.csv", "indicators.csv"):
        written = (folder / Path(name).name).read_text(encoding="utf-8")
        assert written == (data / name).read_text(encoding="utf-8")


def test_the_same_data_gives_the_same_bytes(data):
    folder = processed.build(data)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    processed.build(data)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_processed_data_is_read_where_it_is_up_to_date(data, monkeypatch):
    processed.build(data)
    monkeypatch.setattr(processed, "_derive", lambda _: pytest.fail("raw data was read"))
    assert len(processed.load_tables(data)["sources"]) == 1


def test_raw_data_is_read_where_it_is_newer(data):
    processed.build(data)
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53196"), encoding="utf-8")
    values = processed.load_tables(data)["observations"]["value"].map(str)
    assert "53196" in set(values)


@pytest.mark.parametrize("name", ["observations.csv", "datapackage.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_raw_data_is_read_where_processed_data_was_damaged(data, name, content):
    folder = processed.build(data)
    (folder / name).write_bytes(content)
    assert len(processed.load_tables(data)["observations"]) == 176


def test_ensure_builds_only_what_is_out_of_date(data):
    processed.ensure_built(data)
    descriptor = data / "processed/datapackage.json"
    first = descriptor.stat().st_mtime_ns
    processed.ensure_built(data)
    assert descriptor.stat().st_mtime_ns == first
    (data / "raw/rice.csv").write_text(
        (data / "raw/rice.csv").read_text(encoding="utf-8").replace("53195", "53196")
    )
    processed.ensure_built(data)
    assert descriptor.stat().st_mtime_ns != first


def test_each_file_has_a_checksum(data):
    descriptor = json.loads((processed.build(data) / "datapackage.json").read_bytes())
    assert {each["name"] for each in descriptor["resources"]} == {
        "observations", "notes", "audit", "targets", "indicators", "units", "sources",
        "relations",
    }  # fmt: skip
    assert all(each["hash"].startswith("sha256:") for each in descriptor["resources"])

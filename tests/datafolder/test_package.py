"""Nothing outside the data folder is read, and no network is asked, whatever the data says."""

import json
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import processed, processed_files, raw
from caoan_stats.datafolder.find import data_files
from caoan_stats.publish.site import SameNameError, export_folders

SECRET = "canary"
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request")
_seen: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in NETWORK or (event == "open" and SECRET in str(arguments[0])):
        _seen.append(f"{event} {arguments[0]}")


@pytest.fixture(scope="session")
def audit_hook() -> None:
    sys.addaudithook(_watch)  # a hook stays as long as the process


@pytest.fixture
def seen(audit_hook: None) -> Iterator[list[str]]:
    """What is opened outside, or asked of the network, from here on."""
    _seen.clear()
    yield _seen
    _seen.clear()


@pytest.fixture
def secret(data: Path) -> Path:
    """A valid table beside the data folder, and a valid schema."""
    shutil.copy(data / "observations.schema.json", data.parent / f"{SECRET}.json")
    return Path(shutil.copy(data / "raw/rice.csv", data.parent / f"{SECRET}.csv"))


@pytest.fixture
def describe(data: Path) -> Callable[..., None]:
    """Change the third resource of the descriptor, which is that of rice."""

    def change(**properties: object) -> None:
        path = data / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        package["resources"][2].update(properties)
        path.write_text(json.dumps(package), encoding="utf-8")

    return change


def test_what_is_opened_outside_would_be_seen(secret, seen):
    secret.read_bytes()
    with socket.socket() as one:
        one.settimeout(0.01)
        one.connect_ex(("127.0.0.1", 9))
    assert [entry.split()[0] for entry in seen] == ["open", "socket.connect"]


@pytest.mark.parametrize(
    "path",
    [
        "{secret}", "../canary.csv", "raw/../../canary.csv", "./raw/rice.csv", "raw//rice.csv",
        "raw/../raw/rice.csv", "{data}/raw/rice.csv", "~/canary.csv", "$HOME/canary.csv/..",
        "http://127.0.0.1:9/canary.csv", "https://127.0.0.1:9/canary.csv", "file://{secret}",
        "file:canary.csv", "s3://canary/rice.csv", "data:text/csv,canary",
        r"C:\canary.csv", "C:canary.csv", r"\\server\canary.csv", r"..\canary.csv",
        r"raw\rice.csv", "//server/canary.csv", "%2e%2e/canary.csv",
        "", ".", "..", "raw", "raw/", "raw/.csv", "raw/.rice.csv", "raw/deep/rice.csv",
        "raw/rice.csv\0", "raw/rice.csv\n", "raw/rice.txt", "raw/rice.csv.zip", "rice.csv/",
        "datapackage.json", "observations.schema.json", "processed/observations.csv",
        None, 7, ["raw/rice.csv"], {"path": "raw/rice.csv"}, "raw/budget.csv",
    ],
)  # fmt: skip
def test_a_table_is_in_the_folder_or_in_raw(data, secret, describe, errors, seen, path):
    if isinstance(path, str):
        path = path.format(secret=secret, data=data)
    describe(path=path)
    [sentence] = errors()
    assert sentence.startswith("datapackage.json: found something missing or wrong: ")
    assert seen == []


@pytest.mark.parametrize(
    "path",
    [
        "{secret}", "../canary.csv", "../canary.json", "http://127.0.0.1:9/canary.json",
        "file://{secret}", r"C:\canary.json", r"..\canary.json", "", ".", "raw/canary.json",
        "raw/rice.csv", ".canary.json",
    ],
)  # fmt: skip
def test_a_schema_is_in_the_folder(data, secret, describe, errors, seen, path):
    describe(schema=path.format(secret=secret))
    [sentence] = errors()
    assert sentence.startswith("datapackage.json: found something missing or wrong: ")
    assert seen == []


@pytest.mark.parametrize("name", ["raw/rice.csv", "indicators.csv", "observations.schema.json"])
def test_a_link_does_not_lead_out(data, secret, errors, seen, name):
    outside = data.parent / f"{SECRET}.{name.rpartition('.')[2]}"
    shutil.move(data / name, outside)
    (data / name).symlink_to(outside)
    [sentence] = errors()
    assert f"{name} leaves the data folder" in sentence
    with pytest.raises(InvalidDataError, match="leaves the data folder"):
        processed.build(data)
    assert seen == []


def test_a_linked_folder_does_not_lead_out(data, errors, seen):
    shutil.move(data / "raw", data.parent / SECRET)
    (data / "raw").symlink_to(data.parent / SECRET)
    assert "raw/economy.csv leaves the data folder" in errors()[0]
    assert seen == []


@pytest.mark.parametrize("name", ["raw/more.csv", "more.json"])
def test_a_link_that_nobody_reads_is_told(data, secret, seen, name):
    (data / name).symlink_to(secret)
    with pytest.raises(InvalidDataError) as caught:
        data_files(data)
    assert str(caught.value) == (
        f"{name}: found a link to a file outside the data folder; expected only files in it: "
        "put the file itself in its place, or delete it"
    )
    with pytest.raises(InvalidDataError, match=name):
        processed.build(data)
    assert seen == []


def test_a_link_inside_the_folder_is_read(data):
    (data / "raw/rice.csv").rename(data / "raw/~$rice.csv")
    (data / "raw/rice.csv").symlink_to("~$rice.csv")
    assert len(raw.read_tables(data)["rice"]) == 3


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/canary.json", "file://{secret}"])
@pytest.mark.parametrize(
    "name",
    ["profile", "$schema", "dialect", "extends", "extrapaths", "control", "scheme", "format",
     "encoding", "compression", "innerpath", "data", "sources", "checklist", "pipeline"],
)  # fmt: skip
def test_no_property_of_a_resource_loads_anything(data, secret, describe, seen, name, address):
    describe(**{name: address.format(secret=secret)})
    assert len(raw.read_tables(data)["rice"]) == 3
    assert seen == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/canary.json", "file://{secret}"])
@pytest.mark.parametrize("name", ["profile", "$schema", "extends", "$ref", "fieldsMatch"])
def test_no_property_of_a_schema_loads_anything(data, secret, seen, name, address):
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    value = address.format(secret=secret)
    schema[name] = value
    schema["fields"][0][name] = value
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert len(raw.read_tables(data)["rice"]) == 3
    assert seen == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/canary.csv", "../canary.csv", "{secret}"])
def test_a_foreign_key_leads_to_no_other_package(data, secret, errors, seen, address):
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    value = address.format(secret=secret)
    schema["foreignKeys"][0]["reference"] |= {"resource": value, "package": value}
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert errors()[0].startswith("datapackage.json: found something missing or wrong: ")
    assert seen == []


def test_two_tables_have_two_names(describe, errors):
    describe(name="budget")
    assert "budget: listed twice" in errors()[0]


@pytest.mark.parametrize("path", ["../../canary.csv", "{secret}", "raw/../canary.csv"])
def test_processed_data_leads_nowhere_either(data, secret, seen, path):
    descriptor = processed.build(data) / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    package["resources"][0]["path"] = path.format(secret=secret)
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(processed_files.OutOfDateError):
        processed_files.read_built(data)
    assert seen == []


@pytest.mark.parametrize("name", ["a<b>&\"'", "a b", "a\nb", "Xã Cao An", "-n", "a%2fb", "#?"])
def test_the_pages_of_a_commune_stay_below_the_folder_of_all(name):
    out = Path("exports")
    places = export_folders([Path("/x") / name, Path("/y/b")], out)
    assert [place.relative_to(out).parts for place in places.values()] == [(name,), ("b",)]


@pytest.mark.parametrize("folder", ["/data", "/"])
def test_a_data_folder_at_the_root_of_the_disk_has_a_folder_of_its_own(folder):
    places = export_folders([Path(folder), Path("/b")], Path("exports"))
    assert list(places.values()) == [Path("exports/data"), Path("exports/b")]


@pytest.mark.parametrize("other", ["/y/XA-A", "/y/xa-a/data"])
def test_names_that_a_disk_may_take_for_one_are_refused(other):
    with pytest.raises(SameNameError):
        export_folders([Path("/x/xa-a"), Path(other)], Path("exports"))


def test_names_in_two_forms_of_unicode_are_one():
    with pytest.raises(SameNameError):
        export_folders([Path("/x/x\u00e3"), Path("/y/xa\u0303")], Path("exports"))


def test_a_folder_of_an_odd_name_is_read(data):
    odd = data.parent / 'Xã <b>"Cao An"\n; $HOME'
    data.rename(odd)
    assert len(raw.read_tables(odd)["rice"]) == 3

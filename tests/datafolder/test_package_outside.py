"""Whatever the data names, nothing outside the data folder is read and no network is used."""

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

SECRET = "canary"
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request")
_seen: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in NETWORK or (event == "open" and SECRET in str(arguments[0])):
        _seen.append(f"{event} {arguments[0]}")


@pytest.fixture(scope="session")
def audit_hook() -> None:
    sys.addaudithook(_watch)  # a hook cannot be removed


@pytest.fixture
def seen(audit_hook: None) -> Iterator[list[str]]:
    """The outside files that are opened and the network calls, from here on."""
    _seen.clear()
    yield _seen
    _seen.clear()


@pytest.fixture
def secret(data: Path) -> Path:
    """A valid table beside the data folder, and a valid schema."""
    shutil.copy(data / "observations.schema.json", data.parent / f"{SECRET}.json")
    return Path(shutil.copy(data / "raw/rice.csv", data.parent / f"{SECRET}.csv"))


@pytest.fixture
def describe(change_descriptor) -> Callable[..., None]:
    """Change properties of the third resource, the table of rice."""

    def change(**properties: object) -> None:
        change_descriptor(lambda package: package["resources"][2].update(properties))

    return change


def test_the_audit_hook_sees_files_and_connections(secret, seen):
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
def test_a_table_must_be_a_file_of_the_folder_or_of_raw(data, secret, describe, errors, seen, path):
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
def test_a_schema_must_be_a_file_of_the_folder(data, secret, describe, errors, seen, path):
    describe(schema=path.format(secret=secret))
    [sentence] = errors()
    assert sentence.startswith("datapackage.json: found something missing or wrong: ")
    assert seen == []


@pytest.mark.parametrize("name", ["raw/rice.csv", "indicators.csv", "observations.schema.json"])
def test_a_link_out_of_the_folder_is_refused(data, secret, errors, seen, name):
    outside = data.parent / f"{SECRET}.{name.rpartition('.')[2]}"
    shutil.move(data / name, outside)
    (data / name).symlink_to(outside)
    [sentence] = errors()
    assert f"{name} leaves the data folder" in sentence
    with pytest.raises(InvalidDataError, match="leaves the data folder"):
        processed.build(data)
    assert seen == []


def test_a_raw_folder_that_is_a_link_is_refused(data, errors, seen):
    shutil.move(data / "raw", data.parent / SECRET)
    (data / "raw").symlink_to(data.parent / SECRET)
    assert "raw/economy.csv leaves the data folder" in errors()[0]
    assert seen == []


@pytest.mark.parametrize("name", ["raw/more.csv", "more.json"])
def test_an_unlisted_link_out_of_the_folder_is_reported(data, secret, seen, name):
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
@pytest.mark.parametrize("name", ["profile", "$schema", "extends", "$ref"])
def test_no_property_of_a_schema_loads_anything(data, secret, seen, name, address):
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    value = address.format(secret=secret)
    schema[name] = value
    schema["fields"][0][name] = value
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert len(raw.read_tables(data)["rice"]) == 3
    assert seen == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/canary.json", "file://{secret}"])
def test_an_address_in_place_of_a_word_of_a_schema_is_refused(data, secret, errors, seen, address):
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["fieldsMatch"] = address.format(secret=secret)
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert errors()[0].startswith("datapackage.json: found something missing or wrong")
    assert seen == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/canary.csv", "../canary.csv", "{secret}"])
def test_a_foreign_key_to_another_package_is_refused(data, secret, errors, seen, address):
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    value = address.format(secret=secret)
    schema["foreignKeys"][0]["reference"] |= {"resource": value, "package": value}
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert errors()[0].startswith("datapackage.json: found something missing or wrong: ")
    assert seen == []


@pytest.mark.parametrize("path", ["../../canary.csv", "{secret}", "raw/../canary.csv"])
def test_processed_data_with_a_path_outside_is_out_of_date(data, secret, seen, path):
    descriptor = processed.build(data) / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    package["resources"][0]["path"] = path.format(secret=secret)
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(processed_files.OutOfDateError):
        processed_files.read_processed(data)
    assert seen == []

"""A descriptor or a schema that the program cannot use is refused."""

import csv
import json
import shutil

import pandas as pd
import pytest

from caoan_stats import Dataset, InvalidDataError
from caoan_stats.concepts.tables import TABLES
from caoan_stats.datafolder import processed, raw


def schema(package, name):
    return next(each for each in package["resources"] if each["name"] == name)["schema"]


@pytest.fixture
def old(data, change_descriptor):
    """The data folder without a field or a table that a descriptor can be without."""

    def forget(package):
        drop(package, "breaks")
        for each in package["resources"]:
            described = each["schema"]
            if isinstance(described, dict):
                _forget(each["name"], described, data / each["path"])

    change_descriptor(forget)
    path = data / "observations.schema.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for table in (data / "raw").glob("*.csv"):
        if table.name not in ("sources.csv", "targets.csv"):
            _forget("observations", described, table)
    path.write_text(json.dumps(described), encoding="utf-8")
    (data / "breaks.csv").unlink()
    return data


def _forget(name, described, path):
    """Take the optional fields of a table out of its schema and of its file."""
    kept = [*TABLES[name].fields]
    described.pop("fieldsMatch", None)
    described["fields"] = [each for each in described["fields"] if each["name"] in kept]
    described["primaryKey"] = [each for each in described["primaryKey"] if each in kept]
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{each: row[each] for each in kept} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, lineterminator="\n")
        writer.writeheader()
        writer.writerows(each for each in rows if has_content(name, each))


def has_content(name, row):
    """Return whether a row still states something, without its optional fields."""
    if name == "observations":
        return bool(row["value"] or row["change"])
    return name != "targets" or bool(row["lower"] or row["upper"] or row["note"])


def drop(package, name):
    package["resources"] = [each for each in package["resources"] if each["name"] != name]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda package: package.pop("resources"), "resources?"),
        (lambda package: package.pop("title"), "title?"),
        (
            lambda package: package["resources"][0].update(path="../../secret.csv"),
            "../../secret.csv leaves the data folder",
        ),
        (lambda package: package["resources"][0].update(schema=[]), "list indices"),
        (
            lambda package: package["resources"][0].update(schema={"fields": []}),
            "economy.indicator (string)",
        ),
        (lambda package: drop(package, "acknowledged"), "acknowledged.left (string)"),
        (
            lambda package: schema(package, "targets")["fields"][2].update(type="string"),
            "targets.lower (number)",
        ),
        (
            lambda package: schema(package, "targets")["fields"].pop(4),
            "targets.closed (string)",
        ),
        (
            lambda package: schema(package, "units")["fields"].append(
                {"name": "x", "type": "colour"}
            ),
            "colour",
        ),
    ],
)  # fmt: skip
def test_a_descriptor_that_the_program_cannot_use_is_refused(
    change_descriptor, errors, spoil, reason
):
    change_descriptor(spoil)
    [sentence] = errors()
    assert sentence.startswith("datapackage.json: found something missing or wrong: ")
    assert reason in sentence


def test_broken_json_is_reported_by_file_and_line(data, errors):
    (data / "observations.schema.json").write_text('{\n"fields": [,]}')
    assert errors() == [
        "observations.schema.json:2: found something that is not JSON; expected a JSON file in "
        "UTF-8: mend the comma, bracket or quotation mark there, or take back the committed file"
    ]


def test_json_may_have_a_byte_order_mark(data):
    path = data / "datapackage.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    raw.read_tables(data)


def test_a_folder_without_a_descriptor_is_reported(data):
    shutil.rmtree(data)
    with pytest.raises(InvalidDataError, match=r"^datapackage\.json: found no such file"):
        raw.read_tables(data)


def test_a_table_name_that_is_listed_twice_is_refused(change_descriptor, errors):
    change_descriptor(lambda package: package["resources"][2].update(name="budget"))
    assert "budget: listed twice" in errors()[0]


def test_a_descriptor_of_the_time_before_the_optional_fields_is_read(old):
    tables = raw.read_tables(old)
    assert [name for name, table in TABLES.items() if name in tables and not (
        {*table.optional} <= {*tables[name].columns}
    )] == []  # fmt: skip
    assert tables["breaks"].empty


def test_old_data_gives_the_same_from_its_processed_tables(old):
    before = Dataset.open(old)
    processed.build(old)
    processed.load_tables(old)
    after = Dataset.open(old)
    pd.testing.assert_frame_equal(after.scorecard(2023), before.scorecard(2023))
    pd.testing.assert_frame_equal(after.audit(), before.audit())


def test_processed_tables_of_old_data_are_up_to_date(old, monkeypatch):
    processed.build(old)
    monkeypatch.setattr(processed, "_derive", lambda _: pytest.fail("raw data was read"))
    assert {"of", "base_year"} <= {*processed.load_tables(old)["targets"]}


def with_pattern(pattern):
    def add(package):
        [field] = [each for each in schema(package, "sources")["fields"] if each["name"] == "date"]
        field["constraints"]["pattern"] = pattern

    return add


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|aa)*b",
        "([a-z]+)*[0-9]",
        "(a?){40}a{40}",
        "(.*,){11}x",
        "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b",
        "(a)\\1*",
    ],
)
def test_a_pattern_that_could_backtrack_without_end_is_refused(pattern, change_descriptor, errors):
    change_descriptor(with_pattern(pattern))
    assert len(errors()) == 1
    assert f"date: pattern {pattern}" in errors()[0]


@pytest.mark.parametrize("pattern", ["[0-9]+-?[0-9-]+", "[0-9]{4}(-[0-9]{1,2}){0,2}"])
def test_a_pattern_of_ones_own_is_used(pattern, change_descriptor, data):
    change_descriptor(with_pattern(pattern))
    assert len(raw.read_tables(data)["rice"]) == 3


def test_a_long_text_fits_no_pattern(data, errors):
    path = data / "raw/sources.csv"
    path.write_text(f"{path.read_text(encoding='utf-8')}x,a,b,{'2' * 300}\n", encoding="utf-8")
    assert "column date: found “2222" in "\n".join(errors())

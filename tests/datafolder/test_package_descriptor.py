"""A descriptor or a schema that the program cannot use is refused."""

import shutil

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import raw


def schema(package, name):
    return next(each for each in package["resources"] if each["name"] == name)["schema"]


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
        (lambda package: package["resources"].pop(), "acknowledged.left (string)"),
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

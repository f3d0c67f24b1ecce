"""Tables in the types of their schemas, and foreign keys."""

import json

import pytest

from caoan_stats.datafolder import raw


def test_a_decimal_comma_in_a_semicolon_file_is_read(data, write_table):
    write_table("rice")
    text = "\ufeffindicator;year;value;change;qualifier;source;section;note\r\n"
    text += "rice_sown_area;2023;462,56;-15,7;;bc2023;I.B.I.1.1;\r\n;;;;;;;\r\n"
    (data / "raw/rice.csv").write_text(text, encoding="utf-8", newline="")
    [row] = raw.read_tables(data)["rice"].to_dict("records")
    assert (str(row["value"]), str(row["change"])) == ("462.56", "-15.7")


def test_a_value_keeps_its_stated_decimals(write_table):
    data = write_table("rice", "rice_sown_area,2023,462.50,,,bc2023,I,")
    assert str(raw.read_tables(data)["rice"]["value"].item()) == "462.50"


@pytest.mark.parametrize(
    ("columns", "table", "found"),
    [
        (["indicator", "year"], "targets", "column indicator: found “rice_yield, 2023”"),
        (["note"], "indicators", "column note: found “x”"),  # indicators have no notes
    ],
)
def test_values_without_their_foreign_key_are_an_unknown_code(
    data, write_table, errors, columns, table, found
):
    write_table("rice", "rice_yield,2023,115,,,bc2023,I,x")
    path = data / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    key = {"fields": columns, "reference": {"resource": table, "fields": columns}}
    path.write_text(json.dumps(schema | {"foreignKeys": [key]}), encoding="utf-8")
    [error] = errors()
    assert f"{found}; expected a code of {table}.csv" in error

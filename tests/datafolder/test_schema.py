"""Tables in the types of their schemas."""

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

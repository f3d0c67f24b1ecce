"""Errors against the schema of a table: one sentence each, with file, line, column and remedy."""

import pytest

AREA = "rice_sown_area,2023,462.56,-15.7,,bc2023,I.B.I.1.1,"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "rice_yeld,2023,115,,,bc2023,I,",
            "rice.csv:2, column indicator: found “rice_yeld”; expected a code of indicators.csv: "
            "write rice_yield",
        ),
        (
            "xyz,2023,115,,,bc2023,I,",
            "rice.csv:2, column indicator: found “xyz”; expected a code of indicators.csv: "
            "mend the code, or add it to that catalogue",
        ),
        (
            "rice_sown_area,2023,462,56,,,bc2023,I,",
            "rice.csv:2: found 9 cells: “rice_sown_area,2023,462,56,,,bc2023,I,”; expected 8 cells "
            "as in the line of column names: a comma has split a number into cells: write 462.56",
        ),
        (
            "rice_sown_area,2023,462.56",
            "rice.csv:2: found 3 cells: “rice_sown_area,2023,462.56”; expected 8 cells as in the "
            "line of column names: add the missing “,”, for empty cells too",
        ),
        (
            "rice_sown_area,202x,462.56,,,bc2023,I,",
            "rice.csv:2, column year: found “202x”; expected a whole number: "
            "write it in digits, as in 2023",
        ),
        (
            "rice_sown_area,2023.5,462.56,,,bc2023,I,",
            "rice.csv:2, column year: found “2023.5”; expected a whole number: "
            "write it in digits, as in 2023",
        ),
        (
            "rice_sown_area,23,462.56,,,bc2023,I,",
            "rice.csv:2, column year: found “23”; expected a number from 1945 to 2100: "
            "check the year",
        ),
        (
            "rice_sown_area,,462.56,,,bc2023,I,",
            "rice.csv:2, column year: found an empty cell; expected a value: fill in year",
        ),
        (
            "rice_sown_area,2023,462.56,,roughly,bc2023,I,",
            "rice.csv:2, column qualifier: found “roughly”; expected one of: estimate, about, "
            "over, under, almost: choose one of them, or leave the cell empty",
        ),
        (
            "rice_sown_area,2023,462.56,,,bc2019,I,",
            "rice.csv:2, column source: found “bc2019”; expected a code of sources.csv: "
            "write bc2023",
        ),
        (
            "rice_sown_area,2023,462.56,,,bc2023,,",
            "rice.csv:2, column section: found an empty cell; expected a value: fill in section",
        ),
    ],
)  # fmt: skip
def test_a_line_that_breaks_the_schema_gets_one_sentence(write_table, errors, line, sentence):
    write_table("rice", line)
    assert errors() == [sentence]


def test_a_second_figure_of_one_year_names_the_first(write_table, errors):
    write_table("rice", AREA, "rice_sown_area,2023,400,,,bc2023,I,")
    assert errors() == [
        "rice.csv:3: found “rice_sown_area, 2023, bc2023” a second time; expected one line for "
        "each indicator, year, source: keep one of the two: rice.csv:2"
    ]


def test_every_short_line_is_reported_when_most_lines_are_short(write_table, errors):
    write_table("rice", *["rice_yield,2023"] * 9, AREA)
    found = errors()
    assert len(found) == 9
    assert found[0].startswith("rice.csv:2: found 2 cells: “rice_yield,2023”; expected 8 cells")


def test_a_cell_beyond_the_last_column_is_reported(write_table, errors):
    write_table("rice", ",,,,,,,,577.56")
    assert errors() == [
        "rice.csv:2: found 9 cells: “,,,,,,,,577.56”; expected 8 cells as in the line of column "
        "names: take out what is too much; put quotation marks around a cell with “,”"
    ]


def test_a_line_in_a_single_cell_is_reported(data, write_table, errors):
    write_table("rice", AREA.replace(",", ";"))
    [sentence] = errors()
    assert sentence.startswith("rice.csv:2: found the whole line in one cell: “rice_sown_area;2023")


def test_a_whole_number_with_a_plus_sign_is_refused(data, errors):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("ta,higher,0,", "ta,higher,+0,")
    path.write_text(text, encoding="utf-8")
    assert errors() == [
        "indicators.csv:56, column decimals: found “+0”; expected a whole number: "
        "write it in digits, as in 2"
    ]


def test_a_boolean_other_than_true_or_false_is_refused(data, errors):
    path = data / "units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("ha,ha,ha,false", "ha,ha,ha,no"))
    assert errors() == [
        "units.csv:2, column exact: found “no”; expected one of: true, false: choose one of them"
    ]


def test_a_date_that_is_not_in_iso_8601_form_is_refused(data, errors):
    path = data / "raw/sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-12", "12/2023"))
    assert errors()[0].startswith(
        "sources.csv:2, column date: found “12/2023”; expected a form like 2023-12-31"
    )


@pytest.mark.parametrize(
    ("unit", "advice"),
    [
        ("tan", "mend the code, or add it to that catalogue"),
        ("tan_per_ha", "mend the code, or add it to that catalogue"),
        ("thousand_vnd", "mend the code, or add it to that catalogue"),
        ("Ta", "write ta"),
        ("million-vnd", "write million_vnd"),
    ],
)
def test_a_unit_that_may_be_a_multiple_of_another_is_not_advised(data, errors, unit, advice):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Rice production,ta,", f"Rice production,{unit},"), "utf-8")
    [sentence] = errors()
    assert sentence.endswith(f"found “{unit}”; expected a code of units.csv: {advice}")


def test_a_word_for_a_unit_is_a_power_of_ten_of_it(data, errors):
    with (data / "unit_words.csv").open("a", encoding="utf-8") as file:
        file.write("sào,ha,0.036\n")
    [sentence] = errors()
    assert "column factor: found “0.036”; expected one of: 0.000001" in sentence


@pytest.mark.parametrize("year", ["2024.0", "năm 2024"])
def test_a_year_that_is_no_whole_number_is_written_out_in_the_advice(year, write_table, errors):
    write_table("rice", f"rice_yield,{year},115,,,bc2023,I,")
    assert errors() == [
        f"rice.csv:2, column year: found “{year}”; expected a whole number: write it in digits, as "
        "in 2024"
    ]


def test_a_header_in_other_letters_is_told_how_to_write_it(data, errors):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text().replace("indicator,year", "Indicator, YEAR ", 1))
    assert errors()[0].endswith(": rename Indicator → indicator, YEAR → year")

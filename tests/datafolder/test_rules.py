"""Errors that no schema can find: one sentence each, with file, line, column and remedy."""

import re
from decimal import Decimal

import pytest

from caoan_stats.datafolder import raw


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "pigs,2023,300,,over,bc2023,I,",
            "rice.csv:2, column indicator: found “pigs”; expected an indicator of this table: "
            "move the line to livestock.csv",
        ),
        (
            "rice_sown_area,2023,nhiều,,,bc2023,I,",
            "rice.csv:2, column value: found “nhiều”; expected a number: "
            "write digits without words or unit, as in 79.5",
        ),
        (
            "rice_sown_area,2023,462.56 ha,,,bc2023,I,",
            "rice.csv:2, column value: found “462.56 ha”; expected a number without grouping, "
            "decimal mark “.”: write 462.56",
        ),
        (
            "rice_sown_area,2023,7²,,,bc2023,I,",
            "rice.csv:2, column value: found “7²”, with the sign “²”; expected a number written "
            "with the digits 0 to 9 only: delete “²” if it marks a footnote; write it with plain "
            "digits if it is part of the number",
        ),
        (
            "rice_sown_area,2023¹,7,,,bc2023,I,",
            "rice.csv:2, column year: found “2023¹”, with the sign “¹”; expected a number written "
            "with the digits 0 to 9 only: delete “¹” if it marks a footnote; write it with plain "
            "digits if it is part of the number",
        ),
        (
            "rice_production,2023,53.195,,,bc2023,I,",
            "rice.csv:2, column value: found “53.195”, which can mean two numbers: 53195 or "
            "53.195; expected a number that can only be read in one way, usually with at most 0 "
            "decimals: write 53195 if the “.” groups thousands; if it is the decimal mark, look at "
            "the source again, then write 53195e-3",
        ),
        (
            "rice_production,2023,18.619.139.193,,,bc2023,I,",
            "rice.csv:2, column value: found “18.619.139.193”; expected a number without grouping, "
            "decimal mark “.”: write 18619139193",
        ),
        (
            'rice_production,2023,"9,433,834",,,bc2023,I,',
            "rice.csv:2, column value: found “9,433,834”; expected a number without grouping, "
            "decimal mark “.”: write 9433834",
        ),
        (
            'rice_sown_area,2023,"462,56",,,bc2023,I,',
            "rice.csv:2, column value: found “462,56”; expected a number without grouping, decimal "
            "mark “.”: write 462.56",
        ),
        (
            "rice_sown_area,2023,,,,bc2023,I,",
            "rice.csv:2: found a row that states nothing; expected at least a number, a direction "
            "or a result in words: fill in what the source states, or empty the row",
        ),
    ],
)  # fmt: skip
def test_a_line_that_breaks_a_rule_gets_one_sentence(write_table, errors, line, sentence):
    write_table("rice", line)
    assert errors() == [sentence]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "new_jobs,2024,150,130,,bc2023,II,",
            "targets.csv:2: found lower 150 and upper 130; expected a lower bound that is not "
            "above the upper one: exchange the two if they are the wrong way round",
        ),
        (
            "new_jobs,2024,130,130,left,bc2023,II,",
            "targets.csv:2, column closed: found both bounds 130 with closed “left”; expected an "
            "interval that holds a value: leave closed empty",
        ),
        (
            "new_jobs,2024,,,,bc2023,II,",
            "targets.csv:2: found no bound and no note; expected a bound, or the target in words: "
            "fill in lower or upper, or write the words in note",
        ),
        (
            "education_quality,2024,3,,,bc2023,II,",
            "targets.csv:2, column lower: found “3”; expected an empty cell, as education_quality "
            "has no unit: delete the number, or state the result in words",
        ),
        (
            "new_jobs,2024,1.300,,,bc2023,II,",
            "targets.csv:2, column lower: found “1.300”, which can mean two numbers: 1300 or "
            "1.300; expected a number that can only be read in one way, usually with at most 0 "
            "decimals: write 1300 if the “.” groups thousands; if it is the decimal mark, look at "
            "the source again",
        ),
    ],
)  # fmt: skip
def test_a_target_that_breaks_a_rule_gets_one_sentence(write_table, errors, line, sentence):
    write_table("targets", line)
    assert errors() == [sentence]


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "a\ufffdb", "a\x1bb"])
def test_damaged_text_and_errors_of_excel_are_reported(write_table, errors, cell):
    write_table("rice", f"rice_yield,2023,115,,,bc2023,I,{cell}")
    [sentence] = errors()
    assert sentence.startswith("rice.csv:2, column note: found “")
    assert "damaged text or an error of Excel" in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize("date", ["2023-13", "2023-02-30", "２０２３"])
def test_a_date_that_does_not_exist_is_reported(data, errors, date):
    path = data / "raw/sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-12", date), encoding="utf-8")
    assert errors()[0].startswith(f"sources.csv:2, column date: found “{date}”")


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("rice_production", "53.195"),
        ("rice_production", "53,195"),
        ("rice_production", "462.56 ta"),
        ("rice_sown_area", "1.234,567"),
        ("rice_sown_area", "+53.195"),
        ("rice_sown_area", "0.500 ha"),
        ("budget_carry_over", "\u22125.700.000"),
        ("rice_sown_area", "１２"),
        ("culture_family_rate", "96%"),
    ],
)  # fmt: skip
def test_the_number_that_an_error_advises_is_accepted(
    data, write_table, errors, separator, indicator, text
):
    table = {"culture_family_rate": "culture", "budget_carry_over": "budget"}.get(indicator, "rice")
    path = write_table(table) / "raw" / f"{table}.csv"
    header = path.read_text().replace(",", separator)

    def write(cell: str) -> None:
        cells = [indicator, "2023", f'"{cell}"', "", "", "bc2023", "I", ""]
        path.write_text(header + separator.join(cells) + "\n", encoding="utf-8")

    write(text)
    [sentence] = errors()
    for advised in re.findall(r"write ([-+0-9.,e]+)(?= |$)", sentence):
        write(advised)
        raw.read_tables(data)


def test_a_decimal_point_in_a_semicolon_file_is_refused(data, write_table, errors):
    write_table("rice")
    text = "indicator;year;value;change;qualifier;source;section;note\n"
    (data / "raw/rice.csv").write_text(text + "rice_sown_area;2023;462.56;;;bc2023;I;\n")
    assert errors() == [
        "rice.csv:2, column value: found “462.56”; expected a number without grouping, "
        "decimal mark “,”: write 462,56"
    ]


def test_an_indicator_of_an_unknown_table_is_reported(data, errors):
    path = data / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pigs,livestock", "pigs,fish"))
    assert errors()[0].startswith("indicators.csv:60, column table: found “fish”")


def test_a_unit_without_decimals_is_reported(data, errors):
    path = data / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("heads,,0,", "heads,,,", 1))
    assert errors() == [
        "indicators.csv:59: found unit “heads” and decimals “”; expected both of them, or neither: "
        "fill in the empty one; leave both empty where nothing is counted"
    ]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("rice", "rice_production,2023,53195.5,,,bc2023,I,"),
        ("rice", "rice_sown_area,2023,462.5678,,,bc2023,I,"),
        ("rice", "rice_sown_area,2023,53195e-3,,,bc2023,I,"),
        ("rice", "rice_planting_rate,2023,103.309,,,bc2023,I,"),
    ],
)
def test_more_decimals_than_usual_are_no_error_where_the_number_has_one_reading(
    write_table, data, table, line
):
    write_table(table, line)
    number = Decimal(line.split(",")[2])
    assert raw.read_tables(data)[table].iloc[0]["value"] == number


@pytest.mark.parametrize("indicator", ["rice_sown_area", "rice_production"])
def test_three_unusual_decimals_are_refused_as_they_may_be_thousands(
    write_table, errors, indicator
):
    write_table("rice", f"{indicator},2023,53.195,,,bc2023,I,")
    assert "found “53.195”, which can mean two numbers: 53195 or 53.195" in errors()[0]

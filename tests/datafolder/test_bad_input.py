"""Every fault gets one sentence with file, line, column, what was found and what to write."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from helpers.project import PROJECT

from caoan_stats import InvalidDataError
from caoan_stats.common.messages import MESSAGES
from caoan_stats.datafolder import processed, raw

READMES = ("README.md", "README.vi.md")
AREA = "rice_sown_area,2023,462.56,-15.7,,bc2023,I.B.I.1.1,"


def test_the_shipped_data_is_valid(data):
    assert len(raw.read_tables(data)["rice"]) == 3


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
            "rice_production,2023,53.195,,,bc2023,I,",
            "rice.csv:2, column value: found “53.195”, which can mean two numbers: 53195 or "
            "53.195; expected at most 0 decimals for rice_production: write 53195 if the “.” "
            "groups thousands; if it is the decimal mark, look at the source again, or at "
            "decimals in indicators.csv",
        ),
        (
            "rice_production,2023,53195.5,,,bc2023,I,",
            "rice.csv:2, column value: found “53195.5”; expected at most 0 decimals for "
            "rice_production: write it as the source states it, or change decimals in "
            "indicators.csv",
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
            "over, under: choose one of them, or leave the cell empty",
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
        (
            "rice_sown_area,2023,,,,bc2023,I,",
            "rice.csv:2: found neither value nor change; expected at least one of them: "
            "fill in the value or the change, or delete the line",
        ),
    ],
)  # fmt: skip
def test_a_faulty_line_gets_one_sentence(write_table, errors, line, sentence):
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
            "has no unit: delete the number, or give the indicator a unit in indicators.csv",
        ),
        (
            "new_jobs,2024,1.300,,,bc2023,II,",
            "targets.csv:2, column lower: found “1.300”, which can mean two numbers: 1300 or "
            "1.300; expected at most 0 decimals for new_jobs: write 1300 if the “.” groups "
            "thousands; if it is the decimal mark, look at the source again, or at decimals in "
            "indicators.csv",
        ),
    ],
)  # fmt: skip
def test_a_faulty_target_gets_one_sentence(write_table, errors, line, sentence):
    write_table("targets", line)
    assert errors() == [sentence]


def test_a_second_figure_of_one_year_names_the_first(write_table, errors):
    write_table("rice", AREA, "rice_sown_area,2023,400,,,bc2023,I,")
    assert errors() == [
        "rice.csv:3: found “rice_sown_area, 2023” a second time; expected one line for each "
        "indicator, year: keep one of the two: rice.csv:2"
    ]


def test_a_wrong_column_is_told_once_for_the_file(data, write_table, errors):
    write_table("rice")
    (data / "raw/rice.csv").write_text("indicator,year,amount\nrice_yield,2023,115\n")
    assert errors() == [
        "rice.csv:1: found the columns “indicator,year,amount”; expected just the columns "
        "“indicator,year,value,change,qualifier,source,section,note” in this order: add value, "
        "change, qualifier, source, section, note; take out amount"
    ]


def test_columns_in_another_order_are_refused(data, write_table, errors):
    write_table("rice")
    (data / "raw/rice.csv").write_text(
        "year,indicator,value,change,qualifier,source,section,note\n"
    )
    assert errors()[0].endswith("in this order: put them in order")


def test_a_missing_file_is_told(data, write_table, errors):
    write_table("rice")
    (data / "raw/rice.csv").unlink()
    assert errors() == [
        "rice.csv: found no such file; expected the file that datapackage.json lists: restore it"
    ]


@pytest.mark.parametrize(
    "name", ["raw/fish.csv", "raw/RICE.CSV", "raw/rice.xlsx", "raw/old/rice.csv", "rice.csv"]
)
def test_a_table_that_nobody_reads_is_told(data, write_table, errors, name):
    write_table("rice")
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("x")
    assert errors() == [
        f"{name}: found a table that datapackage.json does not list, so that nobody reads it; "
        "expected only listed files: add it to datapackage.json, or move it out of the data folder"
    ]


def test_a_name_that_no_terminal_can_show_is_told(data, errors):
    Path(os.fsdecode(os.fsencode(data / "raw") + b"/a\xff\n.csv")).write_text("x")
    assert errors()[0].startswith(r"raw/a\udcff\u000a.csv: found a table that datapackage.json")


def test_most_lines_may_be_too_short(write_table, errors):
    write_table("rice", *["rice_yield,2023"] * 9, AREA)
    told = errors()
    assert len(told) == 9
    assert told[0].startswith("rice.csv:2: found 2 cells: “rice_yield,2023”; expected 8 cells")


def test_a_lock_file_of_excel_is_no_table(data):
    (data / "raw/~$rice.csv").write_text("x")
    raw.read_tables(data)


def test_all_errors_of_all_files_are_told_at_once(data, write_table, errors):
    write_table("rice", "rice_yield,20,x,,,bc,,", AREA.replace("462.56", "462;56"))
    (data / "raw/budget.csv").write_bytes(b"")
    (data / "raw/welfare.csv").write_bytes(b"\xff\xfe")
    assert [sentence.partition(": ")[0] for sentence in errors()] == [
        "budget.csv",
        "rice.csv:2, column year",
        "rice.csv:2, column value",
        "rice.csv:2, column source",
        "rice.csv:2, column section",
        "rice.csv:3, column value",
        "welfare.csv:1",
    ]


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        ("Indicator,Year,value,change,qualifier,source,section,note",
         "rename Indicator → indicator, Year → year"),
        ("indicator,year,value,value,qualifier,source,section,note",
         "add change; take out the repeated value"),
        ("indicator\tyear\tvalue", "separate the cells with “,” or “;”"),
    ],
)  # fmt: skip
def test_a_wrong_header_is_told_with_its_mend(data, write_table, errors, header, advice):
    write_table("rice")
    (data / "raw/rice.csv").write_text(header + "\n")
    assert errors()[0].endswith(f"in this order: {advice}")


def test_empty_columns_at_the_right_are_read(data, write_table):
    write_table("rice")
    header = "indicator,year,value,change,qualifier,source,section,note,,\n"
    (data / "raw/rice.csv").write_text(header + AREA + ",,\n,,,,,,,,,\n")
    assert len(raw.read_tables(data)["rice"]) == 1


def test_a_cell_beyond_the_last_column_is_told(write_table, errors):
    write_table("rice", ",,,,,,,,577.56")
    assert errors() == [
        "rice.csv:2: found 9 cells: “,,,,,,,,577.56”; expected 8 cells as in the line of column "
        "names: take out what is too much; put quotation marks around a cell with “,”"
    ]


def test_a_line_that_was_not_split_is_told(data, write_table, errors):
    write_table("rice", AREA.replace(",", ";"))
    [sentence] = errors()
    assert sentence.startswith("rice.csv:2: found the whole line in one cell: “rice_sown_area;2023")


def test_two_stray_quotation_marks_cannot_hide_a_line(write_table, errors):
    write_table("rice", 'rice_sown_area,2023,1,,,bc2023,I,"', 'rice_yield,2023,1,,,bc2023,I,"')
    assert errors() == [
        "rice.csv:2: found a quotation mark that is not closed where its cell ends; expected a "
        "cell that begins and ends with one: close it at the end of the cell, or delete it"
    ]


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "a\ufffdb", "a\x1bb"])
def test_damaged_text_and_errors_of_excel_are_told(write_table, errors, cell):
    write_table("rice", f"rice_yield,2023,115,,,bc2023,I,{cell}")
    [sentence] = errors()
    assert sentence.startswith("rice.csv:2, column note: found “")
    assert "damaged text or an error of Excel" in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize("date", ["2023-13", "2023-02-30", "２０２３"])
def test_a_date_that_is_none_is_told(data, errors, date):
    path = data / "raw/sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-12", date), encoding="utf-8")
    assert errors()[0].startswith(f"sources.csv:2, column date: found “{date}”")


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("rice_production", "53.195"),
        ("rice_production", "53,195"),
        ("rice_production", "462.56"),
        ("rice_sown_area", "1.234,567"),
        ("rice_sown_area", "+53.195"),
        ("rice_sown_area", "0.500"),
        ("rice_sown_area", "\u22125,7"),
        ("rice_sown_area", "１２"),
        ("culture_family_rate", "96%"),
    ],
)  # fmt: skip
def test_what_the_advice_says_is_accepted(data, write_table, errors, separator, indicator, text):
    """Nobody is told to write what is then refused."""
    table = "culture" if indicator == "culture_family_rate" else "rice"
    path = write_table(table) / "raw" / f"{table}.csv"
    header = path.read_text().replace(",", separator)

    def write(cell: str) -> None:
        cells = [indicator, "2023", f'"{cell}"', "", "", "bc2023", "I", ""]
        path.write_text(header + separator.join(cells) + "\n", encoding="utf-8")

    write(text)
    [sentence] = errors()
    for advised in re.findall(r"write ([-+0-9.,]+)(?= |$)", sentence):
        write(advised)
        raw.read_tables(data)


def test_a_whole_number_has_no_sign_that_hides_its_limit(data, errors):
    path = data / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("ta,higher,0,", "ta,higher,+0,")
    path.write_text(text, encoding="utf-8")
    assert errors() == [
        "indicators.csv:17, column decimals: found “+0”; expected a whole number: "
        "write it in digits, as in 2"
    ]


def test_a_semicolon_file_reads_a_decimal_comma(data, write_table):
    write_table("rice")
    text = "\ufeffindicator;year;value;change;qualifier;source;section;note\r\n"
    text += "rice_sown_area;2023;462,56;-15,7;;bc2023;I.B.I.1.1;\r\n;;;;;;;\r\n"
    (data / "raw/rice.csv").write_text(text, encoding="utf-8", newline="")
    [row] = raw.read_tables(data)["rice"].to_dict("records")
    assert (str(row["value"]), str(row["change"])) == ("462.56", "-15.7")


def test_a_semicolon_file_refuses_a_decimal_point(data, write_table, errors):
    write_table("rice")
    text = "indicator;year;value;change;qualifier;source;section;note\n"
    (data / "raw/rice.csv").write_text(text + "rice_sown_area;2023;462.56;;;bc2023;I;\n")
    assert errors() == [
        "rice.csv:2, column value: found “462.56”; expected a number without grouping, "
        "decimal mark “,”: write 462,56"
    ]


def test_a_value_keeps_the_decimals_that_it_is_stated_with(write_table):
    data = write_table("rice", "rice_sown_area,2023,462.50,,,bc2023,I,")
    assert str(raw.read_tables(data)["rice"]["value"].item()) == "462.50"


def test_an_indicator_of_a_table_that_is_not_there_is_told(data, errors):
    path = data / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pigs,livestock", "pigs,fish"))
    assert errors()[0].startswith("indicators.csv:20, column table: found “fish”")


def test_a_unit_goes_with_decimals(data, errors):
    path = data / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("heads,,0,", "heads,,,", 1))
    assert errors() == [
        "indicators.csv:20: found unit “heads” and decimals “”; expected both of them, or neither: "
        "fill in the empty one; leave both empty where nothing is counted"
    ]


def test_a_boolean_is_true_or_false(data, errors):
    path = data / "units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("ha,ha,ha,false", "ha,ha,ha,no"))
    assert errors() == [
        "units.csv:2, column exact: found “no”; expected one of: true, false: choose one of them"
    ]


def test_a_date_has_the_form_of_iso_8601(data, errors):
    path = data / "raw/sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-12", "12/2023"))
    assert errors()[0].startswith(
        "sources.csv:2, column date: found “12/2023”; expected a form like 2023-12-31"
    )


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
def test_a_descriptor_that_is_not_what_the_program_reads_is_refused(data, errors, spoil, reason):
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    spoil(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    [sentence] = errors()
    assert sentence.startswith("datapackage.json: found something missing or wrong: ")
    assert reason in sentence


def test_broken_json_is_told_by_file_and_line(data, errors):
    (data / "observations.schema.json").write_text('{\n"fields": [,]}')
    assert errors() == [
        "observations.schema.json:2: found something that is not JSON; expected a JSON file in "
        "UTF-8: mend the comma, bracket or quotation mark there, or take back the committed file"
    ]


def test_json_may_have_a_byte_order_mark(data):
    path = data / "datapackage.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    raw.read_tables(data)


def test_the_error_that_the_readmes_show_is_what_the_program_says(data):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53.195"), encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        raw.read_tables(data)
    said = caught.value.errors[0].sentence("vi")
    readmes = [(PROJECT / name).read_text(encoding="utf-8") for name in READMES]
    assert said in readmes[1]
    assert said.partition(";")[0] in readmes[0]


def test_nothing_is_written_where_data_is_bad(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    with pytest.raises(InvalidDataError):
        processed.build(data)
    assert not (data / "processed").exists()


def test_old_processed_data_stays_where_data_turns_bad(data):
    folder = processed.build(data)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    (data / "raw/rice.csv").write_bytes(b"")
    with pytest.raises(InvalidDataError):
        processed.build(data)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_every_message_speaks_both_languages_of_the_same_things():
    fields = {
        kind: {language: str(parts).count("{") for language, parts in texts.items()}
        for kind, texts in MESSAGES.items()
    }
    assert all(set(counts) == {"vi", "en"} for counts in fields.values())
    assert {kind for kind, counts in fields.items() if counts["vi"] != counts["en"]} == set()


def test_an_error_is_structured_and_speaks_vietnamese(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    with pytest.raises(InvalidDataError) as caught:
        raw.read_tables(data)
    [error] = caught.value.errors
    assert (error.file, error.line, error.column) == ("rice.csv", 2, "value")
    assert (error.found, error.expected) == ("“x”", "a number")
    assert error.remedy == "write digits without words or unit, as in 79.5"
    assert error.sentence("vi") == (
        "rice.csv:2, cột value: thấy «x»; cần một số: "
        "viết số bằng chữ số, không kèm chữ hay đơn vị, như 79.5"
    )


def test_a_folder_without_a_descriptor_is_told(data):
    shutil.rmtree(data)
    with pytest.raises(InvalidDataError, match=r"^datapackage\.json: found no such file"):
        raw.read_tables(data)


RELATIONS = "left,operator,right,label_vi\n"


@pytest.fixture
def write_relations(data):
    """Replace the relations of the copy, with none acknowledged."""

    def write(*lines: str) -> None:
        text = RELATIONS + "".join(f"{line}\n" for line in lines)
        (data / "relations.csv").write_text(text, encoding="utf-8")
        (data / "acknowledged.csv").write_text("left,operator,right,year,reason\n")

    return write


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "rice_production,=,rice_sown_area * rice_yeld,x",
            "relations.csv:2, column right: found “rice_yeld”; expected a code of indicators.csv: "
            "rename rice_yeld → rice_yield",
        ),
        (
            "poultry,=,chicken + duck + xyzzy,x",
            "relations.csv:2, column right: found “chicken, duck, xyzzy”; expected a code of "
            "indicators.csv: rename chicken → chickens, duck → ducks",
        ),
        (
            "poultry,=,xyzzy,x",
            "relations.csv:2, column right: found “xyzzy”; expected a code of indicators.csv: "
            "mend it, or add it to that catalogue",
        ),
        (
            "poultry,=,max(chickens),x",
            "relations.csv:2, column right: found “max(chickens)”; expected arithmetic by + - * / "
            "and parentheses over codes of indicators and numbers: write right in a form like "
            "100 * a / (b + c), and decimals with a point, as 0.5",
        ),
        (
            "poultry.value,=,chickens,x",
            "relations.csv:2, column left: found “poultry.value”; expected arithmetic by + - * / "
            "and parentheses over codes of indicators and numbers: write left in a form like "
            "100 * a / (b + c), and decimals with a point, as 0.5",
        ),
        (
            "1,<=,2,x",
            "relations.csv:2: found “1 <= 2”; expected at least one code of an indicator: name "
            "one, or delete the line",
        ),
        (
            "poultry,>=,chickens,x",
            "relations.csv:2, column operator: found “>=”; expected one of: =, <=: choose one of "
            "them",
        ),
        (
            "poultry,=,poultry + ducks - ducks,x",
            "relations.csv:2, column left: found the circle poultry → poultry; expected relations "
            "in which no indicator follows from itself: take out or rewrite one of the relations "
            "relations.csv:2",
        ),
        (
            "poultry,=,,x",
            "relations.csv:2, column right: found an empty cell; expected a value: fill in right",
        ),
    ],
)
def test_a_relation_that_cannot_be_used_is_told(write_relations, errors, line, sentence):
    write_relations(line)
    assert errors() == [sentence]


def test_both_sides_of_a_relation_are_told_at_once(write_relations, errors):
    write_relations("open(x),=,chickens ** 2,x")
    assert [sentence.partition(";")[0] for sentence in errors()] == [
        "relations.csv:2, column left: found “open(x)”",
        "relations.csv:2, column right: found “chickens ** 2”",
    ]


def test_every_circle_is_told_at_the_last_of_its_lines(write_relations, errors):
    write_relations(
        "ducks,<=,poultry,x",
        "poultry,=,chickens + ducks,x",
        "chickens,=,poultry - ducks,x",
        "tthc_online,=,tthc_received - tthc_in_person,x",
        "tthc_received,=,tthc_online + tthc_in_person,x",
    )
    first, second = errors()
    assert first.startswith("relations.csv:4, column left: found the circle ")
    assert first.endswith("one of the relations relations.csv:3, relations.csv:4")
    assert second.endswith("one of the relations relations.csv:5, relations.csv:6")


def test_a_relation_that_is_there_twice_is_told_however_it_is_spaced(write_relations, errors):
    write_relations("poultry,=,chickens + ducks,x", "poultry,=,chickens+ducks,y")
    assert errors() == [
        "relations.csv:3: found “poultry = chickens+ducks” a second time; expected one line for "
        "each left, operator, right: keep one of the two: relations.csv:2"
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "poultry,=,chickens + duck,2023,x",
            "acknowledged.csv:2: found “poultry = chickens + duck”; expected a relation of "
            "relations.csv, written as there: write poultry = chickens + ducks",
        ),
        (
            "rice_yield,<=,1,2023,x",
            "acknowledged.csv:2: found “rice_yield <= 1”; expected a relation of relations.csv, "
            "written as there: mend the first three columns, or delete it",
        ),
        (
            "xyzzy,=,previous + change,2023,x",
            "acknowledged.csv:2: found “xyzzy = previous + change”; expected a relation of "
            "relations.csv, written as there: mend the first three columns, or delete it",
        ),
    ],
)
def test_an_acknowledged_row_that_names_no_relation_is_told(
    write_relations, data, errors, row, sentence
):
    write_relations("poultry,=,chickens + ducks,x")
    header = "left,operator,right,year,reason\n"
    (data / "acknowledged.csv").write_text(f"{header}{row}\n", encoding="utf-8")
    assert errors() == [sentence]


@pytest.mark.parametrize("placeholder", ["<lý do>", "<reason>"])
def test_the_place_for_a_reason_is_no_reason(write_relations, data, errors, placeholder):
    write_relations("poultry,=,chickens + ducks,x")
    header = "left,operator,right,year,reason\n"
    row = f"poultry,=,chickens + ducks,2023,{placeholder}\n"
    (data / "acknowledged.csv").write_text(header + row, encoding="utf-8")
    assert errors() == [
        f"acknowledged.csv:2, column reason: found “{placeholder}”; expected the reason of the one "
        "who looked: write it in place of these words"
    ]


def test_an_acknowledged_row_may_name_a_stated_change(data):
    with (data / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write("poor_households,=,previous + change,2023,x\n")
    raw.read_tables(data)


def test_faults_of_relations_and_of_figures_are_told_together(data, errors):
    text = (data / "relations.csv").read_text(encoding="utf-8")
    (data / "relations.csv").write_text(text + "poultry,=,exec(x),x\n", encoding="utf-8")
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("462.56", "x"), encoding="utf-8")
    line = text.count("\n") + 1
    assert [sentence.partition(",")[0] for sentence in errors()] == [
        f"relations.csv:{line}",
        "rice.csv:2",
    ]


def test_relations_may_be_saved_by_excel(data):
    path = data / "relations.csv"
    text = path.read_text(encoding="utf-8").replace(",", ";")
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert len(raw.read_tables(data)["relations"]) == text.count("\n") - 1

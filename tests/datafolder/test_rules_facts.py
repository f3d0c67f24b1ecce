"""Errors of facts, targets, documents and breaks: one sentence each, in both languages."""

import re

import pytest

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import raw

SOURCES = "source,title,issuer,date\nbc2023,x,x,{first}\nbc2024,y,y,{second}\n"
MORE = "pct_change,pct_of_plan,direction,words"


@pytest.fixture
def sentences(data):
    """Every error of the copy, in English and in Vietnamese."""

    def read() -> list[tuple[str, str]]:
        with pytest.raises(InvalidDataError) as caught:
            raw.read_tables(data)
        return [(str(each), each.sentence("vi")) for each in caught.value.errors]

    return read


def test_a_relative_change_of_a_rank_is_refused(write_table, sentences):
    write_table("dossiers", "par_index_rank,2023,2,,,bc2023,I,,100,,,", more=MORE)
    assert sentences() == [
        (
            "dossiers.csv:2, column pct_change: found “100”; expected an empty cell, as the rate "
            "of change means nothing for par_index_rank: a rank or a percentage has no percentage "
            "of its own, and words have no numbers: state what is measured so: a change in places "
            "or percentage points, or words; or delete this cell",
            "dossiers.csv:2, cột pct_change: thấy «100»; cần ô trống, vì tốc độ tăng, giảm không "
            "có nghĩa với par_index_rank: thứ hạng và tỷ lệ % không tăng, giảm theo %, kết quả "
            "bằng lời không có số: ghi thứ đo được như vậy: mức tăng, giảm theo bậc hoặc điểm %, "
            "kết quả bằng lời; hoặc xóa ô này",
        )
    ]


@pytest.mark.parametrize(
    ("table", "line", "column"),
    [
        ("dossiers", "par_index_rank,2023,2,,,bc2023,I,,,50,,", "pct_of_plan"),
        ("dossiers", "tthc_online_rate,2023,99,,,bc2023,I,,5,,,", "pct_change"),
    ],
)
def test_a_percentage_that_means_nothing_is_refused(write_table, errors, table, line, column):
    write_table(table, line, more=MORE)
    [sentence] = errors()
    assert sentence.startswith(f"{table}.csv:2, column {column}: ")


@pytest.mark.parametrize("column", range(4))
def test_a_number_of_an_indicator_in_words_is_refused(write_table, errors, column):
    cells = ["", "", "", ""]
    cells[column] = "3"
    value, change, growth, share = cells
    line = f"education_quality,2023,{value},{change},,bc2023,I,,{growth},{share},,Nâng cao"
    write_table("education", line, more=MORE)
    [sentence] = errors()
    assert "as education_quality has no unit" in sentence


def test_words_beside_a_number_are_allowed(write_table, data):
    write_table("rice", "rice_yield,2023,115,,,bc2023,I,,,,,Được mùa", more=MORE)
    assert raw.read_tables(data)["rice"].iloc[0]["words"] == "Được mùa"


def test_a_direction_against_the_change_beside_it_is_no_fault(write_table, data):
    write_table("rice", "rice_yield,2023,115,3,,bc2023,I,,,,down,", more=MORE)
    assert raw.read_tables(data)["rice"].iloc[0]["direction"] == "down"


def test_an_unknown_direction_is_refused(write_table, sentences):
    write_table("rice", "rice_yield,2023,115,,,bc2023,I,,,,tăng,", more=MORE)
    assert sentences() == [
        (
            "rice.csv:2, column direction: found “tăng”; expected one of: up, down, steady: choose "
            "one of them, or leave the cell empty",
            "rice.csv:2, cột direction: thấy «tăng»; cần một trong: up, down, steady: chọn một từ "
            "trong đó, hoặc để trống",
        )
    ]


@pytest.mark.parametrize("words", ["a\x0bb", "a\x1b[31mb", "#REF!"])
def test_words_with_control_characters_are_refused(write_table, errors, words):
    write_table("rice", f"rice_yield,2023,115,,,bc2023,I,,,,,{words}", more=MORE)
    [sentence] = errors()
    assert sentence.startswith("rice.csv:2, column words: found “")
    assert "damaged text" in sentence


@pytest.mark.parametrize(
    ("separator", "cell"), [(",", "462.56e9"), (",", "462.560000000e9"), (";", "462,56E9")]
)
def test_an_exponent_that_makes_more_than_a_commune_has_is_refused(data, errors, separator, cell):
    header = "indicator,year,value,source,section".replace(",", separator)
    line = separator.join(["rice_sown_area", "2023", cell, "bc2023", "I"])
    (data / "raw/rice.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    [sentence] = errors()
    assert sentence.startswith(f"rice.csv:2, column value: found “{cell}”, which is 46256000000")
    assert sentence.endswith(
        " ha; expected a figure that a commune can have, below a billion ha: check the number "
        "and its unit"
    )


def test_an_exponent_of_money_is_read(data):
    text = "indicator;year;value;source;section\nbudget_revenue;2023;18,6e9;bc2023;I\n"
    (data / "raw/budget.csv").write_text(text, encoding="utf-8")
    assert str(raw.read_tables(data)["budget"].iloc[0]["value"]) == "1.86E+10"


@pytest.mark.parametrize("cell", ["-1.5e2", "1.5e1"])
def test_an_exponent_of_a_change_is_read(write_table, data, cell):
    write_table("welfare", f"poor_households,2023,28,{cell},,bc2023,I,")
    assert raw.read_tables(data)["welfare"].iloc[0]["change"] == float(cell)


def test_a_number_of_too_many_decimals_is_not_saved_by_an_exponent(write_table, errors):
    write_table("welfare", "poor_households,2023,28.5e0,,,bc2023,I,")
    [sentence] = errors()
    assert "found “28.5e0”; expected at most 0 decimals, as the unit is “households”" in sentence


def test_a_decimal_point_before_an_exponent_is_refused_among_semicolons(data, errors):
    text = "indicator;year;value;source;section\nbudget_revenue;2023;18.6e9;bc2023;I\n"
    (data / "raw/budget.csv").write_text(text, encoding="utf-8")
    assert errors() == [
        "budget.csv:2, column value: found “18.6e9”; expected a number without grouping, decimal "
        "mark “,”: write 18,6e9"
    ]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("livestock", "pigs,2023,-300,,,bc2023,I,"),
        ("targets", "pigs,2023,-300,,,bc2023,I,"),
        ("targets", "rice_sown_area,2023,,-3,,bc2023,I,"),
    ],
)
def test_a_negative_count_is_refused(write_table, errors, table, line):
    write_table(table, line)
    [sentence] = errors()
    assert "less than 0; expected 0 or more, as the unit is" in sentence


@pytest.mark.parametrize("cells", ["-300,", "300,400", "300e9,"])
def test_an_error_names_the_unit_in_its_language(write_table, sentences, cells):
    write_table("livestock", f"pigs,2023,{cells},,bc2023,I,")
    [(english, vietnamese)] = sentences()
    assert re.search(r"\bhead\b", english)
    assert re.search(r"\bcon\b", vietnamese)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("livestock", "pigs,2023,300,-20,,bc2023,I,"),
        ("budget", "budget_carry_over,2023,-5,,,bc2023,I,"),
        ("population", "natural_population_growth_rate,2023,-0.5,,,bc2023,I,"),
        ("targets", "pigs,2023,,-3,,bc2023,I,"),
    ],
)
def test_a_decrease_a_balance_and_a_rate_can_be_negative(write_table, data, table, line):
    if table == "targets":
        write_table(table, f"{line},change", more="of")
    else:
        write_table(table, line)
    assert len(raw.read_tables(data)[table]) == 1


def test_a_base_year_after_the_year_is_refused(write_table, sentences):
    write_table("targets", "pigs,2024,5,,,bc2023,I,,2025", more="base_year")
    assert sentences() == [
        (
            "targets.csv:2, column base_year: found the base year 2025 of a target for 2024; "
            "expected a base year before the year of the target: correct “base_year” or the year "
            "of the target",
            "targets.csv:2, cột base_year: thấy năm gốc 2025 của mục tiêu năm 2024; cần năm gốc "
            "trước năm phải đạt: sửa «base_year» hoặc năm phải đạt mục tiêu",
        )
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("education_quality,2024,,,,bc2023,I,Nâng cao,change", "means nothing for education"),
        ("par_index_rank,2024,,50,,bc2023,I,,pct_change", "means nothing for par_index_rank"),
        ("tthc_online_rate,2024,5,,,bc2023,I,,pct_change", "means nothing for tthc_online_rate"),
    ],
)
def test_a_target_of_a_fact_that_means_nothing_is_refused(write_table, errors, line, sentence):
    write_table("targets", line, more="of")
    [found] = errors()
    assert found.startswith("targets.csv:2, column of: ")
    assert sentence in found


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("pigs,2024,5,,,bc2023,I,,direction", "expected one of: value, change, pct_change"),
        ("pigs,2024,1.25,,,bc2023,I,,change", "expected at most 0 decimals, as the unit is “head”"),
    ],
)
def test_a_target_of_another_fact_is_checked(write_table, errors, line, sentence):
    write_table("targets", line, more="of")
    assert sentence in errors()[0]


def test_a_target_of_a_percentage_may_have_more_decimals_than_its_indicator(write_table, data):
    write_table("targets", "pigs,2024,7.25,,,bc2023,I,,pct_change", more="of")
    assert len(raw.read_tables(data)["targets"]) == 1


@pytest.mark.parametrize("other", ["", "value"])
def test_two_targets_of_one_fact_in_one_document_are_refused(write_table, errors, other):
    write_table("targets", "pigs,2024,5,,,bc2023,I,,value", f"pigs,2024,6,,,bc2023,I,,{other}",
                more="of")  # fmt: skip
    assert errors() == [
        "targets.csv:3: found “pigs, 2024, bc2023, value” a second time; expected one line for "
        "each indicator, year, source, of: keep one of the two: targets.csv:2"
    ]


def test_targets_of_several_facts_in_one_document_are_read(write_table, data):
    write_table("targets", "pigs,2024,5,,,bc2023,I,,", "pigs,2024,6,,,bc2023,I,,change",
                more="of")  # fmt: skip
    assert len(raw.read_tables(data)["targets"]) == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("pigs,2023,", "breaks.csv:2, column reason: found an empty cell"),
        ("pig,2023,x", "breaks.csv:2, column indicator: found “pig”; expected a code of"),
        ("pigs,23,x", "breaks.csv:2, column year: found “23”; expected a number from 1945"),
        ("*,2023,x\n*,2023,y", "breaks.csv:3: found “*, 2023” a second time"),
    ],
)
def test_a_wrong_break_is_refused(data, errors, line, sentence):
    (data / "breaks.csv").write_text(f"indicator,year,reason\n{line}\n", encoding="utf-8")
    assert errors()[0].startswith(sentence)


@pytest.fixture
def two_documents(write_table, data):
    """Write what two documents of given dates state, below the header of a table."""

    def write(first: str, second: str, *lines: str, table: str = "rice", more: str = "") -> None:
        write_table(table, *lines, more=more)
        text = SOURCES.format(first=first, second=second)
        (data / "raw/sources.csv").write_text(text, encoding="utf-8")

    return write


AREAS = ("rice_sown_area,2023,462.56,,,bc2023,I,", "rice_sown_area,2023,{value},,,bc2024,I,")


@pytest.mark.parametrize(
    ("first", "second"), [("2024", "2024"), ("2024", "2024-06"), ("2024-06-30", "2024-06")]
)
def test_different_figures_of_documents_without_an_order_are_refused(
    two_documents, sentences, first, second
):
    two_documents(first, second, AREAS[0], AREAS[1].format(value=460))
    assert sentences() == [
        (
            "rice.csv:3, column source: found different statements by bc2023 "
            f"({first}) at rice.csv:2 and bc2024 ({second}), whose dates do not tell which is "
            "newer; expected dates that put the documents in order: write the full date of both "
            "documents, such as 2023-12-31",
            f"rice.csv:3, cột source: thấy hai văn bản nêu khác nhau, bc2023 ({first}) ở "
            f"rice.csv:2 và bc2024 ({second}), mà ngày không cho biết văn bản nào mới hơn; cần "
            "ngày ban hành đủ rõ để xếp thứ tự: ghi ngày ban hành đầy đủ của cả hai văn bản, ví dụ "
            "2023-12-31",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("2023-12", "2024-06", "460"), ("2023", "2024-06", "460"), ("2024", "2024", "462.560"[:6])],
)
def test_documents_in_order_or_of_one_mind_are_read(two_documents, data, first, second, value):
    two_documents(first, second, AREAS[0], AREAS[1].format(value=value))
    assert len(raw.read_tables(data)["rice"]) == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [(",-3,,bc2023,I,,,", ",-5,,bc2024,I,,,"), (",,,bc2023,I,,up,", ",,,bc2024,I,,down,")],
)
def test_different_changes_and_directions_are_refused_too(two_documents, errors, one, two):
    lines = [f"rice_yield,2023,{each}" for each in (one, two)]
    two_documents("2024", "2024", *lines, more="direction,words")
    assert errors()[0].startswith("rice.csv:3, column source: found different statements")


def test_different_facts_of_one_figure_do_not_contradict(two_documents, data):
    lines = ["rice_yield,2023,115,,,bc2023,I,", "rice_yield,2023,,-3,,bc2024,I,"]
    two_documents("2024", "2024", *lines)
    assert len(raw.read_tables(data)["rice"]) == 2


@pytest.mark.parametrize(
    ("two", "is_refused"),
    [
        ("pigs,2024,6,,,bc2024,I,,,", True),
        ("pigs,2024,5,,left,bc2024,I,,,", True),
        ("pigs,2024,5,,both,bc2024,I,,value,", False),
        ("pigs,2024,6,,,bc2024,I,,change,", False),
        ("pigs,2024,6,,,bc2024,I,,,2020", False),
    ],
)
def test_different_targets_of_documents_without_an_order_are_refused(
    two_documents, data, two, is_refused
):
    lines = ["pigs,2024,5,,,bc2023,I,,,", two]
    two_documents("2024", "2024", *lines, table="targets", more="of,base_year")
    if is_refused:
        with pytest.raises(InvalidDataError, match="different statements"):
            raw.read_tables(data)
    else:
        assert len(raw.read_tables(data)["targets"]) == 2


def test_a_document_without_a_date_is_reported_where_its_date_is_missing(two_documents, errors):
    two_documents("2024", "", AREAS[0], AREAS[1].format(value=460))
    assert errors() == [
        "sources.csv:3, column date: found an empty cell; expected a value: fill in date"
    ]


def test_two_rows_of_one_document_for_one_figure_are_refused(write_table, errors):
    write_table("rice", AREAS[0], AREAS[0].replace("462.56,", ",-3"))
    assert "“rice_sown_area, 2023, bc2023” a second time" in errors()[0]

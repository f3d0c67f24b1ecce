"""Errors in `relations.csv` and `acknowledged.csv`: one sentence each."""

import pytest

from caoan_stats.datafolder import raw

RELATIONS = "left,operator,right,label_vi\n"


@pytest.fixture
def write_relations(data):
    """Replace the relations of the data folder, and acknowledge none."""

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
def test_a_relation_that_cannot_be_used_is_reported(write_relations, errors, line, sentence):
    write_relations(line)
    assert errors() == [sentence]


def test_errors_on_both_sides_of_a_relation_are_reported_at_once(write_relations, errors):
    write_relations("open(x),=,chickens ** 2,x")
    assert [sentence.partition(";")[0] for sentence in errors()] == [
        "relations.csv:2, column left: found “open(x)”",
        "relations.csv:2, column right: found “chickens ** 2”",
    ]


def test_every_circle_is_reported_at_the_last_of_its_lines(write_relations, errors):
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


def test_a_repeated_relation_is_reported_however_it_is_spaced(write_relations, errors):
    write_relations("poultry,=,chickens + ducks,x", "poultry,=,chickens+ducks,y")
    assert errors() == [
        "relations.csv:3: found “poultry = chickens+ducks” a second time; expected one line for "
        "each left, operator, right, years: keep one of the two: relations.csv:2"
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
def test_an_acknowledged_row_without_a_relation_is_reported(
    write_relations, data, errors, row, sentence
):
    write_relations("poultry,=,chickens + ducks,x")
    header = "left,operator,right,year,reason\n"
    (data / "acknowledged.csv").write_text(f"{header}{row}\n", encoding="utf-8")
    assert errors() == [sentence]


@pytest.mark.parametrize("placeholder", ["<lý do>", "<reason>"])
def test_the_placeholder_of_a_reason_is_refused(write_relations, data, errors, placeholder):
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


def test_relations_saved_by_excel_are_read(data):
    path = data / "relations.csv"
    text = path.read_text(encoding="utf-8").replace(",", ";")
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert len(raw.read_tables(data)["relations"]) == text.count("\n") - 1


def test_overlapping_years_of_a_relation_are_named_as_such(data, errors):
    (data / "relations.csv").write_text(
        "left,operator,right,label_vi,kind,years\n"
        "poultry,=,chickens + ducks,x,,2020-\npoultry,=,chickens + ducks,x,,-2021\n",
        encoding="utf-8",
    )
    assert "found “poultry = chickens + ducks”, which relations.csv:2 has in the same year" in (
        "".join(errors())
    )

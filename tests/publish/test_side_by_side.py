import shutil

import pytest

from caoan_stats import Dataset
from caoan_stats.publish.side_by_side import compare

YIELD = "rice_yield,{year},{value},,,bc2023,I,"


@pytest.fixture
def commune(write_table, tmp_path):
    """Returns a commune of some lines of the table `rice`, and of others at the end of files."""

    def make(name: str, *lines: str, **more: str) -> Dataset:
        folder = shutil.copytree(write_table("rice", *lines), tmp_path / name)
        for file, added in more.items():
            path = folder / f"{file.replace('__', '/')}.csv"
            path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
        return Dataset.open(folder)

    return make


@pytest.fixture
def yields(commune):
    """Returns a commune with a yield of rice by year."""

    def make(name: str, **by_year: str) -> Dataset:
        return commune(name, *(YIELD.format(year=y[1:], value=v) for y, v in by_year.items()))

    return make


def figures(*communes: Dataset) -> list[tuple]:
    return [
        (row["code"], row["year"], *(cell["value"] for cell in row["cells"]))
        for row in compare(communes)
    ]


def test_an_indicator_is_compared_in_the_last_year_that_two_communes_know(yields):
    one = yields("a", y2021="60", y2022="61", y2023="62")
    other = yields("b", y2021="50", y2022="51")
    third = yields("c", y2021="40")
    assert figures(one, other, third)[0] == ("rice_yield", 2022, "61", "51", "")


def test_an_indicator_that_one_commune_knows_is_not_compared(yields):
    assert figures(yields("a", y2023="60"), yields("b", y2022="50")) == []


def test_figures_in_different_units_are_not_compared(yields, data):
    one = yields("a", y2023="60")
    path = data / "indicators.csv"
    lines = path.read_text(encoding="utf-8").replace("ta_per_ha,higher", "ha,higher")
    path.write_text(lines, encoding="utf-8")
    assert "rice_yield" not in [row[0] for row in figures(one, yields("b", y2023="50"))]


def test_small_lines_of_a_row_have_one_scale(yields):
    one = yields("a", y2020="40", y2021="40", y2022="40", y2023="40")
    other = yields("b", y2020="60", y2021="60", y2022="60", y2023="60")
    row = compare([one, other])[0]
    assert [cell["line"] for cell in row["cells"]] == [
        "0,24 32,24 64,24 96,24",
        "0,0 32,0 64,0 96,0",
    ]


def test_a_figure_per_person_that_a_relation_defines_is_compared_as_any_other(commune):
    catalogue = "revenue_per_person,budget,Thu mỗi người,Revenue a person,vnd,higher,0,false,\n"
    relation = "revenue_per_person,=,budget_revenue / residents,Thu mỗi người,,\n"

    def make(name: str, revenue: int, people: int) -> Dataset:
        return commune(
            name,
            indicators=catalogue,
            relations=relation,
            raw__budget=f"budget_revenue,2023,{revenue},,,bc2023,I,\n",
            raw__population=f"residents,2023,{people},,,bc2023,I,\n",
        )

    compared = {row[0]: row[1:] for row in figures(make("a", 9000, 3), make("b", 8000, 4))}
    assert compared["revenue_per_person"] == (2023, "3.000", "2.000")


def test_what_the_public_edition_hides_is_hidden_in_the_comparison(data):
    public = Dataset.open(data, public_below=5)
    [cells] = [row["cells"] for row in compare([public, public]) if row["code"] == "drug_use_cases"]
    assert {cell["value"] for cell in cells} == {"<5"}

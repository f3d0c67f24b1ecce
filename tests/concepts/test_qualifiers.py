"""A qualifier is one row of a table: added there, it is read, computed and shown everywhere."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from helpers.project import PROJECT

from caoan_stats import Dataset, labels, page
from caoan_stats.concepts import qualifiers
from caoan_stats.concepts.qualifiers import QUALIFIERS, Qualifier
from caoan_stats.datafolder import processed
from caoan_stats.forms.entries import to_entry
from caoan_stats.forms.measure import Measure
from caoan_stats.forms.quantities import parse_quantity
from caoan_stats.forms.typed import Cell, Place, TypedRow
from caoan_stats.relations.derive import derived_schemas
from caoan_stats.relations.intervals import Interval, around

BARELY = Qualifier(
    "ngót", "barely", typed=("suýt soát",), below="zeros", above="nothing", passes_on="about"
)


@pytest.fixture
def added(monkeypatch):
    """The table with one more qualifier, `barely`."""
    monkeypatch.setitem(QUALIFIERS, "barely", BARELY)
    derived_schemas.cache_clear()
    yield
    derived_schemas.cache_clear()


@pytest.fixture
def folder(added, write_table):
    """A data folder with a figure that has the new qualifier, which its schema allows."""
    folder = write_table("rice", "rice_sown_area,2023,460,,barely,bc2023,I,")
    path = folder / "observations.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    [field] = [each for each in schema["fields"] if each["name"] == "qualifier"]
    field["constraints"] = {"enum": qualifiers.codes()}
    path.write_text(json.dumps(schema), encoding="utf-8")
    return folder


def test_the_schema_of_the_data_has_the_codes_of_the_table():
    schema = json.loads((PROJECT / "data/observations.schema.json").read_text(encoding="utf-8"))
    [field] = [each for each in schema["fields"] if each["name"] == "qualifier"]
    assert field["constraints"]["enum"] == qualifiers.codes()
    assert field["description"] == qualifiers.description()


def test_every_qualifier_has_a_word_in_each_language():
    rows = [QUALIFIERS[code] for code in qualifiers.codes()]
    assert all(row.word and row.english for row in rows)


def test_a_new_qualifier_moves_the_ends_of_an_interval(added):
    assert around(Decimal(500), "barely") == Interval(Fraction(450), Fraction(500))


@pytest.mark.parametrize("text", ["ngót 500 con", "Suýt soát 500"])
def test_a_new_qualifier_is_typed_before_a_number(added, text):
    assert parse_quantity(text, Measure("con", 0)).qualifier == "barely"


@pytest.mark.parametrize("word", ["ngót", "suýt soát", "barely"])
def test_a_new_qualifier_is_typed_in_its_own_cell(added, word):
    places = {name: Place("x.csv", 2, name) for name in ("value", "qualifier")}
    typed = {"value": Cell(500), "qualifier": Cell(word)}
    entry, errors = to_entry(TypedRow("rice", typed, places, Measure("con", 0)))
    assert (entry.cells["qualifier"], errors) == ("barely", [])


def test_a_new_qualifier_is_offered_where_another_word_was_typed(added):
    places = {"qualifier": Place("x.csv", 2, "qualifier")}
    _, [error] = to_entry(TypedRow("rice", {"qualifier": Cell("quãng")}, places))
    assert error.expected == "one of: ước, khoảng, trên, dưới, gần, ngót"


def test_a_new_qualifier_is_written_before_a_figure(added):
    assert labels.qualified("500 con", "barely") == "ngót 500 con"


def test_a_new_qualifier_is_on_pages_and_in_downloads(folder):
    card = Dataset.open(folder).scorecard(2023, "rice")
    assert "ngót 460" in page.table(card, "Lúa").html
    assert "ngót 460 ha" in page.results(card, "lúa").text


def test_a_new_qualifier_is_in_the_processed_data_and_its_schema(folder):
    out = processed.build(folder)
    assert ",barely,bc2023," in (out / "observations.csv").read_text(encoding="utf-8")
    assert "barely (ngót)" in (out / "datapackage.json").read_text(encoding="utf-8")


def test_what_a_new_qualifier_passes_on_is_that_of_a_derived_figure(folder):
    with (folder / "relations.csv").open("a", encoding="utf-8") as file:
        file.write("rice_seed_supplied,=,rice_sown_area / 2,x,,\n")
    rows = Dataset.open(folder).observations.set_index("indicator")
    assert rows.at["rice_seed_supplied", "qualifier"] == "about"

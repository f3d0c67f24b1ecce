"""What is written is read back: sentences of any figure, and the reports of whole data folders."""

from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from helpers.history import make_history
from helpers.project import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats import Dataset
from caoan_stats.common.frames import records
from caoan_stats.concepts.scales import SCALES
from caoan_stats.documents.document import Document, Line
from caoan_stats.documents.opening import open_document
from caoan_stats.reading.catalogue import Catalogue, make_reader_catalogue
from caoan_stats.reading.report import read_document
from caoan_stats.reading.statement import Statement
from caoan_stats.relations.derive import make_catalogue
from caoan_stats.writing.outline import place_of
from caoan_stats.writing.report import write_report
from caoan_stats.writing.sentences import fact_sentence, make_row

YEAR = 2024
MARK = "Bản đầy đủ, lưu hành nội bộ"
WORDS = ("qualifier", "direction", "section")
Key = tuple[str, int, str]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("history") / "data")


def stated(folder: Path, year: int) -> dict[Key, dict[str, str]]:
    """Return what the report of a year states and where first, by indicator, year, of."""
    ds = Dataset.open(folder, as_of=year, public_below=0)
    facts: dict[Key, dict[str, str]] = defaultdict(dict)
    for row in records(ds.tables["facts"]):
        if row["source"] == f"bc{year}" and row["fact"] != "words":
            said = facts[row["indicator"], row["year"], ""]
            said[row["fact"]] = row["text"] or str(row["value"])
            said["section"] = place_of(row["section"])
            if row["fact"] == "value" and row["qualifier"]:
                said["qualifier"] = row["qualifier"]
    for row in records(ds.tables["targets"]):
        bounds = {side: str(row[side]) for side in ("lower", "upper") if row[side] is not None}
        if row["source"] == f"bc{year}" and bounds:
            key = row["indicator"], row["year"], row["of"] or "value"
            facts[key] = {**bounds, "section": place_of(row["section"])}
    return facts


def read_back(folder: Path, year: int, path: Path) -> dict[Key, list[Statement]]:
    ds = Dataset.open(folder, as_of=year, public_below=0)
    path.write_bytes(write_report(ds, year, MARK))
    reading = read_document(open_document(path), make_reader_catalogue(ds), year)
    found: dict[Key, list[Statement]] = defaultdict(list)
    for each in reading.statements:
        found[each.indicator, each.year, each.of].append(each)
    return found


def holds(statement: Statement, facts: dict[str, str]) -> bool:
    """Return whether a statement is certain, and states all of some facts."""
    return statement.certainty == "certain" and all(
        getattr(statement, name) == fact
        if name in WORDS
        else Decimal(getattr(statement, name) or "NaN") == Decimal(fact)
        for name, fact in facts.items()
    )


def lost(folder: Path, year: int, path: Path) -> dict[Key, dict[str, str]]:
    read = read_back(folder, year, path)
    return {
        key: facts
        for key, facts in stated(folder, year).items()
        if not any(holds(each, facts) for each in read[key])
    }


def test_the_report_of_the_shipped_data_is_read_back_with_every_figure(tmp_path: Path) -> None:
    assert lost(PROJECT / "data", 2023, tmp_path / "2023.docx") == {}


@pytest.mark.parametrize("year", range(2019, 2025))
def test_the_report_of_each_year_of_a_history_is_read_back(
    history: Path, year: int, tmp_path: Path
) -> None:
    assert lost(history, year, tmp_path / f"{year}.docx") == {}


@cache
def shipped() -> Dataset:
    return Dataset.open(PROJECT / "data", public_below=0)


@cache
def known() -> Catalogue:
    return make_reader_catalogue(shipped())


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, Decimal | str]]:
    """An indicator of the catalogue, and facts that a report can state of it."""
    catalogue = make_catalogue(shipped().tables)
    code = draw(st.sampled_from(sorted(known().measures)))
    measure, scale = known().measures[code], SCALES[catalogue[code]["scale"]]
    places = 0 if measure.is_exact else measure.decimals
    most = 99 if measure.is_percent or scale.better == "lower" else 999_999
    number = st.integers(1, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))
    row: dict[str, Decimal | str] = {"value": draw(number)}
    if scale.better != "lower" and draw(st.booleans()):
        row["qualifier"] = draw(st.sampled_from(["estimate", "about", "over", "under", "almost"]))
    if "change" in scale.facts and draw(st.booleans()):
        row["change"] = draw(number) * draw(st.sampled_from([1, -1]))
    if "pct_of_plan" in scale.facts and draw(st.booleans()):
        row["pct_of_plan"] = draw(st.integers(1, 1999).map(lambda n: Decimal(n).scaleb(-1)))
    return code, row


@pytest.mark.property
@given(rows())
def test_a_sentence_is_read_back_with_every_fact(row: tuple[str, dict[str, Decimal | str]]) -> None:
    code, facts = row
    catalogue = make_catalogue(shipped().tables)[code]
    unit = known().measures[code].unit
    given_row = make_row(catalogue["label_vi"], unit, YEAR, catalogue["scale"], **facts)
    document = Document("báo cáo.docx", (Line(fact_sentence(given_row, YEAR), 1),))
    (read,) = read_document(document, known(), YEAR).statements
    assert read.indicator == code
    assert {name: str(fact) for name, fact in facts.items() if not same(read, name, fact)} == {}


def same(read: Statement, name: str, fact: Decimal | str) -> bool:
    said = getattr(read, name)
    return said == fact if name == "qualifier" else bool(said) and Decimal(said) == fact

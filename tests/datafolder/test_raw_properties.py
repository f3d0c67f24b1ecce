"""Any valid table is read as it is written, and any changed byte is noticed."""

import csv
import io
import operator
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from helpers.project import PROJECT
from helpers.strategies import SIGNS, numbers
from hypothesis import given
from hypothesis import strategies as st

from caoan_stats import InvalidDataError
from caoan_stats.common.errors import DataError
from caoan_stats.common.frames import records
from caoan_stats.datafolder import csvfile, package, raw
from caoan_stats.datafolder.package import Package

Row = Mapping[str, Any]

FACTS = ("value", "change", "pct_change", "pct_of_plan", "direction", "words")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def normal(text: str) -> str:
    """Return a text as it is read: composed, stripped, without invisible characters."""
    seen = "".join(sign for sign in text if sign not in INVISIBLE)
    return unicodedata.normalize("NFC", seen).strip()


def is_text(text: str) -> bool:
    """Return whether a text is neither an error of Excel nor like a whole line."""
    lines = "\n" in text and ("," in text or ";" in text)
    return not re.match(r"\s*#", normal(text)) and not lines


TEXTS = st.lists(SIGNS, max_size=12).map("".join).filter(is_text)
NAMES = TEXTS.filter(normal)
OBSERVED = ("rice", "indicators", "sources", "units")
EMPTIED = ("relations", "acknowledged", "breaks")
CLOSED = {
    "rice": OBSERVED,
    "targets": (*OBSERVED, "targets"),
    "indicators": ("rice", "indicators", "sources", "units"),
    "sources": ("sources",),
    "units": ("units",),
    "relations": (*OBSERVED, "relations"),
    "acknowledged": (*OBSERVED, "relations", "acknowledged"),
    "breaks": (*OBSERVED, "breaks"),
}  # the tables that each one refers to


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """A data folder with the shipped table of rice; other tables are empty where possible."""
    folder = tmp_path_factory.mktemp("small") / "data"
    kept = shutil.ignore_patterns("processed")
    shutil.copytree(PROJECT / "data", folder, ignore=kept)
    for path in (*folder.glob("raw/*.csv"), *(folder / f"{name}.csv" for name in EMPTIED)):
        if path.name not in ("rice.csv", "sources.csv"):
            header = path.read_text(encoding="utf-8").partition("\n")[0]
            path.write_text(f"{header}\n", encoding="utf-8")
    lines = (folder / "indicators.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    few = [lines[0], *(line for line in lines if ",rice," in line)]
    (folder / "indicators.csv").write_text("".join(few), encoding="utf-8")
    return package.load_package(folder)


def read(whole: Package, names: Sequence[str]) -> Mapping[str, Any]:
    """Read the named tables of a folder as `raw.read_tables` reads all."""
    few = tuple(each for each in whole.resources if each.name in names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "load_package", lambda _: replace(whole, resources=few))
        patch.setattr(raw, "_unlisted", lambda _: [])
        return raw.read_tables(whole.folder)


def path_of(whole: Package, name: str) -> Path:
    return next(each.path for each in whole.resources if each.name == name)


def rows_of(whole: Package, name: str) -> list[dict[str, str]]:
    text = path_of(whole, name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(field: Mapping[str, Any], codes: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    """Return a strategy of all values that the schema allows in a column."""
    limits = field.get("constraints", {})
    empty = st.nothing() if limits.get("required") else st.just("")
    if field["name"] in codes:
        return st.sampled_from(codes[field["name"]]) | empty
    if "enum" in limits:
        return st.sampled_from(limits["enum"]) | empty
    if "pattern" in limits:
        return st.from_regex(
            limits["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii")
        )
    kinds = {
        "integer": st.integers(limits.get("minimum"), limits.get("maximum")),
        "number": numbers(0) | st.none(),
        "boolean": st.booleans(),
        "string": NAMES if limits.get("required") else TEXTS,
    }
    return kinds[field["type"]]


def codes_of(whole: Package, name: str) -> dict[str, list[str]]:
    """Return the codes that a column of a table can have."""
    catalogue = [row["indicator"] for row in rows_of(whole, "indicators")]
    codes = {
        "indicator": catalogue + ["*"] * (name == "breaks"),
        "source": [row["source"] for row in rows_of(whole, "sources")],
        "unit": [row["unit"] for row in rows_of(whole, "units")],
        "table": ["rice"],
        "left": catalogue,
        "kind": ["assumption", "identity"],
        "right": ["rice_yield + 1", "2 * rice_yield", "rice_yield.lower / 3"],
        "years": ["", "2023", "2021-", "-2024", "2021-2024"],
        "operator": ["<="],
    }
    own = {"indicators": "indicator", "sources": "source", "units": "unit"}
    return {column: each for column, each in codes.items() if column != own.get(name)}


@st.composite
def tables(draw: st.DrawFn, whole: Package, name: str) -> list[dict[str, Any]]:
    """Draw up to four rows that the schema and the rules of a table allow."""
    resource = next(each for each in whole.resources if each.name == name)
    catalogue = {row["indicator"]: row for row in rows_of(whole, "indicators")}
    codes = codes_of(whole, name)
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 4))):
        row = {each["name"]: draw(cells(each, codes)) for each in resource.schema["fields"]}
        if name == "rice":
            row |= draw(facts(catalogue[row["indicator"]]))
        if name == "targets":
            row |= draw(bounds(catalogue[row["indicator"]], row["year"]))
        if name == "indicators":
            row |= {"decimals": draw(st.integers(0, 6)), "unit": codes["unit"][0]}
        if name == "sources":
            row["date"] = draw(st.dates(min_value=date(1000, 1, 1))).isoformat()
        names = [each for each in resource.schema["primaryKey"] if each != "years"]
        rows.setdefault(tuple(normal(str(row[each])) or "value" for each in names), row)
    return [*rows.values()]


def stated(decimals: int, least: int | None = None) -> st.SearchStrategy[Decimal]:
    """Return a strategy of numbers as sources state them: to the last digit, or rounded."""
    rounded = st.builds(Decimal.scaleb, st.integers(1, 999).map(Decimal), st.integers(1, 5))
    return (numbers(decimals) if least is None else numbers(decimals).map(abs)) | rounded


@st.composite
def facts(draw: st.DrawFn, entry: Row) -> dict[str, Any]:
    """Draw the facts of a row, some of them empty."""
    decimals = int(entry["decimals"])
    ratio = stated(2, least=0) if entry["unit"] != "percent" else st.none()
    value = draw(stated(decimals, least=0))
    fall = stated(decimals, least=0).map(operator.neg)  # last year's value is not below 0
    drawn = {
        "value": value,
        "change": draw(fall | st.just(value) | st.none()),
        "pct_change": draw(ratio | st.none()),
        "pct_of_plan": draw(stated(3, least=0) | st.none()),
        "direction": draw(st.sampled_from(["", "up", "down", "steady"])),
        "words": draw(TEXTS),
    }
    left_out = draw(st.sets(st.sampled_from(sorted(drawn))))
    rest = {name: "" if name in left_out else each for name, each in drawn.items()}
    return rest if any(rest[name] not in ("", None) for name in FACTS[:-1]) else drawn


@st.composite
def bounds(draw: st.DrawFn, entry: Row, year: int) -> dict[str, Any]:
    """Draw the bounds of a target of any fact that the indicator can have."""
    options = ["", "value", "change", "pct_of_plan"]
    fact = draw(st.sampled_from(options + ["pct_change"] * (entry["unit"] != "percent")))
    decimals = 3 if fact.startswith("pct") else int(entry["decimals"])
    least = 0 if fact in ("", "value") else None
    lower, upper = sorted(draw(stated(decimals, least=least)) for _ in range(2))
    base_year = draw(st.none() | st.integers(1945, year - 1)) if year > 1945 else None
    return {"of": fact, "lower": lower, "upper": upper, "closed": "both", "base_year": base_year}


def typed(cell: object, mark: str) -> str:
    """Return a cell as a person or Excel writes it."""
    if isinstance(cell, Decimal):
        is_rounded = int(cell.as_tuple().exponent) > 0
        return (str(cell) if is_rounded else f"{cell:f}").replace(".", mark)
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "separator": draw(st.sampled_from([",", ";"])),
        "mark": draw(st.sampled_from(["", "\ufeff"])),
        "ending": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "form": draw(st.sampled_from(["NFC", "NFD"])),
    }


def write(columns: Sequence[str], rows: Sequence[Row], dialect: Mapping[str, Any]) -> bytes:
    mark = "," if dialect["separator"] == ";" else "."
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=dialect["separator"],
        lineterminator=dialect["ending"],
        quoting=dialect["quoting"],
    )
    writer.writerow(columns)
    for row in rows:
        written = [typed(row[name], mark) for name in columns]
        whole_line = dialect["ending"] == "\r" and any("\n" in cell for cell in written)
        cells = [cell.replace("\n", " ") for cell in written] if whole_line else written
        writer.writerow(unicodedata.normalize(dialect["form"], cell) for cell in cells)
    return (dialect["mark"] + text.getvalue()).encode()


def expected(row: Row, ending: str) -> dict[str, str]:
    """Return the cells that are read from a row."""
    texts = {name: typed(cell, ".") for name, cell in row.items()}
    if ending == "\r":
        texts = {name: cell.replace("\n", " ") for name, cell in texts.items()}
    return {name: normal(cell) for name, cell in texts.items()}


@pytest.mark.property
@given(st.data(), dialects())
def test_whatever_the_schema_allows_is_read_as_it_is_written(whole, data, dialect):
    name = data.draw(st.sampled_from(sorted(CLOSED)))
    rows = data.draw(tables(whole, name))
    path = path_of(whole, name)
    before = path.read_bytes()
    others = [each for each in CLOSED[name] if each != name]
    names = CLOSED[name] if name != "indicators" else ("indicators", "units", "rice", "sources")
    emptied = {path_of(whole, each): path_of(whole, each).read_bytes() for each in others}
    try:
        resource = next(each for each in whole.resources if each.name == name)
        path.write_bytes(write(resource.columns, rows, dialect))
        if name == "indicators":
            rice = path_of(whole, "rice")
            rice.write_bytes(emptied[rice].partition(b"\n")[0])
        if name == "acknowledged":
            labelled = [{**row, "label_vi": "x", "kind": "", "years": ""} for row in rows]
            relations = next(each for each in whole.resources if each.name == "relations")
            unique = {(row["left"], row["operator"], row["right"]): row for row in labelled}
            relations.path.write_bytes(write(relations.columns, [*unique.values()], dialect))
        found = read(whole, names)[name]
    finally:
        path.write_bytes(before)
        for other, content in emptied.items():
            other.write_bytes(content)
    texts = [
        {each: typed(cell, ".") for each, cell in row.items()}
        for row in records(found.reset_index(drop=True))
    ]
    assert texts == [expected(row, dialect["ending"]) for row in rows]


HEADER_LINE = 1  # with another number of columns, every line has an error


def lines_of(content: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content))


def spoilt(content: bytes, place: int, byte: int, edit: str) -> tuple[bytes, int, int]:
    """Change, insert or remove one byte; return the content and its first and last changed line."""
    kept = place if edit == "insert" else place + 1
    middle = b"" if edit == "remove" else bytes([byte])
    first = lines_of(content[:place]) + 1
    return content[:place] + middle + content[kept:], first, first + lines_of(content[place:kept])


def is_near(error: DataError, first: int, last: int) -> bool:
    """Return whether an error names a changed line, or a line that repeats it."""
    known = {error.line, *map(int, re.findall(r"csv:([0-9]+)", str(error.details.get("same"))))}
    return any(first <= (line or 1) <= last for line in known)


BYTES = st.integers(0, 127) | st.integers(0, 255) | st.sampled_from(b'",;\n\r.0')


@pytest.mark.property
@given(
    st.sampled_from(OBSERVED),
    st.floats(0, 1, exclude_max=True),
    BYTES,
    st.sampled_from(["change", "insert", "remove"]),
)
def test_one_changed_byte_is_reported_by_its_line_or_changes_no_other_row(
    whole, name, share, byte, edit
):
    path = path_of(whole, name)
    before = path.read_bytes()
    content, first, last = spoilt(before, int(share * len(before)), byte, edit)
    shift = lines_of(content) - lines_of(before)
    right = {
        each: {row.Index: row for row in table.itertuples()}
        for each, table in read_once(whole).items()
    }
    lost = {  # codes that other tables may refer to
        str(row[1]) for line, row in right[name].items() if first <= line <= last
    }
    path.write_bytes(content)
    found, errors = {}, ()
    try:
        csvfile.read_cells(path, "")
        found = read(whole, OBSERVED)
    except InvalidDataError as error:
        errors = error.errors
    finally:
        path.write_bytes(before)
    near = [is_near(each, first, last + max(shift, 0)) for each in errors if each.file == path.name]
    assert all(near) or (first == HEADER_LINE and any(near)), str(errors)
    for each in errors:
        if each.file != path.name:
            table = each.file.removesuffix(".csv")
            assert lost & set(map(str, right[table][each.line])), str(each)
    for table, frame_ in found.items():
        rows = {row.Index: row[1:] for row in frame_.itertuples()}
        for line, row in right[table].items():
            if table != name or not first <= line <= last:
                moved = line + shift if table == name and line > last else line
                assert rows.pop(moved) == row[1:]
        assert len(rows) <= (last - first + 1 + max(shift, 0) if table == name else 0)


_ONCE: dict[Path, Mapping[str, Any]] = {}


def read_once(whole: Package) -> Mapping[str, Any]:
    """Return the tables of the folder before any byte is changed."""
    if whole.folder not in _ONCE:
        _ONCE[whole.folder] = read(whole, OBSERVED)
    return _ONCE[whole.folder]

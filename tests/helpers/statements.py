"""A data folder of a few statements, each in a line such as `pigs 2023 bc2023 value=300`.

A line names indicator, year and document, then what the document states. A document is dated by
the year in its code: `bc2023` of December 2023, `qd2023` of July 2023.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from helpers.project import PROJECT

FACTS = ("value", "change", "pct_change", "pct_of_plan", "direction", "words", "qualifier", "note")
BOUNDS = ("lower", "upper", "closed", "of", "base_year", "note")
KEY = ("indicator", "year", "source", "section")
MONTHS = {"bc": "12", "qd": "07", "nq": "01"}


def state(
    data: Path,
    *lines: str,
    targets: Iterable[str] = (),
    breaks: Iterable[str] = (),
    relations: Iterable[str] = (),
) -> Path:
    """Replace all that a copy of the shipped folder states; a break is `code year reason`.

    A relation is as in `relations.csv`, without its label: `left,operator,right,kind,years`.
    """
    tables = {row["indicator"]: row["table"] for row in _rows(PROJECT / "data/indicators.csv")}
    stated = [_parsed(line, "I.B") for line in lines]
    for name in sorted({*tables.values()}):
        rows = [row for row in stated if tables[row["indicator"]] == name]
        _write(data / f"raw/{name}.csv", (*KEY, *FACTS), rows)
    due = [_parsed(line, "II.I") for line in targets]
    _write(data / "raw/targets.csv", (*KEY, *BOUNDS), due)
    codes = dict.fromkeys(row["source"] for row in [*stated, *due])
    sources = [
        {"source": code, "title": code, "issuer": "UBND", "date": _date(code)} for code in codes
    ]
    _write(data / "raw/sources.csv", ("source", "title", "issuer", "date"), sources)
    parts = [line.split(" ", 2) for line in breaks]
    names = ("indicator", "year", "reason")
    _write(data / "breaks.csv", names, [dict(zip(names, each, strict=True)) for each in parts])
    names = ("left", "operator", "right", "kind", "years")
    cells = [f"{line},,".split(",")[:5] for line in relations]
    rows = [{**dict(zip(names, each, strict=True)), "label_vi": "x"} for each in cells]
    _write(data / "relations.csv", (*names, "label_vi"), rows)
    _write(data / "acknowledged.csv", ("left", "operator", "right", "year", "reason"), [])
    return data


def _parsed(line: str, section: str) -> dict[str, str]:
    """Return the cells of a line; a text may have spaces, as in `words=Giữ vững`."""
    code, year, source, *rest = line.split(" ", 3)
    cells = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", "".join(rest)))
    return {"indicator": code, "year": year, "source": source, "section": section, **cells}


def _date(code: str) -> str:
    return f"{code[2:6]}-{MONTHS[code[:2]]}"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

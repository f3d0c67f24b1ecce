"""Statements, relations and targets of a few indicators, for the engine alone."""

from collections.abc import Iterable
from decimal import Decimal

from caoan_stats.relations import figures
from caoan_stats.relations.figures import Statement
from caoan_stats.relations.relation import Relation, parse_relations

EXACT = ("count", "part", "rest")
NAMES = ("area", "yield", "crop", *EXACT)
CATALOGUE = {
    name: {
        "indicator": name,
        "unit": "ha",
        "better": "",
        "scale": "amount",
        "exact": name in EXACT,
        "decimals": 0 if name in (*EXACT, "crop") else 2,
    }
    for name in NAMES
}


def facts(code: str, year: int, qualifier: str = "", **numbers: str) -> list[dict]:
    """Return the facts of a row of `bc2023`; the qualifier is that of the first number."""
    origin = {"source": "bc2023", "section": "I"}
    rows = [
        {"indicator": code, "year": year, "fact": fact, "value": Decimal(number), "text": ""}
        for fact, number in numbers.items()
        if number
    ]
    qualifiers = [qualifier, *[""] * len(rows)]
    return [
        {**row, **origin, "qualifier": each} for row, each in zip(rows, qualifiers, strict=False)
    ]


def statement(*rows: Iterable[dict], breaks: Iterable[dict] = ()) -> Statement:
    return figures.make_statement([fact for row in rows for fact in row], CATALOGUE, breaks)


def stated(*rows: tuple[str, int, str, str], qualifier: str = "") -> Statement:
    """Return the statement of rows (indicator, year, value, change)."""
    return statement(
        *(facts(code, year, qualifier, value=value, change=change)
          for code, year, value, change in rows)
    )  # fmt: skip


def truths(*texts: str) -> tuple[Relation, ...]:
    sides = [text.split(" = ") for text in texts]
    return parse_relations(
        {"left": left, "operator": "=", "right": right, "label_vi": ""} for left, right in sides
    )


def target(code: str, year: int, lower: str = "", upper: str = "") -> dict:
    bounds = {"lower": lower, "upper": upper}
    numbers = {name: Decimal(bound) if bound else None for name, bound in bounds.items()}
    return {"indicator": code, "year": year, **numbers, "source": "bc2022", "section": "II"}

"""Small data in memory, written in lines, and random data with relations of every kind.

>>> tables = make(History("a! b t", ("a 2023 bc2023 value=3",), ("t,=,a + b",)))
>>> tables["observations"]["indicator"].tolist()
['a']

A code ends in `!` if it is a sensitive count, in `%` if it is a rate, and in `~` if it is an amount
that is not exact. Statements, targets and relations are as in `helpers.statements.state`; an
acknowledged contradiction is `left,operator,right,year`.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from caoan_stats.common.frames import make_frame
from caoan_stats.concepts.tables import TABLES, fields_of
from caoan_stats.relations import derive
from caoan_stats.relations.relation import find_cycle, parse_relations

UNITS = {"": ("heads", True), "!": ("heads", True), "%": ("percent", False), "~": ("ta", False)}
MONTHS = {"bc": "12", "qd": "07", "nq": "01"}


@dataclass(frozen=True)
class History:
    """What a data folder says, in lines."""

    codes: str
    statements: tuple[str, ...]
    relations: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    acknowledged: tuple[str, ...] = ()


def make(history: History) -> dict[str, pd.DataFrame]:
    """Return the tables of a history, as `caoan_stats.datafolder.processed.load_tables` does."""
    kinds = dict(re.fullmatch(r"(\w+)([!%~]?)", each).groups() for each in history.codes.split())
    stated, due = (
        [_row(line) for line in lines] for lines in (history.statements, history.targets)
    )
    sources = {row["source"] for row in [*stated, *due]}
    rows: dict[str, list[dict[str, Any]]] = {
        "indicators": [_indicator(code, kind) for code, kind in kinds.items()],
        "units": [{"unit": unit, "exact": exact} for unit, exact in sorted({*UNITS.values()})],
        "sources": [
            {"source": name, "date": f"{name[2:6]}-{MONTHS[name[:2]]}"} for name in sorted(sources)
        ],
        "targets": due,
        "relations": [
            _named(line, "left", "operator", "right", "kind", "years") | {"label_vi": line}
            for line in history.relations
        ],
        "acknowledged": [
            _named(line, "left", "operator", "right", "year") | {"reason": "x"}
            for line in history.acknowledged
        ],
        "report": stated,
    }
    tables = {name: make_frame(fields_of(name), rows.get(name, [])) for name in [*TABLES, "report"]}
    return {**tables, **derive.derive(tables)}


def _indicator(code: str, kind: str) -> dict[str, Any]:
    unit, is_exact = UNITS[kind]
    names = {"indicator": code, "table": "report", "label_vi": code, "label_en": code}
    decimals = 0 if is_exact else 1
    return {**names, "unit": unit, "decimals": decimals, "sensitive": kind == "!", "better": ""}


def _row(line: str) -> dict[str, Any]:
    """Return a typed row of a line such as `pigs 2023 bc2023 value=300`."""
    code, year, source, *rest = line.split(" ", 3)
    cells: dict[str, Any] = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", "".join(rest)))
    for name in {"value", "change", "pct_change", "pct_of_plan", "lower", "upper"} & cells.keys():
        cells[name] = Decimal(cells[name])
    return {"indicator": code, "year": int(year), "source": source, "section": "I", **cells}


def _named(line: str, *names: str) -> dict[str, Any]:
    cells = f"{line},,".split(",")[: len(names)]
    row: dict[str, Any] = dict(zip(names, cells, strict=True))
    return row | ({"year": int(row["year"])} if "year" in row else {})


class _Maker:
    """A random history that grows: true numbers by code and year, relations that they satisfy."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        last = 2023
        self.years = range(last - self.random.choice((0, 0, 1, 1, 2)), last + 1)
        self.kinds: dict[str, str] = {}
        self.numbers: dict[str, dict[int, Fraction]] = {}
        self.texts: dict[tuple[str, int], str] = {}  # where it is not the number itself
        self.relations: list[str] = []
        self.targets: list[str] = []
        self.misstated: dict[tuple[str, int], str] = {}  # relation that the source contradicts

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def add(self, kind: str, number: Callable[[int], Fraction | int]) -> str:
        code = "abcdefghijklmnopqrstuvwxyz"[len(self.kinds)] + "x"
        self.kinds[code] = kind
        self.numbers[code] = {year: Fraction(number(year)) for year in self.years}
        return code

    def relate(self, relation: str, *, certain: bool = False) -> None:
        extra = ""
        if not certain and self.chance(0.12):
            edge = self.random.choice(self.years)
            extra = self.random.choice((f",,{edge}", f",,-{edge}", f",,{edge}-", ",convention,"))
        keys = [line.split(",")[:3] for line in self.relations]
        names = ("left", "operator", "right")
        rows = [dict(zip(names, each, strict=True)) | {"label_vi": ""} for each in keys]
        new = dict(zip(names, relation.split(",")[:3], strict=True)) | {"label_vi": ""}
        if new not in rows and not find_cycle(parse_relations([*rows, new])):
            self.relations.append(relation + extra)

    def counts(self) -> list[str]:
        return [code for code, kind in self.kinds.items() if kind in ("", "!")]

    def some_kind(self) -> str:
        return "!" if self.chance(0.6) else ""

    def leaf(self) -> str:
        kind = self.some_kind()
        most = self.random.choice((4, 6, 12)) if kind else self.random.choice((9, 60))
        zero = self.chance(0.15)
        return self.add(kind, lambda _: self.random.randint(0 if zero else 1, most))

    def total(self) -> None:
        parts = self.random.sample(
            self.counts(), min(len(self.counts()), self.random.choice((2, 2, 3, 4)))
        )
        if len(parts) < 2:
            return
        kind = "!" if self.chance(0.3) else ""
        whole = self.add(kind, lambda year: sum(self.numbers[code][year] for code in parts))
        forms = [f"{whole},=,{' + '.join(parts)}"]
        forms.append(f"{parts[0]},=,{' - '.join([whole, *parts[1:]])}")
        forms.append(f"{' + '.join(parts)},=,{whole}")
        self.relate(self.random.choice(forms[:1] * 3 + forms))
        if self.chance(0.15):
            self.relate(self.random.choice(forms))

    def table(self) -> None:
        columns = self.random.choice((2, 2, 3))
        cells = [[self.leaf() for _ in range(columns)] for _ in range(2)]

        def margin(parts: list[str]) -> str:
            code = self.add(
                "!" if self.chance(0.3) else "",
                lambda year: sum(self.numbers[part][year] for part in parts),
            )
            self.relate(f"{code},=,{' + '.join(parts)}")
            return code

        rows = [margin(line) for line in cells]
        sides = [margin([line[place] for line in cells]) for place in range(columns)]
        if self.chance(0.6):
            whole = margin(rows)
            self.relate(f"{whole},=,{' + '.join(sides)}")

    def rounded(self, number: Fraction, decimals: int = 1) -> str:
        unit = Decimal(1).scaleb(-decimals)
        value = Decimal(number.numerator) / Decimal(number.denominator)
        return str(value.quantize(unit, ROUND_HALF_UP))

    def state_rounded(self, code: str, *, slip: float = 0.25) -> None:
        decimals = self.random.choice((0, 1, 1, 1, 2))
        for year in self.years:
            number = self.numbers[code][year]
            if self.chance(slip):
                number += Fraction(self.random.choice((-1, 1)), 10**decimals)
            self.texts[code, year] = self.rounded(max(number, Fraction(0)), decimals)

    def share(self) -> None:
        part, whole = self.random.sample(self.counts(), 2)
        share = self.add("%", lambda year: self.quotient(part, whole, year))
        self.state_rounded(share)
        self.relate(f"{share},=,100 * {part} / {whole}")

    def quotient(self, part: str, whole: str, year: int) -> Fraction:
        divisor = self.numbers[whole][year]
        return 100 * self.numbers[part][year] / divisor if divisor else Fraction(0)

    def two_shares(self) -> None:
        one, two = self.random.sample(self.counts(), 2)
        whole = self.add("", lambda year: self.numbers[one][year] + self.numbers[two][year])
        shares = []
        for part in (one, two):
            shares.append(self.add("%", lambda year, part=part: self.quotient(part, whole, year)))
            self.state_rounded(shares[-1], slip=0.1)
            self.relate(f"{shares[-1]},=,100 * {part} / {whole}")
        if self.chance(0.5):
            self.relate(f"{whole},=,{one} + {two}")
        self.relate(f"{' + '.join(shares)},=,100")
        if self.chance(0.3):
            third = self.add("%", lambda year: self.quotient(shares[0], shares[1], year))
            self.state_rounded(third)
            self.relate(f"{third},=,100 * {shares[0]} / {shares[1]}")

    def limit(self) -> None:
        one, two = self.random.sample(self.counts(), 2)
        if all(self.numbers[one][year] <= self.numbers[two][year] for year in self.years):
            self.relate(f"{one},<=,{two}")
        else:
            most = max(self.numbers[one].values())
            self.relate(f"{one},<=,{most + self.random.choice((0, 1, 5, 20))}")

    def multiple(self) -> None:
        base = self.random.choice(self.counts())
        factor = self.random.choice((2, 3))
        if self.chance(0.5):
            code = self.add(self.some_kind(), lambda year: factor * self.numbers[base][year])
            self.relate(f"{code},=,{factor} * {base}")
        else:
            half = {year: self.random.randint(1, 3) for year in self.years}
            one = self.add(self.some_kind(), lambda year: 2 * half[year])
            two = self.add(self.some_kind(), lambda year: 3 * half[year])
            self.relate(f"3 * {one},=,2 * {two}")

    def product(self) -> None:
        count = self.random.choice(self.counts())
        rate = self.add("~", lambda _: Fraction(self.random.randint(5, 90), 10))
        result = self.add("~", lambda year: self.numbers[count][year] * self.numbers[rate][year])
        for code in (rate, result):
            self.state_rounded(code, slip=0)
        self.relate(f"{result},=,{count} * {rate}")

    def target(self) -> None:
        code = self.random.choice(self.counts())
        plans = {year: self.random.choice((0, 10, 10, 20, 40)) for year in self.years}
        for year, plan in plans.items():
            self.targets.append(f"{code} {year} bc{year} lower={plan}")
        if self.chance(0.6):
            share = self.add(
                "%",
                lambda year: 100 * self.numbers[code][year] / plans[year] if plans[year] else 0,
            )
            self.state_rounded(share)
            self.relate(f"{share},=,100 * {code} / {code}.{self.random.choice(('lower', 'plan'))}")

    def assumed(self) -> None:
        base = self.random.choice(self.counts())
        code = self.add(self.some_kind(), lambda year: 2 * self.numbers[base][year])
        self.relate(f"{code},=,2 * {base},assumption,", certain=True)
        self.texts.update({(code, year): "" for year in self.years if self.chance(0.7)})

    def slips(self) -> None:
        """State a wrong number of a count in a relation."""
        code = self.random.choice(self.counts())
        year = self.random.choice(self.years)
        number = self.numbers[code][year] + self.random.choice((-2, -1, 1, 2, 3))
        if number >= 0:
            self.texts[code, year] = str(number)

    def statements(self) -> list[str]:
        lines: list[str] = []
        lost = self.random.choice((0, 0.1, 0.25))
        for code, kind in self.kinds.items():
            for year in self.years:
                if not self.chance(lost):
                    lines += self.stated(code, kind, year)
        return lines

    def stated(self, code: str, kind: str, year: int) -> list[str]:
        number, before = self.numbers[code][year], self.numbers[code].get(year - 1)
        text = self.texts.get((code, year), str(number) if number.denominator == 1 else "")
        cells = [f"value={text}"] if text else []
        lines = []
        if kind in ("", "!"):
            if text and self.chance(0.06):
                cells.append(f"qualifier={self.random.choice(('about', 'over', 'under'))}")
            if before is not None and self.chance(0.12):
                cells.append(f"change={number - before}")
            elif before and self.chance(0.06):
                cells.append(f"pct_change={self.rounded(100 * number / before - 100)}")
            if number and self.chance(0.06):
                plan = self.random.choice((5, 10, 20))
                cells.append(f"pct_of_plan={self.rounded(100 * number / plan)}")
                if self.chance(0.3):
                    cells = [each for each in cells if not each.startswith("value")] or cells
            if text and self.chance(0.05) and year < self.years[-1]:
                other = max(0, int(text) + self.random.choice((-1, 1, 9)))
                lines = [f"{code} {year} bc{year + 1} value={other}"]
        return [f"{code} {year} bc{year} {' '.join(cells)}", *lines] if cells else lines


def random_history(seed: int) -> History:
    """Return a small history of a seed."""
    maker = _Maker(seed)
    for _ in range(maker.random.randint(2, 4)):
        maker.leaf()
    steps = [
        *[maker.total] * 5, *[maker.share] * 3, maker.two_shares, *[maker.limit] * 2,
        maker.multiple, maker.product, maker.target, maker.assumed, maker.slips,
    ]  # fmt: skip
    if maker.chance(0.15):
        maker.table()
    for _ in range(maker.random.randint(1, 5)):
        if len(maker.kinds) < 12:
            maker.random.choice(steps)()
    codes = " ".join(code + kind for code, kind in maker.kinds.items())
    history = History(
        codes, tuple(maker.statements()), tuple(maker.relations), tuple(maker.targets)
    )
    if not history.statements or not maker.chance(0.5):
        return history
    audit = make(history)["audit"]
    broken = audit[(audit["status"] == "broken") & ~audit["right"].str.contains("value|previous")]
    keys = broken[["left", "operator", "right", "year"]].itertuples(index=False)
    relations = {line.split(",")[0] for line in maker.relations}
    lines = tuple(",".join(map(str, key)) for key in keys if key[0] in relations)
    return History(
        *(getattr(history, name) for name in ("codes", "statements", "relations", "targets")), lines
    )


def smaller(history: History, fails: Callable[[History], bool]) -> History:
    """Return a history with as few lines as possible that still fails."""
    progress = True
    while progress:
        progress = False
        for field in ("statements", "relations", "targets", "acknowledged"):
            for line in getattr(history, field):
                kept = tuple(each for each in getattr(history, field) if each != line)
                fewer = History(**{**vars(history), field: kept})
                if fewer.statements and fails(fewer):
                    history, progress = fewer, True
    used = {
        name
        for line in [*history.statements, *history.targets, *history.relations]
        for name in re.findall(r"[a-z_]\w*", line)
    }
    codes = " ".join(code for code in history.codes.split() if code.rstrip("!%~") in used)
    return History(**{**vars(history), "codes": codes})

"""What a data folder says of a year, computed a second time: from the definitions, in fractions.

Nothing here comes from the library. A key is a pair (indicator, year). Left out are assumptions, as
nothing that follows from them is judged, and relations that name a plan.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor, inf, log10
from pathlib import Path
from typing import Any, NamedTuple

Key = tuple[str, int]
Row = dict[str, str]


FORMS = {  # of a comparison x of a value v with a base b, last year or the plan: v, b, x
    "change": (lambda b, x: b + x, lambda v, x: v - x, lambda v, b: v - b),
    "pct_change": (
        lambda b, x: b * (100 + x) / 100,
        lambda v, x: 100 * v / (100 + x),
        lambda v, b: 100 * v / b - 100,
    ),
    "pct_of_plan": (lambda b, x: b * x / 100, lambda v, x: 100 * v / x, lambda v, b: 100 * v / b),
}  # fmt: skip
NUMBERS = ("value", *FORMS)
FACTS = (*NUMBERS, "direction", "words")
JUDGED = ("value", "pct_of_plan", "pct_change", "change")  # of one document's targets, the first
REACH = {  # how far the true number can lie below and above the written one
    "": ("digit", "digit"), "estimate": ("zeros", "zeros"), "about": ("zeros", "zeros"),
    "almost": ("zeros", "nothing"), "over": ("nothing", "open"), "under": ("open", "nothing"),
}  # fmt: skip


class Interval(NamedTuple):
    """The numbers from `low` to `high`, without an open end; ends of results are closed."""

    low: Any  # a Fraction, or -inf
    high: Any  # a Fraction, or inf
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "Interval") -> bool:
        return self.first <= other.last and other.first <= self.last

    def lies_in(self, other: "Interval") -> bool:
        return other.first <= self.first and self.last <= other.last

    def __add__(self, other: Any) -> "Interval":
        return Interval(self.low + point(other).low, self.high + point(other).high)

    def __sub__(self, other: Any) -> "Interval":
        return Interval(self.low - point(other).high, self.high - point(other).low)

    def __mul__(self, other: Any) -> "Interval":
        ends = [a * b if a and b else 0 for a in self[:2] for b in point(other)[:2]]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Any) -> "Interval":
        low, high = point(other)[:2]
        if low <= 0 <= high:
            raise ZeroDivisionError
        return self * Interval(1 / high, 1 / low)

    __radd__, __rmul__ = __add__, __mul__
    first = property(lambda self: (self.low, self.open_low))
    last = property(lambda self: (self.high, -self.open_high))


def point(number: Any) -> Interval:
    """Return a number as an interval; an interval as it is."""
    return number if isinstance(number, Interval) else Interval(Fraction(number), Fraction(number))


def around(text: str, qualifier: str = "", *, exact: bool = False) -> Interval:
    """Return what a written number stands for; one with an exponent is never exact."""
    written = Decimal(text)
    if exact and not qualifier and "e" not in text.lower():
        return point(written)
    shortest = written.normalize() if written else written
    half_units = [Fraction(10) ** each.as_tuple().exponent / 2 for each in (written, shortest)]
    reach = dict(zip(("digit", "zeros", "nothing", "open"), (*half_units, 0, inf), strict=True))
    below, above = (reach[name] for name in REACH[qualifier])
    number = Fraction(written)
    return Interval(number - below, number + above, qualifier == "over", qualifier == "under")


def shown(interval: Interval) -> Fraction:
    """Return the middle of a derived figure, rounded to the digits that its interval supports."""
    middle, width = (interval.low + interval.high) / 2, interval.high - interval.low
    unit = Fraction(10) ** floor(log10(width)) if width else 0
    return round(middle / unit) * unit if unit else middle


@dataclass(frozen=True)
class View:
    """What some documents of a folder say; the rows of the newest document come first."""

    observations: list[Row]
    targets: list[Row]
    indicators: dict[str, Row]  # with `exact` and `scale` of the unit
    relations: list[Row]
    breaks: list[Row]

    @cached_property
    def facts(self) -> dict[Key, dict[str, Row]]:
        """By kind of fact, the row of the newest document that states it.

        Once a newer document states a value anew, the comparisons beside the older one, which is
        replaced, no longer count.
        """
        facts: dict[Key, dict[str, Row]] = {}
        for row in self.observations:
            figure = facts.setdefault(_key(row), {})
            kinds = ["words"] if "value" in figure else FACTS
            figure |= {kind: row for kind in kinds if row.get(kind) and kind not in figure}
        return facts

    def stated(self, key: Key, kind: str) -> Interval | None:
        """Return what a stated number stands for; None for a change across a break."""
        row = self.facts.get(key, {}).get(kind)
        if not row or (kind in ("change", "pct_change") and self.is_break(key)):
            return None
        exact = kind in ("value", "change") and self.indicators[key[0]]["exact"] == "true"
        return around(row[kind], qualifier(row, kind), exact=exact)

    def is_break(self, key: Key) -> bool:
        """Return whether a year is not comparable with those before it."""
        rows = [row for row in self.breaks if int(row["year"]) == key[1]]
        return any(row["indicator"] in (key[0], "*") for row in rows)

    def own_targets(self, key: Key) -> list[Row]:
        """Return the targets that are set for the year itself; the first is judged."""
        return [row for row in self.targets if _key(row) == key and not row.get("base_year")]

    def base(self, key: Key, kind: str, known: dict[Key, Interval]) -> Interval | None:
        """Return what a comparison of one kind is with: the year before, or the stated plan."""
        if kind != "pct_of_plan":
            return None if self.is_break(key) else known.get((key[0], key[1] - 1))
        values = [row for row in self.own_targets(key) if row["of"] == "value"]
        has_plan = values and values[0]["lower"] and self.indicators[key[0]]["better"] != "lower"
        return point(values[0]["lower"]) if has_plan else None

    @cached_property
    def known(self) -> dict[Key, Interval]:
        """Every value: stated, else derived in as few steps as possible."""
        keys = {(code, each) for code, year in self.facts for each in (year - 1, year)}
        codes = {row["left"] for row in self.relations} & self.indicators.keys()
        keys |= {(code, year) for code in codes for _, year in self.facts}
        known = {key: value for key in keys if (value := self.stated(key, "value"))}
        while True:
            ways = {key: [*self._ways(key, known)] for key in keys - known.keys()}
            if not any(ways.values()):
                return known
            known |= {key: each[0] for key, each in ways.items() if each}

    def _ways(self, key: Key, known: dict[Key, Interval]) -> Iterator[Interval]:
        following = (key[0], key[1] + 1)
        for row in self.relations:
            if row["left"] == key[0] and row["operator"] == "=":
                yield from evaluated(row, "right", key[1], known)
        for kind, (value_of, base_of, _) in FORMS.items():
            if (base := self.base(key, kind, known)) and (x := self.stated(key, kind)):
                yield value_of(base, x)
            if kind != "pct_of_plan" and following in known and (x := self.stated(following, kind)):
                yield base_of(known[following], x)


def as_of(folder: Path, year: int) -> View:
    """Return what the documents of a year say, and those before them."""
    raw = {path.stem: read(path) for path in sorted((folder / "raw").glob("*.csv"))}
    dates = {row["source"]: row["date"] for row in raw.pop("sources")}
    targets = [{**row, "of": row.get("of") or "value"} for row in raw.pop("targets")]
    observations = [row for rows in raw.values() for row in rows]
    vintages = {source: int(date[:4]) for source, date in dates.items()}
    reports = {row["source"] for row in observations}
    for source in reports:
        years = [int(row["year"]) for row in observations if row["source"] == source]
        vintages[source] = max(*years, vintages[source] - 1)
    edition = min((vintages[each] for each in reports if vintages[each] >= year), default=inf)

    def newest_first(rows: list[Row]) -> list[Row]:
        said = [row for row in rows if vintages[row["source"]] <= edition]
        return sorted(said, key=lambda row: dates[row["source"]], reverse=True)

    return View(
        newest_first(observations),
        newest_first(sorted(targets, key=lambda row: JUDGED.index(row["of"]))),
        catalogue(folder),
        [row for row in read(folder / "relations.csv") if row.get("kind") != "assumption"],
        read(folder / "breaks.csv"),
    )


def catalogue(folder: Path) -> dict[str, Row]:
    """Return the indicators, with the scale of their unit and whether it is exact."""
    units = {row["unit"]: row for row in read(folder / "units.csv")}
    indicators = {row["indicator"]: row for row in read(folder / "indicators.csv")}
    for row in indicators.values():
        unit = units.get(row["unit"], {"exact": "", "scale": "words"})
        usual = "rate" if row["unit"] == "percent" else "amount"
        row |= {"exact": unit["exact"], "scale": unit.get("scale") or usual}
    return indicators


def read(path: Path) -> list[Row]:
    """Return the lines of a CSV; among semicolons the comma of a number is its decimal point."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if ";" not in lines[0]:
        return list(csv.DictReader(lines))
    rows = csv.DictReader(lines, delimiter=";")
    return [{k: v.replace(",", ".") if k in NUMBERS else v for k, v in row.items()} for row in rows]


def qualifier(row: Row, kind: str) -> str:
    """Return the qualifier of one fact of a row: it is of the value, where there is one."""
    return row["qualifier"] if kind == "value" or not row["value"] else ""


def evaluated(relation: Row, side: str, year: int, known: dict[Key, Interval]) -> list[Interval]:
    """Return one side of a relation in a year; nothing where it is not valid or not known."""
    first, dash, last = (relation.get("years") or "").partition("-")
    if not int(first or year) <= year <= int((last if dash else first) or year):
        return []
    try:
        values = {code: interval for (code, each), interval in known.items() if each == year}
        return [point(eval(relation[side], {}, values))]
    except (NameError, AttributeError, ZeroDivisionError):
        return []


def _key(row: Row) -> Key:
    return row["indicator"], int(row["year"])


def previous(view: View, key: Key) -> Interval | None:
    """Return the value of the year before; None across a break."""
    return view.base(key, "change", view.known)


def plan(view: View, key: Key) -> Interval | None:
    """Return the plan: the lower bound of a stated target, else by the stated share of the plan."""
    value, share = view.known.get(key), view.stated(key, "pct_of_plan")
    stated = view.base(key, "pct_of_plan", view.known)
    return stated or (100 * value / share if value and share else None)


def figure(view: View, key: Key, kind: str) -> Interval | None:
    """Return a number of one kind: stated, else computed where the scale gives it a meaning."""
    value, stated = view.known.get(key), view.stated(key, kind)
    if stated or kind == "value":
        return stated or value
    base = plan(view, key) if kind == "pct_of_plan" else previous(view, key)
    change = view.stated(key, "change") if kind == "pct_change" else None
    if change and base and base.low > 0 and view.indicators[key[0]]["scale"] == "amount":
        return point("100") * change / base
    has_ratio = base and base.low > 0 and view.indicators[key[0]]["scale"] == "amount"
    return (
        FORMS[kind][2](value, base) if value and base and (kind == "change" or has_ratio) else None
    )


def revisions(view: View) -> list[tuple[str, int, str, Fraction]]:
    """Return (indicator, year, source, value), oldest first, where documents differ in a value."""
    rows = [(*_key(r), r["source"], Fraction(r["value"])) for r in view.observations if r["value"]]
    figures = [figure for *figure, _ in {(code, year, value) for code, year, _, value in rows}]
    return [row for row in reversed(rows) if figures.count([*row[:2]]) > 1]


def status(view: View, key: Key) -> str:
    """Return how a figure lies to the target that is judged."""
    target = next(iter(view.own_targets(key)), None)
    if not target:
        return "no_target"
    if not target["lower"] and not target["upper"]:
        return "in_words"
    kind = target["of"]
    found, row = figure(view, key, kind), view.facts.get(key, {}).get(kind)
    if not found:
        return "no_data"
    if row and not qualifier(row, kind) and Fraction(row[kind]) in _closed_bounds(target):
        found = point(row[kind])
    reached, exceeded = aims(target, view.indicators[key[0]]["better"])
    if found.lies_in(reached):
        return "exceeded" if exceeded and found.lies_in(exceeded) else "met"
    return "undecided" if found.meets(reached) else "missed"


def _closed_bounds(target: Row) -> list[Fraction]:
    closed = {"left": ["lower"], "right": ["upper"], "neither": []}
    names = closed.get(target["closed"], ["lower", "upper"])
    return [Fraction(target[name]) for name in names if target[name]]


def aims(target: Row, better: str) -> tuple[Interval, Interval | None]:
    """Return the numbers that reach a target (better ones do too), and those that exceed it."""
    low = Fraction(target["lower"]) if target["lower"] else -inf
    high = Fraction(target["upper"]) if target["upper"] else inf
    open_low, open_high = (abs(x) < inf and x not in _closed_bounds(target) for x in (low, high))
    if better == "higher" and high < inf:
        return Interval(low, inf, open_low), Interval(high, inf, not open_high)
    if better == "higher":
        return Interval(low, inf, open_low), None if open_low else Interval(low, inf, True)
    if better == "lower" and low > -inf:
        return Interval(-inf, high, False, open_high), Interval(-inf, low, False, not open_low)
    return Interval(low, high, open_low, open_high), None


def pace(view: View, target: Row) -> float | None:
    """Return observed growth / growth that a target of the value needs.

    With a base year both are from it (Open SDG: sdg-build, `SeriesProgress.methodology_2`). Without
    it, they are from the last but one figure to the last, and from the last to the target; where
    the target is reached, and is not being left, the pace is 1.
    """
    (code, year), base = _key(target), int(target.get("base_year") or 0)
    lower, upper = (Fraction(target[name]) if target[name] else None for name in ("lower", "upper"))
    numbers = comparable(view, code, year)
    last = max(numbers, default=0)
    start = base or max((each for each in numbers if each < last), default=0)
    has_pace = target["of"] == "value" and view.indicators[code]["scale"] != "rank"
    if not has_pace or lower is upper is None or not start < last or start not in numbers:
        return None
    is_minimum = upper is None or (lower is not None and numbers[last] <= upper)
    sign, bound = (1, lower) if is_minimum else (-1, upper)
    needed = _growth(numbers[base or last], bound, year - (base or last))
    observed = sign * _growth(numbers[start], numbers[last], last - start)
    reached, _ = aims(target, view.indicators[code]["better"])
    if not base and observed >= 0 and point(numbers[last]).lies_in(reached):
        return 1.0
    return observed / abs(needed) if needed else float((observed > 0) - (observed < 0))


def comparable(view: View, code: str, year: int) -> dict[int, Fraction]:
    """Return the figures before a year, as written or shown, that no break divides from it."""
    since = max((each for each in range(1945, year + 1) if view.is_break((code, each))), default=0)
    keys = [key for key in view.known if key[0] == code and since <= key[1] < year]
    rows = {key: view.facts.get(key, {}).get("value") for key in keys}
    return {k[1]: Fraction(v["value"]) if v else shown(view.known[k]) for k, v in rows.items()}


def _growth(start: Fraction, end: Fraction, years: int) -> float:
    return float(end / start) ** (1 / years) - 1

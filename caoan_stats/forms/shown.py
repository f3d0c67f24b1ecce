"""What an import changes, for people: by label, with the old and the new words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caoan_stats import labels
from caoan_stats.common.errors import printable
from caoan_stats.concepts.facts import DIRECTION, FACTS, VALUE, WORDS
from caoan_stats.concepts.tables import ACKNOWLEDGED, BOUNDS, SOURCES, TARGETS
from caoan_stats.display.lexicon import Lexicon
from caoan_stats.display.target_words import target_words
from caoan_stats.forms.csv_edit import Change, Draft
from caoan_stats.forms.typed import Place

FIGURE = ""  # stands for the figure itself among the facts
REMARKS = ("section", "note")

Cells = Mapping[str, str]


@dataclass(frozen=True)
class ShownChange:
    """One thing that an import adds or changes; all texts are for people."""

    place: Place | None  # where it was typed
    label: str
    year: int | None
    fact: str  # what is stated of the label in the year; empty for its figure
    before: str  # empty for what is new
    after: str  # empty for what is taken out

    def __str__(self) -> str:
        sign = "±" if self.before and self.after else "+" if self.after else "-"
        subject = ", ".join(filter(None, (self.label, str(self.year or ""), self.fact)))
        return f"{sign} {subject}: {' → '.join(filter(None, (self.before, self.after)))}"


def shown_changes(drafts: Iterable[Draft], lexicon: Lexicon) -> Iterator[ShownChange]:
    """Yield what drafts change, in the labels of `lexicon`; not what `acknowledged.csv` gets."""
    for draft in drafts:
        for change in draft.changes:
            if change.entry.table != ACKNOWLEDGED:
                yield from shown_change(change, lexicon)


def shown_change(change: Change, lexicon: Lexicon) -> Iterator[ShownChange]:
    """Yield what a new row states that its old row does not, and the reverse."""
    entry = change.entry
    old, new = _stated(entry.table, change.old, lexicon), _stated(entry.table, entry.cells, lexicon)
    if not change.old:
        new.pop("section", None)
    if change.old and old == new:  # in words, but not in the digits that are stated
        both = {**change.old, **entry.cells}
        names = [name for name in both if entry.cells.get(name) != change.old.get(name)]
        old[FIGURE], new[FIGURE] = (
            ", ".join(cells.get(name, "") for name in names) for cells in (change.old, entry.cells)
        )
    code = entry.cells.get("indicator", "")
    label = printable(lexicon.indicators.get(code, lexicon.say("document")))
    year = int(entry.cells["year"]) if "year" in entry.cells else None
    for name in {**old, **new}:
        before, after = (_one_line(each.get(name, "")) for each in (old, new))
        if before != after:
            fact = lexicon.say(name) if name else ""
            place = entry.place(_column(name, entry.cells))
            yield ShownChange(place, label, year, fact, before, after)


def _column(name: str, cells: Cells) -> str:
    """Return the column of its table in which a fact, or a target, is typed."""
    if name == "target":
        return next((each for each in cells if each in BOUNDS), "note")
    return name or VALUE


def _one_line(words: str) -> str:
    return printable(" ".join(words.split()))


def _stated(table: str, cells: Cells, lexicon: Lexicon) -> dict[str, str]:
    """Return the words of what a row states, by fact; `FIGURE` comes first."""
    if not cells:
        return {}
    remarks = {name: cells[name] for name in REMARKS if name in cells}
    if table == SOURCES:
        date = labels.date(cells["date"]) if "date" in cells else ""
        return {FIGURE: ", ".join(filter(None, (cells.get("title"), cells.get("issuer"), date)))}
    if table == TARGETS:
        words = _target(cells, lexicon) or remarks.pop("note", "")  # a target in words alone
        return {"target": words, **remarks}
    facts = {name: _fact(name, cells, lexicon) for name in FACTS if name in cells}
    return {FIGURE if name == VALUE else name: words for name, words in facts.items()} | remarks


def _fact(name: str, cells: Cells, lexicon: Lexicon) -> str:
    if name == WORDS:
        return cells[name]
    if name == DIRECTION:
        return lexicon.say(cells[name])
    is_qualified = name == VALUE or VALUE not in cells  # else the word belongs to the value
    qualifier = cells.get("qualifier", "") if is_qualified else ""
    figure = {"value": Decimal(cells[name]), "qualifier": qualifier}
    return lexicon.fact({"indicator": cells["indicator"], "fact": name, **figure})


def _target(cells: Cells, lexicon: Lexicon) -> str:
    """Return the bounds of a target in words; empty without any."""
    if not any(name in cells for name in BOUNDS):
        return ""
    lower, upper = (float(cells.get(name, "nan")) for name in ("lower", "upper"))
    unit = lexicon.units[lexicon.catalogue[cells["indicator"]]["unit"]]
    closed, fact = cells.get("closed", "both"), cells.get("of", VALUE)
    return target_words(lower, upper, closed, fact, unit)

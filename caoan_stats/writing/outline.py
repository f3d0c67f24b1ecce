"""The outline of a report: its sections, numbered as they are cited, each with its statements."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caoan_stats import labels
from caoan_stats.common.words import PAGES, catalogue, phrase
from caoan_stats.concepts.sections import section_order

FIELDS: Mapping[str, frozenset[str]] = {  # tables by key of the title of what they make up
    "farming": frozenset({"rice", "livestock"}),
    "finance": frozenset({"budget", "credit"}),
    "economy": frozenset({
        "economy", "budget", "rice", "livestock", "land", "credit", "infrastructure",
        "cooperative", "electricity",
    }),
    "society": frozenset({"health", "population", "education", "culture", "welfare", "dossiers"}),
    "security": frozenset({"security", "military", "justice"}),
}  # fmt: skip
BROAD = frozenset({"economy", "society", "security"})  # that only large sections are about
MOST = 2 / 3  # share of the statements of a section that its title has to be about
NAMED = 3  # tables in a title
LONGEST = 80  # characters of a title that names indicators
_CODE = re.compile(r"[A-Z0-9]+([.][A-Z0-9]+)*")
_AFTER_ALL = (2, 0)  # sorts after letters and numbers


@dataclass(frozen=True)
class Statement:
    """What a section says of one indicator: a label, and the rest of its sentence."""

    indicator: str
    table: str
    section: str
    label: str
    words: str
    comments: tuple[str, ...] = ()  # what a person has to know of it
    is_gap: bool = False  # whether a person has to fill in the words

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.label}: {self.words}."


@dataclass(frozen=True)
class Section:
    """One section; `number` stands before its title, empty for one that is not numbered."""

    code: str
    level: int
    number: str
    title: str
    statements: tuple[Statement, ...]

    @property
    def is_item(self) -> bool:
        """Whether its only statement is its title too."""
        return self.level > 2 and len(self.statements) == 1 and not self.title

    @property
    def heading(self) -> str:
        """Number and title; the number of a part has a line of its own."""
        joint = "\n" if self.level == 1 else " "
        return joint.join(filter(None, (self.number, self.title)))


def make_outline(
    statements: Iterable[Statement], titles: Mapping[str, str], year: int, more: Iterable[str] = ()
) -> list[Section]:
    """Return the sections of a report of a year in its order, with those that they are part of.

    The statements of a section keep their order. `titles` are those of the tables; `more` are
    sections that the report has without any statement.
    """
    by_code: dict[str, list[Statement]] = {}
    for each in statements:
        by_code.setdefault(place_of(each.section), []).append(each)
    codes = sorted(
        {each for known in (*by_code, *more) for each in _with_parents(known)}, key=order
    )
    found: dict[str, str] = {}
    for code in _naming_order(codes):
        inside = {each: by_code.get(each, []) for each in codes if is_in(each, code)}
        is_item = len(inside) == 1 and _level(code) > 2 and len(inside[code]) == 1
        found[code] = _known_title(code, year)
        if not found[code] and not is_item:
            found[code] = _free_title(code, inside, titles, found)
    return [
        Section(code, _level(code), _number(code), found[code], tuple(by_code.get(code, ())))
        for code in codes
    ]


def place_of(section: str) -> str:
    """Return the first section that is cited; empty for what is no code of a section.

    >>> place_of("I.B.I.1.1;I.DGC.1"), place_of("trang 3")
    ('I.B.I.1.1', '')
    """
    first = section.partition(";")[0].strip()
    return first if _CODE.fullmatch(first) else ""


def order(code: str) -> list[tuple[int, int]]:
    """Return a key that sorts sections; the general assessment closes its part, as others do.

    >>> sorted(["II.I", "I.DGC.1", "", "I.B", "I.A.10", "I.A.2"], key=order)
    ['I.A.2', 'I.A.10', 'I.B', 'I.DGC.1', '', 'II.I']
    """
    if not code:
        return [*section_order("I"), (*_AFTER_ALL[:1], 1)]
    parts = zip(code.split("."), section_order(code), strict=True)
    return [_AFTER_ALL if len(part) > 1 and key == (1, 0) else key for part, key in parts]


def _with_parents(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def _level(code: str) -> int:
    return code.count(".") + 1 if code else 2


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


def _naming_order(codes: Sequence[str]) -> list[str]:
    """Return sections in the order to name them: a part first, but after the whole if alone in it.

    >>> _naming_order(["1", "1.1", "1.2", "2", "2.1"])
    ['1.1', '1.2', '1', '2', '2.1']
    """
    parts = Counter(map(_parent, codes))
    return sorted(codes, key=lambda code: -_level(code) + 1.5 * (parts[_parent(code)] == 1))


def is_in(code: str, parent: str) -> bool:
    """Return whether a section is another one or part of it."""
    return code == parent or code.startswith(f"{parent}.")


def _number(code: str) -> str:
    """Return the number of a section as it is written before its title.

    >>> _number("I"), _number("I.B"), _number("I.B.I.4.2"), _number("I.DGC")
    ('Phần I', 'B.', '4.2.', '')
    """
    *parents, last = code.split(".")
    if not parents:
        return phrase("report.part", number=code) if code else ""
    if last.isdigit() and parents[-1].isdigit():
        return f"{parents[-1]}.{last}."
    return f"{last}." if last.isdigit() or len(last) == 1 or not section_order(code)[-1][0] else ""


def _known_title(code: str, year: int) -> str:
    """Return the title of a section that every report has; empty for any other."""
    name = code.replace(".", "_")
    if name not in catalogue(PAGES)["report_title"]:
        return ""
    title = phrase(f"report_title.{name}", year=year, next=year + 1)
    return title if code.rpartition(".")[2].isdigit() else title.upper()


def _free_title(
    code: str,
    inside: Mapping[str, Sequence[Statement]],
    titles: Mapping[str, str],
    found: Mapping[str, str],
) -> str:
    """Return the first title that fits what a section is about, and that none near it has.

    `inside` are the statements of the section and of its parts; `found` are titles so far.
    """
    taken = {title.lower() for each, title in found.items() if is_in(each, _parent(code))}
    fitting = [*_fitting(code, inside, titles, found)] if code else [phrase("report.other")]
    title = next((each for each in fitting if each.lower() not in taken), fitting[0])
    if title == phrase("report.field_mixed"):
        title = fitting[0]
    return title if code.rpartition(".")[2].isdigit() else title.upper()


def _fitting(
    code: str,
    inside: Mapping[str, Sequence[Statement]],
    titles: Mapping[str, str],
    found: Mapping[str, str],
) -> Iterator[str]:
    """Yield titles by what the statements of a section are about, the best first."""
    statements = [each for own in inside.values() for each in own]
    counts = Counter(each.table for each in statements)
    is_leaf, is_broad = len(inside) == 1, code.count(".") == 2
    labelled = dict.fromkeys(each.label for each in statements)
    parts = [each for each in inside if each in found and _parent(each) == code]
    names = _joined([found[each] or inside[each][0].label for each in parts] or labelled)
    (first, most), *_ = counts.most_common(1)
    is_mostly = most >= MOST * len(statements)
    candidates = (
        (names, is_leaf and len(labelled) <= 2 and len(counts) == 1),
        (titles[first], is_mostly and (is_leaf or is_broad)),
        *_fields(counts, is_broad),
        (names, len(parts) > 1 and not is_broad),
        (titles[first], is_mostly),
        (_joined(titles[name] for name in counts), len(counts) <= NAMED and not is_broad),
        (names, not is_broad),
    )
    yield from (title for title, fits in candidates if fits and len(title) <= LONGEST)
    yield phrase("report.field_focus" if is_broad else "report.field_mixed")


def _fields(counts: Counter[str], is_broad: bool) -> Iterator[tuple[str, bool]]:
    """Yield the titles of fields, and whether most statements of a section are in each."""
    for key, tables in FIELDS.items():
        share = sum(counts[name] for name in tables) / counts.total()
        yield phrase(f"report.field_{key}"), share >= MOST and (is_broad or key not in BROAD)


def _joined(names: Iterable[str]) -> str:
    first, *others = dict.fromkeys(names)
    return "; ".join([first, *map(labels.inside, others)])

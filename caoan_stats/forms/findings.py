"""Findings: what a person has to look at in a typed file, in words, with the place of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caoan_stats.common.errors import DataError
from caoan_stats.common.frames import Row
from caoan_stats.common.words import say
from caoan_stats.concepts.facts import FACTS, VALUE
from caoan_stats.display import contradictions
from caoan_stats.display.contradictions import AUDIT_KEY
from caoan_stats.display.lexicon import Lexicon
from caoan_stats.forms.answers import KEEP, MEND, REPLACE, RIGHT, make_token
from caoan_stats.forms.changes import conflict_token
from caoan_stats.forms.csv_edit import Change
from caoan_stats.forms.entries import Entry
from caoan_stats.forms.layout import COLUMN_LETTERS, HEADING_ROW
from caoan_stats.forms.shown import shown_change
from caoan_stats.forms.typed import Answer, Place
from caoan_stats.relations.figures import Key
from caoan_stats.relations.jumps import Jump

ERROR, QUESTION, CONTRADICTION, CONFLICT = "error", "question", "contradiction", "conflict"
REVISION, READING, REMARK = "revision", "reading", "remark"  # to be known, not answered
CHOICES: Mapping[str, Sequence[str]] = {  # answers to a finding, by its kind
    QUESTION: (RIGHT, MEND),
    CONTRADICTION: (RIGHT, MEND),
    CONFLICT: (REPLACE, KEEP),
}

Typed = Mapping[tuple[str, int], Entry]  # new rows, by indicator and year


@dataclass(frozen=True)
class Finding:
    """One thing in a typed file that a person has to look at, in sentences.

    A revision, a reading or a remark is only to be known: it has no `why` and no `remedy`.
    """

    kind: str  # a constant of this module
    place: Place | None  # where it was typed; None for the whole file
    what: str
    why: str = ""
    remedy: str = ""
    key: Row | None = None  # of `acknowledged.csv`, with the gap, if that keeps the answer
    token: str = ""  # names it in a marked copy; empty for what has no answer
    answer: Answer | None = None  # of a person, if it is for this very finding
    follows: Sequence[Place] = ()  # where the figures were typed from which it follows

    @property
    def lack(self) -> str:
        """Key of the words for what a given answer lacks to count; empty without one."""
        given = self.answer
        if not given or not self.is_open or not (given.choice or given.reason):
            return ""
        if not given.choice:
            return "lacks_choice"
        if given.choice not in CHOICES[self.kind]:
            return "other_choice"
        return "not_mended" if given.choice == MEND else "lacks_reason"

    @property
    def is_open(self) -> bool:
        """Whether nothing is written before a person mends or answers it."""
        if self.kind not in CHOICES:
            return self.kind == ERROR
        if not self.answer or self.answer.choice not in CHOICES[self.kind]:
            return True
        return self.answer.choice == MEND or (self.key is not None and not self.answer.reason)


def of_error(error: DataError, language: str, kind: str = ERROR) -> Finding:
    """Return an error of the file, or with the `kind` `question` what a person confirms."""
    parts = {name: error.part(language, name) for name in ("found", "expected", "remedy")}
    place = None
    if error.sheet:
        line, letter = error.line or HEADING_ROW, error.column or COLUMN_LETTERS["label"]
        place = Place(error.file, line, letter, error.sheet)
    elif error.line:
        place = Place(error.file, error.line, error.column or "")
    details = sorted((name, repr(value)) for name, value in error.details.items())
    return Finding(
        kind,
        place,
        say(language, "finding", "found", found=parts["found"]),
        say(language, "finding", "expected", expected=parts["expected"]),
        _sentence(parts["remedy"]),
        token=make_token(error.kind, str(place), details) if kind == QUESTION else "",
    )


def of_conflict(change: Change, lexicon: Lexicon) -> Finding:
    """Return that a row of the same document exists with other contents."""
    shown = list(shown_change(change, lexicon))
    only = shown[0].fact if len(shown) == 1 else ""
    words = [
        lexicon.finding(
            "conflict" if each.before and each.after else "unlike" if each.before else "lacking",
            fact=f"{each.fact}: " if each.fact not in ("", only) else "",
            before=each.before,
            after=each.after,
        )
        for each in shown
    ]
    subject = ", ".join(filter(None, (shown[0].label, str(shown[0].year or ""), only)))
    return Finding(
        CONFLICT,
        shown[0].place,
        _sentence(f"«{subject}»: {'; '.join(words)}"),
        lexicon.finding("conflict_why"),
        lexicon.finding("conflict_remedy"),
        token=conflict_token(change),
    )


def of_jump(jump: Jump, lexicon: Lexicon, typed: Typed) -> Finding:
    """Return the question of a figure that is far from that of the year before."""
    what, why, remedy = map(_sentence, contradictions.question(jump, lexicon))
    keys = contradictions.keys(jump.row)
    if jump.fact != VALUE:
        keys.insert(0, (f"{jump.indicator}.{jump.fact}", jump.year))
    places = _places(keys, typed)
    return Finding(
        QUESTION, next(iter(places), None), what, why, remedy, *_kept(jump.row), follows=places
    )


def of_contradiction(row: Row, lexicon: Lexicon, typed: Typed) -> Finding:
    """Return a contradiction; `row` is of the audit."""
    stated, computed, gap = contradictions.sides(row, lexicon)
    what = lexicon.finding(
        "contradiction",
        relation=contradictions.relation_words(row, lexicon),
        year=row["year"],
        stated=stated,
        computed=f"{computed} ({gap})" if gap else computed,
    )
    figures = contradictions.evidence(row, lexicon).replace("\n", "; ")
    why = lexicon.finding("contradiction_why", figures=figures)
    places = _places(contradictions.keys(row), typed)
    remedy = lexicon.finding("contradiction_remedy")
    return Finding(
        CONTRADICTION, next(iter(places), None), what, why, remedy, *_kept(row), follows=places
    )


def _kept(row: Row) -> tuple[Row, str]:
    """Return key and token of a finding that `acknowledged.csv` keeps."""
    key = {name: row[name] for name in (*AUDIT_KEY, "gap")}
    return key, make_token(*(str(cell) for cell in key.values()))


def _places(keys: Sequence[Key], typed: Typed) -> list[Place]:
    """Return where some figures were typed: first the facts that are no values."""
    places = []
    for name, year in sorted(keys, key=lambda key: key[0].partition(".")[2] not in FACTS):
        code, _, fact = name.partition(".")
        if entry := typed.get((code, year)):
            stated = [each for each in FACTS if each in entry.cells]
            if fact in stated or fact not in FACTS:
                places.append(entry.place(fact if fact in stated else next(iter(stated), None)))
    return places


def _sentence(words: str) -> str:
    """Return words with a capital letter and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")

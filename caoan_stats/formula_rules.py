"""What has to be true of `relations.csv` and `acknowledged.csv` before they can judge anything."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from caoan_stats import degrees, formulas, relations
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError
from caoan_stats.filling import FORWARDS
from caoan_stats.formulas import FormulaError
from caoan_stats.lines import Line, lines
from caoan_stats.phrases import SAID
from caoan_stats.relations import EQUAL, Relation

SIDES = ("left", "right")
FORM = "100 * a / (b + c)"


def check(files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold every relation against the catalogue, and every acknowledged one against the relations.

    Parameters
    ----------
    files
        By resource name; a rule that needs a missing file says nothing.
    """
    codes = [line["indicator"] for line in lines(files, "indicators")]
    known = list(lines(files, "relations"))
    faults = {line.number: [*_formulas(line), *_unknown_codes(line, codes)] for line in known}
    sound = [
        (line, relation)
        for line in known
        if not faults[line.number] and all(line[column] for column in SIDES)
        for relation in relations.read([line.cells])
    ]
    errors = [error for line in known for error in faults[line.number]]
    circles = list(_circles(sound))
    errors += [*_repeated(known), *(circles or _too_large(sound))]
    if "relations" in files:
        for line in lines(files, "acknowledged"):
            errors += [*_unknown_relation(line, known, codes), *_no_reason(line)]
    return errors


def _formulas(line: Line) -> Iterator[DataError]:
    """Refuse each side that is not arithmetic; an empty one is told by the schema."""
    named = False
    for column in SIDES:
        try:
            named |= bool(formulas.parse(line[column]).names)
        except FormulaError as error:
            named = True
            if line[column]:
                yield line.say("bad_formula", column, part=error.part, form=FORM)
    if not named:
        yield line.say("no_indicator", None, found=_name(line))


def _unknown_codes(line: Line, codes: Sequence[str]) -> Iterator[DataError]:
    for column in SIDES:
        try:
            names = formulas.parse(line[column]).names
        except FormulaError:
            continue
        used = dict.fromkeys(formulas.code(name) for name in names)
        unknown = [code for code in used if code not in codes]
        if codes and unknown:
            near = ", ".join(
                f"{code} → {right}"
                for code in unknown
                for right in get_close_matches(code, codes, n=1)
            )
            yield line.say(
                "unknown_code",
                column,
                found=", ".join(unknown),
                catalogue="indicators.csv",
                advice_vi=f"sửa {near}" if near else "sửa mã, hoặc thêm nó vào danh mục đó",
                advice_en=f"rename {near}" if near else "mend it, or add it to that catalogue",
            )


def _repeated(known: Sequence[Line]) -> Iterator[DataError]:
    """Report a relation that is there twice, however it is spaced."""
    first: dict[tuple[str, ...], Line] = {}
    for line in known:
        same = first.setdefault(relations.key(line.cells), line)
        if same is not line:
            place = f"{line.file.name}:{same.number}"
            key = "left, operator, right"
            yield line.say("duplicate", None, found=_name(line), key=key, same=place)


def _circles(sound: Sequence[tuple[Line, Relation]]) -> Iterator[DataError]:
    """Report each circle once, at the last of its lines, until none is left."""
    while circle := relations.circle(relation for _, relation in sound):
        inside = [line for line, relation in sound if relation.fills in circle]
        yield inside[-1].say(
            "circle",
            "left",
            circle=" → ".join(circle),
            lines=", ".join(f"{line.file.name}:{line.number}" for line in inside),
        )
        sound = [(line, relation) for line, relation in sound if relation.fills not in circle]


def _too_large(sound: Sequence[tuple[Line, Relation]]) -> Iterator[DataError]:
    """Refuse what would multiply so many figures that it takes for ever."""
    found = degrees.above_limit([relation for _, relation in sound])
    for line, relation in sound:
        if relation in found:
            yield line.say(
                "large_relation",
                None,
                found=_name(line),
                count=found[relation],
                limit=degrees.LIMIT,
            )


def _unknown_relation(
    line: Line, known: Sequence[Line], codes: Sequence[str]
) -> Iterator[DataError]:
    key = relations.key(line.cells)
    of_change = relations.key({"left": line["left"], "operator": EQUAL, "right": FORWARDS})
    if key in map(_key, known) or (key == of_change and line["left"] in codes):
        return
    near = get_close_matches(_name(line), map(_name, known), n=1)
    yield line.say(
        "unknown_relation",
        None,
        found=_name(line),
        advice_vi=f"viết {near[0]}" if near else "sửa ba cột đầu, hoặc xóa dòng",
        advice_en=f"write {near[0]}" if near else "mend the first three columns, or delete it",
    )


def _no_reason(line: Line) -> Iterator[DataError]:
    """Refuse the words that stand for a reason where `check` advises a line."""
    if line["reason"] in SAID["your_reason"].values():
        yield line.say("no_reason", "reason", found=line["reason"])


def _key(line: Line) -> tuple[str, ...]:
    return relations.key(line.cells)


def _name(line: Line) -> str:
    return f"{line['left']} {line['operator']} {line['right']}"

"""What has to be true of `relations.csv` and `acknowledged.csv` before they can judge anything."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from caoan_stats import formulas, relations
from caoan_stats.csvfile import CsvFile
from caoan_stats.errors import DataError
from caoan_stats.filling import FORWARDS
from caoan_stats.formulas import FormulaError
from caoan_stats.lines import Line, lines
from caoan_stats.phrases import SAID
from caoan_stats.relations import EQUAL, Relation
from caoan_stats.spelling import nearest

SIDES = ("left", "right")
CIRCLES = 20  # the most that are told at once
FORM = "100 * a / (b + c)"


def check(files: Mapping[str, CsvFile]) -> list[DataError]:
    """Hold every relation against the catalogue, and every acknowledged one against the relations.

    Parameters
    ----------
    files
        By resource name; a rule that needs a missing file says nothing.
    """
    codes = dict.fromkeys(line["indicator"] for line in lines(files, "indicators"))
    known = list(lines(files, "relations"))
    faults = {line.number: [*_formulas(line), *_unknown_codes(line, codes)] for line in known}
    sound = [
        (line, relation)
        for line in known
        if not faults[line.number] and all(line[column] for column in SIDES)
        for relation in relations.read([line.cells])
    ]
    errors = [error for line in known for error in faults[line.number]]
    errors += [*_repeated(known), *islice(_circles(sound), CIRCLES)]
    if "relations" in files:
        names = {relations.key(line.cells): _name(line) for line in known}
        for line in lines(files, "acknowledged"):
            errors += [*_unknown_relation(line, names, codes), *_no_reason(line)]
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


def _unknown_codes(line: Line, codes: Collection[str]) -> Iterator[DataError]:
    for column in SIDES:
        try:
            names = formulas.parse(line[column]).names
        except FormulaError:
            continue
        used = dict.fromkeys(formulas.code(name) for name in names)
        unknown = [code for code in used if code not in codes]
        if codes and unknown:
            near = ", ".join(
                f"{code} → {right}" for code in unknown if (right := nearest(code, codes))
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
        round_ = frozenset(circle)
        inside = [line for line, relation in sound if relation.fills in round_]
        yield inside[-1].say(
            "circle",
            "left",
            circle=" → ".join(circle),
            lines=", ".join(f"{line.file.name}:{line.number}" for line in inside),
        )
        sound = [(line, relation) for line, relation in sound if relation.fills not in round_]


def _unknown_relation(
    line: Line, known: Mapping[tuple[str, str, str], str], codes: Collection[str]
) -> Iterator[DataError]:
    key = relations.key(line.cells)
    of_change = relations.key({"left": line["left"], "operator": EQUAL, "right": FORWARDS})
    if key in known or (key == of_change and line["left"] in codes):
        return
    near = nearest(_name(line), known.values())
    yield line.say(
        "unknown_relation",
        None,
        found=_name(line),
        advice_vi=f"viết {near}" if near else "sửa ba cột đầu, hoặc xóa dòng",
        advice_en=f"write {near}" if near else "mend the first three columns, or delete it",
    )


def _no_reason(line: Line) -> Iterator[DataError]:
    """Refuse the words that stand for a reason where `check` advises a line."""
    if line["reason"] in SAID["your_reason"].values():
        yield line.say("no_reason", "reason", found=line["reason"])


def _name(line: Line) -> str:
    return f"{line['left']} {line['operator']} {line['right']}"

"""The paragraphs of a document: wrapped lines joined, each with its section and its headings."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from caoan_stats.documents.document import Document, Line
from caoan_stats.reading.outline import LONGEST, Outline

_BULLET = re.compile(r"\s*[-+•*–●▪]\s*(?=[^\W\d_])")
_END = re.compile(r"[.;:!?…][\s”\")]*$")
_FULL = 0.8  # of the usual width: a shorter line that ends a sentence ends its paragraph
_NUMBER = re.compile(r"\s*(?:[0-9]{1,2}|[IVX]+|[A-ZĐ])[.]")  # of a heading
_SHORT = 0.6
_LONGEST = 1500  # characters of a sentence: what takes quadratic time ends
_AIMS = re.compile(
    r"(?i)phương hướng|nhiệm vụ,? (và )?giải pháp|mục tiêu|chỉ tiêu|nhiệm vụ|kế hoạch"
)
_RESULTS = re.compile(
    r"(?i)kết quả|đánh giá|tình hình|thực hiện (các )?(mục tiêu|chỉ tiêu|nhiệm vụ)"
)
_END_OF_SENTENCE = re.compile(  # before a capital letter, a bullet, or the number of a list
    r"(?<=[.!?…])[\s”\")]*\s(?=[“\"]?(?:[0-9]{1,2}[.)]\s+)?(?P<next>[^\W\d_]|[+•-]))"
    r"|(?<=[a-zà-ỹ]{3}[.!?…])\s(?=(?P<number>[0-9]))"
)
_ITEM = re.compile(r"\s*(?:[-+•*–●▪]|(?:[0-9]{1,2}|[a-zđ])\s?[.)/-])\s*(?=[^\W\d_])")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its white space as single spaces."""

    text: str
    lines: tuple[tuple[int, Line], ...]  # each with the place in the text where it begins
    outline: Outline = field(default_factory=Outline)
    lead: str = ""  # of an item of a list, what was said before the list: “Chỉ tiêu năm 2025:”

    @property
    def section(self) -> str:
        """The place in the report, as it is cited."""
        return self.outline.section

    @property
    def headings(self) -> tuple[str, ...]:
        """Texts of the headings above, the outermost first."""
        return tuple(level.text for level in self.outline.levels)

    @property
    def is_aim(self) -> bool:
        """Whether it is of what is to be done, not of what was: the first heading that tells it."""
        for text in self.headings:
            if _RESULTS.search(text):
                return False
            if _AIMS.search(text):
                return True
        return False

    def line_at(self, place: int) -> Line:
        """Return the line of a place in the text."""
        starts = [start for start, _ in self.lines]
        return self.lines[max(0, bisect_right(starts, place) - 1)][1]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, without the rows of its tables."""
    outline, was_heading, lead = Outline(), False, ""
    for lines, is_numbered in _blocks(document):
        paragraph = _join(lines)
        followed = outline.follow(lines[0].text.strip()) if is_numbered else None
        if followed is not None:
            outline, was_heading = followed, True
        elif was_heading and _is_upper(paragraph.text):
            outline = outline.extended(paragraph.text)
        else:
            was_heading = False
        if not _ITEM.match(paragraph.text):
            lead = paragraph.text if paragraph.text.endswith(":") else ""
        yield Paragraph(paragraph.text, paragraph.lines, outline, lead[:LONGEST])


def _blocks(document: Document) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines of each paragraph, and whether it begins with a number of the outline."""
    lines = [line for line in document.lines if line.kind != "table"]
    width = _usual_width(lines)
    outline, begun = Outline(), False
    block: list[Line] = []
    is_apart = False
    for line in lines:
        text = line.text.strip()
        if not text:
            is_apart = True
            continue
        followed = outline.follow(text)
        is_new = followed is not None or not document.is_wrapped
        if block and (is_new or _begins(line, block[-1], width, is_apart=is_apart)):
            yield block, begun
            block, begun = [], False
        if not block:
            begun = followed is not None
            outline = followed or outline
        block.append(line)
        is_apart = False
    if block:
        yield block, begun


def _begins(line: Line, before: Line, width: float, *, is_apart: bool) -> bool:
    """Return whether a line of a wrapped text begins a paragraph."""
    text, previous = line.text.strip(), before.text.strip()
    if _BULLET.match(line.text) and not previous[-1:].isdigit() and previous[-1:] not in "-–":
        return True
    if _END.search(previous) and (is_apart or len(previous) < _FULL * width):
        return not (text[:1].isdigit() or text[:1].islower())
    if ":" in text and text[:1].isupper() and re.search(r"[0-9%]$", previous):
        return True  # a list of labels and numbers
    is_upper = _is_upper(text)
    if is_upper != _is_upper(previous):
        return is_upper or text[:1].isupper()
    return text[:1].isupper() and len(previous) < _SHORT * width


def _is_upper(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)


def _usual_width(lines: Sequence[Line]) -> float:
    lengths = [len(line.text.strip()) for line in lines if line.text.strip()]
    return quantiles(lengths, n=10)[-1] if len(lengths) > 1 else LONGEST


def _join(lines: Sequence[Line]) -> Paragraph:
    text, starts = "", []
    for line in lines:
        words = " ".join(line.text.split())
        text = f"{text} {words}" if text else words
        starts.append((len(text) - len(words), line))
    return Paragraph(text, tuple(starts))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence of a paragraph with the place where it begins.

    >>> [each for _, each in sentences("Lúa 462.56 ha. ( giảm 15.7 ha). Năng suất 115 tạ/ha.")]
    ['Lúa 462.56 ha. ( giảm 15.7 ha).', 'Năng suất 115 tạ/ha.']
    """
    start = 0
    for found in _END_OF_SENTENCE.finditer(text):
        is_within = (found["next"] or "").islower()
        if not (is_within or _NUMBER.fullmatch(text, start, found.start())):
            yield from _pieces(text, start, found.start())
            start = found.end()
    if text[start:].strip():
        yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield a sentence, one that is longer than any that a person writes in pieces."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, text[start:cut]
        start = cut
    yield start, text[start:end]

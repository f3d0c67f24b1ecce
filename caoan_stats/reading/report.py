"""A whole report: its sentences read one by one, and what they state put together."""

from collections.abc import Iterator, Sequence

from caoan_stats.dataset import Dataset
from caoan_stats.documents.document import Document
from caoan_stats.reading.alike import Pattern, indicators_like
from caoan_stats.reading.catalogue import Catalogue, make_reader_catalogue
from caoan_stats.reading.joining import joined
from caoan_stats.reading.judging import judged
from caoan_stats.reading.paragraphs import paragraphs, sentences
from caoan_stats.reading.passage import Passage
from caoan_stats.reading.sentence import read_passage
from caoan_stats.reading.statement import Reading, Statement, Unread
from caoan_stats.reading.table_rows import read_tables, with_rows
from caoan_stats.reading.tokens import respelled

BEFORE = 3  # sentences before one that it can refer to


def read_report(document: Document, ds: Dataset, year: int) -> Reading:
    """Return what a document states, as the report of a year."""
    return read_document(document, make_reader_catalogue(ds), year)


def read_document(
    document: Document, known: Catalogue, year: int, learned: Sequence[Pattern] = ()
) -> Reading:
    """Return what a document states, read with a catalogue that was made before.

    `learned` are the patterns of last year's report.
    """
    document = with_rows(document)
    stated, unread = read_tables(document, year, known)
    for passage in _passages(document, known, year):
        amounts = known.amounts.find(passage.text)
        like = indicators_like(passage.text, amounts, learned)
        drafts, left = read_passage(passage.knowing(like), amounts)
        if passage.paragraph.outline.is_annex:  # its tables count, its text repeats the report
            drafts, left = [], amounts
        stated += [draft.statement for draft in drafts]
        section = passage.paragraph.section
        unread += [
            Unread(passage.line_at(each.start), each.text, section, passage.text) for each in left
        ]
    one_each, left_out = joined(sorted(stated, key=_place))
    kept, also = joined(judged(one_each, known, year))
    unread += [_unread(each) for each in (*left_out, *also)]
    return Reading(document.file, year, kept, tuple(sorted(unread, key=_place)))


def _unread(left: Statement) -> Unread:
    """Return what was read, but contradicts a certain statement, as a number that was not read."""
    return Unread(left.line, left.value or left.lower or left.upper, left.section, left.quote)


def _place(read: Statement | Unread) -> tuple[int, int]:
    return read.line.page, read.line.number


def _passages(document: Document, known: Catalogue, year: int) -> Iterator[Passage]:
    """Yield the sentences of a document; one refers to those before it in its section only."""
    earlier: list[str] = []
    section = ""
    for paragraph in paragraphs(document):
        if paragraph.section != section:
            earlier, section = [], paragraph.section
        for start, sentence in sentences(respelled(paragraph.text)):
            label = known.labelled(sentence)
            yield Passage(sentence, start, paragraph, tuple(earlier), year, known, label=label)
            earlier = [*earlier, sentence][-BEFORE:]

"""The official report of a year as a Word document: a draft, for a person to complete and sign.

Its parts follow the sections that its document cites, in the form that Nghị định 30/2020/NĐ-CP sets
(`caoan_stats.writing.form`, `caoan_stats.writing.letterhead`). Every figure stands once in the
text, in its section; what is computed from several is in the annex, below the signature.
"""

from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document as Word
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from caoan_stats import page
from caoan_stats.common.words import phrase
from caoan_stats.dataset import Dataset
from caoan_stats.display import sentences
from caoan_stats.display.doubts import SIGN
from caoan_stats.display.explanations import explained
from caoan_stats.writing import form, letterhead
from caoan_stats.writing.assessment import assessment
from caoan_stats.writing.comments import Said, add_comments
from caoan_stats.writing.elements import add_bookmark, add_link, begin_field, end_field
from caoan_stats.writing.gathering import report_sources, statements_of
from caoan_stats.writing.html import Writer
from caoan_stats.writing.letterhead import add_text
from caoan_stats.writing.outline import Section, Statement, is_in, make_outline, place_of
from caoan_stats.writing.saving import to_bytes

CHARTS, FEWEST_YEARS = 4, 3  # charts of trends; years that one is worth drawing for
ALWAYS = {"I.DGC.3": "causes_gap", "II": "plans_gap"}  # sections that no report is without
TITLES = 2  # levels of headings in the contents
_CONTENTS = (
    f'TOC \\o "1-{TITLES}" \\n \\h \\z'  # without numbers of pages, which only a layout knows
)


def write_report(ds: Dataset, year: int, mark: str) -> bytes | None:
    """Return the report of a year as the bytes of a .docx; None if the year has no report.

    `ds` has the figures as the documents up to the year state them; `mark` names the edition.
    """
    statements = statements_of(ds, year)
    if not statements:
        return None
    source = ds.sources.loc[report_sources(ds, year)[-1]].to_dict()
    issuer = letterhead.read_issuer(source["issuer"])
    subject = _subject(source["title"], year)
    computed = assessment(ds, year) | _to_write(statements)
    outline = make_outline(statements, ds.titles, year, computed)
    inside = f"{subject[:1].lower()}{subject[1:]}"  # a sentence
    document = form.new_document(f"{phrase('report.kind')} {inside}", issuer.full, year, mark)
    letterhead.add_head(document, issuer, subject, source["date"])
    first = _add_opening(document, issuer.full, inside, year)
    said = [
        each
        for section in outline
        for each in _add_section(document, section, computed.get(section.code, ()))
    ]
    closing = phrase("report.closing", subject=inside, issuer=issuer.full)
    document.add_paragraph(closing).paragraph_format.keep_with_next = True
    letterhead.add_foot(document, issuer)
    _add_annex(document, ds, year, letterhead.reference(issuer, source["date"]))
    _add_contents(document, before=first)
    add_comments(document, said, year)
    return to_bytes(document)


def _to_write(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """Return brackets for the sections that every report has and these statements are not in."""
    stated = [place_of(each.section) for each in statements]
    return {
        code: [phrase(f"report.{name}")]
        for code, name in ALWAYS.items()
        if not any(is_in(each, code) for each in stated)
    }


def _subject(title: str, year: int) -> str:
    """Return what a report is about, from its title in the table of sources."""
    kind = phrase("report.kind")
    if not title.startswith(f"{kind} "):
        title = phrase("cover.default_title", year=year)
    subject = title.removeprefix(f"{kind} ")
    return f"{subject[:1].upper()}{subject[1:]}"


def _add_opening(document: Word, issuer: str, subject: str, year: int) -> Paragraph:
    """Append what stands before the first part, and return its first paragraph."""
    opening = phrase("report.opening", issuer=issuer, subject=subject, year=year)
    first, *_ = [add_text(document.add_paragraph(), line) for line in opening.split("\n")]
    first.paragraph_format.space_before = Pt(12)
    return first


def _add_contents(document: Word, before: Paragraph) -> None:
    """Insert the contents before a paragraph: a field that has its entries already."""
    levels = {form.style_of_heading(level): level for level in range(1, TITLES + 1)}
    styled = [(each.style.name if each.style else "", each) for each in document.paragraphs]
    headings = [(levels[style], each) for style, each in styled if style in levels]
    for place, (level, heading) in enumerate(headings, 1):
        entry = before.insert_paragraph_before(style=f"toc {level}")
        if place == 1:
            begin_field(entry, _CONTENTS)
        add_bookmark(heading, place, name := f"_Toc{place:08}")
        add_link(entry, name, heading.text.replace("\n", ". "))
        if place == len(headings):
            end_field(entry)


def _add_section(document: Word, section: Section, computed: Iterable[str]) -> Iterator[Said]:
    """Append a section, with computed sentences before its own; yield its texts and comments."""
    if section.is_item:
        (statement,) = section.statements
        yield _add_statement(document.add_paragraph(), statement, f"{section.number} ")
        return
    document.add_paragraph(section.heading, style=form.style_of_heading(section.level))
    for line in computed:
        add_text(document.add_paragraph(style=form.LIST), line)
    for statement in section.statements:
        yield _add_statement(document.add_paragraph(style=form.LIST), statement)


def _add_statement(paragraph: Paragraph, statement: Statement, number: str = "") -> Said:
    """Append a sentence, its figure as a text of its own, which comments are on."""
    paragraph.add_run(f"{number}{statement.label}: ")
    before = len(paragraph.runs)
    add_text(paragraph, f"{statement.words}.")
    return paragraph.runs[before], statement.comments


def _add_annex(document: Word, ds: Dataset, year: int, reference: str) -> None:
    """Append the annex: results against targets, what explains changes, and trends."""
    writer, card = Writer(document, form.begin_annex(document)), ds.scorecard(year)
    document.add_paragraph(phrase("report.annex", year=year), style=form.style_of_heading(1))
    for run in add_text(document.add_paragraph(style=form.CENTRED), reference).runs:
        run.font.italic = True
    writer.add(results := page.table(card, phrase("report.results_table")).html)
    if 'class="doubt"' in results:
        document.add_paragraph(phrase("report.sign", sign=SIGN), style=form.SMALL)
    why = explained([ds.explain(code, year) for code in _explainable(ds, year)])
    known = [ds.trend(code) for code in card.index[sentences.have_results(card)]]
    drawn = [trend for trend in known if trend["value"].notna().sum() >= FEWEST_YEARS]
    charts = [page.trend(trend).html for trend in drawn[:CHARTS]]
    if why or charts:
        form.turn_back(document)
        _add_analysis(document, why, charts)


def _add_analysis(document: Word, why: Sequence[str], charts: Sequence[str]) -> None:
    """Append what explains changes, and charts of trends, each under its heading if there are."""
    if why:
        document.add_paragraph(phrase("report.explanations"), style=form.style_of_heading(2))
    for line in why:
        document.add_paragraph(line, style=form.LIST)
    if charts:
        document.add_paragraph(phrase("report.trends"), style=form.style_of_heading(2))
        Writer(document).add("".join(charts))


def _explainable(ds: Dataset, year: int) -> list[str]:
    """Return the indicators of a year that others explain, without disputed ones."""
    doubts = ds.scorecard(year, [*ds.titles])["doubts"]
    return [code for code in ds.explained(year) if "disputed" not in doubts.get(code, ())]

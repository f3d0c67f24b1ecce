"""Texts of the data stay text wherever the library writes them; control characters are refused."""

import json
import re
import shutil
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import category

import nbformat
import pandas as pd
import pytest
from helpers.hostile import FREE, rows_of, spoil, texts_of, write_rows
from helpers.payloads import CLEANED, PAYLOADS, REFUSED, harmless
from helpers.project import PROJECT
from IPython.core.formatters import DisplayFormatter
from matplotlib.axes import Axes

from caoan_stats.command import audit_report
from caoan_stats.command.speaker import Speaker
from caoan_stats.common.errors import DataError
from caoan_stats.common.words import phrase
from caoan_stats.datafolder import package, raw
from caoan_stats.display import blocks, reprs
from caoan_stats.display.svg import draw_svg
from caoan_stats.display.tables import Table
from caoan_stats.display.target_list import show_targets
from caoan_stats.publish import annual, communes, export
from caoan_stats.publish.render import page_script, render_page
from caoan_stats.publish.site import Head, PageRef
from caoan_stats.relations import derive

TEXTS = [*PAYLOADS.values()]
# text columns of codes or formulas
CODES = [
    ("observations", "indicator"), ("observations", "source"), ("targets", "indicator"),
    ("targets", "source"), ("sources", "date"), ("indicators", "indicator"),
    ("indicators", "table"), ("indicators", "unit"), ("unit_words", "unit"),
    ("phrases", "indicator"),
    ("relations", "left"), ("relations", "right"), ("relations", "years"),
    ("acknowledged", "left"), ("acknowledged", "right"),
    ("breaks", "indicator"),
]  # fmt: skip
SHORT = {"sources", "acknowledged", "breaks"}  # tables with few lines
# columns that define codes, which may be any text
OPEN = {("sources", "source"), ("units", "unit")}
SPOKEN = {"alt", "aria-label", "content", "data-label", "title"}
BREAKER = PAYLOADS["breaker double quote"]


class Read(HTMLParser):
    """Parsed HTML: elements, names of attributes, and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.spoken: list[str] = []
        self.texts = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.spoken += [value or "" for name, value in attrs if name in SPOKEN]
        self.texts.append("")

    def handle_endtag(self, _tag):
        self.texts.append("")

    def handle_comment(self, _comment):
        self.elements.append(("comment",))

    def handle_data(self, data):
        self.texts[-1] += data


def broken(write) -> list[str]:
    """Return the payloads that add elements to the written HTML, or are not readable in it."""
    found = []
    for name, text in PAYLOADS.items():
        read, like = Read(write(text)), Read(write(harmless(text)))
        shown = [*read.texts, *read.spoken]
        if read.elements != like.elements or not any(text in each for each in shown):
            found.append(name)
    return found


def table(text: str) -> str:
    cells = pd.DataFrame({text: [text, "1"], "Mục": [text, "I"]}, index=[text, f"{text}2"])
    content = Table(cells.rename_axis(text), cells, ("total", ""), (text, "Báo cáo"))
    return blocks.table(content, text).html


def drawn(text: str, ax: Axes) -> Axes:
    ax.set_axis_off()
    ax.annotate(text, (0.5, 0.5))
    return ax


def chart(text: str) -> str:
    return blocks.chart(partial(drawn, text), 1, text, text).html


def page(*cells, **head) -> str:
    notebook = nbformat.v4.new_notebook(cells=cells)
    return export.export_page(notebook, Head(**{"title": "x", **head}))[0]


def outputs(text: str) -> list[nbformat.NotebookNode]:
    new = nbformat.v4.new_output
    return [
        new("display_data", {"text/plain": text}),
        new("display_data", {"image/png": "x"}, metadata={"image/png": {"alt": text}}),
        new("stream", text=text),
        new("error", ename=text, evalue=text, traceback=[text]),
    ]


def index(text: str) -> str:
    entry = {"title": text, "path": text, "year": 2023, "remark": text}
    page = {"title": text, "recent": [entry], "older": [entry], "missing": text}
    line = dict.fromkeys(("code", "label", "value", "doubt", "page", "move", "target"), text)
    line |= {"data": {"status": text}, "values": [(2022, text), (2023, text)], "line": text}
    return render_page(
        "index", head=Head(text), script=page_script("explorer"), last=2022, summary=text,
        missed=[{"code": text, "words": text}], failed=[text], pages=[page],
        choices={"subject": {text: text}}, count=1,
        subjects=[{"name": text, "title": text, "lines": [line]}],
    )  # fmt: skip


def front(text: str) -> str:
    known = [vars(communes.Commune(text, text, (text, text)))]
    return render_page("communes", head=Head(text), communes=known)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """A copy of the data folder whose texts are all payloads."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    ignored = shutil.ignore_patterns("processed")
    shutil.copytree(PROJECT / "data", folder, ignore=ignored)
    spoil(folder)
    return folder


@pytest.fixture(scope="module")
def tables(hostile) -> dict[str, pd.DataFrame]:
    return raw.read_tables(hostile)


@pytest.fixture
def show(monkeypatch, capsys):
    """Print the audit of some tables without line breaks, and return the output."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(audit_report, "LOG_WIDTH", 4000)

    def show(tables: dict[str, pd.DataFrame], language: str = "vi") -> str:
        audit_report.print_audit(tables, derive.derive(tables), language)
        return str(capsys.readouterr().out)

    return show


@pytest.fixture
def retitle(data):
    """Change the title of the data folder."""

    def write(title: str) -> Path:
        path = data / "datapackage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**content, "title": title}), encoding="utf-8")
        return data

    return write


@pytest.fixture
def put(data):
    """Write texts into a column of a table, from the given line on."""

    def write(name: str, column: str, *texts: str, line: int = 2) -> str:
        [table] = [each for each in package.load_package(data).resources if each.name == name]
        rows = rows_of(table)
        for row, text in zip(rows[line - 2 :], texts, strict=False):
            row[column] = text
        write_rows(table, rows)
        return f"{name}.csv:{line}"

    return write


def test_there_are_many_payloads_and_a_harmless_twin_of_each():
    assert len({*TEXTS}) == len(TEXTS) >= 60
    assert len({harmless(text) for text in TEXTS}) == len(TEXTS)


# reading


def test_every_column_of_text_gets_a_payload(data):
    free = {(table, name) for table, names in FREE.items() for name in names}
    assert {*texts_of(package.load_package(data))} == free | {*CODES} | OPEN


def test_a_payload_is_refused_as_a_code_and_as_a_formula(put, errors):
    places = []
    for line, (table, column) in enumerate(CODES, 2):
        name = "military" if table == "observations" else table
        place = put(name, column, f"{BREAKER}{line}", line=2 if name in SHORT else line)
        places.append(place if table == "acknowledged" else f"{place}, column {column}")
    found = errors()
    assert [each for each in places if not any(line.startswith(each) for line in found)] == []
    assert [each for each in found if not each.isprintable()] == []


def test_a_payload_is_refused_as_the_name_of_a_package(data, errors):
    path = data / "datapackage.json"
    text = path.read_text(encoding="utf-8").replace('"cao-an"', json.dumps(BREAKER))
    path.write_text(text, encoding="utf-8")
    [error] = errors()
    assert error.startswith("datapackage.json: found something missing or wrong")


def test_a_folder_of_payloads_is_read_unchanged(hostile, tables):
    assert {*TEXTS} == {*tables["sources"]["source"]}
    assert {*TEXTS} <= {*tables["indicators"]["label_vi"]}
    assert package.load_package(hostile).title == " ".join(TEXTS).replace("\n", " ")


def test_invisible_characters_are_removed_from_a_cell(put, data):
    put("indicators", "label_vi", *(written for written, _ in CLEANED.values()))
    read = raw.read_tables(data)["indicators"]["label_vi"]
    assert read.head(len(CLEANED)).to_list() == [read for _, read in CLEANED.values()]


@pytest.mark.parametrize("name", ["right-to-left override", "isolates", "zero width"])
def test_invisible_characters_are_removed_from_a_title(retitle, name):
    written, read = CLEANED[name]
    assert package.load_package(retitle(written)).title == read


def test_control_characters_are_refused_in_every_cell(put, errors):
    put("indicators", "label_vi", *REFUSED.values())
    found = errors()
    assert len(found) == len(REFUSED)
    assert {each.partition("”, ")[2] for each in found} == {
        "damaged text or an error of Excel; expected text that can be read: type the cell anew "
        "from the source"
    }
    assert [each for each in found if not each.isprintable()] == []


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "replacement"])
def test_control_characters_are_refused_in_a_title(retitle, errors, name):
    retitle(REFUSED[name])
    [error] = errors()
    assert error.startswith("datapackage.json: found something missing or wrong: title: ")
    assert error.isprintable()


def test_a_lone_surrogate_is_refused_in_a_descriptor(retitle, errors):
    retitle("\ud800")
    assert [error.partition(";")[0] for error in errors()] == [
        "datapackage.json: found something that is not JSON"
    ]


# HTML


@pytest.mark.parametrize(
    "write",
    [
        lambda text: blocks.text([text]).html,
        lambda text: blocks.text([text, text]).html,
        lambda text: blocks.folded(text, blocks.text([text])).html,
        table,
        index,
        front,
        lambda text: page(title=text, site=text, year=2023, path=text, key=text),
    ],
    ids=["a sentence", "a list", "folded", "table", "index", "front", "head"],
)
def test_a_text_stays_text_in_a_block_and_on_a_page(write):
    assert broken(write) == []


def test_a_text_stays_text_in_the_list_of_targets(shipped):
    card = shipped.scorecard(2023).head(1)

    def write(text: str) -> str:
        words = dict.fromkeys(("label", "unit", "note", "section", "target_section"), text)
        spoilt = card.assign(**words)
        spoilt.attrs = {"year": 2023, "sources": {card["source"].iloc[0]: text}}
        return show_targets(spoilt).html

    assert broken(write) == []


def test_a_text_stays_text_in_the_name_of_another_page():
    def write(text: str) -> str:
        places = tuple(PageRef(name, text, 2023) for name in ("a", text))
        return page(path="2023/x.html", year=2023, subjects=places, years=places)

    assert broken(write) == []


def test_a_text_stays_text_in_an_output_without_html():
    def written(texts: list[str]) -> Read:
        cells = [nbformat.v4.new_code_cell(text, outputs=outputs(text)) for text in texts]
        return Read(page(*cells))

    read, like = written(TEXTS), written([*map(harmless, TEXTS)])
    assert read.elements == like.elements
    assert [text for text in TEXTS if read.texts.count(text) < 3 or text not in read.spoken] == []


def test_a_report_of_a_year_changes_no_text_of_its_parts():
    shown = [*map(table, TEXTS), chart("\n".join(TEXTS))]
    outputs = [nbformat.v4.new_output("display_data", {"text/html": html}) for html in shown]
    written = page(nbformat.v4.new_code_cell("x", outputs=outputs))
    content = written.partition('tabindex="-1">')[2].partition("</main>")[0]
    content = re.sub('<a class="download".*?</a>', "", content.strip(), flags=re.DOTALL)
    alone, part = Read(content), Read(annual.embedded_content(written, "rice"))
    assert part.texts == alone.texts
    assert part.spoken == alone.spoken


def test_a_chart_shows_and_describes_each_text_unchanged():
    unlike = []
    for name, text in PAYLOADS.items():
        read, like = Read(chart(text)), Read(chart(harmless(text)))
        words = [words for words in read.texts if words.strip()]
        shown = [text, *filter(None, text.split("\n")), phrase("chart.save"), f": {text}"]
        if (words, read.spoken, read.elements) != (shown, [text], like.elements):
            unlike.append(name)
    assert unlike == []


def test_a_text_without_a_font_causes_no_warning(recwarn):
    draw_svg(partial(drawn, "👩 中文"), 1, "x")
    assert [str(each.message) for each in recwarn] == []


def test_a_block_has_only_html_and_plain_text():
    shown, _ = DisplayFormatter().format(blocks.text(["$x$ **y**"]))
    assert shown == {"text/plain": "$x$ **y**", "text/html": "<p>$x$ **y**</p>"}


def test_a_dataset_has_only_html_and_plain_text(shipped):
    assert [*DisplayFormatter().format(shipped)[0]] == ["text/plain", "text/html"]


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_text_stays_text_in_the_titles_of_a_dataset(name):
    figures = pd.DataFrame({"table": ["a"], "year": [2023]})
    spoilt, like = (
        Read(reprs.overview(text, {"a": text}, figures))
        for text in (PAYLOADS[name], harmless(PAYLOADS[name]))
    )
    assert spoilt.elements == like.elements


# the terminal


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("table_width", [0, 9999], ids=["a table", "blocks"])
def test_the_audit_prints_every_text_unchanged(tables, show, monkeypatch, language, table_width):
    monkeypatch.setattr(audit_report, "TABLE_WIDTH", table_width)
    seen = tables["acknowledged"].head(2)
    output = show({**tables, "acknowledged": seen}, language)
    label = tables["indicators"].set_index("indicator")[f"label_{language}"]
    codes = ["vaccinated_hib_dose3", "district_exam_attended", "district_exam_fit"]
    lines = [line for text in (*label.loc[codes], *seen["reason"]) for line in text.split("\n")]
    assert [line for line in lines if line not in output] == []
    assert {sign for sign in output if category(sign) in {"Cc", "Cf"}} == {"\n"}


def test_no_text_is_terminal_markup(tables, show):
    texts = [text for name, text in PAYLOADS.items() if name.startswith("markup")]
    seen = tables["acknowledged"].head(len(texts)).assign(reason=texts)
    output = show({**tables, "acknowledged": seen})
    assert [text for text in texts if f" {text} " not in output] == []


def test_an_error_has_no_control_characters_whatever_it_names():
    for text in (*TEXTS, *REFUSED.values(), "\ud800"):
        names = ("found", "catalogue", "advice")
        error = DataError("unknown_code", text, 1, text, dict.fromkeys(names, text))
        assert error.sentence("vi").isprintable()
        assert error.sentence("en").isprintable()


def test_a_message_of_the_command_is_one_line_without_control_characters():
    for text in (*TEXTS, *REFUSED.values(), "\ud800"):
        assert Speaker("en").words("failed", job=text, reason=text).isprintable()

"""`jupyter nbconvert --to caoan-docx`: any executed notebook as a Word document."""

import pytest
from helpers.words import opened
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from caoan_stats.writing.exporter import WordExporter


def exported(*cells):
    content, resources = WordExporter().from_notebook_node(new_notebook(cells=[*cells]))
    assert resources["output_extension"] == ".docx"
    return opened(content)


def code(**data: str):
    kinds = {"html": "text/html", "plain": "text/plain"}
    shown = {kinds[name]: each for name, each in data.items()}
    return new_code_cell("1 + 1", outputs=[new_output("display_data", shown)])


def test_nbconvert_finds_the_exporter_by_its_name():
    assert get_exporter("caoan-docx") is WordExporter


def test_a_notebook_becomes_headings_paragraphs_tables_and_texts():
    document = exported(
        new_markdown_cell("# Lúa\n\nMột câu.\n\n## Kết quả\n\n- a\n- b"),
        code(html="<table><thead><tr><th>Năm</th></tr></thead><tr><td>2023</td></tr></table>"),
        code(plain="x = 1\ny = 2"),
    )
    lines = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    assert lines == [
        ("Heading 1", "Lúa"),
        ("Normal", "Một câu."),
        ("Heading 2", "Kết quả"),
        ("List Bullet", "a"),
        ("List Bullet", "b"),
        ("Preformatted", "x = 1\ny = 2"),
    ]
    assert document.tables[0].cell(1, 0).text == "2023"


def test_code_is_not_part_of_the_document():
    document = exported(new_markdown_cell("# Lúa"), code(plain="2"))
    assert "1 + 1" not in "".join(each.text for each in document.paragraphs)


@pytest.mark.long
def test_nbconvert_executes_a_notebook_for_it():
    config = Config({"ExecutePreprocessor": {"enabled": True}})
    notebook = new_notebook(cells=[new_markdown_cell("# Lúa"), new_code_cell("print(6 * 7)")])
    content, _ = WordExporter(config=config).from_notebook_node(notebook)
    assert opened(content).paragraphs[-1].text == "42"

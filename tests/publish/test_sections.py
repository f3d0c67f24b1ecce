"""Sections of a page that have no content."""

from nbformat import v4

from caoan_stats.display.blocks import nothing, text
from caoan_stats.publish.sections import without_empty

HEADING = "<h2>Kết quả</h2>"


def call(*blocks) -> v4.nbbase.NotebookNode:
    """Return an executed cell with the output of each block."""
    outputs = [v4.new_output("execute_result", {"text/html": block.html}) for block in blocks]
    return v4.new_code_cell("page", outputs=outputs)


def kept(*cells) -> tuple[list[str], int]:
    """Return the sources of the cells that are kept, and the number of sections left out."""
    found, left_out = without_empty(cells, [cell for cell in cells if cell.source == HEADING])
    return [cell.source for cell in found], len(left_out)


def test_a_section_whose_outputs_say_that_there_is_nothing_is_left_out():
    section = v4.new_markdown_cell(HEADING), call(nothing("Chưa có số liệu."))
    assert kept(v4.new_markdown_cell("đầu trang"), *section) == (["đầu trang"], 1)


def test_a_section_with_content_is_kept_without_what_says_nothing():
    cells = [v4.new_markdown_cell(HEADING), call(nothing("Chưa có.")), call(text(["28 hộ."]))]
    found, left_out = without_empty(cells, cells[:1])
    assert [len(cell.get("outputs", [])) for cell in found] == [0, 0, 1]
    assert left_out == []


def test_a_section_of_prose_is_kept():
    assert kept(v4.new_markdown_cell(HEADING)) == ([HEADING], 0)


def test_what_stands_before_the_first_heading_is_kept():
    cells = call(nothing("Chưa có.")), v4.new_markdown_cell(HEADING)
    assert kept(*cells) == (["page", HEADING], 0)


def test_a_lead_that_says_nothing_is_left_out_unless_the_page_has_nothing_else():
    lead, heading = call(nothing("Chưa có.")), v4.new_markdown_cell(HEADING)
    filled, _ = without_empty([lead, heading, call(text(["28 hộ."]))], [heading])
    empty, _ = without_empty([lead, heading, call(nothing("Chưa có."))], [heading])
    assert [len(cell.get("outputs", [])) for cell in filled] == [0, 0, 1]
    assert [len(cell.get("outputs", [])) for cell in empty] == [1]

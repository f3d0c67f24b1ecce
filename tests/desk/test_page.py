import re

import nbformat
from ipywidgets import HTML, VBox
from papermill.translators import PythonTranslator

from caoan_stats.desk.page import desk
from caoan_stats.desk.server import DOCUMENT, LAB


def test_the_steps_are_numbered_headings_in_order(built):
    boxes = [each for each in desk(built, built.parent).children if isinstance(each, VBox)]
    heads = [box.children[0].value for box in boxes]
    assert [re.search(r"<h2>(.*)</h2>", head)[1] for head in heads] == [
        "1. Lấy phiếu nhập",
        "2. Nộp phiếu đã điền",
        "3. Xem lại",
        "4. Ghi vào dữ liệu",
        "5. Cập nhật và mở báo cáo",
    ]


def test_the_page_names_the_commune(built):
    head = desk(built, built.parent).children[0]
    assert isinstance(head, HTML)
    assert "<h1>Nhập số liệu</h1>" in head.value
    assert "Số liệu kinh tế - xã hội xã Cao An" in head.value


def test_the_document_is_a_valid_notebook_whose_code_only_shows_the_page():
    document = nbformat.read(LAB / DOCUMENT, as_version=4)
    nbformat.validate(document)
    parameters, shown = document.cells
    assert [each.name for each in PythonTranslator.inspect(parameters)] == [
        "data", "project", "address",
    ]  # fmt: skip
    assert shown.source.splitlines()[-1] == "show(data, project, address)"
    assert not any(cell.outputs for cell in document.cells)

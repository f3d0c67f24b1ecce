"""The one parser of markdown, and the title that it finds."""

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbformat import v4

from caoan_stats.datafolder.csvfile import normalize_text
from caoan_stats.publish.markdown import html_of, title_of
from caoan_stats.publish.notebooks import read_notebook


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# Nước sạch", "Nước sạch"),
        ("\n\n# Nước sạch", "Nước sạch"),
        ("\ufeff# Nước sạch", "Nước sạch"),
        ("  # Nước sạch", "Nước sạch"),
        ("#\tNước sạch #", "Nước sạch"),
        ("# Nước sạch\r\nLời dẫn", "Nước sạch"),
        ("Nước\nsạch\n===", "Nước sạch"),
        ("Lời dẫn\n\n# Nước sạch", "Nước sạch"),
        ('<h1 align="center">Nước <b>sạch</b></h1>', "Nước sạch"),
        ("<!-- <h1>Bỏ</h1> -->\n# Nước sạch", "Nước sạch"),
        ("#\n\n# Nước sạch", "Nước sạch"),
        ("# Nước<br>sạch", "Nước sạch"),
        ("# **Nước** *sạch* `n_s` [ở đây](x.md)", "Nước sạch n_s ở đây"),
        (r"# Thu &amp; chi \<b> &#39;1&#39;", "Thu & chi <b> '1'"),
        (r"# Bụi $PM_{2.5}$, m$^2$ và $\frac{a}{b}$", "Bụi PM₂.₅, m² và a/b"),
        ("# Giá 5$ và 6$[^1]\n\n[^1]: Nguồn", "Giá 5$ và 6$"),
        ("#Nước sạch", ""),
        ("## Nước sạch", ""),
        ("    # Nước sạch", ""),
        ("```\n# Nước sạch\n```", ""),
    ],
)
def test_the_title_is_the_text_of_the_first_heading_of_the_first_level(source, title):
    assert title_of(["Mở đầu", source]) == title


@given(st.text("a Ư1_.-–()*&\n#", max_size=12))
def test_a_title_that_is_read_without_the_parser_is_the_one_that_it_finds(tmp_path_factory, words):
    path = tmp_path_factory.getbasetemp() / "one.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell(f"# {words}")]), path)
    assert read_notebook(path).title == (normalize_text(title_of([f"# {words}"])) or "one")


@pytest.mark.parametrize(
    "cells", [["# Lúa"], ["Mở đầu", "Lúa\n==="], ["Mở đầu", "## A", "# *Lúa*"]]
)
def test_the_page_the_index_and_nbconvert_have_one_title_and_one_heading(cells, tmp_path):
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(each) for each in [*cells, "# Phụ"]])
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    html, _ = get_exporter("caoan")().from_filename(str(path))
    assert read_notebook(path).title == "Lúa"
    assert "<title>Lúa" in html
    assert html.count("<h1") == 1
    assert '<h2 id="phu">Phụ</h2>' in html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("~~cũ~~", "<p><del>cũ</del></p>"),
        ("https://example.org", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("1. một\n   - hai", "<ol>\n<li>một<ul>\n<li>hai</li>\n</ul>\n</li>\n</ol>"),
    ],
)
def test_markdown_is_rendered_as_in_a_notebook(source, html):
    assert html_of(source).strip() == html


def test_a_markdown_table_becomes_an_html_table():
    assert html_of("| a | b |\n|---|---|\n| 1 | 2 |").startswith("<table>")


def test_a_footnote_stands_below_its_cell_and_is_linked():
    html = html_of("Lúa[^1]\n\n[^1]: Nguồn", "7")
    assert '<a href="#fn-7-1">1</a>' in html
    assert '<li id="fn-7-1"><p>Nguồn' in html


def test_a_footnote_that_nothing_refers_to_is_a_paragraph():
    assert html_of("Lúa\n\n[^1]: Nguồn") == "<p>Lúa</p>\n<p>Nguồn</p>\n"


@pytest.mark.parametrize(
    "money",
    [
        "5$ và 6$", "$5 và $6", "$5-$6", "$5 và 6$", "5 $ và 6 $", "$5k và 6k$",
        "từ 5$/kg đến 6$/kg",
        "US$5 và US$6", "`a$b` và `c$d`", r"\$x\$", "```\n$x$\n```", "100$",
        '<pre title="$x$">\n$x$\n</pre>',
    ],
)  # fmt: skip
def test_dollars_of_money_and_code_are_no_formula(money):
    assert "<math" not in html_of(money)


@pytest.mark.parametrize(
    "source",
    [
        "$x$", "giá $x_1$ và", "m$^2$", r"2$\times$3", "$ x $", r"$ \frac{1}{2} $", r"$5 \times 3$",
        "$a$, $b$", "$$x$$", "$$\na\n+ b\n- c\n= d\n$$", "trước $$x$$ sau", "> $$x$$", "- $$x$$",
        r"\\(x\\)", r"\\[x\\]", "\\begin{equation}\nx\n\\end{equation}", "| $x$ |\n|---|\n| 1 |",
        r"$\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}$", r"$a \\ b$", "**$x$**", "$100\\%$",
        "<div>\n$x$\n</div>",
    ],
)  # fmt: skip
def test_a_formula_becomes_mathml(source):
    html = html_of(source)
    assert "<math" in html
    assert "$" not in html
    assert "\\" not in html


@pytest.mark.parametrize(
    ("latex", "mathml"),
    [
        ("100%", "<mn>100</mn><mi>&#x00025;</mi>"),
        (r"\text{a\_b}", "<mtext>a_b</mtext>"),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", "<mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd>"),
    ],
)
def test_nothing_of_a_formula_is_lost(latex, mathml):
    assert mathml in html_of(f"$${latex}$$")


@pytest.mark.parametrize("latex", [r"\ce{H_2O}", r"\frac{1", r"\right)", "x_", "x^{" * 999])
def test_a_formula_that_cannot_be_read_keeps_its_source(latex):
    assert html_of(f"$${latex}$$").strip().removeprefix("<p>").startswith('<code class="latex">')


def test_a_path_of_a_picture_is_kept_for_embedding(tmp_path: Path):
    assert html_of("![a](attachment:b.png)") == '<p><img src="attachment:b.png" alt="a"></p>\n'

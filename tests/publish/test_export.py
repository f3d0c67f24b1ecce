import re
import subprocess
import sys

import nbformat
import pytest
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode, v4

from caoan_stats.publish import export
from caoan_stats.publish.render import page_script
from caoan_stats.publish.site import Head, PageRef

SITE = "Số liệu kinh tế - xã hội xã Cao An"
PIXEL = "iVBORw0KGgo="


def notebook(*cells: NotebookNode) -> NotebookNode:
    parameters = v4.new_code_cell(
        "year: int = 2023  # năm báo cáo", metadata={"tags": ["parameters"]}
    )
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Sản xuất lúa"), parameters, *cells])


def shows(data: dict[str, str], **metadata: object) -> NotebookNode:
    """Return a code cell with a displayed output."""
    output = v4.new_output("display_data", data, metadata=metadata)
    return v4.new_code_cell("show()", outputs=[output])


def prints(text: str, name: str = "stdout") -> NotebookNode:
    return v4.new_code_cell("print()", outputs=[v4.new_output("stream", name=name, text=text)])


def alone(*cells: NotebookNode, **options: object) -> str:
    html: str
    html, _ = get_exporter("caoan")(**options).from_notebook_node(notebook(*cells))
    return html


def main(html: str) -> str:
    """Return the content of the main element of a page."""
    return re.search(r"<main [^>]*>(.*)</main>", html, flags=re.DOTALL)[1].strip()


def code(html: str) -> list[str]:
    pattern = r'<details class="code">.*?<code>(.*?)</code>'
    return [found.strip() for found in re.findall(pattern, html, flags=re.DOTALL)]


def test_a_page_is_in_vietnamese_and_named_by_heading_year_and_site(project):
    html = alone()
    assert '<html lang="vi">' in html
    assert f"<title>Sản xuất lúa năm 2023 · {SITE}</title>" in html
    assert '<h1>Sản xuất lúa <span class="year">năm 2023</span></h1>' in html


def test_the_year_of_an_executed_notebook_is_its_parameter(project):
    executed = notebook()
    executed.metadata.papermill = {"parameters": {"year": 2022}}
    html, resources = get_exporter("caoan")().from_notebook_node(executed)
    assert "<title>Sản xuất lúa năm 2022 · " in html
    assert resources["output_extension"] == ".html"


def test_the_year_of_a_job_of_jupyter_scheduler_is_that_of_its_injected_cell(project):
    injected = v4.new_code_cell("year = 2022", metadata={"tags": ["injected-parameters"]})
    other = v4.new_code_cell("year = 1999")
    assert "<title>Sản xuất lúa năm 2022 · " in alone(injected, other)


def test_a_notebook_without_a_heading_is_named_by_its_file(project):
    html, _ = get_exporter("caoan")().from_notebook_node(
        v4.new_notebook(cells=[v4.new_markdown_cell("Không có tên")]),
        {"metadata": {"name": "nháp"}},
    )
    assert f"<title>nháp · {SITE}</title>" in html


def test_a_notebook_without_a_data_folder_has_no_site(tmp_path, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_DATA", str(tmp_path))
    assert "<title>Sản xuất lúa năm 2023</title>" in alone()


def test_the_first_heading_appears_once_and_the_notebook_is_unchanged(project):
    given = notebook()
    html, _ = get_exporter("caoan")().from_notebook_node(given)
    assert html.count("<h1>") == 1
    assert main(html) == ""
    assert given.cells[0].source == "# Sản xuất lúa"


def test_a_link_skips_to_the_content(project):
    html = alone()
    assert '<body>\n<a class="skip" href="#noi-dung">' in html
    assert '<main id="noi-dung" tabindex="-1">' in html


def test_the_contents_list_the_headings_of_the_second_level(project):
    html = alone(
        v4.new_markdown_cell("## Kết quả\n\n### Vụ chiêm"),
        v4.new_markdown_cell("## *Hai*"),
        v4.new_markdown_cell("## Nguồn"),
    )
    [contents] = re.findall(r'<nav class="contents".*?</nav>', html, flags=re.DOTALL)
    links = re.findall(r'<a href="#([\w-]+)">(.*?)</a>', contents)
    assert [words for _, words in links] == ["Kết quả", "<em>Hai</em>", "Nguồn"]
    assert all(f'<h2 id="{anchor}">' in html for anchor, _ in links)


def test_a_page_of_two_sections_has_no_contents(project):
    two = alone(v4.new_markdown_cell("## Kết quả"), v4.new_markdown_cell("## Nguồn"))
    assert 'class="contents"' not in two


def test_a_single_page_has_no_links_to_others_and_no_script(project):
    html = alone()
    assert "<nav" not in html
    assert "<script" not in html
    assert "script-src" not in html


def test_the_policy_of_a_single_page_forbids_all_loading(project):
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', alone())
    assert policy.startswith("default-src 'none'; ")


def test_a_single_page_states_its_edition(project, monkeypatch):
    monkeypatch.setenv("CAOAN_STATS_PUBLIC_BELOW", "5")
    assert "<strong>Bản công khai.</strong>" in alone()


def test_a_page_of_a_site_links_its_neighbours_and_not_itself():
    here, past = PageRef("rice", "Lúa", 2023), PageRef("rice", "Lúa", 2022)
    other = PageRef("welfare", "An sinh & <xã hội>", 2023)
    html, _ = export.export_page(
        notebook(), Head("Lúa", 2023, path=here.path, years=(past, here), subjects=(here, other))
    )
    [pages] = re.findall(
        r'<nav class="pages"[^>]* data-page="2023/rice.html" hidden>.*?</nav>',
        html,
        flags=re.DOTALL,
    )
    assert re.findall(r'<a href="([^"]*)">(.*?)</a>', pages) == [
        ("../index.html", "Tất cả các trang"),
        ("../2022/rice.html", "Năm 2022"),
        ("../2023/welfare.html", "An sinh &amp; &lt;xã hội&gt;"),
    ]
    assert re.findall(r'<a aria-current="page">(.*?)</a>', pages) == ["Năm 2023", "Lúa"]


def test_a_page_of_a_site_has_one_allowed_script_and_its_key():
    html, _ = export.export_page(notebook(), Head("Lúa", 2023, path="2023/rice.html", key="k1"))
    assert re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL) == [
        page_script("links")["text"]
    ]
    assert f"script-src '{page_script('links')['hash']}';" in html
    assert '<meta name="caoan-stats-key" content="k1">' in html


def test_a_public_page_states_that_small_counts_are_hidden_and_why():
    html, _ = export.export_page(notebook(), Head("Lúa", 2023, below=5))
    assert "Để bảo vệ thông tin cá nhân, số đếm nhạy cảm từ 1 đến 4 được ghi là “&lt;5”" in html
    assert "Bản công khai" not in export.export_page(notebook(), Head("Lúa", 2023))[0]


INTERNAL = "Bản đầy đủ, lưu hành nội bộ"


def test_a_page_of_the_full_edition_says_on_screen_that_it_is_internal(project):
    assert f'<p class="site">{SITE} <strong>{INTERNAL}</strong></p>' in alone()
    page, _ = export.export_page(notebook(), Head("Lúa", 2023))
    assert f'<p class="site"><strong>{INTERNAL}</strong></p>' in page


@pytest.mark.parametrize(("below", "words"), [(0, INTERNAL), (5, "Bản công khai")])
def test_every_printed_page_states_its_edition(below, words):
    page, _ = export.export_page(notebook(), Head("Lúa", 2023, below=below))
    assert f'@bottom-left {{ content: "{words}";' in page


@pytest.mark.parametrize(("below", "name"), [(0, "noi-bo"), (5, "cong-khai")])
def test_the_name_of_a_download_states_the_edition(below, name):
    links = (
        '<p><a class="download" download="a.b.csv" href="data:,">Tải</a>'
        '<a href="data:," download="lúa">Tải</a><a href="#">x.csv</a></p>'
    )
    page, _ = export.export_page(notebook(shows({"text/html": links})), Head("Lúa", below=below))
    assert re.findall('download="(.*?)"', main(page)) == [f"a.b-{name}.csv", f"lúa-{name}"]
    assert ">x.csv<" in page


def test_the_code_appears_once_and_folded(project):
    html = alone(v4.new_code_cell("1 < 2"), v4.new_code_cell('"<b>"'))
    assert code(html) == ["year: int = 2023  # năm báo cáo\n\n1 &lt; 2\n\n&#34;&lt;b&gt;&#34;"]
    assert "1 &lt; 2" not in main(html)


def test_a_page_without_input_has_no_code(project):
    html = alone(v4.new_code_cell("1 < 2"), exclude_input=True)
    assert code(html) == []
    assert "1 &lt; 2" not in html


def test_the_html_of_an_output_is_used_instead_of_its_text(project):
    cell = shows({"text/html": "<p>Lúa</p>", "text/plain": "Lúa"})
    assert main(alone(cell)) == "<p>Lúa</p>"


@pytest.mark.parametrize("cell", [shows({"text/plain": "a < b"}), prints("a < b")])
def test_text_of_an_output_is_escaped(project, cell):
    assert main(alone(cell)) == '<pre tabindex="0">a &lt; b</pre>'


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_is_embedded_with_its_alternative_text(project, kind):
    cell = shows({f"image/{kind}": f"{PIXEL}\n"}, **{f"image/{kind}": {"alt": 'Số "1"'}})
    assert main(alone(cell)) == (
        f'<img alt="Số &#34;1&#34;" src="data:image/{kind};base64,{PIXEL}">'
    )


def test_a_picture_without_alternative_text_says_so(project):
    assert '<img alt="Hình chưa có mô tả" ' in main(alone(shows({"image/png": PIXEL})))


FRAME = """<table border="1" class="dataframe"><thead><tr><th></th><th>con</th></tr></thead>
<tbody><tr><th>Gà</th><td>7</td></tr></tbody></table>"""


def test_a_table_of_pandas_can_be_scrolled_and_its_headers_say_what_they_head(project):
    assert main(alone(shows({"text/html": f"<div>{FRAME}</div>"}))) == (
        '<div><div class="scroll" role="group" aria-label="Bảng cuộn ngang" tabindex="0">'
        '<table border="1" class="dataframe"><thead><tr><td></td><th scope="col">con</th></tr>'
        '</thead>\n<tbody><tr><th scope="row">Gà</th><td>7</td></tr></tbody></table></div></div>'
    )


def test_a_table_in_markdown_can_be_scrolled(project):
    html = alone(v4.new_markdown_cell("| a |\n|---|\n| 1 |"))
    assert '<div class="scroll" role="group"' in html


def test_a_table_of_ours_is_left_as_it_is(project):
    html = '<table role="table"><tr><th>a</th></tr></table>'
    assert main(alone(shows({"text/html": html}))) == html


def test_an_svg_drawing_is_embedded(project):
    cell = shows({"image/svg+xml": "<svg></svg>", "text/plain": "<Figure>"})
    assert main(alone(cell)) == "<svg></svg>"


def test_an_error_is_shown_without_the_colours_of_a_terminal(project):
    error = v4.new_output("error", ename="E", evalue="", traceback=["\x1b[31m<E>\x1b[0m"])
    cell = v4.new_code_cell("1 / 0", outputs=[error])
    assert main(alone(cell)) == '<pre tabindex="0">&lt;E&gt;</pre>'


@pytest.mark.long
@pytest.mark.parametrize(("options", "blocks"), [([], 1), (["--no-input"], 0)])
def test_jupyter_nbconvert_makes_the_same_page(project, options, blocks):
    path = project / "lúa.ipynb"
    nbformat.write(notebook(prints("a < b")), path)
    command = [sys.executable, "-m", "nbconvert", "--to", "caoan", *options, path.name]
    subprocess.run(command, cwd=project, capture_output=True, check=True)
    html = (project / "lúa.html").read_text(encoding="utf-8")
    assert f"<title>Sản xuất lúa năm 2023 · {SITE}</title>" in html
    assert main(html) == '<pre tabindex="0">a &lt; b</pre>'
    assert len(code(html)) == blocks


@pytest.mark.long
@pytest.mark.parametrize("source", ["raise SystemExit", "import os; os._exit(0)"])
def test_jupyter_nbconvert_makes_no_page_of_a_notebook_that_stops_itself(project, source):
    path, page = project / "lúa.ipynb", project / "lúa.html"
    cells = [v4.new_code_cell(source), v4.new_code_cell("year")]
    nbformat.write(v4.new_notebook(cells=cells), path)
    page.write_text("good")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "caoan", path.name]
    assert subprocess.run(command, cwd=project, capture_output=True, check=False).returncode == 1
    assert page.read_text() == "good"


def anchors(*sources: str) -> list[str]:
    """Return the anchors of the headings of a page."""
    html = main(alone(*map(v4.new_markdown_cell, sources)))
    return re.findall(r'<h[2-6] id="([^"]*)"', html)


def test_the_anchor_of_a_heading_has_no_diacritics(project):
    assert anchors("## Đàn gia cầm (con)") == ["dan-gia-cam-con"]


def test_equal_headings_have_different_anchors(project):
    assert anchors("## Nguồn", "## Nguồn", "## Nguồn") == ["nguon", "nguon-2", "nguon-3"]


def test_a_numbered_anchor_is_skipped_when_a_heading_has_it(project):
    assert anchors("## Nguồn 2", "## Nguồn", "## Nguồn") == ["nguon-2", "nguon", "nguon-3"]


def test_a_heading_without_letters_has_an_anchor(project):
    assert anchors("## …", "## ?") == ["muc", "muc-2"]


@pytest.mark.parametrize(
    "parameters",
    [
        "year: int = 2022",
        'year = "2022"',
        "year: int | None = 2022",
        "year = y = 2022",
        "year = 2022; table = 'rice'",
        "table, year = 'rice', 2022",
        "%matplotlib inline\nyear = 2022",
    ],
)
def test_the_year_is_read_however_it_is_declared(project, parameters):
    cell = v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    html, _ = get_exporter("caoan")().from_notebook_node(v4.new_notebook(cells=[cell]))
    assert '<span class="year">năm 2022</span>' in html

"""What a notebook shows is on its page, or a line on the page and a remark say that it is not."""

import re
from base64 import b64encode
from pathlib import Path
from unicodedata import normalize

import pytest
from nbformat import NotebookNode, v4

from caoan_stats.publish.export import export_page
from caoan_stats.publish.remarks import Remark
from caoan_stats.publish.site import Head

PNG = b"\x89PNG\r\n\x1a\n"
PIXEL = b64encode(PNG).decode()
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'
NO_ALT = "Hình chưa có mô tả"
EMBEDDED = f'src="data:image/png;base64,{PIXEL}"'


def page(*cells: NotebookNode, folder: Path = Path()) -> tuple[str, list[Remark]]:
    """Return the content of a page, and what is remarked."""
    html, made = export_page(v4.new_notebook(cells=cells), Head("Lúa"), folder)
    return re.search(r"<main [^>]*>(.*)</main>", html, flags=re.DOTALL)[1].strip(), made.remarks


def shows(data: dict[str, object], **metadata: object) -> NotebookNode:
    output = v4.new_output("display_data", data, metadata=metadata)
    return v4.new_code_cell("show()", outputs=[output])


def prints(text: str, name: str = "stdout") -> NotebookNode:
    return v4.new_code_cell("print()", outputs=[v4.new_output("stream", name=name, text=text)])


def written(source: str, folder: Path = Path(), **attachments: object) -> tuple[str, list[str]]:
    """Return a markdown cell as HTML, and the remarks in words."""
    cell = v4.new_markdown_cell(source, attachments=attachments)
    html, remarks = page(cell, folder=folder)
    return html, [each.words("vi") for each in remarks]


def unshown(*names: str) -> str:
    return "".join(f'<span class="unshown">(không hiển thị được: {name})</span>' for name in names)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"application/vnd.plotly.v1+json": {}}, "plotly"),
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<script>1</script>"}, "plotly"),
        ({"text/html": "<div id=altair-viz></div><script>vega()</script>"}, "altair"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "alt.Chart(...)"}, "altair"),
        ({"application/javascript": "x", "application/vnd.bokehjs_exec.v0+json": ""}, "bokeh"),
        ({"text/html": "<div id=x></div>", "application/javascript": "x"}, "javascript"),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"}, "widget"),
        ({"application/geo+json": {}, "text/plain": "<GeoJSON object>"}, "geojson"),
        ({"application/vnd.holoviews_exec.v0+json": "", "text/html": "<p></p>"}, "holoviews"),
        ({"application/pdf": "JVBERi0=", "text/plain": "<x>"}, "pdf"),
        ({"application/x-vidu": "1"}, "vidu"),
        (
            {"text/html": '<iframe src="https://example.org/a"></iframe>'},
            "iframe https://example.org/a",
        ),
        ({"text/html": '<video controls src="a.mp4"></video>'}, "video a.mp4"),
        ({"text/html": '<audio><source src="data:audio/wav;base64,AA"></audio>'}, "audio"),
        ({"text/html": '<embed src="a.swf">'}, "embed a.swf"),
        ({"text/html": "<canvas></canvas>"}, "canvas"),
        ({"text/html": "<SCRIPT>1</SCRIPT>"}, "script"),
    ],
)
def test_what_a_page_cannot_show_is_a_line_and_a_remark_on_its_cell(data, name):
    html, remarks = page(v4.new_markdown_cell("Mở đầu"), shows(data))
    assert unshown(name) in html
    assert [each.located("vi") for each in remarks] == [
        f"ô 2 «show()»: không hiển thị được: {name}"
    ]


def test_a_static_picture_is_taken_where_the_output_has_one():
    data = {"application/vnd.plotly.v1+json": {}, "text/html": "<script>1</script>"}
    html, remarks = page(shows({**data, "image/png": PIXEL}, **{"image/png": {"alt": "Thu"}}))
    assert html == f'<img alt="Thu" {EMBEDDED}>'
    assert remarks == []


def test_what_can_be_shown_of_html_is_shown_with_a_line_for_the_rest():
    html, _ = page(shows({"text/html": "<p>Tổng: 5</p><script>1</script>"}))
    assert html == f"<p>Tổng: 5</p>{unshown('script')}"


def test_the_text_of_an_unknown_type_is_shown_with_a_line():
    html, _ = page(shows({"application/x-vidu": "1", "text/plain": "Tổng: 5"}))
    assert html == f'{unshown("vidu")}<pre tabindex="0">Tổng: 5</pre>'


@pytest.mark.parametrize(
    ("data", "html"),
    [
        ({"application/json": [1]}, '<pre tabindex="0">[\n 1\n]</pre>'),
        ({"image/gif": PIXEL}, f'<img alt="{NO_ALT}" src="data:image/gif;base64,{PIXEL}">'),
        ({"image/svg+xml": SVG.decode()}, '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
        ({"text/html": "<!-- <iframe> --><p>a</p>"}, "<!-- <iframe> --><p>a</p>"),
        ({"text/html": "<p>a</p><!-- b"}, "<p>a</p>"),
        ({"text/html": "<h1>a</h1>"}, "<h2>a</h2>"),
        ({"text/html": '<meta http-equiv=refresh content="0;url=x"><p>a</p>'}, "<p>a</p>"),
    ],
)
def test_an_output_is_shown(data, html):
    assert page(shows(data))[0] == html


def test_an_output_in_markdown_is_rendered_like_a_cell():
    html, _ = page(shows({"text/markdown": "# Lúa\n\n$x^2$", "text/plain": "<Markdown>"}))
    assert html.startswith('<h2 id="lua">Lúa</h2>\n<p><math')


@pytest.mark.parametrize("latex", [r"$\displaystyle \frac{a}{b}$", r"Với $x$ và \(y\)", r"\[x\]"])
def test_an_output_in_latex_becomes_mathml(latex):
    html, remarks = page(shows({"text/latex": latex, "text/plain": "<Math>"}))
    assert "<math" in html
    assert "\\" not in html
    assert remarks == []


def test_a_dollar_between_formulas_is_written_without_its_backslash():
    assert page(shows({"text/latex": r"giá 5\$"}))[0] == "<p>giá 5$</p>"


def test_an_output_in_latex_that_is_no_formula_is_shown_as_its_source():
    latex = r"\begin{tabular}{l} a \end{tabular}"
    html, _ = page(shows({"text/latex": latex}))
    assert html == unshown(f"công thức {latex}")


# texts


def test_standard_error_is_left_out_and_kept_for_the_log():
    html, remarks = page(prints("/srv/x.py:7: UserWarning", "stderr"))
    assert html == ""
    assert remarks == [Remark("logged", "/srv/x.py:7: UserWarning", 1, "print()")]


@pytest.mark.parametrize(
    "cell",
    [
        prints("\r  0%|   | 0/3 [00:00<?, ?it/s]\r100%|███| 3/3 [00:00<00:00, 9.1it/s]\n"),
        shows(
            {
                "application/vnd.jupyter.widget-view+json": {},
                "text/plain": "Lúa:   0%|          | 0/3 [00:00<?, ?it/s]",
            }
        ),
    ],
)
def test_progress_bars_are_left_out(cell):
    html, remarks = page(cell)
    assert html == ""
    assert {each.kind for each in remarks} == {"logged"}


@pytest.mark.parametrize("text", ["|Lúa|50%|30%|[1]|", "5%| a | [2, 3]", "2it [x]", "50%|" * 4000])
def test_a_text_that_only_resembles_a_bar_of_progress_is_shown(text):
    assert page(prints(text)) == (f'<pre tabindex="0">{text}</pre>', [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mđỏ\x1b[0m \x1b]8;;http://x\x07a\x1b]8;;\x07", "đỏ a"),
        ("10%\r20%\n", "20%\n"),
        ("a\r\nb", "a\nb"),
        ("a\x00\x08b", "ab"),
    ],
)
def test_a_text_is_shown_as_in_a_terminal_without_colours(text, shown):
    assert page(prints(text))[0] == f'<pre tabindex="0">{shown}</pre>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [("x" * 60_000, 50_000), ("x\n" * 600, 1_000)],
)
def test_the_end_of_a_long_text_is_a_line(text, shown):
    html, remarks = page(prints(text))
    count = len(text) - shown
    assert f">{text[:shown]}</pre>" in html
    assert f"không hiển thị được: {count} ký tự cuối" in html
    assert [each.what for each in remarks] == [str(count)]


def test_an_error_names_no_file_of_the_machine():
    trace = ["Traceback", "File /srv/x.py", "\x1b[31mValueError\x1b[0m: a"]
    error = v4.new_output("error", ename="ValueError", evalue="a", traceback=trace)
    html, _ = page(v4.new_code_cell("f()", outputs=[error]))
    assert html == '<pre tabindex="0">ValueError: a</pre>'


# pictures


@pytest.mark.parametrize(
    "address", ["ảnh%201.png", "%E1%BA%A3nh%201.png", "./ảnh%201.png?raw=1", "file:ảnh%201.png"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_beside_the_notebook_is_embedded(tmp_path, address, form):
    (tmp_path / normalize(form, "ảnh 1.png")).write_bytes(PNG)
    html, remarks = written(f"![Ruộng lúa]({address})", tmp_path)
    assert html == f'<p><img alt="Ruộng lúa" {EMBEDDED}></p>'
    assert remarks == []


def test_an_attached_picture_is_embedded():
    source = "![Ruộng lúa](attachment:a%20b.png)"
    html, _ = written(source, **{"a b.png": {"image/png": PIXEL}})
    assert EMBEDDED in html


def test_a_picture_in_html_keeps_its_size(tmp_path):
    (tmp_path / "a.svg").write_bytes(SVG)
    html, _ = written("<img width='20' src=a.svg alt='Sơ đồ \"1\"'>", tmp_path)
    assert '<img alt="Sơ đồ &#34;1&#34;" src="data:image/svg+xml;base64,' in html
    assert ' width="20">' in html


@pytest.mark.parametrize("alt", ["", "image.png", "IMG_20230101.jpg", "image"])
def test_a_picture_without_a_description_says_so_and_is_remarked(tmp_path, alt):
    (tmp_path / "a.png").write_bytes(PNG)
    html, remarks = written(f"![{alt}](a.png)", tmp_path)
    assert html == f'<p><img alt="Hình chưa có mô tả" {EMBEDDED}></p>'
    assert remarks == ["hình chưa có mô tả: a.png"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("khong-co.png", "không có tệp này"),
        ("attachment:b.png", "không có tệp này"),
        (".", "không có tệp này"),
        ("https://example.org/a.png", "hình ở trên mạng; hãy tải về và đặt cạnh notebook"),
        ("//example.org/a.png", "hình ở trên mạng; hãy tải về và đặt cạnh notebook"),
        ("x.tiff", "trình duyệt không đọc được định dạng này"),
        ("lon.png", "hình lớn quá 5 MB"),
    ],
)
def test_a_picture_that_cannot_be_embedded_is_a_line(tmp_path, address, why):
    (tmp_path / "x.tiff").write_bytes(b"II*\0")
    with (tmp_path / "lon.png").open("wb") as file:
        file.truncate(5_000_001)
    html, remarks = written(f"![Ruộng]({address})", tmp_path)
    name = address.removeprefix("attachment:")
    assert remarks == [f"không hiển thị được: {name}, {why}"]
    assert html == f'<p><span class="unshown">({remarks[0]})</span></p>'


def test_a_large_picture_of_an_output_is_a_line():
    html, _ = page(shows({"image/png": "A" * 6_700_000}))
    assert "hình lớn quá 5 MB" in html
    assert "<img" not in html


def test_an_attached_file_is_a_line_after_its_words():
    html, _ = written("[bảng](attachment:b.pdf)")
    assert html == f"<p>bảng{unshown('b.pdf')}</p>"


@pytest.mark.parametrize("kind", ["mermaid", "{mermaid}"])
def test_a_drawing_of_mermaid_is_a_line_with_its_source_folded(kind):
    html, remarks = written(f"```{kind}\ngraph TD\n```")
    assert html.startswith("<details><summary>Xem mã</summary>")
    assert unshown("mermaid") in html
    assert remarks == ["không hiển thị được: mermaid"]


def test_a_formula_that_cannot_be_read_is_a_line():
    latex = r"\ce{H2O}"
    html, _ = written(f"${latex}$")
    assert html == f"<p>{unshown(f'công thức {latex}')}</p>"


def test_an_injected_cell_does_not_change_the_numbers_of_cells():
    injected = v4.new_code_cell("year = 1", metadata={"tags": ["injected-parameters"]})
    _, remarks = page(v4.new_code_cell("1"), injected, shows({"application/x-a": "1"}))
    assert [each.cell for each in remarks] == [2]

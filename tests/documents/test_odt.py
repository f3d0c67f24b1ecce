from caoan_stats.documents.opening import open_document

LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." '
    'text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="-"/></text:list-style>'
)


def p(text: str, style: str = "P") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*contents: str, more: str = 'text:style-name="L"') -> str:
    inner = "".join(f"<text:list-item>{each}</text:list-item>" for each in contents)
    return f"<text:list {more}>{inner}</text:list>"


def table(*rows: str) -> str:
    inner = "".join(f"<table:table-row>{each}</table:table-row>" for each in rows)
    return f"<table:table>{inner}</table:table>"


def cell(content: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def test_headings_paragraphs_and_tables_are_read_in_their_order(office_text):
    heading = '<text:h text:outline-level="2">Kinh tế</text:h>'
    rows = table(cell(p("Lúa")) + cell(p("46") + p("ha")))
    document = open_document(office_text(heading + rows + p("Sau")))
    assert [(line.number, line.kind, line.level, line.text) for line in document.lines] == [
        (1, "heading", 2, "Kinh tế"),
        (2, "table", 0, "Lúa\t46 ha"),
        (3, "text", 0, "Sau"),
    ]


def test_covered_and_repeated_cells_keep_the_columns(office_text):
    covered = "<table:covered-table-cell/>"
    rows = table(
        cell(p("a"), 'table:number-columns-spanned="2"') + covered + cell(p("b")),
        cell("", 'table:number-columns-repeated="2"') + cell(p("c")),
    )
    lines = open_document(office_text(f"<text:section>{rows}</text:section>")).lines
    assert [line.cells for line in lines] == [("a", "", "b"), ("", "", "c")]


def test_lists_are_numbered_as_they_are_shown(office_text, texts):
    inner = items(p("một"), p("hai") + items(p("gạch"), more=""), more="")
    body = items(p("A") + inner, p("B")) + p("xen")
    body += items(p("C"), more='text:style-name="L" text:continue-numbering="true"')
    body += items(p("D"))
    assert texts(office_text(body, LISTS)) == [
        "I. A", "I.1. một", "I.2. hai", "- gạch", "II. B", "xen", "III. C", "I. D",
    ]  # fmt: skip


def test_a_second_paragraph_of_an_item_has_no_number(office_text, texts):
    assert texts(office_text(items(p("A") + p("tiếp")), LISTS)) == ["I. A", "tiếp"]


def test_headings_have_the_numbers_of_the_outline(office_text, texts):
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="A" style:num-suffix="."/></text:outline-style>'
    )
    heading = '<text:h text:outline-level="1">{}</text:h>'
    body = heading.format("Mục tiêu") + heading.format("Lĩnh vực")
    assert texts(office_text(body, outline)) == ["A. Mục tiêu", "B. Lĩnh vực"]


def test_notes_follow_and_frames_come_after_their_paragraph(office_text):
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{p('Ước cả năm')}</text:note-body></text:note>"
    )
    frame = f"<draw:frame><draw:text-box>{p('Trong khung')}</draw:text-box></draw:frame>"
    body = p(f"Đạt 12 {frame}tấn{note}.") + p("Sau")
    assert [(line.kind, line.text) for line in open_document(office_text(body)).lines] == [
        ("text", "Đạt 12 tấn."),
        ("text", "Trong khung"),
        ("text", "Sau"),
        ("note", "Ước cả năm"),
    ]


def test_deleted_text_is_left_out_and_changes_are_told(office_text, texts, remarks):
    region = "<text:changed-region><text:{0}>{1}</text:{0}></text:changed-region>"
    changes = region.format("deletion", p("cũ")) + region.format("insertion", "")
    path = office_text(f"<text:tracked-changes>{changes}</text:tracked-changes>{p('mới')}")
    assert texts(path) == ["mới"]
    assert remarks(path) == {"document_has_changes": {"inserted": 1, "deleted": 1}}


def test_hidden_text_is_left_out_and_told(office_text, texts, remarks):
    style = (
        '<style:style style:name="H" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    path = office_text(p('Thấy<text:span text:style-name="H">ẩn</text:span> rõ'), style)
    assert texts(path) == ["Thấy rõ"]
    assert remarks(path) == {"document_has_hidden": {"count": 1}}


def test_spaces_tabs_and_breaks_are_read(office_text, texts):
    body = p('Lúa<text:s text:c="3"/>đạt<text:tab/>5<text:line-break/>Ngô tăng')
    assert texts(office_text(body)) == ["Lúa đạt\t5", "Ngô tăng"]


def test_a_table_of_contents_is_left_out(office_text, texts):
    index = f"<text:index-body>{p('Một 1')}</text:index-body>"
    contents = f"<text:table-of-content>{index}</text:table-of-content>"
    assert texts(office_text(contents + p("Một"))) == ["Một"]

"""The form of Nghị định 30/2020/NĐ-CP, and what makes a file a real Word document."""

import re
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from docx.shared import Pt

from caoan_stats import Dataset
from caoan_stats.writing.report import write_report


def xml(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_paper_and_margins_are_those_of_the_decree(report):
    page = report.sections[0]
    assert [round(each.mm) for each in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(each.mm) for each in margins] == [20, 20, 30, 20]


def test_every_style_in_use_has_the_font_of_the_decree_in_black(report):
    used = {paragraph.style.name for paragraph in report.paragraphs}
    for name in used:
        fonts = report.styles[name].element.rPr.find(qn("w:rFonts"))
        assert set(fonts.attrib.values()) == {"Times New Roman"}, name
        assert str(report.styles[name].font.color.rgb) == "000000", name
    assert report.styles["Normal"].font.size == Pt(14)


def test_pages_are_numbered_at_the_top_from_the_second_on(report):
    page = report.sections[0]
    assert page.different_first_page_header_footer
    assert " PAGE " in page.header.paragraphs[0]._p.xml
    assert page.first_page_header.paragraphs[0].text == ""


def test_the_edition_stands_below_each_page(report):
    page = report.sections[0]
    for footer in (page.footer, page.first_page_footer):
        assert footer.paragraphs[0].text == "Bản đầy đủ, lưu hành nội bộ"


def test_language_and_properties_are_set(written, report):
    assert '<w:lang w:val="vi-VN"' in xml(written, "word/styles.xml")
    known = report.core_properties
    assert (known.author, known.language) == ("Ủy ban nhân dân xã Cao An", "vi-VN")
    assert known.title.startswith("Báo cáo kết quả thực hiện kế hoạch")


def test_headings_have_outline_levels(report):
    levels = {each.style.name for each in report.paragraphs if each.style.name.startswith("Head")}
    assert levels == {f"Heading {level}" for level in range(1, 6)}


def test_the_contents_are_a_field_whose_entries_lead_to_headings(written, report):
    body = xml(written, "word/document.xml")
    assert 'TOC \\o "1-2"' in body
    entries = re.findall(r'<w:hyperlink w:anchor="(\w+)"', body)
    marks = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', body)
    assert entries == marks
    assert len(entries) == 10  # as many as an update in Word finds
    contents = [each.text for each in report.paragraphs if each.style.name.startswith("toc ")]
    assert contents == [
        each.text.replace("\n", ". ")
        for each in report.paragraphs
        if each.style.name in ("Heading 1", "Heading 2")
    ]
    assert "updateFields" not in xml(written, "word/settings.xml")


def test_the_same_data_makes_the_same_bytes(shipped, written):
    ds = Dataset.open(shipped.folder, as_of=2023)
    assert write_report(ds, 2023, "Bản đầy đủ, lưu hành nội bộ") == written


def test_tables_have_heading_rows_and_pictures_have_descriptions(latest):
    table = latest.tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    pictures = [*latest.element.iter(qn("wp:docPr"))]
    assert len(pictures) == 4
    assert pictures[0].get("descr").startswith("Thu nhập bình quân đầu người: năm 2024 tăng")
    assert all("mục tiêu năm 2024" in each.get("descr") for each in pictures)
    assert len({each.get("id") for each in pictures}) == 4


def test_items_of_lists_are_laid_out_as_paragraphs_of_the_decree(report):
    for name, indent in (("List Bullet", 12.7), ("List Bullet 2", 25.4)):
        layout = report.styles[name].paragraph_format
        assert (layout.left_indent, round(layout.first_line_indent.mm, 1)) == (0, indent)
        assert layout.space_after >= Pt(6)
        assert layout._element.find(".//" + qn("w:contextualSpacing")) is None


def test_an_annex_has_page_numbers_of_its_own(report):
    annex, rest = report.sections[1:]
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert annex.different_first_page_header_footer
    assert rest._sectPr.find(qn("w:pgNumType")) is None
    assert not rest.different_first_page_header_footer


def test_only_the_table_of_the_annex_is_in_landscape_format(report):
    assert [round(each.page_width.mm) for each in report.sections] == [210, 297, 210]
    title, *_ = [each.text for each in report.paragraphs if each.text.startswith("Phụ lục\n")]
    assert title == "Phụ lục\nKẾT QUẢ, SO SÁNH VÀ DIỄN BIẾN SỐ LIỆU NĂM 2023"


def test_word_does_not_open_it_in_compatibility_mode(report):
    (mode,) = report.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']")
    assert mode.get(qn("w:val")) == "15"

"""Every page of every year, as it is published."""

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from helpers.project import ANNUAL, PAGES

SILENT = {"style", "script", "footer"}


class Outline(HTMLParser):
    """The tags of a page, and its words without the code in the footer."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silenced_by = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in SILENT:
            self._silenced_by = self._silenced_by or tag

    def handle_endtag(self, tag):
        if tag == self._silenced_by:
            self._silenced_by = ""

    def handle_data(self, data):
        if not self._silenced_by:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        return [each["href"] or "" for each in self.all("a") if "href" in each]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(params=[*PAGES, *ANNUAL])
def name(request) -> str:
    return request.param


@pytest.fixture
def html(exports, name) -> str:
    return (exports / name).read_text(encoding="utf-8")


@pytest.fixture
def page(html) -> Outline:
    return Outline(html)


@pytest.fixture
def text(exports):
    """Returns the words of a page."""
    return lambda name: Outline((exports / f"{name}.html").read_text(encoding="utf-8")).text


def test_every_notebook_has_a_page_for_every_year_and_every_year_a_report(exports):
    pages = sorted(path.relative_to(exports).as_posix() for path in exports.glob("*/*.html"))
    assert pages == sorted([*PAGES, *ANNUAL])


def test_a_page_is_in_vietnamese_with_one_first_heading(page):
    assert page.tags[0] == ("html", {"lang": "vi"})
    assert len(page.all("h1")) == 1


def test_no_mark_of_a_doubtful_figure_is_left_as_a_code(html):
    assert not re.search("[\ue000-\uf8ff]", html)


def test_every_mark_of_a_doubtful_figure_leads_to_its_note(html, page):
    places = {attributes.get("id") for _, attributes in page.tags}
    marks = re.findall(r'<a class="doubt" href="#([^"]*)"', html)
    assert [mark for mark in marks if mark not in places] == []
    assert '<span class="doubt"' not in html  # a mark without a note


def test_a_page_loads_nothing(page):
    loading = [
        (tag, attributes)
        for tag, attributes in page.tags
        if tag != "a"
        for loaded in ("src", "href", "srcset", "data", "xlink:href")
        if not (attributes.get(loaded) or "#").startswith(("#", "data:"))
    ]
    assert loading == []


def test_the_policy_of_a_page_allows_its_one_script_and_no_other(html, page):
    [script] = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    [policy] = [each["content"] for each in page.all("meta") if "http-equiv" in each]
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert len(page.all("script")) == 1


def test_links_to_other_pages_are_relative_and_find_their_page(exports, name, page):
    folder = PurePosixPath(name).parent
    others = [link for link in page.links if not link.startswith(("#", "data:"))]
    assert "../index.html" in others
    assert all((exports / folder / link).resolve().is_file() for link in others)


def test_links_to_other_pages_are_hidden_in_a_single_page(name, page):
    [pages] = [each for each in page.all("nav") if "data-page" in each]
    assert pages["data-page"] == name
    assert "hidden" in pages


def test_every_anchor_is_unique_and_every_link_within_the_page_finds_one(page):
    anchors = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert [anchor for anchor, count in anchors.items() if count > 1] == []
    assert {link[1:] for link in page.links if link.startswith("#")} <= anchors.keys()


def test_a_page_shows_no_code_no_error_and_no_missing_number(page):
    assert not re.search(r"Traceback|Error|import |ds\.|\bnan\b|\bNone\b|e\+\d", page.text)


def test_every_picture_has_a_description(page):
    pictures = page.all("svg")
    assert all(each["role"] == "img" and len(each["aria-label"]) > 20 for each in pictures)


@pytest.mark.parametrize("name", PAGES)
def test_every_section_has_content(html):
    body = html.partition("<footer")[0]
    sections = re.split(r"<h[123][^>]*>", body)[1:]
    rest = [Outline(section.partition("</h")[2][2:]).text for section in sections[1:]]
    above = [text for text in rest if not text]
    assert "Nguồn: Báo cáo" in rest[-1] or "Chưa có nguồn" in rest[-1]
    assert len(above) <= 1  # a heading with only subheadings below it


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_code_in_a_folded_section(page):
    assert [each for each in page.all("details") if each.get("class") == "code"]


def test_the_plan_year_has_one_page_of_what_each_target_needs(text):
    words = text("2024/overview")
    assert "Kế hoạch năm 2024" in words
    assert "từ 130 đến 150 người tăng 20 người (18,18%)" in words


def test_sections_without_content_are_left_out_and_named_at_the_end(text):
    words = text("2022/dossiers")
    assert "Từng chỉ tiêu là bao nhiêu" in words
    assert "Mục chưa có nội dung: Từ tiếp nhận đến kết quả." in words


def test_the_rice_page_shows_the_yield_of_a_crop_and_never_compares_60_with_115(text):
    words = text("2023/rice")
    assert "57,5 tạ/ha" in words
    yearly = re.search(r"Năng suất lúa trung bình \(tạ/ha\)(.*?)Sản lượng", words)
    assert "60" not in yearly[1]


def test_the_rice_page_compares_the_plan_of_a_crop_with_the_yield_of_a_crop(text):
    assert (
        "Năng suất lúa mỗi vụ (tạ/ha/vụ) ước 57,5 * từ 60 tạ/ha/vụ trở lên "
        "tăng khoảng 2,5 tạ/ha/vụ (4,3%), theo số giả định"
    ) in text("2023/overview")


def test_the_audit_page_shows_contradictions_and_derived_figures(text):
    words = text("2023/audit")
    assert "Có 5 mâu thuẫn; 5 đã được xem xét và giữ như nguồn." in words
    assert "Tỷ lệ hao tải = hao tải / điện mua vào 10,2% 10,14% +0,06 điểm % I.B.I.6.2" in words
    assert "Năng suất lúa mỗi vụ = năng suất cả năm / 2 vụ ước 57,5 tạ/ha/vụ" in words


def test_numbers_are_in_vietnamese_notation(text):
    words = text("2023/budget")
    assert "18.619.139.193" in words
    assert "97,14%" in words


def test_the_report_of_a_year_has_every_subject_in_order(text):
    words = text("2023/annual")
    titles = ["Kinh tế", "Sản xuất lúa", "Chăn nuôi", "Thu, chi ngân sách", "Đối chiếu số liệu"]
    places = [words.index(f" {title} ", words.index("Đến nội dung chính")) for title in titles]
    assert places == sorted(places)


def test_the_index_links_every_page(exports):
    index = Outline((exports / "index.html").read_text(encoding="utf-8"))
    links = {link.partition("#")[0] for link in index.links if not link.startswith("#")}
    assert links == {*PAGES, *ANNUAL}


def test_the_index_shows_the_targets_of_the_last_year_with_figures(text):
    words = text("index")
    assert "Năm 2023, báo cáo nêu kết quả của 10 mục tiêu chủ yếu; 9 chỉ tiêu" in words
    assert "Chưa đạt mục tiêu: thu ngân sách 18,62 tỷ đồng, còn thiếu 2,86 điểm %" in words

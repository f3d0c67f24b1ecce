"""Every page of every year, as it leaves the office."""

import re
from html.parser import HTMLParser

import pytest

SUBJECTS = [
    "audit", "budget", "dossiers", "economy", "governance", "livestock", "overview", "rice",
    "security", "society", "welfare",
]  # fmt: skip
PAGES = [f"{year}/{subject}.html" for year in (2022, 2023, 2024) for subject in SUBJECTS]


class Outline(HTMLParser):
    """Headings, attributes that load something, and visible words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._silent = tag == "style"

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(params=PAGES)
def page(request, exports) -> Outline:
    return Outline((exports / request.param).read_text(encoding="utf-8"))


def test_every_notebook_has_a_page_for_every_year(exports):
    pages = sorted(path.relative_to(exports).as_posix() for path in exports.glob("*/*.html"))
    assert pages == sorted(PAGES)


def test_a_page_is_vietnamese_with_one_first_heading(page):
    assert page.tags[0] == ("html", {"lang": "vi"})
    assert page.count("h1") == 1
    assert page.count("title") == 1


def test_a_page_loads_nothing(page):
    loading = [
        (tag, attributes)
        for tag, attributes in page.tags
        if {"src", "href", "srcset", "data"} & attributes.keys() and not _is_local(attributes)
    ]
    assert loading == []
    assert page.count("script") == 0


def _is_local(attributes: dict[str, str | None]) -> bool:
    return all((attributes.get(name) or "#").startswith(("#", "data:")) for name in ("src", "href"))


def test_a_page_shows_no_code_no_error_and_no_empty_number(page):
    assert not re.search(r"Traceback|Error|import |ds\.|\bnan\b|\bNone\b|e\+\d", page.text)


def test_every_picture_says_what_it_shows(page):
    pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert all(each["role"] == "img" and len(each["aria-label"]) > 20 for each in pictures)


@pytest.mark.parametrize("name", PAGES)
def test_every_section_says_something(exports, name):
    html = (exports / name).read_text(encoding="utf-8")
    sections = re.split(r"<h[123][^>]*>", html)[1:]
    rest = [Outline(section.partition("</h")[2][2:]).text for section in sections[1:]]
    above = [text for text in rest if not text]
    assert "Nguồn: Báo cáo" in rest[-1] or "Chưa có nguồn" in rest[-1]
    assert len(above) <= 1  # a heading that only others stand under


def test_the_year_without_results_says_what_is_not_known_yet(exports):
    for subject in set(SUBJECTS) - {"overview", "audit"}:
        text = Outline((exports / f"2024/{subject}.html").read_text(encoding="utf-8")).text
        assert "Chưa có số liệu năm 2024 về" in text, subject


def test_the_rice_page_says_the_doubt_and_never_compares_60_with_115(exports):
    text = Outline((exports / "2023/rice.html").read_text(encoding="utf-8")).text
    assert "57,5 tạ/ha" in text
    yearly = re.search(r"Năng suất lúa trung bình \(tạ/ha\)(.*?)Sản lượng", text)
    assert "60" not in yearly[1]


def test_the_rice_page_compares_the_plan_of_a_crop_with_the_yield_of_a_crop(exports):
    text = Outline((exports / "2023/rice.html").read_text(encoding="utf-8")).text
    assert "Năng suất lúa mỗi vụ (tạ/ha/vụ) ước 57,5 từ 60 tạ/ha/vụ trở lên 104,35%" in text


def test_the_audit_page_says_what_does_not_add_up_and_what_was_derived(exports):
    text = Outline((exports / "2023/audit.html").read_text(encoding="utf-8")).text
    assert "Có 5 mâu thuẫn; 5 đã được xem xét và giữ như nguồn." in text
    assert "Tỷ lệ hao tải = hao tải / điện mua vào 10,2% 10,14% +0,06 điểm % I.B.I.6.2" in text
    assert "Năng suất lúa mỗi vụ = năng suất cả năm / 2 vụ 57,5 tạ/ha/vụ" in text


def test_the_audit_of_the_plan_year_says_that_there_is_nothing_to_check(exports):
    text = Outline((exports / "2024/audit.html").read_text(encoding="utf-8")).text
    assert "Chưa có số liệu năm 2024 để đối chiếu." in text


def test_numbers_are_written_as_in_vietnam(exports):
    text = Outline((exports / "2023/budget.html").read_text(encoding="utf-8")).text
    assert "18.619.139.193" in text
    assert "97,14%" in text


def test_the_index_links_every_page(exports):
    index = Outline((exports / "index.html").read_text(encoding="utf-8"))
    links = [attributes["href"] for tag, attributes in index.tags if tag == "a"]
    assert sorted(links) == sorted(PAGES)

import pytest

from caoan_stats import audit_page

NOTHING = "<p>Thử năm 2024: không có.</p>"


def test_the_audit_of_a_year_is_counted_in_words(shipped):
    block = audit_page.summary(shipped.audit(2023))
    assert block.text.startswith("Năm 2023: đã đối chiếu 49 quan hệ, 44 quan hệ khớp.")


def test_what_does_not_add_up_is_a_table_of_its_own(shipped):
    html = audit_page.contradictions(shipped.audit(2023), "Mâu thuẫn").html
    assert "<caption>Mâu thuẫn năm 2023</caption>" in html
    assert html.count('<th scope="row"') == 5


def test_what_was_derived_is_a_table_of_its_own(shipped):
    html = audit_page.derivations(shipped.audit(2023), "Suy ra").html
    assert "<caption>Suy ra năm 2023</caption>" in html
    assert html.count('<th scope="row"') == 2


def test_what_adds_up_is_folded_and_counted(shipped):
    html = audit_page.checks(shipped.audit(2023), "Khớp").html
    assert html.startswith("<details>\n<summary>Xem 44 quan hệ khớp</summary>\n")
    assert html.count('<th scope="row"') == 44


def test_what_could_not_be_checked_names_what_is_missing_in_vietnamese(shipped):
    html = audit_page.unchecked(shipped, shipped.audit(2022), "Chưa đối chiếu").html
    assert "<caption>Chưa đối chiếu năm 2022</caption>" in html
    assert "Thiếu số liệu: Hao tải; Điện mua vào" in html


@pytest.mark.parametrize("show", ["contradictions", "derivations", "checks"])
def test_a_table_without_rows_is_told_in_words(shipped, show):
    assert getattr(audit_page, show)(shipped.audit(2024), "Thử").html == NOTHING


def test_a_year_in_which_all_was_checked_says_so(shipped):
    assert audit_page.unchecked(shipped, shipped.audit(2024), "Thử").html == NOTHING

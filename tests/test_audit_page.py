import pytest

from caoan_stats import audit_page

NOTHING = '<p class="nothing">Thử năm 2024: không có.</p>'


def test_the_summary_counts_the_checks_of_a_year(shipped):
    block = audit_page.summary(shipped.audit(2023))
    assert block.text.startswith("Năm 2023: đã đối chiếu 49 quan hệ, 44 quan hệ khớp.")


def test_contradictions_are_a_table_of_their_own(shipped):
    html = audit_page.contradictions(shipped.audit(2023), "Mâu thuẫn").html
    assert "<caption>Mâu thuẫn năm 2023</caption>" in html
    assert html.count('<th scope="row"') == 5


def test_derived_figures_are_a_table_of_their_own(shipped):
    html = audit_page.derivations(shipped.audit(2023), "Suy ra").html
    assert "<caption>Suy ra năm 2023</caption>" in html
    assert html.count('<th scope="row"') == 2


def test_relations_that_hold_are_folded_and_counted(shipped):
    html = audit_page.checks(shipped.audit(2023), "Khớp").html
    assert html.startswith("<details>\n<summary>Xem 44 quan hệ khớp</summary>\n")
    assert html.count('<th scope="row"') == 44


def test_unchecked_relations_name_the_missing_figures_in_vietnamese(shipped):
    html = audit_page.unchecked(shipped, shipped.audit(2022), "Chưa đối chiếu").html
    assert "<caption>Chưa đối chiếu năm 2022</caption>" in html
    assert "Thiếu số liệu: Hao tải; Điện mua vào" in html


@pytest.mark.parametrize("show", ["contradictions", "derivations", "checks"])
def test_a_table_without_rows_is_one_sentence(shipped, show):
    assert getattr(audit_page, show)(shipped.audit(2024), "Thử").html == NOTHING


def test_a_year_without_unchecked_relations_is_one_sentence(shipped):
    assert audit_page.unchecked(shipped, shipped.audit(2024), "Thử").html == NOTHING


def test_what_an_audited_year_does_not_have_is_said_on_its_page(shipped):
    audit = shipped.audit(2023)
    holding = audit[audit["status"] == "holds"]
    holding.attrs = audit.attrs
    assert audit_page.contradictions(holding, "Thử").html == "<p>Thử năm 2023: không có.</p>"

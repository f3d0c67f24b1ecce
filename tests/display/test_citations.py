import pandas as pd

from caoan_stats.display.citations import cite_from

DOCUMENTS = {"bc2023": "báo cáo 2023", "nq2020": "nghị quyết 2021–2025"}


def card(**columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    frame.attrs = {"documents": DOCUMENTS}
    return frame


def test_a_section_of_the_document_of_most_figures_is_cited_without_it():
    cite = cite_from(card(source=["bc2023", "bc2024", "bc2024"]), "source")
    assert cite("bc2024", "I.A.1") == "I.A.1"
    assert cite("bc2023", "II.I.1") == "II.I.1 (báo cáo 2023)"


def test_a_document_without_a_name_is_cited_by_its_code():
    assert cite_from(card(source=["bc2024"]), "source")("x", "I.1") == "I.1 (x)"


def test_a_section_without_a_document_is_cited_alone():
    assert cite_from(card(source=["bc2024"]), "source")("", "I.1") == "I.1"


def test_figures_without_a_document_are_not_counted():
    cite = cite_from(card(source=["", "", "bc2023"]), "source")
    assert cite("bc2023", "I.1") == "I.1"


def test_documents_of_several_columns_are_counted_together():
    columns = {"source": ["bc2023", "bc2024"], "target_source": ["nq2020", "nq2020"]}
    cite = cite_from(card(**columns), "source", "target_source")
    assert cite("nq2020", "II.1") == "II.1"
    assert cite("bc2023", "I.1") == "I.1 (báo cáo 2023)"

import pytest
from helpers.statements import state

from caoan_stats import Dataset

NOTHING = "Nội dung không công bố"
WITHHELD = "Lý do không công bố."


def tables(data, *lines: str, **more: list[str]):
    return Dataset.open(state(data, *lines, **more), public_below=5).tables


def notes_of(data, *lines: str, **more: list[str]) -> list[str]:
    return list(tables(data, *lines, **more)["notes"]["note"])


SMALL = "compulsory_rehab 2023 bc2023 value=2"


@pytest.mark.parametrize(("year", "words"), [(2022, [NOTHING]), (2023, []), (2024, [NOTHING])])
def test_a_hidden_figure_and_the_years_around_it_lose_all_notes_and_words(data, year, words):
    line = f"compulsory_rehab {year} bc2024 note=Bằng năm trước words=Tăng mạnh"
    found = tables(data, SMALL, line)
    assert list(found["notes"]["note"]) == []
    assert list(found["facts"].query("fact == 'words'")["text"]) == words


def test_an_indicator_that_only_words_describe_stays_on_its_page(data):
    state(data, "public_order_management 2023 bc2023 words=Xử lý 2 vụ ma túy")
    ds = Dataset.open(data, public_below=5)
    assert list(ds.scorecard(2023, "security")["words"]) == [NOTHING]


def test_the_same_goes_for_a_figure_in_a_relation_with_a_hidden_one(data):
    lines = [SMALL, "gambling_cases 2024 bc2024 value=9 note=Tăng mạnh"]
    assert notes_of(data, *lines) == ["Tăng mạnh"]
    assert notes_of(data, *lines, relations=["compulsory_rehab,<=,gambling_cases"]) == []


@pytest.mark.parametrize("value", [2, 9])
def test_a_number_beside_a_sensitive_figure_is_left_out_whether_it_is_small_or_not(data, value):
    lines = [
        f"compulsory_rehab 2021 bc2021 value={value}",
        "compulsory_rehab 2024 bc2024 value=9 note=Năm 2021 có 2 người",
        "compulsory_rehab 2025 bc2025 value=9 note=Tính đến ngày 15/12/2025",
    ]
    assert notes_of(data, *lines) == ["Tính đến ngày 15/12/2025"]


def test_the_texts_of_its_targets_breaks_and_contradictions_are_replaced(data):
    folder = state(
        data,
        "compulsory_rehab 2021 bc2021 value=20",
        "compulsory_rehab 2022 bc2022 value=9 change=-3",
        "compulsory_rehab 2023 bc2023 value=9 change=0",
        targets=["compulsory_rehab 2024 nq2024 upper=8 note=Giảm 2 người"],
        breaks=["compulsory_rehab 2023 Không tính hai người"],
    )
    with (folder / "acknowledged.csv").open("a", encoding="utf-8") as file:
        file.write("compulsory_rehab,=,previous + change,2022,Đã trừ 2 người\n")
    ds = Dataset.open(folder, public_below=5)
    assert list(ds.targets["note"]) == [NOTHING]
    assert list(ds.tables["breaks"]["reason"]) == [WITHHELD]
    assert list(ds.tables["acknowledged"]["reason"]) == [WITHHELD]
    assert ds.audit(2022)["acknowledged"].unique() == [WITHHELD]
    assert ds.audit(2023)["reason"].unique() == [f"not comparable: {WITHHELD}"]


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("Trong đó 2 người cai nghiện bắt buộc", 0),
        ("Trong đó 2 nguoi cai nghien", 0),
        ("Trong đó có người cai nghiện", 1),
        ("Trong đó 2 người bán rau", 1),
    ],
)
def test_a_note_on_another_subject_is_left_out_if_it_names_a_sensitive_one(data, note, count):
    assert len(notes_of(data, f"pigs 2023 bc2023 value=300 note={note}")) == count


def test_numbers_on_any_indicator_of_a_table_with_a_sensitive_one_are_left_out(data):
    line = "gambling_cases 2023 bc2023 value=9"
    assert notes_of(data, f"{line} note=Thêm 2 vụ") == []
    assert notes_of(data, f"{line} note=Đã xử lý") == ["Đã xử lý"]


def test_the_full_edition_has_every_text(data):
    folder = state(data, f"{SMALL} note=Hai người")
    assert list(Dataset.open(folder).notes["note"]) == ["Hai người"]

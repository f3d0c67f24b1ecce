"""The last import is taken back, byte for byte, unless somebody has changed a file since."""

import pytest
from helpers.commands import call
from helpers.filling import filling
from helpers.importing import raw_files

from caoan_stats.common import files
from caoan_stats.common.locks import hold
from caoan_stats.forms import undo


@pytest.fixture
def import_undo(built):
    return lambda: call("import", "--undo", "--data", str(built))


@pytest.fixture
def imported(form, built, import_form) -> dict[str, bytes]:
    """Import two figures and an answer; return the files as they were before."""
    rice = built / "raw/rice.csv"
    rice.write_bytes(b"\xef\xbb\xbf" + rice.read_bytes().replace(b"\n", b"\r\n").rstrip())
    before = raw_files(built)
    with filling(form) as typed:
        typed.type("rice_yield", 118)
        typed.type("chickens", 1_200_000)
    assert import_form("--write", "--accept", "báo cáo nêu vậy").exit_code == 0
    assert raw_files(built) != before
    return before


def test_the_files_are_as_before_byte_for_byte(imported, built, import_undo):
    assert import_undo().exit_code == 0
    assert raw_files(built) == imported


def test_what_is_taken_back_is_shown_by_label(imported, import_undo):
    assert import_undo().stdout.splitlines() == [
        "- Năng suất lúa trung bình, 2024: 118 tạ/ha",
        "- Đàn gà, 2024: 1.200.000 con",
        "- văn bản nguồn: Báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2024 "
        "và phương hướng, nhiệm vụ, giải pháp năm 2025, UBND xã Cao An, tháng 12/2024",
        "- «Đàn gà»: 1.200.000 con, lý do giữ: báo cáo nêu vậy",
        "Đã hoàn tác lần nhập vừa rồi; các tệp trở lại như trước lần nhập đó.",
    ]


def test_only_the_last_import_is_taken_back_and_only_once(
    imported, form, built, import_form, import_undo
):
    between = raw_files(built)
    with filling(form) as typed:
        typed.type("pigs", 330)
    import_form("--write")
    assert import_undo().exit_code == 0
    assert raw_files(built) == between
    again = import_undo()
    assert (again.exit_code, "không có lần nhập nào" in again.stderr) == (2, True)
    assert raw_files(built) == between


def test_a_preview_and_an_import_of_nothing_new_do_not_count(
    imported, form, built, import_form, import_undo
):
    import_form("--write")
    with filling(form) as typed:
        typed.type("pigs", 330)
    import_form()
    import_undo()
    assert raw_files(built) == imported


def test_a_file_that_was_changed_since_is_named_and_nothing_is_taken_back(
    imported, built, import_undo
):
    with (built / "raw/rice.csv").open("a", encoding="utf-8") as file:
        file.write("rice_planting_rate,2024,100,,,bc2024,I.B.1,\r\n")
    before = raw_files(built)
    result = import_undo()
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].startswith("rice.csv: thấy tệp đã có người sửa")
    assert raw_files(built) == before


def test_a_file_that_was_deleted_since_is_named_too(imported, built, import_undo):
    (built / "raw/rice.csv").unlink()
    result = import_undo()
    assert (result.exit_code, result.stderr.startswith("rice.csv: thấy tệp")) == (2, True)
    assert not (built / "raw/rice.csv").exists()


def test_an_import_that_was_killed_between_two_files_is_taken_back(imported, built, import_undo):
    (built / "raw/livestock.csv").write_bytes(imported["livestock.csv"])
    assert import_undo().exit_code == 0
    assert raw_files(built) == imported


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_an_undo_that_is_killed_leaves_valid_data_and_can_be_repeated(
    count, imported, built, import_undo, monkeypatch
):
    def killed(contents_of):
        for path, content in list(contents_of.items())[:count]:
            files.write_file(path, content)
        raise SystemExit(-9)

    with monkeypatch.context() as patched:
        patched.setattr(undo, "write_files", killed)
        import_undo()
    assert call("check", "--data", str(built)).exit_code == 0
    assert import_undo().exit_code == 0
    assert raw_files(built) == imported


def test_an_undo_waits_for_no_import(imported, built, import_undo):
    before = raw_files(built)
    with hold([built / "raw"]):
        assert import_undo().exit_code == 3
    assert raw_files(built) == before


@pytest.mark.parametrize(
    "record", [b"", b"{}", b'{"files": [{"path": "../x.csv"}], "changes": []}', b"[1]"]
)
def test_a_damaged_record_is_no_import(record, imported, built, import_undo):
    (built / "processed" / undo.RECORD).write_bytes(record)
    before = raw_files(built)
    assert import_undo().exit_code == 2
    assert raw_files(built) == before


def test_undo_takes_no_file_and_no_other_option(form, import_form):
    assert import_form("--undo").exit_code == 2

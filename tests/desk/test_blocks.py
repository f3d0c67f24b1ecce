from pathlib import Path

import pytest

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.locks import LockedError
from caoan_stats.desk.blocks import download, status, tell, telling


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InvalidDataError([DataError("empty_cell", "rice.csv", 3, "year")]), "rice.csv:3"),
        (LockedError(Path("data"), None), "Đang có lần nhập hoặc lần cập nhật báo cáo khác"),
        (OSError(28, "đĩa đầy", "rice.csv"), "Không ghi hoặc đọc được rice.csv: đĩa đầy"),
    ],
)
def test_what_ends_a_step_early_is_told(error, sentence):
    shown = status()
    with telling(shown):
        raise error
    assert sentence in shown.value
    assert "desk-error" in shown.value


def test_an_error_of_the_program_is_told_and_still_raised():
    shown = status()
    with pytest.raises(ZeroDivisionError), telling(shown):
        raise ZeroDivisionError
    assert "ZeroDivisionError()" in shown.value


def test_a_sentence_is_text():
    shown = status()
    tell(shown, "<i>")
    assert "<p>&lt;i&gt;</p>" in shown.value


def test_nothing_to_tell_leaves_no_empty_frame():
    shown = status()
    tell(shown)
    assert shown.value.strip() == ""


def test_the_name_of_a_download_cannot_end_its_attribute():
    assert 'download="&#34; x.xlsx"' in download('" x.xlsx', b"", "Tải")

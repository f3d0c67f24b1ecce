import pytest

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import raw


def test_an_error_has_parts_and_a_vietnamese_sentence(write_table):
    data = write_table("rice", "rice_yield,2023,x,,,bc2023,I,")
    with pytest.raises(InvalidDataError) as caught:
        raw.read_tables(data)
    [error] = caught.value.errors
    assert (error.file, error.line, error.column) == ("rice.csv", 2, "value")
    assert (error.found, error.expected) == ("“x”", "a number")
    assert error.remedy == "write digits without words or unit, as in 79.5"
    assert error.sentence("vi") == (
        "rice.csv:2, cột value: thấy «x»; cần một số: "
        "viết số bằng chữ số, không kèm chữ hay đơn vị, như 79.5"
    )

import pytest
from helpers.project import PROJECT

from caoan_stats import InvalidDataError
from caoan_stats.datafolder import raw

READMES = ("README.md", "README.vi.md")


def test_the_readmes_show_an_error_in_the_words_of_the_program(data):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("53195", "53.195"), encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        raw.read_tables(data)
    sentence = caught.value.errors[0].sentence("vi")
    readmes = [(PROJECT / name).read_text(encoding="utf-8") for name in READMES]
    assert sentence in readmes[1]
    assert sentence.partition(";")[0] in readmes[0]

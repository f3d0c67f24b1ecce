"""What a public edition hides is stored, and believed only while it is of the present data."""

import json
import shutil
import subprocess
import sys

import pytest

from caoan_stats import Dataset
from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.sealed import seal, unseal
from caoan_stats.datafolder import processed
from caoan_stats.datafolder.editions import edition_file, read_edition
from caoan_stats.datafolder.processed_files import OutOfDateError
from caoan_stats.disclosure import edition

RICE = ("rice_yield", 2023)


@pytest.fixture
def chosen(monkeypatch) -> list[object]:
    """The figures passed on by each choice, which hides one more figure and all of these."""
    calls: list[object] = []

    def choose(tables, below, earlier=()):
        calls.append(sorted(earlier))
        known = {
            *zip(tables["observations"]["indicator"], tables["observations"]["year"], strict=True)
        }
        return {("births", 2023): f"<{below}"} | dict.fromkeys(known & {*earlier}, "ẩn")

    monkeypatch.setattr(edition, "choose_hidden", choose)
    return calls


def hidden(data, below: int = 5) -> dict[str, str]:
    rows = Dataset.open(data, public_below=below).observations
    return dict(rows[rows["hidden"] != ""].set_index("indicator")["hidden"])


def test_the_stored_choice_is_used_by_every_reader(data, chosen):
    processed.ensure_edition(data, 5)
    assert hidden(data) == hidden(data) == {"births": "<5"}
    assert chosen == [[]]


def test_what_is_not_stored_is_chosen(data, chosen):
    assert hidden(data) == {"births": "<5"}
    assert chosen == [[]]
    assert not edition_file(data, 5).exists()


def test_a_stored_choice_is_used_without_a_solver(data):
    processed.ensure_edition(data, 5)
    code = (
        "import sys; from caoan_stats import Dataset;"
        f"Dataset.open({str(data)!r}, public_below=5);"
        "print({'highspy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def truncate(data):
    path = edition_file(data, 5)
    path.write_bytes(path.read_bytes()[:-20])


def edit(data):
    path = edition_file(data, 5)
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps({**content, "hidden": []}))


def empty(data):
    edition_file(data, 5).write_text("")


def nest(data):
    edition_file(data, 5).write_text("[" * 100_000)


def list_nothing(data):
    edition_file(data, 5).write_text("[]")


def seal_without_marks(data):
    path = edition_file(data, 5)
    content = unseal(path.read_bytes())
    del content["hidden"]
    path.write_bytes(seal(content))


def use_another_threshold(data):
    processed.ensure_edition(data, 3)
    shutil.copy(edition_file(data, 3), edition_file(data, 5))


def change_the_data(data):
    path = data / "raw/rice.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def change_the_library(data):
    path = edition_file(data, 5)
    path.write_bytes(seal({**unseal(path.read_bytes()), "fingerprint": "sha256:0"}))


def make_a_folder(data):
    edition_file(data, 5).unlink()
    edition_file(data, 5).mkdir()


SPOILT = [
    truncate, edit, empty, nest, list_nothing, seal_without_marks, use_another_threshold,
    change_the_data, change_the_library, make_a_folder,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_stored_choice_is_not_believed(data, chosen, spoil):
    processed.ensure_edition(data, 5)
    spoil(data)
    chosen.clear()
    with pytest.raises(OutOfDateError):
        read_edition(data, 5)
    assert hidden(data) == {"births": "<5"}
    assert chosen == [[]]


@pytest.mark.parametrize("spoil", SPOILT[:-1])
def test_a_stored_choice_that_is_not_believed_is_made_anew(data, chosen, spoil):
    processed.ensure_edition(data, 5)
    spoil(data)
    processed.ensure_edition(data, 5)
    assert read_edition(data, 5).hidden == {("births", 2023): "<5"}


def test_a_change_of_the_data_between_two_reads_is_an_error(data, chosen, monkeypatch):
    processed.ensure_edition(data, 5)
    load = processed.load_tables

    def load_and_change(folder):
        tables = load(folder)
        change_the_data(folder)
        return tables

    monkeypatch.setattr(processed, "load_tables", load_and_change)
    with pytest.raises(InvalidDataError):
        Dataset.open(data, public_below=5)


def test_what_an_earlier_edition_hid_stays_hidden(data, chosen):
    processed.ensure_edition(data, 5)
    processed.ensure_edition(data, 5, [RICE])
    assert hidden(data) == {"births": "<5", "rice_yield": "ẩn"}
    assert chosen == [[], [RICE]]


@pytest.mark.parametrize("earlier", [[], [RICE], [("births", 2023)], [("unknown", 1999)]])
def test_a_stored_choice_that_hides_all_that_was_hidden_is_kept(data, chosen, earlier):
    processed.ensure_edition(data, 5, [RICE, ("unknown", 1999)])
    processed.ensure_edition(data, 5, earlier)
    assert len(chosen) == 1


def test_a_choice_made_anew_for_the_same_data_hides_what_the_stored_one_had_to(data, chosen):
    processed.ensure_edition(data, 5, [RICE])
    processed.ensure_edition(data, 5, [("unknown", 1999)])
    assert chosen[1] == [RICE, ("unknown", 1999)]
    assert read_edition(data, 5, [RICE]).earlier == {RICE, ("unknown", 1999)}


def test_a_stored_choice_that_another_process_has_made_meanwhile_is_kept(data, chosen, monkeypatch):
    salts = []
    choose = edition.choose_hidden

    def choose_twice(*arguments):
        monkeypatch.setattr(edition, "choose_hidden", choose)
        processed.ensure_edition(data, 5)
        salts.append(read_edition(data, 5).salt)
        return choose(*arguments)

    monkeypatch.setattr(edition, "choose_hidden", choose_twice)
    processed.ensure_edition(data, 5)
    assert salts == [read_edition(data, 5).salt]


def test_the_digest_of_the_full_edition_follows_the_data(data):
    first = read_edition(data).digest
    change_the_data(data)
    assert read_edition(data).digest != first


def test_the_digest_of_a_public_edition_is_that_of_what_it_shows(data, chosen):
    processed.ensure_edition(data, 5)
    first = read_edition(data, 5).digest
    assert first != read_edition(data).digest
    change_the_data(data)
    processed.ensure_edition(data, 5)
    assert read_edition(data, 5).digest == first
    processed.ensure_edition(data, 5, [RICE])
    assert read_edition(data, 5).digest != first

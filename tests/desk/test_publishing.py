import time

import pytest
from ipywidgets import HTML, Button

from caoan_stats.desk import publishing
from caoan_stats.desk.publishing import publishing as publishing_step

PATIENCE = 60  # seconds


def parts(box) -> tuple[Button, HTML, HTML]:
    _, button, shown, links = box.children
    return button, shown, links


def wait_for(button: Button) -> None:
    end = time.monotonic() + PATIENCE
    while button.disabled and time.monotonic() < end:
        time.sleep(0.05)
    assert not button.disabled


@pytest.fixture
def make(monkeypatch):
    """Press the button, while the command prints these lines and ends so."""

    def make_(tmp_path, lines, *, succeeds):
        def run(data, project, on_line):
            for line in lines:
                on_line(line)
            return succeeds

        monkeypatch.setattr(publishing, "make_pages", run)
        button, shown, links = parts(publishing_step(tmp_path / "data", tmp_path, "/pages/x"))
        button.click()
        wait_for(button)
        return shown.value, links.value

    return make_


def test_the_button_rests_while_the_pages_are_made(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(publishing, "make_pages", lambda *_: seen.append(button.disabled) or True)
    button, shown, _ = parts(publishing_step(tmp_path / "data", tmp_path, ""))
    button.click()
    wait_for(button)
    assert seen == [True]
    assert "Đã làm xong các trang." in shown.value


def test_what_the_command_says_of_a_failed_page_is_shown_as_text(tmp_path, make):
    shown, _ = make(tmp_path, ["2023/rice: LỖI: <b>"], succeeds=False)
    assert "Chưa làm được hết các trang:" in shown
    assert "2023/rice: LỖI: &lt;b&gt;" in shown


def test_the_pages_that_are_there_are_linked(tmp_path, make):
    path = tmp_path / "exports/2023/annual.html"
    path.parent.mkdir(parents=True)
    path.touch()
    _, links = make(tmp_path, [], succeeds=True)
    assert 'href="/pages/x/2023/annual.html"' in links
    assert "Mở báo cáo năm 2023" in links
    assert str(tmp_path / "exports") in links


def test_without_a_server_that_has_the_pages_only_their_folder_is_named(tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/index.html").touch()
    _, _, links = parts(publishing_step(tmp_path / "data", tmp_path, ""))
    assert "href" not in links.value
    assert str(tmp_path / "exports") in links.value

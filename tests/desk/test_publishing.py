import time

import pytest
from helpers.exports import add_exports, change

from caoan_stats.desk import publishing
from caoan_stats.desk.publishing import Publishing

PATIENCE = 60  # seconds


def wait_for(step: Publishing) -> None:
    end = time.monotonic() + PATIENCE
    while step.make.disabled and time.monotonic() < end:
        time.sleep(0.05)
    assert not step.make.disabled


@pytest.fixture
def make(monkeypatch, data, project, add_notebook):
    """Press the button, while the command prints these lines, does this and ends so."""

    def make_(*lines, succeeds=True, does=lambda: add_exports(data)):
        def run(_data, _project, on_line):
            for line in lines:
                on_line(line)
            does()
            return succeeds

        monkeypatch.setattr(publishing, "make_pages", run)
        add_notebook("rice", "1")
        step = Publishing(data, project, "/pages/x")
        step.make.click()
        wait_for(step)
        return step

    return make_


def test_the_button_rests_while_the_pages_are_made_and_a_second_press_does_nothing(
    data, monkeypatch
):
    seen = []

    def run(*_):
        seen.append(step.make.disabled)
        step.make.click()
        add_exports(data)
        return True

    monkeypatch.setattr(publishing, "make_pages", run)
    step = Publishing(data, data.parent, "")
    step.make.click()
    wait_for(step)
    assert seen == [True]
    assert "Đã cập nhật xong báo cáo." in step.result.value


def test_what_the_command_says_of_a_failed_page_is_shown_as_text_with_its_title(make):
    step = make("2023/rice: LỖI: <b>", succeeds=False)
    assert "Chưa cập nhật được hết báo cáo:" in step.result.value
    assert "rice năm 2023: LỖI: &lt;b&gt;" in step.result.value


def test_the_reports_that_were_made_are_linked(make, data):
    links = make().links.value
    assert 'href="/pages/x/2023/annual.html"' in links
    assert "Mở báo cáo năm 2023" in links
    assert str(data.parent / "exports") in links


def test_once_the_data_has_changed_no_page_is_offered_or_said_to_be_made(make, data):
    step = make()
    change(data)
    step.refresh()
    assert "href" not in step.links.value
    assert "Số liệu đã đổi; cập nhật báo cáo trước khi mở." in step.links.value
    assert step.result.value.strip() == ""


def test_pages_of_data_that_was_changed_meanwhile_are_not_said_to_be_made(make, data):
    step = make(does=lambda: (add_exports(data), change(data)))
    assert "Số liệu đã đổi" in step.links.value
    assert step.result.value.strip() == ""


def test_pages_are_offered_again_when_the_data_is_again_what_they_show(make, data):
    step, path = make(), data / "raw/rice.csv"
    before = path.read_bytes()
    change(data)
    step.refresh()
    path.write_bytes(before)
    step.refresh()
    assert "Mở báo cáo năm 2023" in step.links.value


def test_before_any_page_was_made_nothing_is_said_of_them(data):
    assert Publishing(data, data.parent, "/x").links.value.strip() == ""


def test_without_a_server_that_has_the_pages_only_their_folder_is_named(data):
    add_exports(data)
    links = Publishing(data, data.parent, "").links.value
    assert "href" not in links
    assert str(data.parent / "exports") in links

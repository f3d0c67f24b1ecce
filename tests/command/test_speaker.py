"""The log of a run: one line of JSON for each event."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import call

from caoan_stats import __version__


@pytest.fixture
def logged(project: Path) -> Callable[..., list[dict[str, Any]]]:
    """Run the pages of 2023, and return the events of the log."""

    def logged(*options: str) -> list[dict[str, Any]]:
        call("run", "--year", "2023", "--log-json", "log/run.jsonl", *options)
        lines = (project / "log/run.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    (project / "log").mkdir()
    return logged


def names(events: list[dict[str, Any]]) -> list[str]:
    return [event["event"] for event in events]


def test_the_log_has_the_start_every_page_the_total_and_the_exit_code(logged, add_notebook):
    add_notebook("one", "year")
    started, made, ended, exit_ = logged()
    assert (started["event"], started["version"]) == ("started", __version__)
    assert (made["event"], made["job"], made["page"]) == (
        "made",
        "2023/one",
        "exports/2023/one.html",
    )
    assert made["seconds"] > 0
    assert {
        name: ended[name] for name in ("event", "pages", "made", "fresh", "failed", "index")
    } == {
        "event": "ended",
        "pages": 1,
        "made": 1,
        "fresh": 0,
        "failed": 0,
        "index": "exports/index.html",
    }
    assert (exit_["event"], exit_["code"]) == ("exit", 0)


def test_every_line_has_a_time_with_its_zone(logged, add_notebook):
    add_notebook("one", "year")
    times = [datetime.fromisoformat(event["time"]) for event in logged()]
    assert times == sorted(times)
    assert all(time.tzinfo for time in times)


def test_an_existing_log_is_appended_to(logged, add_notebook):
    add_notebook("one", "year")
    assert names(logged()) == ["started", "made", "ended", "exit"]
    assert names(logged())[4:] == ["started", "fresh", "ended", "exit"]


def test_a_failure_is_logged_with_its_reason_and_the_executed_copy(logged, add_notebook):
    add_notebook("one", "1 / 0")
    _, failed, _, exit_ = logged()
    assert (failed["event"], failed["job"]) == ("failed", "2023/one")
    assert failed["reason"] == "ZeroDivisionError: division by zero"
    assert failed["copy"] == "exports/failed/2023/one.ipynb"
    assert exit_["code"] == 1


def test_the_log_is_in_english_whatever_the_language(logged, add_notebook):
    add_notebook("one", "import time\n\ntime.sleep(600)")
    _, failed, *_ = logged("--timeout", "1", "--lang", "vi")
    assert failed["reason"] == "a cell took longer than 1 s (--timeout)"


def test_every_data_error_is_logged_with_its_parts(logged, write_table):
    write_table("rice", "rice_yield,2023,x,,,bc2023,I,", "rice_yield,2022,,,,bc2023,I,")
    _, first, second, invalid, exit_ = logged()
    place = {"file": "rice.csv", "line": 2, "column": "value"}
    details = {"event": "data_error", "kind": "not_a_number", "found": "“x”"}
    assert first.items() >= {**details, **place}.items()
    assert (second["line"], second["column"]) == (3, None)
    assert (invalid["event"], invalid["errors"], exit_["code"]) == ("invalid", 2, 2)


def test_an_error_of_the_program_is_logged(logged, add_notebook, monkeypatch):
    add_notebook("one", "1")
    monkeypatch.setattr("caoan_stats.publish.run.finish_site", lambda *_: 1 / 0)
    *_, crashed, exit_ = logged()
    assert (crashed["event"], crashed["error"]) == (
        "crashed",
        "ZeroDivisionError('division by zero')",
    )
    assert exit_["code"] == 1


def test_a_log_that_cannot_be_written_is_reported_before_anything_is_made(project, add_notebook):
    add_notebook("one", "1")
    result = call("run", "--year", "2023", "--log-json", "nowhere/log.jsonl", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Cannot write nowhere/log.jsonl: No such file or directory\n"
    assert not (project / "exports").exists()


def test_a_lone_surrogate_in_a_name_is_logged(logged, add_notebook):
    add_notebook("one", "1")
    started, *_ = logged("--notebook", "\udcff")
    assert started["event"] == "started"
    assert [event["code"] for event in logged() if event["event"] == "exit"] == [2, 0]

import shutil
import sys
from pathlib import Path

import pytest
from helpers.project import PROJECT
from helpers.tutorial import agrees, play, steps


@pytest.fixture
def clone(tmp_path) -> Path:
    """A copy of the project after `make`, without exports."""
    for name in ("data", "notebooks"):
        kept = shutil.ignore_patterns("processed", ".*", "jobs")
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=kept)
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return tmp_path


@pytest.mark.long
@pytest.mark.parametrize("name", ["tutorial.md", "tutorial.vi.md"])
def test_every_command_of_the_tutorial_prints_what_it_shows(name, clone):
    tutorial = steps((PROJECT / "docs" / name).read_text(encoding="utf-8"))
    printed = play(tutorial, clone)
    assert len(printed) == len(tutorial) > 12
    unlike = [
        (step.command, output)
        for step, output in zip(tutorial, printed, strict=True)
        if not agrees(output, step.expected)
    ]
    assert unlike == []


def test_both_tutorials_take_the_same_steps():
    def commands(name: str) -> list[str]:
        text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
        return [step.command.replace(" --lang en", "") for step in steps(text)]

    assert commands("tutorial.md") == commands("tutorial.vi.md")

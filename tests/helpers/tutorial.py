"""A tutorial as a script: its commands in order, and the output of each."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "@@@"


class Step(NamedTuple):
    command: str
    expected: str


def steps(text: str) -> list[Step]:
    """Return the commands of `console` blocks, after each `$`, and the `python` blocks."""
    found = []
    for kind, content in BLOCK.findall(text):
        if kind == "python":
            found.append(Step(f"python - <<'END'\n{content}END", ""))
        else:
            parts = re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]
            found += [Step(*part.split("\n", 1)) for part in parts]
    return found


def play(tutorial: list[Step], folder: Path) -> list[str]:
    """Run all steps in one shell, and return the output of each."""
    lines = [f"echo {MARK}\n{step.command}" for step in tutorial]
    script = "set -e -o pipefail\n" + "\n".join(lines)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout.split(f"{MARK}\n")[1:]


def agrees(printed: str, expected: str) -> bool:
    """Return whether an output is the expected one, in which `...` matches any text."""
    pattern = ".*".join(map(re.escape, expected.split("...")))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None

"""The file that opens the desk by a double-click: it names this Python, so no PATH is needed."""

import platform
import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from caoan_stats.common.words import phrase

TEMPLATES = Path(__file__).with_name("lab")


def make_launcher(
    python: str, project: Path, data: Path, system: str = platform.system()
) -> tuple[str, bytes]:
    """Return name and content of the launcher for a system; other systems are like Linux.

    Examples
    --------
    >>> name, content = make_launcher("/venv/bin/python", Path("/a b"), Path("/a b/data"), "Darwin")
    >>> print(name, content.decode(), sep=chr(10))
    Nhập liệu.command
    #!/bin/sh
    cd '/a b' && exec /venv/bin/python -m caoan_stats desk --data '/a b/data'
    <BLANKLINE>
    """
    suffix, quoted = _SYSTEMS.get(system, _SYSTEMS["Linux"])
    template = (TEMPLATES / f"nhap-lieu{suffix}").read_bytes().decode()
    paths = {"python": python, "data": str(data), "project": str(project)}
    words = {name: quoted(path) for name, path in paths.items()}
    if suffix == ".desktop":
        words["project"] = str(project).replace("\\", "\\\\")
    name = phrase("desk.launcher")
    return f"{name}{suffix}", template.format_map({**words, "name": name}).encode()


def _of_batch(path: str) -> str:
    return path.replace("%", "%%")


def _of_desktop(path: str) -> str:
    """Return an argument of `Exec`, escaped as an argument and then as a string."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", path)
    return '"{}"'.format(quoted.replace("\\", "\\\\").replace("%", "%%"))


_SYSTEMS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "Windows": (".bat", _of_batch),
    "Darwin": (".command", shlex.quote),
    "Linux": (".desktop", _of_desktop),
}

"""Writes the reference from the docstrings and from the command's own help: `make reference`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe
import griffe2md
import typer.main
from typer.cli import get_docs_for_click

from caoan_stats.command.cli import app

DOCS = Path(__file__).parent
NOTE = "*Made by `make reference`; what it says is changed in the docstrings.*"
PUBLIC = {
    "The figures": ("dataset.Dataset", "dataframes.DataFrames"),
    "What the frames of an analysis have": (
        "scorecard",
        "analysis.explain",
        "analysis.ratios",
        "analysis.trajectory",
        "analysis.findings",
    ),
    "What is wrong with them": ("common.errors.DataError", "common.errors.InvalidDataError"),
    "What a notebook shows": ("page", "audit_page", "explore"),
    "Words and numbers in Vietnamese": ("labels",),
    "How figures are judged": ("relations.intervals", "targets"),
}
STYLE = griffe2md.default_config | {
    "show_root_full_path": False,
    "show_root_members_full_path": False,
    "show_object_full_path": False,
    "members_order": "source",
    "heading_level": 3,
    "summary": False,
    "show_if_no_docstring": False,
    "show_docstring_attributes": False,
}


def library() -> str:
    """Write what a notebook may use."""
    package = griffe.load("caoan_stats", search_paths=[DOCS.parent], docstring_parser="numpy")
    parts = ["# The library", NOTE]
    for title, names in PUBLIC.items():
        parts.append(f"## {title}")
        parts += [part for name in names for part in _parts(package[name])]
    return _plain("\n\n".join(parts))


def _parts(known: griffe.Object) -> Iterator[str]:
    """Render a class, or the public functions and classes of a module."""
    if not known.is_module:
        yield griffe2md.render_object_docs(known, STYLE)
        return
    first, *_ = known.docstring.value.splitlines()
    yield f"### `{known.name}`\n\n{first}"
    for each in known.members.values():
        if not (each.is_alias or each.is_private) and (each.is_function or each.is_class):
            yield griffe2md.render_object_docs(each, STYLE | {"heading_level": 4})


def command() -> str:
    """Write what the command takes."""
    group = typer.main.get_command(app)
    text = get_docs_for_click(obj=group, ctx=typer.Context(group), name="caoan-stats")
    return text.replace("\n", f"\n\n{NOTE}\n", 1).rstrip() + "\n"


def _plain(text: str) -> str:
    """Leave out links to what this page does not have, and HTML that is Markdown as well."""
    linked = re.compile(r"\[([^\[\]]+)\]\(#[^)]*\)")
    while linked.search(text):
        text = linked.sub(r"\1", text)
    text = re.sub(r"<code>(.*?)</code>", lambda found: f"`{found[1]}`", text)
    return (
        re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip() + "\n"
    )


if __name__ == "__main__":
    pages = {"reference.md": library(), "command.md": command()}
    for name, text in pages.items():
        (DOCS / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{', '.join(pages)}\n")

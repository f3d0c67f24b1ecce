"""Command lines of documents, held against the command itself."""

import shlex

import typer.main
from typer.testing import CliRunner, Result

from caoan_stats.command.cli import app


def accept(line: str) -> None:
    """Parse a line as the command does, without doing it; raises what is wrong with it.

    Parameters
    ----------
    line
        From `caoan-stats` on; what a shell would do with `#`, `>` or `&&` has been cut off.
    """
    name, *words = shlex.split(line, comments=True)[1:]
    group = typer.main.get_command(app)
    command = group.commands[name]
    command.make_context(name, [word.replace("…", "x") for word in words])


def call(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, arguments)

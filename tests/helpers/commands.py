"""Command lines of documents, and calls of the command."""

import shlex

import typer.main
from typer.testing import CliRunner, Result

from caoan_stats.command.cli import app


def accept(line: str) -> None:
    """Parse a command line without running it; raise an error if the command refuses it.

    Parameters
    ----------
    line
        The words from `caoan-stats` on, without redirections and further commands.
    """
    name, *words = shlex.split(line, comments=True)[1:]
    group = typer.main.get_command(app)
    command = group.commands[name]
    command.make_context(name, [word.replace("…", "x") for word in words])


def call(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, arguments)

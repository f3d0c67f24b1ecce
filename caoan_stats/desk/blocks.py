"""Blocks of the desk: HTML, buttons, downloads, and the place where a step says what happened."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import ipywidgets as widgets

from caoan_stats.common.errors import InvalidDataError
from caoan_stats.common.locks import LockedError
from caoan_stats.common.words import DEFAULT, phrase
from caoan_stats.display.markup import environment

TEMPLATES = Path(__file__).with_name("templates")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(name: str, /, **parts: object) -> str:
    """Return the HTML of `desk/templates/<name>.html.j2` with every text escaped."""
    return environment(TEMPLATES).get_template(f"{name}.html.j2").render(parts)


def block(name: str, /, **parts: object) -> widgets.HTML:
    """Return a template as a widget."""
    return widgets.HTML(render(name, **parts))


def step(number: int) -> widgets.HTML:
    """Return the heading of a step, with what is to be done in it."""
    words = {part: phrase(f"desk.{part}_{number}") for part in ("step", "do")}
    return block("step", number=number, **words)


def button(key: str, *, is_main: bool = False) -> widgets.Button:
    """Return a button whose name is a phrase of the desk."""
    style = "primary" if is_main else ""
    return widgets.Button(description=phrase(f"desk.{key}"), button_style=style)


def download(name: str, content: bytes, words: str) -> str:
    """Return a link that saves a workbook under a name."""
    href = f"data:{EXCEL};base64,{b64encode(content).decode()}"
    return render("download", name=name, href=href, words=words)


def status() -> widgets.HTML:
    """Return the place where a step says what happened; a screen reader reads it out."""
    shown = widgets.HTML()
    shown.add_class("desk-status")
    return shown


def tell(shown: widgets.HTML, *sentences: str, kind: str = "", details: Sequence[str] = ()) -> None:
    """Show sentences in a status, and details folded; `kind` is `error`, `done` or empty."""
    shown.value = render("message", sentences=sentences, kind=kind, details=details)


@contextmanager
def telling(shown: widgets.HTML, *, elsewhere: bool = False) -> Iterator[None]:
    """Show in a status what ends the block early.

    `elsewhere`: data that is not valid is not the fault of what a person has dropped.
    """
    try:
        yield
    except InvalidDataError as error:
        sentences = [each.sentence(DEFAULT) for each in error.errors]
        if elsewhere:
            tell(shown, phrase("desk.elsewhere"), kind="error", details=sentences)
        else:
            tell(shown, *sentences, kind="error")
    except LockedError:
        tell(shown, phrase("desk.locked"), kind="error")
    except OSError as error:
        reason = error.strerror or str(error)
        tell(shown, phrase("desk.failed", file=error.filename, reason=reason), kind="error")
    except Exception as error:
        tell(shown, phrase("desk.crashed", error=repr(error)), kind="error")
        raise
